/** Options with the broker's interests said first, calls, what waits on whom, sheets of paper, hand-overs, and people served. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerChecks, BrokerQueries, CaseQueries, ServedPeople } from '../../src/brokers/index.js';
import type { LocalDate, PersonId } from '../../src/kernel/index.js';
import { newId, systemActor } from '../../src/kernel/index.js';
import type { IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';

let house: IntroductionsHouse;
let ana: Neighbour, ben: Neighbour, bea: Neighbour, cal: Neighbour;
const [leaf, spade] = [newId<'provider'>(), newId<'provider'>()];
const TODAY = '2026-11-20';

/** Moves the clock and signs everybody in again: sessions end meanwhile. */
async function at(moment: string): Promise<void> {
  house.clock.set(new Date(moment));
  for (const who of [ana, ben, bea, cal, house.officer]) Object.assign(who, await house.session(who.id));
}

async function broker(firstName: string): Promise<Neighbour> {
  const { json } = await house.call(house.officer, 'POST', 'brokers', { icbId: house.icb, firstName, familyName: 'Broker' });
  return house.session(json.brokerId);
}
const appoint = async (who: Neighbour, of: Neighbour): Promise<string> =>
  (await house.call(of, 'POST', `people/${of.id}/appointments`, { brokerId: who.id, covers: ['plan', 'pools'] })).json.id;

const option = (over: object = {}): object => ({
  kind: 'provider',
  providerId: leaf,
  what: 'Leaf & Spade on Fridays',
  costPence: 5_000,
  per: 'week',
  good: 'They collect you',
  bad: 'Two hours only',
  ...over,
});
const club = { kind: 'community', what: 'The allotment society', costPence: 0, per: 'year', good: 'Free, and near', bad: 'No help with the bus' };
const nothing = { kind: 'nothing', what: 'Change nothing', costPence: 0, per: 'once', good: 'Nothing to arrange', bad: 'Fridays stay long' };
const advice = (over: object = {}): object => ({
  about: 'Fridays outside',
  feePence: 4_500,
  feeFor: 'For this plan, once, from your own money',
  options: [option(), club, nothing],
  ...over,
});

beforeAll(async () => {
  house = await introductionsHouse(new Date(`${TODAY}T10:00:00Z`));
  [ana, ben] = [await house.neighbour('Ana'), await house.neighbour('Ben')];
  [bea, cal] = [await broker('Bea'), await broker('Cal')];
  await house.database.transaction(systemActor('test', { providers: [leaf, spade] }), async (tx) => {
    for (const [id, name] of [
      [leaf, 'Leaf & Spade'],
      [spade, 'Spade & Sons'],
    ] as const)
      await tx.run(`insert into provider (id, name, kind, tier, state, made_at) values ($1, $2, 'micro-enterprise', 1, 'listed', $3)`, [id, name, tx.now]);
  });
  await appoint(bea, ana);
});
afterEach(async () => expect(await house.faults(brokerChecks)).toEqual([]));
afterAll(() => house?.close());

