/** The post: carried once, outside quiet hours; letters printed, posted and delivered on their day; what failed or came back, put right. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import type { Letter, PostItemId, PostOverview } from '../../src/notifications/index.js';
import { Addresses, Letters, PostDesk } from '../../src/notifications/index.js';
import { PostRound } from '../../src/notifications/post-round.service.js';
import { Actors, People } from '../../src/identity/index.js';
import type { Carriage, Carrier, Parcel } from '../../src/platform/index.js';
import { announce, Carriers, DemonstrationMailbox } from '../../src/platform/index.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';

let house: House;
let otto: Caller;
let carol: Caller;
const START = '2026-05-05T10:00:00Z';

interface Row {
  readonly id: PostItemId;
  readonly by: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly reference: string;
  readonly deliveredAt: Date | null;
}

/** Takes what it is given, or answers as told; remembers every parcel. */
class Basket implements Carrier {
  readonly name = 'a basket';
  readonly parcels: Parcel[] = [];
  answers: (Carriage | Error | Promise<Carriage>)[] = [];

  async carry(parcel: Parcel): Promise<Carriage> {
    this.parcels.push(parcel);
    const answer = await (this.answers.shift() ?? 'taken');
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

const register = async (firstName: string, over: object = {}): Promise<PersonId> => {
  const id = newId<'person'>() as PersonId;
  const actor = house.system({ people: [id] });
  await house.database.transaction(actor, (tx) => house.app.get(People).register(tx, actor, { id, firstName, familyName: 'Invented', ...over }));
  return id;
};
const tell = async (person: PersonId, count = 1): Promise<void> => {
  for (let n = 0; n < count; n++)
    await house.database.transaction(house.system({ people: [person] }), (tx) =>
      announce(tx, { name: 'budgetOpened', about: { people: [person] }, payload: { budgetId: newId(), personId: person, lineIds: [] } }),
    );
  await house.settle();
};
const rows = (person: PersonId): Promise<Row[]> =>
  house.database.read(house.system({ people: [person] }), (tx) =>
    tx.rows('select id, by, state, reason, attempts, reference, delivered_at as "deliveredAt" from post_item where person_id = $1 order by id', [person]),
  );
const round = (): Promise<void> =>
  house.app.get(PostRound, { strict: false }).carry({ day: house.clock.today(), progress: () => undefined, log: () => undefined });
const later = (minutes: number): void => house.clock.set(new Date(house.clock.now().getTime() + minutes * 60_000));
const events = async (name: string, person: PersonId): Promise<Record<string, unknown>[]> =>
  (
    await house.database.read(house.system({}), (tx) =>
      tx.rows<{ payload: Record<string, unknown> }>(`select payload from outbox_event where name = $1 and payload->>'personId' = $2 order by id`, [
        name,
        person,
      ]),
    )
  ).map((row) => row.payload);
const carriers = (): Carriers => house.app.get(Carriers, { strict: false });
const mailbox = (): DemonstrationMailbox => house.app.get(DemonstrationMailbox, { strict: false });
const actor = async (who: Caller) => house.database.transaction(house.system({}), (tx) => house.app.get(Actors).actorFor(tx, who.id));

beforeAll(async () => {
  house = await House.open({ at: START });
  otto = await house.person('Otto', [{ role: 'operator', on: 'site', id: null }]);
  carol = await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: await house.organisation('icb', 'Wetherdale ICB') }]);
}, 60_000);
afterAll(() => house?.close());
beforeEach(() => {
  carriers().use('email', mailbox());
  carriers().use('text', mailbox());
});

