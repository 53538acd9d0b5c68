import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../src/kernel/index.js';
import { newId, systemActor } from '../../src/kernel/index.js';
import { Notices, Post } from '../../src/notifications/index.js';
import type { NoticeView, PostItemId } from '../../src/notifications/index.js';
import { announce } from '../../src/platform/index.js';
import { Delivery } from '../../src/platform/outbox/delivery.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';

let house: House;
let asha: Caller;
let bola: Caller;
let rosa: Caller;

const holderOf = async (name: string): Promise<Caller> => {
  const person = await house.person(name);
  await house.grant(person.id, 'holder', 'person', person.id);
  return person;
};

beforeAll(async () => {
  house = await House.open();
  [asha, bola] = [await holderOf('Asha'), await holderOf('Bola')];
  rosa = await house.person('Rosa', [{ role: 'representative', on: 'person', id: asha.id }]);
}, 60_000);

afterAll(() => house?.close());

const tell = async (name: string, people: readonly PersonId[], payload: Record<string, string | number | readonly string[]>): Promise<void> => {
  await house.database.transaction(house.system({ people }), (tx) => announce(tx, { name, about: { people }, payload }));
  await house.settle();
};
const inbox = async (who: Caller): Promise<NoticeView[]> => (await who.get<{ items: NoticeView[] }>('me/notices')).body.items;
const kinds = async (who: Caller): Promise<string[]> => (await inbox(who)).map((notice) => notice.kind);
interface PostRow {
  id: PostItemId;
  by: string;
  format: string;
  subject: string;
  body: string;
  state: string;
  deliveredAt: Date | null;
}
const postOf = (person: PersonId): Promise<PostRow[]> =>
  house.database.read(house.system({ people: [person] }), (tx) =>
    tx.rows(`select id, by, format, subject, body, state, delivered_at as "deliveredAt" from post_item where person_id = $1 order by id`, [person]),
  );

describe('notices', () => {
  it('reach exactly the people the event names, and who stands in for them', async () => {
    const introductionId = newId();
    await tell('introductionMade', [asha.id, bola.id], { introductionId, personIds: [asha.id, bola.id] });
    await tell('messageSent', [asha.id, bola.id], { introductionId, messageId: newId(), toPersonId: bola.id });
    expect(await kinds(asha)).toEqual(['introduction-made']);
    expect(await kinds(bola)).toEqual(['message', 'introduction-made']);
    expect(await kinds(rosa)).toEqual(['introduction-made']);
    expect((await inbox(asha))[0]).toMatchObject({ facts: { introductionId }, isRead: false, wording: { title: 'You both said yes' } });
  });

  it('are told once, however often the event arrives', async () => {
    const before = (await inbox(asha)).length;
    const events = await house.database.read(house.system({}), (tx) => tx.rows<{ id: string }>(`select id from outbox_event where name = 'introductionMade'`));
    expect(events).toHaveLength(1);
    for (const { id } of events) await house.app.get(Delivery).deliver(id, 'notifications.tell');
    await house.settle();
    expect(await inbox(asha)).toHaveLength(before);
  });

  it('are marked as read by their reader alone', async () => {
    const [notice] = await inbox(asha);
    const notices = house.app.get(Notices);
    const actorOf = async (who: Caller) => ({ kind: 'person' as const, id: who.id, grants: [], scope: systemActor('x', { people: [who.id] }).scope });
    expect(await notices.markRead(await actorOf(bola), [notice!.id])).toBe(0);
    expect(await notices.unreadOf(await actorOf(asha))).toBe(1);
    expect(await notices.markRead(await actorOf(asha), [notice!.id])).toBe(1);
    expect(await notices.markRead(await actorOf(asha), [notice!.id])).toBe(0);
    expect(await notices.unreadOf(await actorOf(asha))).toBe(0);
    expect((await inbox(asha))[0]!.isRead).toBe(true);
  });

  it('are hidden by the wall from every other scope', async () => {
    const seen = await house.database.read(house.system({ people: [bola.id] }), (tx) =>
      tx.rows<{ person: string }>('select distinct person_id as person from notice'),
    );
    expect(seen).toEqual([{ person: bola.id }]);
  });

  it('of a payment that came back reach the people whose money was in it; a funder is a body and has no inbox', async () => {
    const council = await house.organisation('council', 'An invented council');
    await tell('paymentReturned', [bola.id, council as unknown as PersonId], {
      paymentId: newId(),
      purposeNoun: 'remittance',
      purposeId: newId(),
      amountPence: 1_200,
    });
    expect((await inbox(bola))[0]).toMatchObject({ kind: 'payment-returned', facts: { amountPence: 1_200 } });
  });

  it('are refused without a sign-in', async () => {
    expect((await house.app.inject({ method: 'GET', url: '/api/v1/me/notices' })).statusCode).toBe(401);
  });
});

describe('the post', () => {
  it('comes in the way and format a person asked for, and names nobody', async () => {
    await house.database.transaction(house.system({ people: [bola.id] }), (tx) =>
      tx.run(`update person set reach_by = 'text', reach_format = 'easy-read' where id = $1`, [bola.id]),
    );
    await tell('lineAlertRaised', [bola.id], { alertId: newId(), lineId: newId(), personId: bola.id, kind: 'low', freePence: 1_299 });
    expect((await postOf(bola.id)).at(-1)).toMatchObject({
      by: 'text',
      format: 'easy-read',
      state: 'waiting',
      subject: 'Not much money is left',
      body: 'You have £12.99 left.\n\nAsk for help if you need more.\n\nSign in to Commonpurse to see more. If you cannot, phone us or ask your broker.',
    });
    expect((await inbox(bola))[0]!.wording.title).toBe('Not much money is left');
  });

  it('is settled once, with the moment from which a notice period counts', async () => {
    const [letter] = await postOf(asha.id);
    const settle = (as: 'delivered' | 'failed') =>
      house.database.transaction(house.system({ people: [asha.id] }), (tx) => house.app.get(Post).settle(tx, letter!.id, as));
    await settle('delivered');
    expect((await postOf(asha.id))[0]).toMatchObject({ state: 'delivered', deliveredAt: house.clock.now() });
    await expect(settle('failed')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is written to nobody who has died', async () => {
    const dee = await holderOf('Dee');
    await house.database.transaction(house.system({ people: [dee.id] }), (tx) => tx.run(`update person set died_on = '2026-04-01' where id = $1`, [dee.id]));
    await tell('budgetOpened', [dee.id], { budgetId: newId(), personId: dee.id, lineIds: [] });
    expect(await postOf(dee.id)).toEqual([]);
  });
});