describe('options', () => {
  it('are read with the fee and the broker’s interests before them; the person chooses in their words', async () => {
    await house.call(bea, 'POST', 'brokers/me/conflicts', { providerId: leaf, kind: 'family', words: 'My brother works there' });
    const { id } = (await house.call(bea, 'POST', `people/${ana.id}/advice`, advice())).json;
    for (const who of [ana, bea]) {
      const shown = (await house.call(who, 'GET', `people/${ana.id}/advice/${id}`)).json;
      expect(shown).toMatchObject({
        feePence: 4_500,
        brokerName: 'Bea Broker',
        interests: [{ providerId: leaf, providerName: 'Leaf & Spade', kind: 'family', words: 'My brother works there' }],
        answer: null,
      });
      expect(shown.options.map((each: { kind: string; costPence: number }) => [each.kind, each.costPence])).toEqual([
        ['provider', 5_000],
        ['community', 0],
        ['nothing', 0],
      ]);
    }
    const { options } = (await house.call(ana, 'GET', `people/${ana.id}/advice/${id}`)).json;
    expect((await house.call(ana, 'POST', `advice/${id}/answer`, { optionId: options[1].id, words: 'I want to dig, not sit' })).json.state).toBe('answered');
    // Rung up later, the person has thought again, and the broker writes that down.
    await house.call(bea, 'POST', `advice/${id}/answer`, { words: 'None of these, said Ana on the phone' });
    expect((await house.call(ana, 'GET', `people/${ana.id}/advice/${id}`)).json.answer).toMatchObject({ optionId: null, byBroker: true });
    await house.call(ana, 'POST', `advice/${id}/answer`, { optionId: options[1].id, words: 'No: the society' });
    expect((await house.call(bea, 'GET', `people/${ana.id}/advice/${id}`)).json.answer).toMatchObject({
      optionId: options[1].id,
      byBroker: false,
      words: 'No: the society',
    });
    expect(await house.call(bea, 'POST', `advice/${id}/withdraw`)).toMatchObject({ status: 409, json: { code: 'advice-is-answered' } });
  });

  it.each<[string, object, number, string]>([
    ['a single one', { options: [option()] }, 422, 'one-option'],
    ['a single one, whatever is said', { options: [option()], whyFew: 'There is no other' }, 422, 'one-option'],
    ['two without a reason', { options: [option({ providerId: spade }), nothing] }, 422, 'why-few-options'],
    ['the broker’s own brother, recommended', { options: [option({ isRecommended: true }), club, nothing] }, 409, 'conflicted-broker'],
    ['a provider nobody lists', { options: [option({ providerId: newId() }), club, nothing] }, 422, 'option-provider'],
    ['a cost that is no pence', { options: [option({ costPence: 12.5 }), club, nothing] }, 422, 'invalid-fields'],
    ['a fee that is left out', { feePence: undefined }, 422, 'invalid-fields'],
  ])('are refused: %s', async (_what, over, status, code) =>
    expect(await house.call(bea, 'POST', `people/${ana.id}/advice`, advice(over))).toMatchObject({ status, json: { code } }),
  );

  it('are recorded by the broker of that person alone, and answered by nobody else', async () => {
    for (const [who, status] of [
      [cal, 404],
      [ben, 404],
      [ana, 403],
    ] as const)
      expect((await house.call(who, 'POST', `people/${ana.id}/advice`, advice())).status).toBe(status);
    const { id } = (await house.call(bea, 'POST', `people/${ana.id}/advice`, advice())).json;
    for (const who of [cal, ben]) {
      expect((await house.call(who, 'POST', `advice/${id}/answer`, { words: 'x' })).status).toBe(404);
      expect((await house.call(who, 'GET', `people/${ana.id}/advice/${id}`)).status).toBe(404);
    }
    expect((await house.call(bea, 'POST', `advice/${id}/withdraw`)).json.state).toBe('withdrawn');
    expect(await house.call(ana, 'POST', `advice/${id}/answer`, { words: 'x' })).toMatchObject({ status: 409, json: { code: 'advice-is-withdrawn' } });
  });

  it('keep saying an interest that has ended since', async () => {
    const { json } = await house.call(bea, 'POST', 'brokers/me/conflicts', { providerId: spade, kind: 'referral-fee' });
    const { id } = (await house.call(bea, 'POST', `people/${ana.id}/advice`, advice({ options: [option({ providerId: spade }), club, nothing] }))).json;
    await at('2026-11-21T10:00:00Z');
    await house.call(bea, 'DELETE', `brokers/me/conflicts/${json.id}`);
    expect((await house.call(ana, 'GET', `people/${ana.id}/advice/${id}`)).json.interests).toMatchObject([{ providerId: spade, kind: 'referral-fee' }]);
    await at(`${TODAY}T10:00:00Z`);
  });
});

