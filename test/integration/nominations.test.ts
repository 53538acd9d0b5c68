/** Who manages somebody's direct payment: asked for by the person, answered by the ICB, ended in one step, and then the plan is looked at again. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationId, PersonId } from '../../src/kernel/index.js';
import { InsightQueries } from '../../src/insight/index.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';
import { inventedNhsNumber } from '../support/introductions-house.js';

describe('a nomination', () => {
  let house: House;
  let icb: OrganisationId;
  let coordinator: Caller, elsewhere: Caller;
  let numbers = 0;
  const WISH = { name: 'Nia from next door', contact: '01632 960501', reason: 'She is good with paper.', hasAgreed: true };

  async function holder(name: string): Promise<Caller> {
    const about = { icbId: icb, firstName: name, familyName: 'Invented', bornOn: '1990-05-05', nhsNumber: inventedNhsNumber((numbers += 1)), place: 'M33' };
    const { personId } = await coordinator.must<{ personId: PersonId }>('post', 'holders', about);
    const plan = await coordinator.must('post', 'plans', {
      personId,
      about: 'A plan made together',
      risks: 'None beyond the usual',
      coordinatorId: coordinator.id,
      reviewOn: '2027-04-01',
      consentOn: '2026-04-01',
      lines: [{ service: 'Swimming', category: 'activity', amountPence: 120_000, per: 'year', outcome: 'I swim' }],
    });
    await coordinator.must('post', `plans/${plan.id}/agree`, { reason: 'It fits' });
    return house.signedIn(personId, `${name.toLowerCase()}@example.test`);
  }
  const authorities = async (who: Caller, of: Caller) => (await who.get(`people/${of.id}/authorities`)).body;

  beforeAll(async () => {
    house = await House.open({ at: '2026-05-01T10:00:00Z' });
    icb = await house.organisation('icb', 'NHS Greenvale ICB');
    coordinator = await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: icb }]);
    elsewhere = await house.person('Colin', [{ role: 'icb-officer', on: 'icb', id: await house.organisation('icb', 'NHS Elsewhere ICB') }]);
  }, 60_000);
  afterAll(() => house?.close());

  it('is asked for by the person, once they have asked the other; hidden from everybody but their ICB', async () => {
    const [gus, ida] = [await holder('Gus'), await holder('Ida')];
    const at = `people/${gus.id}/nominations`;
    expect(await gus.send('post', at, { ...WISH, hasAgreed: false })).toMatchObject({ status: 422, body: { code: 'nominee-not-asked' } });
    expect((await gus.send('post', at, { ...WISH, name: '' })).status).toBe(422);
    for (const who of [ida, elsewhere]) expect((await who.send('post', at, WISH)).status).toBe(404);
    const { nominationId } = await gus.must('post', at, WISH, 'one-wish');
    expect(await gus.must('post', at, WISH, 'one-wish')).toEqual({ nominationId, state: 'asked' });
    expect((await gus.send('post', at, WISH)).body.code).toBe('nomination-waits');
    expect((await authorities(gus, gus)).nominations).toMatchObject([{ id: nominationId, state: 'asked', name: WISH.name, contact: WISH.contact }]);
    expect((await authorities(coordinator, gus)).nominations).toMatchObject([{ name: WISH.name }]);
    expect(
      await house.database.read(house.system({ people: [gus.id] }), (tx) =>
        tx.rows(`select actor from audit_event where action = 'record:viewed' and noun = 'authority' and about_person = $1`, [gus.id]),
      ),
    ).toEqual([{ actor: coordinator.id }]);
    for (const who of [ida, elsewhere]) expect((await who.get(`people/${gus.id}/authorities`)).status).toBe(404);
    for (const who of [ida, elsewhere]) expect((await who.send('post', `nominations/${nominationId}/withdraw`)).status).toBe(404);
    expect((await ida.send('post', `nominations/${nominationId}/turn-down`, { reason: 'No' })).status).toBe(404);
    expect((await gus.send('post', `nominations/${nominationId}/turn-down`, { reason: 'No' })).status).toBe(404);
    const [kept] = await house.database.read(house.system({ people: [gus.id] }), (tx) => tx.rows<{ row: string }>('select n::text as row from nomination n'));
    expect(kept!.row).not.toMatch(/Nia|960501/);
    expect(await gus.must('post', `nominations/${nominationId}/withdraw`)).toEqual({ nominationId, state: 'withdrawn' });
    expect((await gus.send('post', `nominations/${nominationId}/withdraw`)).status).toBe(409);
    expect((await authorities(gus, gus)).nominations).toEqual([]);
  });

  it('is turned down with words that the person reads, or recorded for whoever signs in by that name', async () => {
    const hope = await holder('Hope');
    const at = `people/${hope.id}/nominations`;
    const first = await hope.must('post', at, WISH);
    await coordinator.must('post', `nominations/${first.nominationId}/turn-down`, { reason: 'She says she cannot.' });
    expect((await coordinator.send('post', `nominations/${first.nominationId}/turn-down`, { reason: 'Twice' })).status).toBe(409);
    await house.settle();
    const [told, ...others] = (await hope.get('me/notices')).body.items as { kind: string; facts: object }[];
    expect([told, others]).toMatchObject([{ kind: 'nomination-turned-down' }, []]);
    expect(JSON.stringify(told)).not.toMatch(/Nia|cannot/);
    const { nominationId } = await hope.must('post', at, { ...WISH, name: 'Nell' });
    const nell = await house.person('Nell');
    await house.signedIn(nell.id, 'nell');
    const record = { username: 'Nell', nominationId, nomineeAgreedOn: '2026-04-30', reason: 'Both signed; we agree.' };
    const path = `people/${hope.id}/nominees`;
    expect(await coordinator.send('post', path, { ...record, username: 'nelly' })).toMatchObject({ status: 422, body: { code: 'nominee-not-known' } });
    expect(await coordinator.send('post', path, { ...record, nomineeAgreedOn: '2026-05-02' })).toMatchObject({ status: 422, body: { code: 'day-to-come' } });
    expect(await coordinator.send('post', path, { ...record, nominationId: first.nominationId })).toMatchObject({ status: 409 });
    expect((await nell.get(`people/${hope.id}/authorities`)).status).toBe(404);
    await coordinator.must('post', path, record);
    expect(await authorities(hope, hope)).toMatchObject({
      items: [{ personId: nell.id, name: 'Nell Invented', as: 'nominee', since: '2026-05-01', holdsAccount: false, mayEnd: true }],
      nominations: [{ state: 'agreed' }, { state: 'turned-down', answer: 'She says she cannot.' }],
      may: { ask: true, record: false },
    });
    const seenByNell = await authorities(nell, hope);
    expect(seenByNell).toMatchObject({ items: [{ personId: nell.id, mayEnd: true }], nominations: [], may: { ask: false, record: false } });
  });

  it('when it ends the plan is due for review within 14 days, told to the person and shown to the staff until a review is recorded', async () => {
    const faye = await holder('Faye');
    const nina = await house.person('Nina');
    const path = `people/${faye.id}/nominees`;
    await coordinator.must('post', path, { nomineeId: nina.id, nomineeAgreedOn: '2026-04-30', reason: 'Both signed.' });
    expect((await nina.get(`people/${faye.id}/plans`)).status).toBe(200);
    await house.settle();
    await faye.must('post', `${path}/${nina.id}/end`, { reason: 'I do it myself now.' });
    expect((await nina.get(`people/${faye.id}/plans`)).status).toBe(404);
    await house.settle();
    const [plan] = (await faye.get(`people/${faye.id}/plans`)).body.items;
    expect(plan).toMatchObject({ state: 'agreed', reviewOn: '2026-05-15' });
    const reminders = () =>
      house.database.read(house.system({ icbs: [icb], people: [faye.id] }), (tx) =>
        tx.rows<{ step: string; due: string }>('select step, review_due_on::text as due from review_reminder where person_id = $1', [faye.id]),
      );
    expect(await reminders()).toEqual([{ step: 'nomination-ended', due: '2026-05-15' }]);
    expect((await faye.get('me/notices')).body.items.map((each: { kind: string }) => each.kind)).toContain('review-due');
    const told = await house.database.read(house.system({ people: [nina.id] }), (tx) =>
      tx.rows(`select kind from notice where person_id = $1 and kind = 'review-due'`, [nina.id]),
    );
    expect(told).toEqual([]);
    await house.settle();
    expect(await reminders()).toHaveLength(1);
    // However many other reviews are due later, this one is among those that staff see.
    const due = await house.database.transaction(house.system({ icbs: [icb], people: [faye.id] }), async (tx) => {
      await tx.run(
        `with other as (insert into plan select (jsonb_populate_record(p, jsonb_build_object('state', 'replaced',
             'id', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid))).* from plan p, generate_series(1, 200) as n where p.id = $1 returning id, person_id)
         insert into review_reminder (id, person_id, icb_id, plan_id, step, review_due_on, reminded_on)
           select gen_random_uuid(), person_id, $2, id, '60 days', '2027-01-01', '2026-05-01' from other`,
        [plan.id, icb],
      );
      return house.app.get(InsightQueries, { strict: false }).remindersOf(tx, [icb]);
    });
    expect(due).toHaveLength(200);
    expect(due[0]).toMatchObject({ planId: plan.id, step: 'nomination-ended', dueOn: '2026-05-15' });
    expect(await house.faults()).toEqual({});
  });
});
