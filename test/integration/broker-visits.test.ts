/** A broker's notes of visits: written on two devices that are out of reach, read by the person, and closed to everybody else. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerChecks, Brokers, mergedNote } from '../../src/brokers/index.js';
import type { NotePart } from '../../src/brokers/index.js';
import { Grants } from '../../src/identity/index.js';
import { newId, systemActor } from '../../src/kernel/index.js';
import type { IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';

let house: IntroductionsHouse;
let ana: Neighbour, ben: Neighbour, bea: Neighbour, cal: Neighbour;
const edit = (part: string, words: string, base: string[] = [], id: string = newId()) => ({ id, part, base, words });
const send = (who: Neighbour, note: string, edits: object[], of = ana) => house.call(who, 'POST', `people/${of.id}/visits/${note}/edits`, { edits });
const read = async (who: Neighbour, note: string, of = ana): Promise<{ state: string; parts: NotePart[] }> =>
  (await house.call(who, 'GET', `people/${of.id}/visits/${note}`)).json;
const words = (parts: readonly NotePart[]): Record<string, string[]> =>
  Object.fromEntries(parts.map(({ part, now }) => [part, now.map((each) => each.words).sort()]));

async function broker(firstName: string): Promise<Neighbour> {
  const { json } = await house.call(house.officer, 'POST', 'brokers', { icbId: house.icb, firstName, familyName: 'Broker' });
  return house.session(json.brokerId);
}
const appoint = (who: Neighbour, of: Neighbour, covers: string[] = ['goals']) =>
  house.call(of, 'POST', `people/${of.id}/appointments`, { brokerId: who.id, covers });

beforeAll(async () => {
  house = await introductionsHouse(new Date('2026-11-20T10:00:00Z'));
  [ana, ben] = [await house.neighbour('Ana'), await house.neighbour('Ben')];
  [bea, cal] = [await broker('Bea'), await broker('Cal')];
  await appoint(bea, ana);
  await appoint(cal, ana, ['plan']);
  await appoint(bea, ben, ['pools']);
});
afterEach(async () => expect(await house.faults(brokerChecks)).toEqual([]));
afterAll(() => house?.close());

describe('a note edited on two devices offline', () => {
  it('joins what each wrote, keeps both where they wrote over each other, and loses no sentence', async () => {
    const [note, p] = [newId(), newId() as string];
    const begun = [edit('who', 'Ana and her sister'), edit(p, 'Swims on Thursdays.')];
    expect((await send(bea, note, begun)).json).toMatchObject({ noteId: note, state: 'kept', kept: begun.map(({ id }) => id) });
    const seen = Object.fromEntries((await read(bea, note)).parts.map(({ part, base }) => [part, [...base]]));
    // Both devices have seen this, and go out of reach.
    const phone = [edit(p, 'Swims on Thursdays and would like Sundays.', seen[p]), edit('next', 'Ring the pool.')];
    const laptop = [edit(p, 'Swam on Thursdays, stopped in May.', seen[p]), edit(newId(), 'The sister drives.')];
    const phoneLater = edit(p, 'Would like Sundays too.', [phone[0]!.id]);
    // They come back in an order of their own: the phone's last words first, the laptop in between, and the phone's first words twice.
    expect((await send(bea, note, [phoneLater])).json.state).toBe('to-settle');
    await send(bea, note, laptop);
    for (let n = 0; n < 2; n += 1) expect((await send(bea, note, phone)).status).toBe(200);
    const now = await read(bea, note);
    expect(now.state).toBe('to-settle');
    expect(words(now.parts)).toEqual({
      who: ['Ana and her sister'],
      next: ['Ring the pool.'],
      [p]: ['Swam on Thursdays, stopped in May.', 'Would like Sundays too.'],
      [laptop[1]!.part]: ['The sister drives.'],
    });
    expect(now.parts.find(({ part }) => part === p)!.before.map((each) => each.words)).toEqual([
      'Swims on Thursdays.',
      'Swims on Thursdays and would like Sundays.',
    ]);
    expect(now.parts).toEqual(mergedNote([...begun, ...laptop, phoneLater, ...phone]));

    // While the broker settles it, the laptop had one more word over its own.
    const unsettled = now.parts.find(({ part }) => part === p)!;
    const late = edit(p, 'Stopped in May because of the bus.', [laptop[0]!.id]);
    await send(bea, note, [late]);
    await send(bea, note, [edit(p, 'Stopped in May, wants Thursdays and Sundays.', [...unsettled.base])]);
    const again = (await read(bea, note)).parts.find(({ part }) => part === p)!;
    expect(again.now.map((each) => each.words)).toEqual(['Stopped in May because of the bus.', 'Stopped in May, wants Thursdays and Sundays.']);
    expect((await send(bea, note, [edit(p, 'Stopped in May because of the bus; wants Thursdays and Sundays.', [...again.base])])).json.state).toBe('kept');
  });

  it('both at the same moment: neither is lost', async () => {
    const [note, p] = [newId(), newId() as string];
    const answers = await Promise.all(['one', 'two', 'three', 'four'].map((text) => send(bea, note, [edit(p, text)])));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(words((await read(bea, note)).parts)).toEqual({ [p]: ['four', 'one', 'three', 'two'] });
  });

  it.each<[string, () => object[], number, string]>([
    [
      'other words under an id that was used',
      () => [edit('who', 'Ana'), { ...edit('next', 'x') }].map((each) => ({ ...each, id: '018f0000-0000-7000-8000-00000000aaaa' })),
      409,
      'edit-id-used',
    ],
    ['a day that is none', () => [edit('day', '2026-02-31')], 422, 'visit-day'],
    ['an edit over itself', () => [edit('who', 'Ana', ['018f0000-0000-7000-8000-00000000bbbb'], '018f0000-0000-7000-8000-00000000bbbb')], 422, 'edit-circle'],
    ['a part that is not known', () => [edit('diagnosis', 'x')], 422, 'invalid-fields'],
    ['nothing', () => [], 422, 'invalid-fields'],
    ['only empty words', () => [edit('who', '')], 422, 'note-empty'],
  ])('is refused: %s', async (_what, edits, status, code) => {
    const note = newId();
    expect(await send(bea, note, edits())).toMatchObject({ status, json: { code } });
    expect((await house.call(bea, 'GET', `people/${ana.id}/visits/${note}`)).status).toBe(404);
  });
});

describe('who reads a note', () => {
  let note: string;
  beforeAll(async () => {
    note = newId();
    await send(bea, note, [edit('day', '2026-11-18'), edit(newId(), 'Likes the water.')]);
  });

  it('the person, all that is about them; another broker of theirs, another person and an officer, nothing', async () => {
    const { items } = (await house.call(ana, 'GET', `people/${ana.id}/visits`)).json;
    expect(items.find((each: { id: string }) => each.id === note)).toMatchObject({
      onDay: '2026-11-18',
      brokerName: 'Bea Broker',
      beginning: 'Likes the water.',
    });
    expect((await read(ana, note)).parts.length).toBe(2);
    expect((await house.call(cal, 'GET', `people/${ana.id}/visits`)).json.items).toEqual([]);
    for (const who of [cal, ben, house.officer]) expect((await house.call(who, 'GET', `people/${ana.id}/visits/${note}`)).status).toBe(404);
    expect((await house.call(bea, 'GET', `people/${ben.id}/visits/${note}`)).status).toBe(404);
  });

  it('neither a family carer nor a nominee; a representative does', async () => {
    for (const [role, status] of [
      ['carer', 403],
      ['nominee', 403],
      ['representative', 200],
    ] as const) {
      const other = await house.neighbour(role);
      const founder = systemActor('test', { people: [other.id, ana.id] });
      await house.database.transaction(founder, (tx) =>
        house.app.get(Grants).give(tx, founder, { person: other.id, role, on: 'person', id: ana.id, reason: 'test' }),
      );
      expect({ role, status: (await house.call(await house.session(other.id), 'GET', `people/${ana.id}/visits/${note}`)).status }).toEqual({ role, status });
    }
  });

  it('nobody writes in the note of another, the person neither', async () => {
    expect((await send(ana, note, [edit('who', 'x')])).status).toBe(403);
    expect((await send(cal, note, [edit('who', 'x')])).status).toBe(404);
    expect((await send(bea, note, [edit('who', 'x')], ben)).status).toBe(404);
  });

  it('each look of the broker is written down, and each writing; the person’s own is not', async () => {
    const looks = async (): Promise<string[]> =>
      (
        await house.database.read(systemActor('test', { people: [ana.id] }), (tx) =>
          tx.rows<{ what: string }>(`select actor || ' ' || action as what from audit_event where noun = 'visit-note' and noun_id = $1 order by id`, [note]),
        )
      ).map(({ what }) => what);
    const before = await looks();
    await read(bea, note);
    await read(ana, note);
    expect((await looks()).slice(before.length)).toEqual([`${bea.id} record:viewed`]);
    expect(before).toContain(`${bea.id} visit:write`);
  });
});

describe('a broker who was dismissed', () => {
  it('in one step sees nothing from the next request on; what a device of theirs still holds is taken by nobody', async () => {
    const { json } = await house.call(ben, 'GET', `people/${ben.id}/appointments`);
    const note = newId();
    expect((await send(bea, note, [edit('who', 'Ben')], ben)).status).toBe(200);
    expect((await house.call(ben, 'DELETE', `appointments/${json.items[0].id}`)).status).toBe(204);
    for (const path of ['visits', `visits/${note}`, 'advice', 'calls', 'hand-overs', 'packs'])
      expect({ path, status: (await house.call(bea, 'GET', `people/${ben.id}/${path}`)).status }).toEqual({ path, status: 404 });
    expect((await send(bea, note, [edit('who', 'Ben, late')], ben)).status).toBe(404);
    expect((await house.call(ben, 'GET', `people/${ben.id}/visits/${note}`)).json.parts).toMatchObject([{ now: [{ words: 'Ben' }] }]);
    expect((await house.call(bea, 'GET', 'brokers/me/caseload')).json.items.map((each: { personId: string }) => each.personId)).toEqual([ana.id]);
    await house.app.get(Brokers).appoint(await house.actor(ben.id), ben.id, { brokerId: bea.id, covers: ['pools'] });
    expect((await read(bea, note, ben)).parts.length).toBe(1);
  });
});