describe('calls and what waits on whom', () => {
  it('a call with a promise: the case waits on the broker, is late the day after, and is up to date when it is done', async () => {
    const actor = await house.actor(bea.id);
    const standing = async () => (await house.app.get(CaseQueries).standingsOf(await house.actor(bea.id), [ana.id])).get(ana.id)!;
    const { followUpId } = (
      await house.call(bea, 'POST', `people/${ana.id}/calls`, {
        onDay: TODAY,
        withWhom: 'Ana’s sister',
        agreed: 'Bea asks the pool about Sundays.',
        next: { what: 'Ask the pool', waitsOn: 'broker', byDay: '2026-11-24' },
      })
    ).json;
    expect(await standing()).toMatchObject({ state: 'yours', waitingDays: 0, since: TODAY });
    await at('2026-11-25T10:00:00Z');
    expect(await standing()).toMatchObject({ state: 'late', waitingDays: 5 });
    const { followUps } = (await house.call(ana, 'GET', `people/${ana.id}/calls`)).json;
    expect(followUps).toMatchObject([{ what: 'Ask the pool', waitsOn: 'broker', isLate: true, isMine: false }]);
    expect((await house.app.get(CaseQueries).chasing(actor)).followUps).toMatchObject([{ id: followUpId, isLate: true }]);
    expect((await house.call(bea, 'GET', 'brokers/me/caseload')).json.items).toMatchObject([{ personId: ana.id, standing: { state: 'late', waitingDays: 5 } }]);
    expect((await house.call(ana, 'POST', `follow-ups/${followUpId}/finish`)).status).toBe(404);
    expect((await house.call(bea, 'POST', `follow-ups/${followUpId}/finish`)).json.state).toBe('done');
    expect((await house.call(bea, 'POST', `follow-ups/${followUpId}/drop`)).json.code).toBe('follow-up-is-done');
    // The options of before are still open: now it waits on Ana.
    expect(await standing()).toMatchObject({ state: 'theirs', waitingDays: 5 });
    await at(`${TODAY}T10:00:00Z`);
  });

  it.each<[string, object, string]>([
    ['a call to come', { onDay: '2026-11-21' }, 'call-day'],
    ['a promise for yesterday', { next: { what: 'x', waitsOn: 'broker', byDay: '2026-11-19' } }, 'follow-up-day'],
    ['nothing agreed', { agreed: '' }, 'invalid-fields'],
  ])('refuses %s', async (_what, over, code) =>
    expect(await house.call(bea, 'POST', `people/${ana.id}/calls`, { onDay: TODAY, withWhom: 'Ana', agreed: 'x', ...over })).toMatchObject({
      status: 422,
      json: { code },
    }),
  );
});

