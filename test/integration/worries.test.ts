/** The safeguarding compartment: anybody adds, only the leads of the ICB read, and nobody else can tell that there is anything (truth 11). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorryPage, WorryRecord } from '../../src/concerns/index.js';
import { Worries } from '../../src/concerns/index.js';
import { actorOfEverything } from '../../src/checks.js';
import { Actors, Grants } from '../../src/identity/index.js';
import type { Actor, LocalDate, OrganisationId, PersonId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';

let house: House;
let [icb1, icb2] = [] as unknown as [OrganisationId, OrganisationId];
let [asha, lena, lars, lotte, carol, otto] = [] as unknown as Caller[] as [Caller, Caller, Caller, Caller, Caller, Caller];

const actorOf = (id: PersonId): Promise<Actor> => house.database.transaction(house.system({}), (tx) => house.app.get(Actors).actorFor(tx, id));
const raise = async (by: Caller | undefined, words: string, over: object = {}): Promise<string> =>
  (await house.app.get(Worries, { strict: false }).raise(by && (await actorOf(by.id)), { words, ...over })).reference;
const listOf = async (who: Caller, which = 'open'): Promise<WorryPage['items']> => (await who.get<WorryPage>(`worries?which=${which}`)).body.items;
const idOf = async (who: Caller, reference: string): Promise<string> =>
  [...(await listOf(who)), ...(await listOf(who, 'closed'))].find((each) => each.reference === reference)!.id;

beforeAll(async () => {
  house = await House.open({ at: '2026-05-05T10:00:00Z' });
  icb1 = await house.organisation('icb', 'Wetherdale ICB');
  icb2 = await house.organisation('icb', 'Eastmoor ICB');
  asha = await house.person('Asha');
  await house.grant(asha.id, 'holder', 'person', asha.id);
  await house.database.transaction(house.system({ people: [asha.id], icbs: [icb1] }), (tx) =>
    tx.run('insert into responsibility (person_id, icb_id, from_day) values ($1, $2, $3)', [asha.id, icb1, '2026-04-01' as LocalDate]),
  );
  lena = await house.person('Lena', [{ role: 'safeguarding-lead', on: 'icb', id: icb1 }]);
  lars = await house.person('Lars', [{ role: 'safeguarding-lead', on: 'icb', id: icb1 }]);
  lotte = await house.person('Lotte', [{ role: 'safeguarding-lead', on: 'icb', id: icb2 }]);
  carol = await house.person('Carol', [
    { role: 'care-coordinator', on: 'icb', id: icb1 },
    { role: 'icb-officer', on: 'icb', id: icb1 },
    { role: 'auditor', on: 'icb', id: icb1 },
  ]);
  otto = await house.person('Otto', [{ role: 'operator', on: 'site', id: null }]);
}, 60_000);
afterAll(() => house?.close());

describe('the desk of those who keep people safe', () => {
  let reference = '';
  let worry = '';

  it('shows a worry to the leads of the ICB of whoever raised it, and says who that was', async () => {
    reference = await raise(asha, 'My neighbour takes my card.', { reach: 'Thursday mornings, 07700 900123', from: '/inbox' });
    expect(await listOf(lena)).toMatchObject([{ reference, stage: 'unanswered', takenBy: null, isMine: false, isForAnyIcb: false }]);
    expect(JSON.stringify(await listOf(lena))).not.toContain('neighbour');
    worry = await idOf(lena, reference);
    expect((await lena.get<WorryRecord>(`worries/${worry}`)).body).toMatchObject({
      words: 'My neighbour takes my card.',
      reach: 'Thursday mornings, 07700 900123',
      from: '/inbox',
      raisedBy: 'Asha Invented',
      steps: [],
      looks: [],
    });
  });

  it('keeps the name of who asked not to be named, and still finds the right desk', async () => {
    const unnamed = await raise(asha, 'I am afraid at night.', { withoutName: true });
    expect((await lena.get<WorryRecord>(`worries/${await idOf(lena, unnamed)}`)).body.raisedBy).toBeNull();
    expect((await listOf(lotte)).map((each) => each.reference)).not.toContain(unnamed);
  });

  it('is not there for anybody else: not for the board, not for the operator, not for the lead of the next ICB', async () => {
    for (const other of [asha, carol, otto]) {
      expect((await other.get('worries')).status).toBe(404);
      expect((await other.get(`worries/${worry}`)).status).toBe(404);
      expect((await other.send('post', `worries/${worry}/take`)).status).toBe(404);
    }
    expect(await listOf(lotte)).toEqual([]);
    expect((await lotte.get(`worries/${worry}`)).status).toBe(404);
    expect((await lotte.send('post', `worries/${worry}/take`)).status).toBe(404);
    expect((await lena.get(`worries/${newId()}`)).status).toBe(404);
  });

  it('is taken by a named person, who writes down what was done and closes it with an outcome', async () => {
    expect((await lena.send('post', `worries/${worry}/notes`, { words: 'Too early.' })).body).toMatchObject({ code: 'worry-is-unanswered' });
    expect(await lena.must('post', `worries/${worry}/take`)).toEqual({ worryId: worry, stage: 'taken' });
    expect((await lena.send('post', `worries/${worry}/take`)).body).toMatchObject({ code: 'worry-is-taken' });
    await lena.must('post', `worries/${worry}/notes`, { words: 'Phoned on Thursday.\nShe is safe.' }, 'note-once-and-again');
    await lena.must('post', `worries/${worry}/notes`, { words: 'Phoned on Thursday.\nShe is safe.' }, 'note-once-and-again');
    expect((await lena.send('post', `worries/${worry}/notes`, { words: 'Else.' }, 'note-once-and-again')).body).toMatchObject({
      code: 'idempotency-key-reused',
    });
    expect((await lena.send('post', `worries/${worry}/close`, { outcome: 'forgotten', words: 'x' })).status).toBe(422);
    await lars.must('post', `worries/${worry}/take`);
    await lars.must('post', `worries/${worry}/close`, { outcome: 'council-told', words: 'The council looks into it.' });
    expect((await lars.send('post', `worries/${worry}/close`, { outcome: 'other', words: 'Again.' })).body).toMatchObject({ code: 'worry-is-closed' });
    const { body } = await lena.get<WorryRecord>(`worries/${worry}`);
    expect(body).toMatchObject({ stage: 'closed', outcome: 'council-told', takenBy: 'Lars Invented', isMine: false });
    expect(body.steps.map(({ what, by, words }) => [what, by, words])).toEqual([
      ['taken', 'Lena Invented', null],
      ['noted', 'Lena Invented', 'Phoned on Thursday.\nShe is safe.'],
      ['taken', 'Lars Invented', null],
      ['closed', 'Lars Invented', 'The council looks into it.'],
    ]);
    expect((await listOf(lena, 'closed')).map((each) => each.reference)).toEqual([reference]);
    await lena.must('post', `worries/${worry}/open-again`, { words: 'It happened again.' });
    expect((await lena.get<WorryRecord>(`worries/${worry}`)).body).toMatchObject({ stage: 'taken', outcome: null, takenBy: 'Lena Invented', isMine: true });
  });

  it('is taken once when two leads press at the same moment', async () => {
    const id = await idOf(lena, await raise(asha, 'Something else.'));
    const answers = await Promise.all([lena.send('post', `worries/${id}/take`, {}, 'the-same-key'), lena.send('post', `worries/${id}/take`)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const notes = await Promise.all([1, 2, 3].map(() => lena.send('post', `worries/${id}/notes`, { words: 'Pressed three times.' }, 'pressed-thrice')));
    expect(notes.map((answer) => answer.status)).toEqual([201, 201, 201]);
    expect((await lena.get<WorryRecord>(`worries/${id}`)).body.steps.map((step) => step.what)).toEqual(['taken', 'noted']);
  });

  it('shows to every lead what a visitor wrote where there are several ICBs; taking it decides', async () => {
    const fromOutside = await raise(undefined, 'I saw something in the street.');
    const id = await idOf(lena, fromOutside);
    expect((await listOf(lotte)).find((each) => each.id === id)).toMatchObject({ isForAnyIcb: true });
    await lotte.must('post', `worries/${id}/take`);
    expect((await lena.get(`worries/${id}`)).status).toBe(404);
    expect((await lotte.get<WorryRecord>(`worries/${id}`)).body).toMatchObject({ raisedBy: null, takenBy: 'Lotte Invented', isForAnyIcb: false });
  });

  it('pages without losing or repeating any, unanswered first', async () => {
    for (let n = 0; n < 35; n++) await raise(asha, `Number ${n}`);
    const first = (await lars.get<WorryPage>('worries')).body;
    const second = (await lars.get<WorryPage>(`worries?before=${first.next}`)).body;
    const all = [...first.items, ...second.items];
    expect(second.next).toBeNull();
    expect(new Set(all.map((each) => each.id)).size).toBe(all.length);
    const stages = all.map((each) => each.stage);
    expect(stages.indexOf('taken')).toBe(stages.filter((stage) => stage === 'unanswered').length);
  });
});

describe('looks at worries', () => {
  it('are written down in the compartment, each one', async () => {
    const id = await idOf(lena, await raise(asha, 'Look at this.'));
    await lars.get(`worries/${id}`);
    await lena.get(`worries/${id}`);
    expect((await lena.get<WorryRecord>(`worries/${id}`)).body.looks.map((each) => each.by)).toEqual(['Lena Invented', 'Lars Invented']);
  });

  it('leave nothing that the person, their ICB, an auditor or an operator could notice', async () => {
    await house.settle();
    const everything = await actorOfEverything(house.database);
    const seen = await house.database.read(everything, (tx) =>
      tx.rows<{ actor: string; action: string }>(`select actor, action from audit_event where noun like 'worry%'`),
    );
    expect(seen).toEqual([]);
    const owner = await house.source.query(`select count(*)::int as n from outbox_event where name ilike '%worr%' or payload::text ilike '%worr%'`);
    expect(owner).toEqual([{ n: 0 }]);
    expect(await house.source.query(`select count(*)::int as n from idempotency_key where command ilike '%worr%' or command ilike 'concerns%'`)).toEqual([
      { n: 0 },
    ]);
    const metrics = await house.app.inject({ method: 'GET', url: '/metrics' });
    expect(metrics.statusCode).toBe(200);
    expect(metrics.body).not.toMatch(/worr/);
    expect((await asha.get('me/notices')).body).toMatchObject({ items: [] });
  });
});

describe('the wall around worries, in raw SQL', () => {
  const TABLES = ['worry', 'worry_desk', 'worry_step', 'worry_look'];
  const counts = async (actor: Actor, named?: string): Promise<Record<string, number>> =>
    house.database.read(actor, async (tx) => {
      if (named !== undefined) await tx.row(`select set_config('app.safeguarding', $1, true)`, [named]);
      const found: Record<string, number> = {};
      for (const table of TABLES) found[table] = (await tx.row<{ n: number }>(`select count(*)::int as n from ${table}`))!.n;
      return found;
    });
  const none = { worry: 0, worry_desk: 0, worry_step: 0, worry_look: 0 };

  it('shows nothing to a transaction that named no reader, even with every id in scope, and even the lead’s own', async () => {
    expect(await counts(await actorOfEverything(house.database))).toEqual(none);
    expect(await counts(await actorOf(lena.id))).toEqual(none);
    expect(await counts(house.system({ icbs: [icb1, icb2], people: [asha.id, lena.id] }))).toEqual(none);
  });

  it('shows nothing to a reader who is no safeguarding lead, whatever they are in the ICB', async () => {
    for (const other of [carol, asha, otto]) expect(await counts(await actorOf(other.id), other.id)).toEqual(none);
    expect(await counts(house.system({ icbs: [icb1, icb2] }), '')).toEqual(none);
  });

  it('shows a lead the worries of their own ICB and no other', async () => {
    const [one, two] = [await counts(await actorOf(lena.id), lena.id), await counts(await actorOf(lotte.id), lotte.id)];
    expect(one['worry']).toBeGreaterThan(35);
    expect(one['worry_desk']).toBe(one['worry']);
    expect(two).toMatchObject({ worry: 1, worry_desk: 1, worry_step: 1 });
  });

  it('lets nobody sign a step as somebody else, change what was written, or take a worry away', async () => {
    const lead = await actorOf(lena.id);
    const as = (sql: string, values: readonly unknown[] = []) =>
      house.database.transaction(lead, async (tx) => {
        await tx.row(`select set_config('app.safeguarding', $1, true)`, [lena.id]);
        return tx.run(sql, values);
      });
    const [{ id }] = (await listOf(lena)) as unknown as [{ id: string }];
    const step = 'insert into worry_step (id, worry_id, at, by_person, what) values ($1, $2, now(), $3, $4)';
    await expect(as(step, [newId(), id, lars.id, 'noted'])).rejects.toMatchObject({ driverError: { code: '42501' } });
    for (const sql of [
      'update worry set reference = reference',
      'delete from worry',
      'update worry_step set what = what',
      'delete from worry_look',
      'delete from worry_desk',
    ])
      await expect(as(sql)).rejects.toMatchObject({ driverError: { code: '42501' } });
    await expect(as('update worry_desk set icb_id = $1 where worry_id = $2', [icb2, id])).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('closes at once when the grant ends', async () => {
    const gone = await house.person('Gerd', [{ role: 'safeguarding-lead', on: 'icb', id: icb1 }]);
    expect((await listOf(gone)).length).toBeGreaterThan(0);
    await house.database.transaction(house.system({ people: [gone.id] }), (tx) =>
      house.app.get(Grants).end(tx, house.system({}), { person: gone.id, role: 'safeguarding-lead', id: icb1, why: 'left' }),
    );
    expect((await gone.get('worries')).status).toBe(404);
    expect(await counts(house.system({ people: [gone.id], icbs: [icb1] }), gone.id)).toEqual(none);
  });
});

it('leaves no check with a fault', async () => expect(await house.faults()).toEqual({}));
