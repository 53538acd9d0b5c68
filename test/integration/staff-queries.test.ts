import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Arrivals } from '../../src/budgets/index.js';
import { FinanceDesk, IcbPeople, OutboxLags } from '../../src/insight/index.js';
import type { Actor, PersonId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import { Actors } from '../../src/identity/index.js';
import { BankAccounts, Matching, StatementImports } from '../../src/reconciliation/index.js';
import type { Caller } from '../support/house.js';
import { StaffScene } from '../browser/pages/staff-scene.js';

/** What officers' pages ask: people of a board, what waits, whose money it is. */
describe('what officers ask', () => {
  let scene: StaffScene;
  let carol: Actor, una: Actor, otto: Actor;
  let other: Caller;
  let asha: PersonId, bola: PersonId;
  let reference = '';
  const as = (id: string): Promise<Actor> =>
    scene.house.database.transaction(scene.house.system({}), (tx) => scene.house.app.get(Actors, { strict: false }).actorFor(tx, id as PersonId));
  const get = <T>(type: abstract new (...args: never[]) => T): T => scene.house.app.get(type as never, { strict: false }) as T;

  beforeAll(async () => {
    scene = await StaffScene.open('2026-11-20T10:00:00Z');
    asha = await scene.holder('Asha', '9990000018');
    bola = await scene.holder('Bola', '9990000026');
    const elsewhere = await scene.house.organisation('icb', 'NHS Elsewhere ICB');
    other = await scene.house.person('Colin', [{ role: 'care-coordinator', on: 'icb', id: elsewhere }]);
    carol = await as(scene.names.get('carol')!);
    una = await as(scene.names.get('una')!);
    otto = await as(scene.names.get('otto')!);
  });
  afterAll(() => scene?.close());

  it('people are listed by name, page by page, and found by the beginnings of their names', async () => {
    const people = get(IcbPeople);
    const first = await people.list(carol, { limit: 1 });
    expect(first.items.map((each) => each.firstName)).toEqual(['Asha']);
    const second = await people.list(carol, { limit: 1, after: first.next! });
    expect(second.items.map((each) => each.id)).toEqual([bola]);
    expect((await people.list(carol, { limit: 1, after: second.next! })).items).toEqual([]);
    for (const [name, found] of [
      ['ash', 1],
      ['inv bol', 1],
      ['sha', 0],
      ['%', 0],
      ['_sha', 0],
      ['  ', 2],
    ] as const)
      expect({ name, found: (await people.list(carol, { name, limit: 10 })).items.length }).toEqual({ name, found });
  });

  it('another board’s officers see none of them, and those of no board are refused', async () => {
    const colin = await as(other.id);
    expect((await get(IcbPeople).list(colin, { limit: 10 })).items).toEqual([]);
    await expect(get(IcbPeople).reader(colin, asha)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(get(IcbPeople).decisionsOf(colin, asha)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(get(IcbPeople).list(una, { limit: 10 })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(get(FinanceDesk).booksOf(carol, 'payment:read')).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(get(OutboxLags).now(una)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await get(OutboxLags).now(otto)).waiting).toBeGreaterThanOrEqual(0);
  });

  it('a plan waits for agreement, then for money, then for nothing', async () => {
    const people = get(IcbPeople);
    const caller = await scene.caller('carol');
    const plan = await caller.must('post', 'plans', {
      personId: asha,
      about: 'About',
      risks: 'None',
      coordinatorId: carol.id,
      reviewOn: '2027-02-18',
      consentOn: '2026-11-18',
      lines: [{ service: 'Gardening', category: 'support', amountPence: 4_000, per: 'week', outcome: 'To be outside' }],
    });
    expect(await people.waiting(carol, 10)).toMatchObject([{ planId: plan.id, personId: asha, state: 'draft', since: '2026-11-20' }]);
    await caller.must('post', `plans/${plan.id}/agree`, { reason: 'It fits' });
    expect((await people.waiting(carol, 10)).map((each) => each.state)).toEqual(['agreed']);
    const { lines } = await caller.must<{ lines: { reference: string }[] }>('post', 'budgets', {
      planId: plan.id,
      fromDay: '2026-11-20',
      untilDay: '2027-11-20',
      reason: 'In full',
      lines: [
        { name: 'Support', managed: 'third-party', funderId: scene.icb, bookId: scene.t, agreedPence: 120_000 },
        { name: 'More', managed: 'third-party', funderId: scene.icb, bookId: scene.t, agreedPence: 80_000 },
      ],
    });
    reference = lines[0]!.reference;
    expect(await people.waiting(carol, 10)).toEqual([]);
    expect((await people.decisionsOf(carol, asha)).map((each) => each.kind)).toEqual(['fund', 'agree-plan']);
    expect((await people.list(carol, { name: 'asha', limit: 1 })).items[0]).toMatchObject({ agreed: 200_000n, hasAgreedPlan: true, hasDraft: false });
  });

  it('two officers who say at once whose money it is give it once', async () => {
    await scene.credit(120_000, 'NHS GREENVALE ICB', 'For Asha');
    const { buffer } = await scene.statement('2026-11-20', '2026-11-21');
    const [account] = await get(BankAccounts).ofBook(una, scene.t);
    await get(StatementImports).import(una, { accountId: account!.id, fileName: 'statement.xml', bytes: buffer });
    await scene.house.settle();
    const rows = await scene.house.database.read(una, (tx) => tx.rows<{ id: string }>('select id from statement_line'));
    await get(Matching).byHand(una, rows[0]!.id, { items: [{ kind: 'arrival' }] });
    const [waiting] = await get(Arrivals).waiting(una, scene.t);
    const others = await scene.house.database.read(una, (tx) => tx.rows<{ reference: string }>('select reference from budget_line order by reference'));
    const vera = await as(scene.names.get('vera')!);
    const give = (actor: Actor, to: string): Promise<unknown> =>
      get(Arrivals).allocate(actor, { book: scene.t, statementLine: waiting!.lineId, reference: to });
    await expect(give(una, 'LIN-AAAA-AAAA')).rejects.toMatchObject({ code: 'line-not-known' });
    await expect(give(carol, reference)).rejects.toMatchObject({ kind: 'not-found' });
    const answers = await Promise.allSettled([
      give(una, others[0]!.reference),
      give(vera, others[1]!.reference),
      give(una, others[0]!.reference),
      give(vera, others[1]!.reference),
    ]);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    expect(await get(Arrivals).waiting(una, scene.t)).toEqual([]);
    await scene.house.settle();
    expect(await scene.house.faults()).toEqual({});
  });

  it('a desk names lines by their references, and places lines of statements, in scope only', async () => {
    const desk = get(FinanceDesk);
    const [line] = await scene.house.database.read(una, (tx) =>
      tx.rows<{ id: string; statement: string }>('select id, statement_id as statement from statement_line'),
    );
    expect(await desk.placesOf(una, [line!.id])).toEqual(new Map([[line!.id, { statement: line!.statement, place: 0 }]]));
    expect(await desk.placesOf(carol, [line!.id])).toEqual(new Map());
    expect(await desk.linesNamed(await as(other.id), [newId()])).toEqual(new Map());
    expect(await desk.payOutTotals(una, scene.t)).toEqual([]);
  });
});