describe('sheets of paper', () => {
  it('wait until they are typed back, once, as a note of the visit', async () => {
    const { id, reference } = (await house.call(bea, 'POST', `people/${ana.id}/packs`)).json;
    expect(reference).toMatch(/^PCK-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    expect((await house.call(bea, 'GET', 'brokers/me/chasing')).json.packs).toMatchObject([{ id, reference }]);
    expect((await house.call(bea, 'POST', `packs/${id}/type-back`, { onDay: TODAY })).json.code).toBe('pack-empty');
    const typed = { onDay: '2026-11-19', who: 'Ana', matters: 'My garden', next: 'Bea rings on Monday' };
    const answers = await Promise.all([house.call(bea, 'POST', `packs/${id}/type-back`, typed), house.call(bea, 'POST', `packs/${id}/type-back`, typed)]);
    expect(new Set(answers.map(({ json }) => json.noteId)).size).toBe(1);
    const note = (await house.call(ana, 'GET', `people/${ana.id}/visits/${answers[0]!.json.noteId}`)).json;
    expect(note).toMatchObject({ onDay: '2026-11-19', state: 'kept' });
    expect(note.parts.map((each: { now: { words: string }[] }) => each.now[0]!.words)).toEqual([
      '2026-11-19',
      'Ana',
      'Bea rings on Monday',
      'What matters most to me just now: My garden',
    ]);
    expect((await house.call(bea, 'POST', `packs/${id}/take-back`)).json.code).toBe('paper-pack-is-typed-back');
    for (const who of [cal, ana]) expect((await house.call(who, 'POST', `packs/${id}/take-back`)).status).toBe(404);
  });
});

describe('a hand-over', () => {
  it('is read by the person at once and by the next broker when the first no longer helps; the person’s word stands with it', async () => {
    const first = (await house.call(ben, 'POST', `people/${ben.id}/appointments`, { brokerId: bea.id, covers: ['goals'] })).json.id;
    await house.call(bea, 'POST', `people/${ben.id}/hand-overs`, { words: 'Ring before ten.' });
    await house.call(bea, 'POST', `people/${ben.id}/hand-overs`, { words: 'Ring before ten. He has no email.' });
    const read = async (who: Neighbour) => (await house.call(who, 'GET', `people/${ben.id}/hand-overs`)).json.items;
    expect(await read(ben)).toMatchObject([{ words: 'Ring before ten. He has no email.', isOver: false }]);
    const [{ id }] = await read(ben);
    await house.call(ben, 'POST', `hand-overs/${id}/comments`, { kind: 'correction', words: 'After ten, please.' });
    expect((await house.call(bea, 'POST', `hand-overs/${id}/comments`, { kind: 'comment', words: 'x' })).status).toBe(403);
    await appoint(cal, ben);
    expect(await read(cal)).toEqual([]);
    await house.call(ben, 'DELETE', `appointments/${first}`);
    expect(await read(cal)).toMatchObject([
      { isOver: true, isMine: false, words: 'Ring before ten. He has no email.', comments: [{ kind: 'correction', words: 'After ten, please.' }] },
    ]);
    expect((await house.call(bea, 'GET', `people/${ben.id}/hand-overs`)).status).toBe(404);
    expect((await house.call(ana, 'GET', `people/${ben.id}/hand-overs`)).status).toBe(404);
    expect((await house.call(bea, 'POST', `people/${ben.id}/hand-overs`, { words: 'x' })).status).toBe(404);
  });
});

describe('a broker who helps both sides', () => {
  it('keeps what they write of each from the other', async () => {
    const [one, other] = [await house.neighbour('Eve'), await house.neighbour('Fay')];
    const both = await broker('Dot');
    for (const side of [one, other]) await appoint(both, side);
    const { id } = (await house.call(both, 'POST', `people/${one.id}/advice`, advice())).json;
    const note = newId();
    await house.call(both, 'POST', `people/${one.id}/visits/${note}/edits`, { edits: [{ id: newId(), part: 'who', base: [], words: 'Eve' }] });
    for (const who of [other, both])
      for (const path of [`advice/${id}`, `visits/${note}`]) expect((await house.call(who, 'GET', `people/${other.id}/${path}`)).status).toBe(404);
    for (const path of ['advice', 'visits', 'calls', 'hand-overs']) expect((await house.call(other, 'GET', `people/${one.id}/${path}`)).status).toBe(404);
    expect((await house.call(both, 'GET', `people/${other.id}/visits`)).json.items).toEqual([]);
    expect((await house.call(other, 'POST', `advice/${id}/answer`, { words: 'x' })).status).toBe(404);
  });
});

describe('people served', () => {
  it('are counted by person and not by what was paid, exactly for the broker, and not at all in public while they are few', async () => {
    const served = house.app.get(ServedPeople);
    expect((await house.call(bea, 'GET', 'brokers/me/served')).json).toEqual({ people: 1 });
    expect((await house.call(ana, 'GET', 'brokers/me/served')).status).toBe(404);
    const busy = await broker('Gus');
    const people: PersonId[] = [];
    for (let n = 0; n < 8; n += 1) {
      const who = await house.neighbour(`N${n}`);
      people.push(who.id);
      const { json } = await house.call(who, 'POST', `people/${who.id}/appointments`, { brokerId: busy.id, covers: ['goals'] });
      for (let twice = 0; twice < 2; twice += 1) await house.call(busy, 'POST', `people/${who.id}/calls`, { onDay: TODAY, withWhom: 'Them', agreed: 'x' });
      // Who left again was served all the same.
      if (n === 0) await house.call(who, 'DELETE', `appointments/${json.id}`);
    }
    expect(await served.mine(await house.actor(busy.id))).toBe(8);
    await served.publish(TODAY as LocalDate);
    await served.publish(TODAY as LocalDate);
    const { items } = await house.app.get(BrokerQueries).register(await house.actor(ana.id));
    expect(items.map(({ id, served: shown, servedOn }) => [id, shown, servedOn])).toEqual(
      expect.arrayContaining([
        [bea.id, null, TODAY],
        [busy.id, 10, TODAY],
      ]),
    );
    await served.publish('2027-11-21' as LocalDate);
    expect((await house.app.get(BrokerQueries).register(await house.actor(ana.id))).items.find(({ id }) => id === busy.id)!.served).toBeNull();
  });
});

describe('an interest that ends', () => {
  it('counts on its last day, is nothing later, and is shown again when it is declared again', async () => {
    const hal = await house.neighbour('Hal');
    await appoint(bea, hal);
    const { json } = await house.call(bea, 'POST', 'brokers/me/conflicts', { providerId: spade, kind: 'referral-fee' });
    const moved = async (moment: string): Promise<void> => {
      await at(moment);
      Object.assign(hal, await house.session(hal.id));
    };
    await moved('2026-11-24T10:00:00Z');
    await house.call(bea, 'DELETE', `brokers/me/conflicts/${json.id}`);
    // On its last day it still counts: nobody ends an interest in the morning and recommends at noon.
    const recommended = advice({ options: [option({ providerId: spade, isRecommended: true }), club, nothing] });
    expect((await house.call(bea, 'POST', `people/${hal.id}/advice`, recommended)).json.code).toBe('conflicted-broker');
    await moved('2026-11-25T10:00:00Z');
    const later = (await house.call(bea, 'POST', `people/${hal.id}/advice`, recommended)).json.id;
    expect((await house.call(hal, 'GET', `people/${hal.id}/advice/${later}`)).json.interests).toEqual([]);
    // Declared anew, it is shown with what was recommended in between, which was no fault then.
    await moved('2026-11-26T10:00:00Z');
    await house.call(bea, 'POST', 'brokers/me/conflicts', { providerId: spade, kind: 'referral-fee' });
    expect((await house.call(hal, 'GET', `people/${hal.id}/advice/${later}`)).json.interests).toMatchObject([{ providerId: spade }]);
    expect(await house.faults(brokerChecks)).toEqual([]);
    await house.call(hal, 'POST', `advice/${later}/answer`, { words: 'Later' });
  });
});

describe('whatever a query forgot', () => {
  it('another person’s transaction reads not one row of it', async () => {
    const ivy = await house.actor((await house.neighbour('Ivy')).id);
    const me = await house.actor(ana.id);
    const tables = ['visit_note', 'visit_note_edit', 'advice', 'advice_option', 'advice_answer', 'phone_call', 'follow_up', 'paper_pack'];
    for (const table of [...tables, 'hand_over', 'hand_over_comment']) {
      const count = (actor: typeof me) => house.database.read(actor, async (tx) => (await tx.row<{ n: number }>(`select count(*)::int as n from ${table}`))!.n);
      expect({ table, ivy: await count(ivy) }).toEqual({ table, ivy: 0 });
      if (tables.includes(table)) expect({ table, isThere: (await count(me)) > 0 }).toEqual({ table, isThere: true });
    }
  });
});