describe('emails and texts', () => {
  it('reach the demonstration mailbox, once, with where they go and what they say encrypted', async () => {
    const bola = await register('Bola', { email: 'bola@example.org', reachBy: 'email', reachFormat: 'easy-read' });
    const cleo = await register('Cleo', { phone: '07700 900456', reachBy: 'text' });
    await tell(bola);
    await tell(cleo);
    await house.run('post-carry');
    await house.settle();
    const messages = await house.app.get(PostDesk, { strict: false }).messages(await actor(otto));
    expect(messages.map(({ by, to, subject }) => [by, to, subject]).sort()).toEqual([
      ['email', 'bola@example.org', 'Your money is agreed'],
      ['text', '07700 900456', 'Your money has been agreed'],
    ]);
    const [item] = await rows(bola);
    expect(item).toMatchObject({ state: 'delivered', deliveredAt: house.clock.now() });
    expect(item!.reference).toMatch(/^LET-/);
    expect(await events('postDelivered', bola)).toEqual([expect.objectContaining({ postItemId: item!.id, kind: 'money-agreed', deliveredOn: '2026-05-05' })]);
    const [raw] = (await house.database.read(house.system({ people: [bola] }), (tx) => tx.rows('select * from mailbox_message'))) as [object];
    expect(JSON.stringify(raw)).not.toMatch(/bola|money/i);
    await round();
    expect(await events('postDelivered', bola)).toHaveLength(1);
  });

  it('wait in the quiet hours, and go in the morning', async () => {
    const dot = await register('Dot', { email: 'dot@example.org', reachBy: 'email' });
    house.clock.set(new Date('2026-05-05T20:30:00Z'));
    await tell(dot);
    await round();
    expect((await rows(dot))[0]!.state).toBe('waiting');
    house.clock.set(new Date('2026-05-06T07:00:00Z'));
    await round();
    expect((await rows(dot))[0]!.state).toBe('delivered');
  });

  it('are handed over once by two workers at the same time', async () => {
    const basket = new Basket();
    carriers().use('email', basket);
    const ebo = await register('Ebo', { email: 'ebo@example.org', reachBy: 'email' });
    await tell(ebo, 45);
    await Promise.all([round(), round(), round()]);
    await round();
    expect(basket.parcels).toHaveLength(45);
    expect(new Set(basket.parcels.map((parcel) => parcel.itemId)).size).toBe(45);
    expect(await events('postDelivered', ebo)).toHaveLength(45);
  });

  it('go again under the same Message-ID when a worker dies between handing over and writing down, and the dead one changes nothing', async () => {
    const basket = new Basket();
    carriers().use('email', basket);
    const fay = await register('Fay', { email: 'fay@example.org', reachBy: 'email' });
    await tell(fay);
    let wake: (came: Carriage) => void = () => undefined;
    basket.answers = [new Promise<Carriage>((resolve) => (wake = resolve))];
    const dead = round();
    while (basket.parcels.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await round();
    expect(basket.parcels).toHaveLength(1); // it is still in the first one's hand
    later(11);
    await round();
    expect(basket.parcels.map((parcel) => parcel.messageId)).toEqual(Array(2).fill(`<${basket.parcels[0]!.itemId}@127.0.0.1>`));
    wake('refused');
    await dead;
    expect(await rows(fay)).toMatchObject([{ state: 'delivered', reason: null }]);
    expect(await events('postDelivered', fay)).toHaveLength(1);
    expect(await events('postFailed', fay)).toHaveLength(0);
  });

  it('are tried again, later each time, and fail after five', async () => {
    const basket = new Basket();
    carriers().use('text', basket);
    const gil = await register('Gil', { phone: '07700 900789', reachBy: 'text' });
    await tell(gil);
    basket.answers = ['later', new Error('the line went dead: 07700 900789'), 'later', 'later', 'later', 'taken'];
    const tries: number[] = [];
    for (const minutes of [0, 4, 1, 29, 1, 120, 480, 1000]) {
      house.clock.set(new Date(house.clock.now().getTime() + minutes * 60_000));
      if (house.clock.now().getUTCHours() >= 20 || house.clock.now().getUTCHours() < 7) house.clock.set(new Date(`2026-05-${8 + tries.length}T08:00:00Z`));
      await round();
      tries.push(basket.parcels.length);
    }
    expect(tries).toEqual([1, 1, 2, 2, 3, 4, 5, 5]);
    expect(await rows(gil)).toMatchObject([{ state: 'failed', reason: 'gave-up', attempts: 5 }]);
    expect(await events('postFailed', gil)).toEqual([expect.objectContaining({ reason: 'gave-up' })]);
    const { body } = await otto.get<PostOverview>('post');
    expect(body.failed[0]).toMatchObject({ reason: 'gave-up', by: 'text' });
    expect(JSON.stringify(body)).not.toMatch(/Gil|900789|money/);
    const item = (await rows(gil))[0]!.id;
    expect((await carol.send('post', `post/items/${item}/try-again`)).status).toBe(404);
    await otto.must('post', `post/items/${item}/try-again`);
    await round();
    expect(await rows(gil)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  });

  it('fail at once where nobody knows the address, or where it is refused, and may go as a letter instead', async () => {
    house.clock.set(new Date('2026-05-26T10:00:00Z'));
    const basket = new Basket();
    carriers().use('email', basket);
    const [hal, ida] = [await register('Hal', { reachBy: 'email' }), await register('Ida', { reachBy: 'email', email: 'ida@example.org' })];
    await tell(hal);
    await tell(ida);
    basket.answers = ['refused'];
    await round();
    expect(await rows(hal)).toMatchObject([{ state: 'failed', reason: 'no-address' }]);
    expect(await rows(ida)).toMatchObject([{ state: 'failed', reason: 'refused' }]);
    await otto.must('post', `post/items/${(await rows(hal))[0]!.id}/as-letter`);
    expect(await rows(hal)).toMatchObject([{ state: 'waiting', by: 'letter', reason: null, attempts: 0 }]);
  });

  it('never go to somebody who has died since', async () => {
    const basket = new Basket();
    carriers().use('email', basket);
    const jo = await register('Jo', { reachBy: 'email', email: 'jo@example.org' });
    await tell(jo);
    await house.database.transaction(house.system({ people: [jo] }), (tx) => tx.run(`update person set died_on = '2026-05-20' where id = $1`, [jo]));
    await round();
    expect(basket.parcels).toEqual([]);
    expect(await rows(jo)).toMatchObject([{ state: 'failed', reason: 'person-died' }]);
  });

  it('wait and are named to operators where nobody carries them', async () => {
    carriers().use('text', undefined);
    const kim = await register('Kim', { reachBy: 'text', phone: '07700 900111' });
    await tell(kim);
    await round();
    const { body } = await otto.get<PostOverview>('post');
    expect(body.carriers).toContainEqual({ by: 'text', carrier: null, why: 'No supplier of text messages is set up.' });
    expect(body.stuck).toMatchObject([{ personId: kim, state: 'waiting' }]);
    expect(body.counts.find((count) => count.by === 'text')).toMatchObject({ waiting: 1 });
    expect((await carol.get('post')).status).toBe(404);
  });
});

describe('letters', () => {
  let lou: PersonId;
  let letter: Letter;
  const letters = (): Letters => house.app.get(Letters, { strict: false });
  const waitingOf = async (person: PersonId): Promise<Letter[]> => (await letters().waiting(await actor(otto))).filter((each) => each.personId === person);

  it('wait for an address, and say so', async () => {
    house.clock.set(new Date('2026-06-04T10:00:00Z')); // a Thursday
    lou = await register('Lou', { reachFormat: 'large-print' });
    await tell(lou);
    [letter] = (await waitingOf(lou)) as [Letter];
    expect(letter).toMatchObject({
      name: 'Lou Invented',
      format: 'large-print',
      address: null,
      hindrance: 'no-address',
      subject: 'Your money has been agreed',
    });
    await otto.must('post', `post/items/${letter.itemId}/address`, { address: '1 Invented Row\n\nMerebrook  \nZZ1 1AA' });
    expect((await waitingOf(lou))[0]).toMatchObject({ address: ['1 Invented Row', 'Merebrook', 'ZZ1 1AA'], hindrance: null });
    const [raw] = (await house.database.read(house.system({ people: [lou] }), (tx) => tx.rows('select * from postal_address'))) as [object];
    expect(JSON.stringify(raw)).not.toContain('Merebrook');
  });

  it('are looked at for a reason, which the person can read', async () => {
    const seen = await house.database.read(house.system({ people: [lou] }), (tx) =>
      tx.rows<{ why: string }>(`select distinct why from audit_event where about_person = $1 and action = 'record:viewed' and actor = $2`, [lou, otto.id]),
    );
    expect(seen.map((each) => each.why)).toContain('to print and post it');
    expect((await carol.send('post', 'post/letters/posted', { letters: [letter.itemId], postedOn: '2026-06-04' })).status).toBe(404);
  });

  it('are marked as posted once, on a day that can be', async () => {
    for (const postedOn of ['2026-06-05', '2026-04-01', '2026-06-03'])
      expect(await otto.send('post', 'post/letters/posted', { letters: [letter.itemId], postedOn })).toMatchObject({ status: 422 });
    expect(await otto.must('post', 'post/letters/posted', { letters: [letter.itemId], postedOn: '2026-06-04' })).toEqual({
      posted: 1,
      deliverOn: '2026-06-08',
    });
    expect(await otto.must('post', 'post/letters/posted', { letters: [letter.itemId], postedOn: '2026-06-04' })).toEqual({
      posted: 0,
      deliverOn: '2026-06-08',
    });
    expect(await waitingOf(lou)).toEqual([]);
  });

  it('count as delivered two working days later, and a notice period starts from that day', async () => {
    house.clock.set(new Date('2026-06-07T10:00:00Z'));
    await round();
    expect(await rows(lou)).toMatchObject([{ state: 'posted' }]);
    house.clock.set(new Date('2026-06-10T06:00:00Z'));
    await Promise.all([round(), round()]);
    expect(await rows(lou)).toMatchObject([{ state: 'delivered' }]);
    expect(await events('postDelivered', lou)).toMatchObject([{ deliveredOn: '2026-06-08', postItemId: letter.itemId }]);
  });

  it('that come back flag the person’s contact, until somebody puts the address right; then they wait again', async () => {
    const typed = letter.reference!.toLowerCase().replaceAll('-', ' ');
    expect((await otto.send('post', 'post/letters/came-back', { reference: 'LET-AAAA-AAAB', reason: 'gone-away' })).status).toBe(422);
    expect(await otto.must('post', 'post/letters/came-back', { reference: typed, reason: 'gone-away' })).toEqual({
      reference: letter.reference,
      isFlagged: true,
    });
    expect((await otto.send('post', 'post/letters/came-back', { reference: typed, reason: 'gone-away' })).body).toMatchObject({ code: 'letter-not-posted' });
    expect(await events('postReturned', lou)).toEqual([expect.objectContaining({ reason: 'gone-away', postItemId: letter.itemId })]);
    const flag = () =>
      house.database.read(house.system({ people: [lou] }), async (tx) => (await house.app.get(Addresses, { strict: false }).of(tx, [lou])).get(lou)?.isFlagged);
    expect(await flag()).toBe(true);
    await tell(lou);
    const [next] = (await waitingOf(lou)) as [Letter];
    expect(next.hindrance).toBe('gone-away');
    expect(await otto.must('post', `post/items/${next.itemId}/address`, { address: '2 Other Row\nMerebrook\nZZ1 1AB' })).toMatchObject({ waitAgain: 1 });
    expect(await flag()).toBe(false);
    expect((await waitingOf(lou)).map((each) => each.itemId).sort()).toEqual([letter.itemId, next.itemId].sort());
  });

  it('keep every step with who made it', async () => {
    const steps = await house.database.read(house.system({ people: [lou] }), (tx) =>
      tx.rows<{ step: string }>(
        `select from_state || '>' || to_state || ' ' || case when actor = $2 then 'otto' else actor end as step from post_step where item_id = $1 order by id`,
        [letter.itemId, otto.id],
      ),
    );
    expect(steps.map((each) => each.step)).toEqual(['waiting>posted otto', 'posted>delivered system:post', 'delivered>returned otto', 'returned>waiting otto']);
  });
});

describe('calls', () => {
  it('are listed with the number, and marked when somebody spoke', async () => {
    const may = await register('May', { reachBy: 'phone', phone: '07700 900222' });
    await tell(may);
    const [call] = await house.app.get(Letters, { strict: false }).calls(await actor(otto));
    expect(call).toMatchObject({ name: 'May Invented', phone: '07700 900222' });
    await otto.must('post', `post/items/${call!.itemId}/spoke`);
    expect(await rows(may)).toMatchObject([{ state: 'delivered' }]);
    expect((await otto.send('post', `post/items/${call!.itemId}/spoke`)).status).toBe(409);
  });
});

describe('the register of the post', () => {
  it('says where every item stands, exactly, and nothing of what it says', async () => {
    const people = (await house.database.read(house.system({}), (tx) => tx.rows<{ id: PersonId }>(`select id from known_id where kind = 'person'`))).map(
      (each) => each.id,
    );
    const wrong = await house.database.read(house.system({ people }), (tx) =>
      tx.rows(
        `select i.id from post_item i full join post_register r on r.item_id = i.id
         where (i.person_id, i.by, i.state, i.attempts, i.reason, i.reference, i.posted_on, i.deliver_on, i.claimed_until, i.not_before)
           is distinct from (r.person_id, r.by, r.state, r.attempts, r.reason, r.reference, r.posted_on, r.deliver_on, r.claimed_until, r.not_before)`,
      ),
    );
    expect(wrong).toEqual([]);
  });
});

it('leaves no check with a fault', async () => expect(await house.faults()).toEqual({}));
