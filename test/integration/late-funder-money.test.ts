/** A council's money promised to one money-holder and paid to it after the group has chosen another: it does not stay behind. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookId, OrganisationId } from '../../src/kernel/index.js';
import type { AccountKey } from '../../src/ledger/index.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import type { Caller } from '../support/house.js';
import { WorkedLife } from '../support/worked-life-house.js';

describe('money of a funder that comes to the money-holder before', () => {
  let life: WorkedLife;
  let council: OrganisationId;
  let officer: Caller;
  let there: BookId;

  beforeAll(async () => {
    life = await WorkedLife.open('2026-04-01T10:00:00Z');
    council = await life.house.organisation('council', 'An invented council');
    officer = await life.house.person('Cora', [{ role: 'funder-officer', on: 'icb', id: council }]);
    there = await life.house.book('cash', 'Another treasurer', { organisation: await life.house.organisation('money-holder', 'Another treasurer') });
  }, 60_000);
  afterAll(() => life?.house.close());
  afterEach(async () => expect(await life.house.faults()).toEqual({}));

  const agree = async (moneyHolderBook: BookId): Promise<void> => {
    const { A, B, broker } = life.people;
    const { agreementId, contentHash } = await broker.must('post', `pools/${life.pool}/agreements`, {
      split: 'equal',
      funders: 'first',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      moneyHolderBook,
      feesOwedBy: 'money-holder',
      reviewOn: '2026-10-01',
      text: 'We swim. The council’s money is spent before ours.',
    });
    for (const who of [A, B]) await who.must('post', `agreements/${agreementId}/assent`, { contentHash, format: 'standard' });
    await life.house.settle();
  };
  const councilIn = async (book: BookId): Promise<bigint> => {
    const share: AccountKey = { book, kind: 'share', subject: council, pool: life.pool };
    const seen = life.house.system({ books: [life.books.T, there], pools: [life.pool] });
    return (await life.house.database.read(seen, (tx) => life.house.app.get(LedgerQueries).balanceOf(tx, share))).posted;
  };

  it('is sent on to the one the group has now, as soon as it has come', async () => {
    const { A, B, broker, maker } = life.people;
    await life.fund('A', 120_000, 'third-party', 'T');
    await life.fund('B', 120_000, 'third-party', 'T');
    for (const who of [A, B]) await who.must('post', `people/${who.id}/appointments`, { brokerId: broker.id, covers: ['pools'] });
    const members = [A, B].map(({ id }) => ({ personId: id }));
    const about = { name: 'Summer swimmers', purpose: 'Swim in the lido', moneyHolderBookId: life.books.T, members };
    life.pool = (await broker.must('post', 'pools', about)).poolId;
    await agree(life.books.T);
    const promise = { funderId: council, purpose: 'A summer of swimming', amountPence: 30_000, endsOn: '2026-09-30', rest: 'back-at-end' };
    const { reference } = await officer.must('post', `pools/${life.pool}/funder-shares`, promise);
    await agree(there);

    await life.credit('T', 30_000, reference, 'The council');
    life.at('2026-04-07');
    const [unknown] = await life.statement('T', '2026-04-01', '2026-04-07');
    await life.arrived('T', unknown!.lineId);
    await maker.must('post', `books/${life.books.T}/funder-money`, { statementLine: unknown!.lineId, reference });
    expect(await councilIn(life.books.T)).toBe(30_000n);
    await life.house.settle();
    expect([await councilIn(life.books.T), await councilIn(there)]).toEqual([0n, 0n]);
    const changes = await life.house.database.read(life.everything, (tx) =>
      tx.rows<{ state: string; amount: bigint }>(
        `select c.state, p.amount_pence as amount from money_holder_change c join money_holder_part p on p.change_id = c.id where c.pool_id = $1`,
        [life.pool],
      ),
    );
    expect(changes).toEqual([{ state: 'moving', amount: 30_000n }]);
  });
});
