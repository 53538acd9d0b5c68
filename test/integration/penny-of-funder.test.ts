/** One penny of a funder followed, both ways: from its promise and arrival to the bank line on which it left or went home. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FundedLife } from '../support/funded-life.js';
import type { PersonId } from '../../src/kernel/index.js';
import { systemActor } from '../../src/kernel/index.js';
import { fundedLife } from '../support/funded-life.js';
import type { Caller } from '../support/house.js';

interface Step {
  kind: string;
  book: { id: string };
  amountPence: number;
  stillHerePence: number;
  fromOutsidePence: number;
  from: string;
  to: string;
  line: string | null;
  reference: string;
  deciders: { did: string; role: string }[];
  next: { amountPence: number }[];
  before: { amountPence: number }[];
  isStart: boolean;
}
interface Trail {
  steps: Step[];
  promises: { funderName: string; promisedPence: number; reference: string; state: string }[];
}

describe('following a funder’s money', () => {
  let funded: FundedLife;
  let auditor: Caller;

  beforeAll(async () => {
    funded = await fundedLife();
    const all = Object.values(funded.life.books).map((id) => ({ role: 'auditor' as const, on: 'book' as const, id }));
    auditor = await funded.life.house.person('Adil', all);
  }, 120_000);
  afterAll(() => funded?.life.house.close());

  async function follow(path: string, who: Caller = auditor): Promise<Trail> {
    const answer = await who.get<Trail>(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    for (const step of answer.body.steps) {
      expect(step.next.reduce((sum, edge) => sum + edge.amountPence, step.stillHerePence)).toBe(step.amountPence);
      expect(step.before.reduce((sum, edge) => sum + edge.amountPence, step.fromOutsidePence)).toBe(step.amountPence);
    }
    return answer.body;
  }
  const letterOf = (id: string): string => Object.entries(funded.life.books).find(([, book]) => book === id)![0];
  const written = ({ steps }: Trail): string[] =>
    steps.map(({ book, kind, amountPence, stillHerePence, to }) =>
      [`${letterOf(book.id)} ${kind} ${amountPence}`, ...(stillHerePence > 0 ? [`${stillHerePence} at ${to}`] : [])].join(', of it '),
    );
  const one = async <T>(sql: string, values: unknown[] = []): Promise<T> =>
    (await funded.life.house.database.read(funded.life.everything, (tx) => tx.row<T & object>(sql, values))) as T;

  it('a council’s, all of it: promised, on the statement, given to the share, set aside, billed, paid', async () => {
    const { council } = funded.funders;
    const trail = await follow(`follow/funder-share/${council.shareId}`);
    expect(trail.promises).toMatchObject([{ funderName: 'An invented council', promisedPence: 20_000, reference: council.reference, state: 'ended' }]);
    expect(written(trail)).toEqual([
      'T seen-by-bank 20000',
      'T arrival 20000',
      'T allocated 20000',
      'T set-aside 16000',
      'T set-aside 4000',
      'T invoice 16000',
      'T invoice 4000',
      'T payment 20000',
      'T seen-by-bank 20000, of it 20000 at payee',
    ]);
    const given = trail.steps.find((step) => step.kind === 'allocated')!;
    expect(given).toMatchObject({ line: council.reference, deciders: [{ did: 'given to the share', role: 'finance officer' }] });
    expect(trail.steps.find((step) => step.kind === 'payment')!.deciders.map(({ did }) => did)).toEqual(['prepared', 'approved']);
    expect(JSON.stringify(trail)).not.toMatch(/Asha|Bola|Mona|Chidi|Cora/);
  });

  it('is no look at a person: a payment of a funder’s money alone is nobody’s record', async () => {
    const { id, funder } = await one<{ id: string; funder: PersonId }>(
      'select payment_id as id, subject_id as funder from payment_part where book_id = $1 and line_id is null limit 1',
      [funded.life.books.T],
    );
    expect((await auditor.get(`payments/${id}`)).status).toBe(200);
    const looks = await funded.life.house.database.read(systemActor('test', { people: [funder] }), (tx) =>
      tx.rows(`select noun from audit_event where action = 'record:viewed' and about_person = $1`, [funder]),
    );
    expect(looks).toEqual([]);
  });

  it('an ICB’s own agreed money: put in, paid by the payer’s own system, and what is left of it back', async () => {
    const { icb } = funded.funders;
    const trail = await follow(`follow/funder-share/${icb.shareId}`);
    expect(written(trail)).toEqual([
      'N agreed 20000',
      'N set-aside 12000',
      'N set-aside 8000',
      'N invoice 12000',
      'N freed 8000',
      'N payment 12000',
      'N agreed-less 8000, of it 8000 at funder',
      'N seen-by-payer 12000, of it 12000 at payee',
    ]);
    expect(trail.steps[0]).toMatchObject({ line: icb.reference, deciders: [{ did: 'promised', role: 'somebody of the funder' }] });
  });

  it('a charity’s, which was not needed: home again by a payment that the bank shows', async () => {
    const { charity } = funded.funders;
    const trail = await follow(`follow/funder-share/${charity.shareId}`);
    expect(written(trail)).toEqual([
      'T seen-by-bank 3000',
      'T arrival 3000',
      'T allocated 3000',
      'T set-aside 3000',
      'T freed 3000',
      'T returned 3000',
      'T payment 3000',
      'T seen-by-bank 3000, of it 3000 at funder',
    ]);
  });

  it('the same way from either of its ends, and from the middle', async () => {
    const { charity, council } = funded.funders;
    const whole = written(await follow(`follow/funder-share/${charity.shareId}`));
    const home = await one<{ id: string }>(`select id from payment where purpose_noun = 'funder-share'`);
    const lineOf = (direction: string, amount: number) =>
      one<{ id: string }>('select id from statement_line where book_id = $1 and direction = $2 and amount_pence = $3', [
        funded.life.books.T,
        direction,
        amount,
      ]);
    const rest = await one<{ id: string }>(`select t.id from transfer t where kind = 'returned' and subject_id = $1`, [charity.id]);
    const paidHome = await one<{ id: string }>(`select t.id from transfer t where kind = 'payment' and subject_id = $1`, [charity.id]);
    for (const start of [
      `payment/${home.id}`,
      `statement-line/${(await lineOf('debit', 3_000)).id}`,
      `statement-line/${(await lineOf('credit', 3_000)).id}`,
      `transfer/${rest.id}`,
      `transfer/${paidHome.id}`,
    ])
      expect({ start, way: written(await follow(`follow/${start}`)) }).toEqual({ start, way: whole });
    const part = await follow(`follow/invoice/${funded.invoiceId}?part=${council.shareId}`);
    expect(part.steps.filter((step) => step.isStart).reduce((sum, step) => sum + step.amountPence, 0)).toBe(20_000);
    const bill = await follow(`follow/invoice/${funded.invoiceId}`);
    expect(bill.promises.map((each) => each.funderName)).toEqual(['An invented council', 'An invented ICB']);
    expect(bill.steps.reduce((sum, step) => sum + (step.to === 'payee' ? step.stillHerePence : 0), 0)).toBe(32_000);
  });

  it('for its funder’s officer, for whoever reads the book, and for nobody else', async () => {
    const { council, charity, icb } = funded.funders;
    expect(written(await follow(`funder-shares/${council.shareId}/follow`, council.officer))).toHaveLength(9);
    for (const who of [charity.officer, funded.life.people.A, auditor]) expect((await who.get(`funder-shares/${council.shareId}/follow`)).status).toBe(404);
    expect((await council.officer.get(`follow/funder-share/${council.shareId}`)).status).toBe(404);
    const ofN = await funded.life.house.person('Nora', [{ role: 'auditor', on: 'book', id: funded.life.books.N }]);
    expect((await ofN.get(`follow/funder-share/${council.shareId}`)).status).toBe(404);
    expect((await ofN.get(`follow/funder-share/${icb.shareId}`)).status).toBe(200);
    const { items } = (await auditor.get(`books/${funded.life.books.T}/funder-promises`)).body;
    expect(items).toMatchObject([
      { shareId: charity.shareId, promisedPence: 3_000, cameInPence: 3_000, state: 'ended' },
      { shareId: council.shareId, promisedPence: 20_000, cameInPence: 20_000, state: 'ended' },
    ]);
    expect((await ofN.get(`books/${funded.life.books.T}/funder-promises`)).status).toBe(404);
    expect(await funded.life.house.faults()).toEqual({});
  });
});
