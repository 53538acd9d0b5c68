/** One penny followed: the worked life, from what was agreed to the line of a bank statement and back, through the API. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Actors } from '../../src/identity/index.js';
import { Penny } from '../../src/insight/index.js';
import type { BudgetLineId, PersonId } from '../../src/kernel/index.js';
import { systemActor } from '../../src/kernel/index.js';
import type { Caller } from '../support/house.js';
import { livedLife } from '../support/lived-life.js';
import type { WorkedLife } from '../support/worked-life-house.js';

interface Step {
  id: string;
  kind: string;
  on: string;
  book: { id: string; name: string };
  amountPence: number;
  wholePence: number;
  stillHerePence: number;
  fromOutsidePence: number;
  from: string;
  to: string;
  reference: string;
  seal: string | null;
  deciders: { did: string; role: string; reference: string }[];
  seen: { by: string; statement?: number; place?: number } | null;
  next: { id: string; amountPence: number }[];
  before: { id: string; amountPence: number }[];
  isStart: boolean;
}

describe('following money', () => {
  let life: WorkedLife;
  let invoiceId: string;
  let auditor: Caller;
  let auditorOfT: Caller;

  beforeAll(async () => {
    ({ life, invoiceId } = await livedLife());
    const all = Object.values(life.books).map((id) => ({ role: 'auditor' as const, on: 'book' as const, id }));
    auditor = await life.house.person('Adil', all);
    auditorOfT = await life.house.person('Tess', [{ role: 'auditor', on: 'book', id: life.books.T }]);
  }, 120_000);
  afterAll(() => life.house.close());

  async function follow(path: string, who: Caller = auditor): Promise<Step[]> {
    const answer = await who.get<{ steps: Step[] }>(path);
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    for (const step of answer.body.steps) {
      expect(step.next.reduce((sum, edge) => sum + edge.amountPence, step.stillHerePence)).toBe(step.amountPence);
      expect(step.before.reduce((sum, edge) => sum + edge.amountPence, step.fromOutsidePence)).toBe(step.amountPence);
    }
    return answer.body.steps;
  }

  /** A way written down: what, how much, where what is left is. */
  const letterOf = (id: string): string => Object.entries(life.books).find(([, book]) => book === id)![0];
  const written = (steps: Step[]): string[] =>
    steps.map(
      (step) => `${letterOf(step.book.id)} ${step.kind} ${step.amountPence}${step.stillHerePence > 0 ? `, of it ${step.stillHerePence} at ${step.to}` : ''}`,
    );

  const rows = <T>(sql: string, values: unknown[] = []): Promise<T[]> => life.house.database.read(life.everything, (tx) => tx.rows<T>(sql, values));

  it('C’s part of the invoice: from two bank lines over two books, set aside, paid, and partly refunded', async () => {
    const steps = await follow(`follow/invoice/${invoiceId}?part=${life.lines.C}`);
    expect(written(steps)).toEqual([
      'D seen-by-bank 3333',
      'D arrival 3333',
      'D allocated 3333',
      'D remittance-sent 3333',
      'D remittance-arrived 3333',
      'D seen-by-bank 3333',
      'T seen-by-stripe 3333',
      'T remittance-received 3333',
      'T set-aside 3333',
      'T invoice 3333',
      'T payment 3333',
      'T seen-by-stripe 3333, of it 1667 at payee',
      'T refund 1666',
      'T remittance-sent 1666',
      'T remittance-arrived 1666',
      'T seen-by-bank 1666',
      'D seen-by-bank 1666',
      'D remittance-received 1666, of it 1666 at line',
    ]);
    const payment = steps.find((step) => step.kind === 'payment')!;
    expect(payment.deciders.map(({ did, role }) => [did, role])).toEqual([
      ['prepared', 'finance officer'],
      ['approved', 'finance officer'],
    ]);
    // What else they are is nobody's business here.
    await life.house.grant(life.people.maker.id, 'carer', 'person', life.people.C.id);
    const again = (await follow(`follow/invoice/${invoiceId}?part=${life.lines.C}`)).find((step) => step.kind === 'payment')!;
    expect(again.deciders).toEqual(payment.deciders);
    expect(payment.deciders[0]!.reference).toMatch(/^PER-/);
    expect(steps[0]!.seen).toMatchObject({ by: 'bank', statement: 1, place: 1 });
    expect(steps.find((step) => step.kind === 'set-aside')!.deciders).toEqual([expect.objectContaining({ did: 'committed' })]);
  });

  it('A’s part of it: agreed, never cash, paid by the payer’s own system, and refunded from another book', async () => {
    const steps = await follow(`follow/invoice/${invoiceId}?part=${life.lines.A}`);
    expect(written(steps)).toEqual([
      'N agreed 3334',
      'N contribution 3334',
      'N set-aside 3334',
      'N invoice 3334',
      'N payment 3334',
      'N seen-by-payer 3334, of it 1667 at payee',
      'T refund 1667',
      'T remittance-arrived 1667',
      'T seen-by-bank 1667',
      'N seen-by-payer 1667',
      'N remittance-received 1667, of it 1667 at share',
    ]);
    expect(steps.find((step) => step.kind === 'contribution')!.deciders).toEqual([expect.objectContaining({ did: 'put in' })]);
  });

  it('a payment, from either of its ends, has the same way', async () => {
    const [payment] = await rows<{ id: string }>(`select id from payment where book_id = $1 and purpose_noun = 'invoice'`, [life.books.T]);
    const steps = await follow(`follow/payment/${payment!.id}`);
    expect(steps.filter((step) => step.isStart).reduce((sum, step) => sum + step.amountPence, 0)).toBe(6_666);
    expect(written(steps)).toContain('T payment 3333');
    const refunds = steps.filter((step) => step.kind === 'refund');
    expect(refunds.map((step) => step.amountPence).sort()).toEqual([1_666, 1_667]);
  });

  it('back from a line of the bank statement', async () => {
    const [line] = await rows<{ id: string; amount: bigint }>(
      `select l.id, l.amount_pence as amount from statement_line l where l.book_id = $1 and l.direction = 'debit' and l.amount_pence = 1667`,
      [life.books.T],
    );
    const steps = await follow(`follow/statement-line/${line!.id}`);
    expect(written(steps.filter((step) => step.isStart))).toEqual(['T seen-by-bank 1667']);
    expect(steps[0]).toMatchObject({ kind: 'agreed', amountPence: 1_667 });
    expect(steps.at(-1)).toMatchObject({ kind: 'remittance-received', stillHerePence: 1_667 });
    const [came] = await rows<{ id: string }>(`select id from statement_line where book_id = $1 and direction = 'credit' and amount_pence = 40000`, [
      life.books.T,
    ]);
    const ahead = await follow(`follow/statement-line/${came!.id}`);
    expect(ahead[0]).toMatchObject({ kind: 'seen-by-bank', amountPence: 40_000, isStart: true, fromOutsidePence: 40_000 });
    expect(ahead.reduce((sum, step) => sum + step.stillHerePence, 0)).toBe(40_000);
  });

  it('a pay-in by card, for who may read only the book it came to', async () => {
    const [payIn] = await rows<{ id: string }>(`select id from payment where book_id = $1 and direction = 'in' and amount_pence = 12000`, [life.books.T]);
    const steps = await follow(`follow/payment/${payIn!.id}`, auditorOfT);
    expect(steps.filter((step) => step.isStart).map((step) => [step.kind, step.amountPence])).toEqual([['remittance-received', 12_000]]);
    expect(steps.reduce((sum, step) => sum + step.stillHerePence, 0)).toBe(12_000);
  });

  it('one transfer, whole or in part', async () => {
    const [contribution] = await rows<{ id: string }>(`select t.id from transfer t where kind = 'contribution' and line_id = $1`, [life.lines.A]);
    const steps = await follow(`follow/transfer/${contribution!.id}`);
    expect(steps.find((step) => step.isStart)).toMatchObject({ kind: 'contribution', amountPence: 12_000, wholePence: 12_000 });
    expect(steps[0]).toMatchObject({ kind: 'agreed', amountPence: 12_000, wholePence: 120_000 });
    expect(steps.reduce((sum, step) => sum + step.stillHerePence, 0)).toBe(12_000);
  });

  it('stops at the edge of the books that an auditor may read, and says so', async () => {
    const steps = await follow(`follow/invoice/${invoiceId}?part=${life.lines.C}`, auditorOfT);
    expect(steps[0]).toMatchObject({ kind: 'seen-by-stripe', fromOutsidePence: 3_333 });
    expect(steps.every((step) => step.book.id === life.books.T)).toBe(true);
    const [inN] = await rows<{ id: string }>(`select id from payment where book_id = $1`, [life.books.N]);
    expect((await auditorOfT.get(`follow/payment/${inN!.id}`)).status).toBe(404);
  });

  it('shows no name to an auditor, and every penny of a line adds up', async () => {
    for (const letter of ['A', 'B', 'C'] as const) {
      const answer = await auditor.get(`follow/line/${life.lines[letter]}`);
      expect(JSON.stringify(answer.body)).not.toMatch(/Asha|Bola|Carys|Invented|Otter|Mona|Chidi|999\d{7}/);
      const steps = await follow(`follow/line/${life.lines[letter]}`);
      const outside = steps.reduce((sum, step) => sum + step.fromOutsidePence, 0);
      expect(steps.reduce((sum, step) => sum + step.stillHerePence, 0)).toBe(outside);
      expect(outside).toBe({ A: 120_000, B: 40_000, C: 30_000 }[letter]);
    }
  });

  it('is a look at each person whose money it is, which they can read', async () => {
    const looks = (): Promise<{ person: string; n: number }[]> =>
      rows(
        `select about_person as person, count(*)::int as n from audit_event where action = 'record:viewed' and noun = 'budget-line' and actor = $1 group by 1 order by 1`,
        [auditorOfT.id],
      );
    const before = new Map((await looks()).map((each) => [each.person, each.n]));
    await follow(`follow/invoice/${invoiceId}?part=${life.lines.C}`, auditorOfT);
    await follow(`follow/invoice/${invoiceId}`, auditorOfT);
    const more = (await looks()).map(({ person, n }) => [person, n - (before.get(person) ?? 0)]);
    expect(Object.fromEntries(more)).toEqual({ [life.people.B.id]: 1, [life.people.C.id]: 2 });
  });

  it('shows a holder their own money through every book, and nobody else’s', async () => {
    const { A, C } = life.people;
    const steps = await follow(`budget-lines/${life.lines.C}/follow`, C);
    expect(new Set(steps.map((step) => letterOf(step.book.id)))).toEqual(new Set(['D', 'T']));
    const own = await rows<{ id: string }>(`select id from transfer where line_id = $1 and kind = 'remittance-sent' and book_id = $2 order by id`, [
      life.lines.C,
      life.books.D,
    ]);
    expect((await follow(`budget-lines/${life.lines.C}/follow?transfer=${own[0]!.id}`, C)).filter((step) => step.isStart)).toHaveLength(1);
    expect((await A.get(`budget-lines/${life.lines.C}/follow`)).status).toBe(404);
    const [others] = await rows<{ id: string }>(`select id from transfer where line_id = $1 order by id limit 1`, [life.lines.A]);
    expect((await C.get(`budget-lines/${life.lines.C}/follow?transfer=${others!.id}`)).status).toBe(404);
    expect((await C.get(`follow/line/${life.lines.A}`)).status).toBe(404);
    expect((await A.get(`follow/payment/${invoiceId}`)).status).toBe(404);
  });

  it('never shows one person’s money under another’s name', async () => {
    const { A, C } = life.people;
    const { app, database } = life.house;
    const actor = await database.transaction(systemActor('test', {}), (tx) => app.get(Actors).actorFor(tx, C.id as PersonId));
    const line = life.lines.C as BudgetLineId;
    expect((await app.get(Penny).followLine(actor, line, { whose: C.id as PersonId })).steps.length).toBeGreaterThan(0);
    await expect(app.get(Penny).followLine(actor, line, { whose: A.id as PersonId })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses what is no start', async () => {
    expect((await auditor.get(`follow/person/${life.people.A.id}`)).status).toBe(404);
    expect((await auditor.get(`follow/transfer/${life.people.A.id}`)).status).toBe(404);
    expect((await auditor.get('follow/transfer/nothing')).status).toBe(404);
  });
});
