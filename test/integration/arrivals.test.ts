import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BudgetLineId, PersonId } from '../../src/kernel/index.js';
import { newId, spokenReference } from '../../src/kernel/index.js';
import { OwnLines } from '../../src/budgets/index.js';
import { Delivery } from '../../src/platform/outbox/delivery.js';
import { BankAccounts, StatementImports } from '../../src/reconciliation/index.js';
import { Actors } from '../../src/identity/index.js';
import type { Caller } from '../support/house.js';
import { StaffScene } from '../browser/pages/staff-scene.js';

interface Waiting {
  readonly lineId: string;
  readonly amountPence: number;
  readonly why: string;
}

/** Money reaches the money-holder's bank: what names a budget line is given to it by itself, everything else waits for an officer. */
describe('money that arrives', () => {
  let scene: StaffScene;
  let una: Caller;
  let carol: Caller;
  let asha: PersonId;
  let lines: { id: BudgetLineId; reference: string }[];

  const free = async (line = 0): Promise<number> => (await carol.get<{ freePence: number }>(`budget-lines/${lines[line]!.id}`)).body.freePence;
  const waiting = async (): Promise<Waiting[]> => (await una.get<{ items: Waiting[] }>(`books/${scene.t}/arrivals`)).body.items;

  /** The bank's statement of these days, imported and matched. */
  async function imported(from: string, until: string): Promise<void> {
    const actor = await scene.house.database.transaction(scene.house.system({}), (tx) => scene.house.app.get(Actors, { strict: false }).actorFor(tx, una.id));
    const [account] = await scene.house.app.get(BankAccounts, { strict: false }).ofBook(actor, scene.t);
    const { buffer } = await scene.statement(from, until);
    await scene.house.app.get(StatementImports, { strict: false }).import(actor, { accountId: account!.id, fileName: 'statement.xml', bytes: buffer });
    await scene.house.settle();
  }

  const rows = <T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> =>
    scene.house.database.read(scene.house.system({ books: [scene.t], people: [asha] }), (tx) => tx.rows<T>(sql, parameters));

  beforeAll(async () => {
    scene = await StaffScene.open('2026-11-20T10:00:00Z');
    asha = await scene.holder('Asha', '9990000018');
    carol = await scene.caller('carol');
    una = await scene.caller('una');
    const plan = await carol.must('post', 'plans', {
      personId: asha,
      about: 'About',
      risks: 'None',
      coordinatorId: carol.id,
      reviewOn: '2027-02-18',
      consentOn: '2026-11-18',
      lines: [{ service: 'Gardening', category: 'support', amountPence: 4_000, per: 'week', outcome: 'To be outside' }],
    });
    await carol.must('post', `plans/${plan.id}/agree`, { reason: 'It fits' });
    const line = (name: string, agreedPence: number): object => ({ name, managed: 'third-party', funderId: scene.icb, bookId: scene.t, agreedPence });
    const budget = await carol.must<{ lines: typeof lines }>('post', 'budgets', {
      planId: plan.id,
      fromDay: '2026-11-20',
      untilDay: '2027-11-20',
      reason: 'In full',
      lines: [line('Support', 120_000), line('More', 80_000)],
    });
    lines = budget.lines;
  }, 60_000);
  afterAll(() => scene?.close());

  it('gives money that names a line to it, once, however often the event comes', async () => {
    await scene.credit(70_000, 'NHS GREENVALE ICB', lines[0]!.reference.toLowerCase());
    await scene.credit(50_000, 'NHS GREENVALE ICB', lines[0]!.reference.replaceAll('-', ''));
    await imported('2026-11-20', '2026-11-21');
    expect(await free()).toBe(120_000);
    expect(await waiting()).toEqual([]);
    const events = await rows<{ id: string }>(`select id from outbox_event where name = 'moneyArrived'`);
    expect(events).toHaveLength(2);
    for (const { id } of [...events, ...events]) await scene.house.app.get(Delivery, { strict: false }).deliver(id, 'budgets.allocate-arrival');
    // Without the record of what was handled, the state of the line and the ledger's reference still stand in the way.
    await scene.house.database.transaction(scene.house.system({ books: [scene.t] }), (tx) =>
      tx.run('delete from event_handled where handler = $1', ['budgets.allocate-arrival']),
    );
    for (const { id } of events) await scene.house.app.get(Delivery, { strict: false }).deliver(id, 'budgets.allocate-arrival');
    expect(await free()).toBe(120_000);
    expect(await rows(`select kind from entry where kind = 'allocated'`)).toHaveLength(2);
    expect(await rows(`select why from audit_event where action = 'budget:allocate' and actor like 'system:%'`)).toEqual([
      { why: 'the bank’s line names it' },
      { why: 'the bank’s line names it' },
    ]);
    expect(await scene.house.faults()).toEqual({});
  });

  it('leaves to an officer what nobody can be sure of, with the reason', async () => {
    scene.house.clock.set(new Date('2026-11-21T10:00:00Z'));
    await scene.credit(100, 'NHS GREENVALE ICB', lines[0]!.reference);
    await scene.credit(2_000, 'A KIND NEIGHBOUR', 'For the garden');
    await scene.credit(3_000, 'NHS ELSEWHERE', `For ${spokenReference('LIN', newId())}`);
    await imported('2026-11-21', '2026-11-22');
    const unknown = (await una.get<{ items: { lineId: string; code: string }[] }>(`books/${scene.t}/breaks`)).body.items;
    for (const { lineId } of unknown.filter((each) => each.code === 'unknown-in'))
      await una.must('post', `lines/${lineId}/match`, { items: [{ kind: 'arrival' }] });
    await scene.house.settle();
    const why = new Map((await waiting()).map((each) => [each.amountPence, each.why]));
    expect(why.get(100)).toMatch(/more than the £0\.00 still to come/);
    expect(why.get(2_000)).toMatch(/names no budget line/);
    expect(why.get(3_000)).toMatch(/no budget line of this book/);
    expect(await free()).toBe(120_000);
    expect(await scene.house.faults()).toEqual({});
  });

  it('an officer says whose it is, by the API; nobody else may, and not twice', async () => {
    const line = (await waiting()).find((each) => each.amountPence === 2_000)!;
    const at = `books/${scene.t}/arrivals/${line.lineId}/allocate`;
    expect(await una.send('post', at, { reference: '' })).toMatchObject({ status: 422 });
    expect(await una.send('post', at, { reference: 'LIN-AAAA-AAAA' })).toMatchObject({ status: 422, body: { code: 'line-not-known' } });
    expect((await carol.send('post', at, { reference: lines[1]!.reference })).status).toBe(404);
    expect((await (await scene.caller('adil')).send('post', at, { reference: lines[1]!.reference })).status).toBe(403);
    const given = await una.send('post', at, { reference: lines[1]!.reference }, 'one-intent');
    expect(given).toMatchObject({ status: 201, body: { lineId: lines[1]!.id, amountPence: 2_000 } });
    expect((await una.send('post', at, { reference: lines[1]!.reference }, 'one-intent')).body).toEqual(given.body);
    expect((await una.send('post', at, { reference: lines[1]!.reference })).status).toBe(404);
    expect(await free(1)).toBe(2_000);
    expect((await carol.get(`books/${scene.t}/arrivals`)).status).toBe(404);
    await scene.house.settle();
    expect(await scene.house.faults()).toEqual({});
  });

  it('leaves to people a line whose match a person undid', async () => {
    scene.house.clock.set(new Date('2026-11-22T10:00:00Z'));
    await scene.credit(1_000, 'NHS GREENVALE ICB', lines[0]!.reference);
    await imported('2026-11-22', '2026-11-23');
    const line = (await waiting()).find((each) => each.amountPence === 1_000)!;
    const [match] = await rows<{ id: string }>('select match_id as id from line_match_line where line_id = $1', [line.lineId]);
    await una.must('post', `matches/${match!.id}/undo`, { reason: 'It is for the other line.' });
    await una.must('post', `lines/${line.lineId}/match`, { items: [{ kind: 'arrival' }] });
    await scene.house.settle();
    expect((await waiting()).find((each) => each.lineId === line.lineId)!.why).toMatch(/A person said what this line is/);
    await una.must('post', `books/${scene.t}/arrivals/${line.lineId}/allocate`, { reference: lines[1]!.reference });
    expect(await free(1)).toBe(3_000);
    await scene.house.settle();
    expect(await scene.house.faults()).toEqual({});
  });

  it('gives a person’s own money to their own line when the bank’s line names it; an officer gives the rest, and puts right what was given wrongly', async () => {
    const neighbour = (await scene.house.person('Nell')).id;
    const system = scene.house.system({ books: [scene.t], people: [neighbour] });
    const ownLines = scene.house.app.get(OwnLines, { strict: false });
    const own = await scene.house.database.transaction(system, (tx) => ownLines.open(tx, neighbour, scene.t));
    const kept = () => scene.house.database.read(system, (tx) => ownLines.usable(tx, own));
    expect(own.reference).toMatch(/^OWN-/);
    scene.house.clock.set(new Date('2026-11-23T10:00:00Z'));
    await scene.credit(2_500, 'N INVENTED', own.reference.replaceAll('-', '').toLowerCase());
    await scene.credit(400, 'N INVENTED', 'for gardening');
    await imported('2026-11-23', '2026-11-24');
    expect(await kept()).toBe(2_500n);
    const unknown = (await una.get<{ items: { lineId: string; code: string }[] }>(`books/${scene.t}/breaks`)).body.items;
    for (const { lineId } of unknown.filter((each) => each.code === 'unknown-in'))
      await una.must('post', `lines/${lineId}/match`, { items: [{ kind: 'arrival' }] });
    await scene.house.settle();
    const line = (await waiting()).find((each) => each.amountPence === 400)!;
    await una.must('post', `books/${scene.t}/arrivals/${line.lineId}/allocate`, { reference: lines[1]!.reference });
    expect(await free(1)).toBe(3_400);
    const correction = {
      reference: `budget-line:${lines[1]!.id}:allocated:statement-line:${line.lineId}`,
      reason: 'It was Nell’s own money.',
      lineReference: own.reference,
    };
    await una.must('post', `books/${scene.t}/corrections`, correction);
    expect([await free(1), await kept()]).toEqual([3_000, 2_900n]);
    await scene.house.settle();
    const told = await scene.house.database.read(system, (tx) => tx.rows('select distinct kind from notice where person_id = $1', [neighbour]));
    expect(told).toEqual([{ kind: 'own-money-kept' }]);
    expect(await scene.house.faults()).toEqual({});
  });
});
