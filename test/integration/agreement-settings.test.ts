import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SettlementQueries } from '../../src/finance/settlement.queries.js';
import type { BookId, LocalDate, PoolId } from '../../src/kernel/index.js';
import { addDays, newId, pence, systemActor } from '../../src/kernel/index.js';
import { Books, Ledger } from '../../src/ledger/index.js';
import { ReviewDays } from '../../src/pools/review-days.service.js';
import type { SettingName, Terms } from '../../src/pools/index.js';
import { FunderShares, HolderClosings, SETTING_NAMES } from '../../src/pools/index.js';
import { Absences } from '../../src/purchasing/absences.service.js';
import { Shortfalls } from '../../src/purchasing/shortfalls.service.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

/** Every setting of the agreement changes what happens: two groups that differ in it alone, and live the same days, end in different ledgers or states.
 *  A setting without a pair does not compile. */

const START = '2026-11-20T10:00:00Z';
let house: PoolingHouse;
beforeAll(async () => {
  house = await poolingHouse();
  await house.knowPayees();
  for (const id of [newId<'book'>(), newId<'book'>()]) {
    await house.database.transaction(systemActor('test', { books: [id] }), async (tx) => {
      const organisationId = (await house.app.get(Books).find(tx, house.t))!.organisationId;
      await house.app.get(Books).open(tx, { id, basis: 'cash', name: 'F', organisationId, holderId: null, openedOn: '2026-04-01' as LocalDate });
    });
    toFail.push(id);
  }
});
afterAll(() => house.close());
afterEach(async () => {
  await house.deliver();
  expect(await house.faults()).toEqual([]);
});

interface Pair {
  /** What both have beside the setting. */
  readonly both?: () => Partial<Terms>;
  readonly one: () => Partial<Terms>;
  readonly other: () => Partial<Terms>;
  /** The same days for both; answers where it ended. */
  readonly live: (pool: PoolId) => Promise<unknown>;
  readonly ends: { readonly one: unknown; readonly other: unknown };
  /** Who begins; all three when left out. */
  readonly founders?: () => readonly Holder[];
}

const later = (days: number): LocalDate => addDays(START.slice(0, 10) as LocalDate, days);
const goTo = (days: number): void => house.clock.set(new Date(`${later(days)}T10:00:00Z`));
const shares = (pool: PoolId) => Promise.all(house.members.map((member) => house.balance(house.share(pool, member))));
const reserved = async (pool: PoolId) => (await shares(pool)).map((each) => each.reserved);
const everybodyPutsIn = async (pool: PoolId, pounds: number): Promise<void> => {
  for (const member of house.members) await house.putIn(pool, member, pounds);
};
const partsOf = (...parts: number[]) => house.members.map(({ id }, n) => ({ personId: id, part: parts[n]! }));
const quoteOf = async (pool: PoolId, pounds: number, over: object = {}) =>
  (
    await house.quotes.give(await house.as(house.femi), pool, {
      providerId: house.provider,
      service: 'An hour in the warm pool',
      pricePence: pence(pounds * 100),
      sessions: 1,
      ...over,
    })
  ).quoteId;
const chosen = async (quote: Awaited<ReturnType<typeof quoteOf>>, who: readonly Holder[]) => {
  for (const each of who) await house.quotes.choose(await house.as(each), quote);
  return quote;
};
const bought = async (pool: PoolId, pounds: number, inDays: number, who: readonly Holder[] = house.members, over: object = {}) =>
  house.purchases.commit(await house.as(house.femi), await chosen(await quoteOf(pool, pounds, over), who), { days: [later(inDays)] });
let numbers = 0;
const billed = async (purchase: Awaited<ReturnType<typeof bought>>, pounds: number, by?: Holder) => {
  const session = await house.attended(purchase, 0, by);
  const { invoiceId } = await house.invoices.receive(await house.as(house.pat), purchase.purchaseId, {
    number: `SET-${(numbers += 1)}`,
    amountPence: pence(pounds * 100),
    dated: house.today,
    sessionIds: [session],
  });
  await house.deliver();
  return invoiceId;
};
const stayAway = async (pool: PoolId, daysBefore: number): Promise<number[]> => {
  await everybodyPutsIn(pool, 40);
  const purchase = await bought(pool, 60, 10);
  goTo(10 - daysBefore);
  await house.app.get(Absences).tell(await house.as(house.carys), purchase.sessions[0]!.sessionId, { reason: 'away' });
  return reserved(pool);
};
const chooses = (pounds: number, who: () => readonly Holder[]) => async (pool: PoolId) => {
  const quote = await quoteOf(pool, pounds);
  let state = 'offered';
  for (const each of who()) state = (await house.quotes.choose(await house.as(each), quote)).state;
  return state;
};
const leavesWithSomethingBooked = async (pool: PoolId) => {
  await everybodyPutsIn(pool, 40);
  await bought(pool, 60, 20);
  const { statement } = await house.leaving.leave(await house.as(house.carys), pool, {});
  return [statement.keptPence, statement.toReturnPence];
};
/** Bodies that will close, one for each history. */
const toFail: BookId[] = [];
let failed = 0;
const failing = (): BookId => toFail[(failed += 1) - 1]!;
const three = (): readonly Holder[] => house.members;
const two = (): readonly Holder[] => house.members.slice(0, 2);

const PAIRS: Readonly<Record<SettingName, Pair>> = {
  split: {
    both: () => ({ absence: 'pay-if-you-come' }),
    one: () => ({ split: 'equal' }),
    other: () => ({ split: 'attendance' }),
    live: (pool) => stayAway(pool, 5),
    // Those who come pay the same; or they share the part of who stays away.
    ends: { one: [2_000, 2_000, 0], other: [3_000, 3_000, 0] },
  },
  parts: {
    both: () => ({ split: 'ratio' }),
    one: () => ({ parts: partsOf(2, 1, 1) }),
    other: () => ({ parts: partsOf(1, 1, 2) }),
    live: async (pool) => {
      await everybodyPutsIn(pool, 40);
      await bought(pool, 40, 10);
      return reserved(pool);
    },
    ends: { one: [2_000, 1_000, 1_000], other: [1_000, 1_000, 2_000] },
  },
  funders: {
    one: () => ({ funders: 'first' }),
    other: () => ({ funders: 'last' }),
    live: async (pool) => {
      await everybodyPutsIn(pool, 40);
      await house.app.get(FunderShares).promise(await house.as(house.olu), pool, {
        funderId: house.icb,
        purpose: 'A warm place to swim in winter.',
        amountPence: pence(3_000),
        endsOn: later(100),
        rest: 'back-at-end',
        bookId: house.n,
      });
      await bought(pool, 60, 10);
      return reserved(pool);
    },
    ends: { one: [1_000, 1_000, 1_000], other: [2_000, 2_000, 2_000] },
  },
  absence: {
    one: () => ({ absence: 'pay-to-hold-place' }),
    other: () => ({ absence: 'pay-if-you-come' }),
    live: (pool) => stayAway(pool, 5),
    ends: { one: [2_000, 2_000, 2_000], other: [2_000, 2_000, 0] },
  },
  absenceDays: {
    both: () => ({ absence: 'pay-if-you-come' }),
    one: () => ({ absenceDays: 2 }),
    other: () => ({ absenceDays: 7 }),
    live: (pool) => stayAway(pool, 3),
    ends: { one: [2_000, 2_000, 0], other: [2_000, 2_000, 2_000] },
  },
  noticeDays: {
    one: () => ({ noticeDays: 28 }),
    other: () => ({ noticeDays: 7 }),
    live: leavesWithSomethingBooked,
    ends: { one: [2_000, 2_000], other: [0, 4_000] },
  },
  trialUntil: {
    one: () => ({}),
    other: () => ({ trialUntil: later(30) }),
    live: leavesWithSomethingBooked,
    ends: { one: [2_000, 2_000], other: [0, 4_000] },
  },
  newcomers: {
    founders: two,
    one: () => ({ newcomers: 'nothing' }),
    other: () => ({ newcomers: 'share-set-up' }),
    live: async (pool) => {
      for (const who of two()) await house.putIn(pool, who, 40);
      await house.pay(await billed(await bought(pool, 60, 0, two(), { setsUp: true }), 60));
      goTo(1);
      await house.pools.invite(await house.as(house.femi), pool, { personId: house.carys.id });
      const agreement = (await house.poolQueries.pool(await house.as(house.asha), pool)).agreements[0]!;
      await house.agreements.assent(await house.as(house.carys), agreement.id, { contentHash: agreement.contentHash, format: 'standard' });
      await house.putIn(pool, house.carys, 10); // does not reach yet
      await house.putIn(pool, house.carys, 10);
      return (await shares(pool)).map((each) => each.posted);
    },
    // Bola paid 30.00 in the book in which Carys's money lies, so 15.00 is hers to pay back. Asha's money lies elsewhere.
    ends: { one: [1_000, 1_000, 2_000], other: [1_000, 2_500, 500] },
  },
  decide: {
    one: () => ({ decide: 'all-agree' }),
    other: () => ({ decide: 'most-agree' }),
    live: chooses(60, two),
    ends: { one: 'offered', other: 'chosen' },
  },
  quorumPercent: {
    both: () => ({ decide: 'no-strong-objection' }),
    one: () => ({ quorumPercent: 60 }),
    other: () => ({ quorumPercent: 100 }),
    live: chooses(60, two),
    ends: { one: 'chosen', other: 'offered' },
  },
  oneMemberUpToPence: {
    one: () => ({ oneMemberUpToPence: 2_000 }),
    other: () => ({ oneMemberUpToPence: 1_999 }),
    live: chooses(20, () => [house.bola]),
    ends: { one: 'chosen', other: 'offered' },
  },
  treasurer: {
    both: () => ({ decide: 'most-agree' }),
    one: () => ({ treasurer: house.bola.id }),
    other: () => ({ treasurer: house.carys.id }),
    live: chooses(60, two),
    ends: { one: 'chosen', other: 'offered' },
  },
  shortfall: {
    one: () => ({ shortfall: 'pause' }),
    other: () => ({ shortfall: 'reduce' }),
    live: async (pool) => {
      const quote = await chosen(await quoteOf(pool, 60), three());
      await house.app.get(Shortfalls).answer(await house.as(house.femi), quote, {});
      const { state } = await house.poolQueries.pool(await house.as(house.asha), pool);
      if (state === 'frozen') await house.freezes.unfreeze(await house.as(house.femi), pool, { reason: 'Tried.' });
      return state;
    },
    ends: { one: 'frozen', other: 'active' },
  },
  surplusKeepPence: {
    one: () => ({}),
    other: () => ({ surplusKeepPence: 500 }),
    live: async (pool) => {
      await everybodyPutsIn(pool, 40);
      const purchase = await bought(pool, 60, 0);
      goTo(1);
      await house.putIn(pool, house.bola, 7); // for what comes next
      await billed(purchase, 45);
      return (await shares(pool)).map((each) => each.posted);
    },
    ends: { one: [2_500, 3_200, 2_500], other: [500, 1_200, 500] },
  },
  moneyHolderBook: {
    one: () => ({ moneyHolderBook: house.t }),
    other: () => ({ moneyHolderBook: null }),
    live: async (pool) => {
      const { bookId } = house.carys;
      await house.contributions.contribute(await house.as(house.carys), { poolId: pool, lineId: house.carys.lineId, amountPence: pence(1_000), by: 'bank' });
      const own = { ...house.share(pool, house.carys), book: bookId };
      return (await house.balance(own)).posted;
    },
    // On its way to the treasurer, or in her own account.
    ends: { one: 0, other: 1_000 },
  },
  successorBook: {
    both: () => ({ moneyHolderBook: failing() }),
    one: () => ({ successorBook: house.u }),
    other: () => ({}),
    live: async (pool) => {
      const book = (await house.poolQueries.pool(await house.as(house.asha), pool)).moneyHolderBookId!;
      await house.app.get(HolderClosings).close(systemActor('operator', {}), book, 'It has no money of its own left.');
      const { moneyHolderBookId, state } = await house.poolQueries.pool(await house.as(house.asha), pool);
      return [moneyHolderBookId === house.u, state];
    },
    ends: { one: [true, 'active'], other: [false, 'frozen'] },
  },
  feesOwedBy: {
    one: () => ({ feesOwedBy: 'contributor' }),
    other: () => ({ feesOwedBy: 'icb' }),
    live: async (pool) => {
      const { t: book, bola } = house;
      const owner = { subject: bola.id, line: bola.lineId, planLine: bola.planLineId, pool };
      return house.database.transaction(house.everything(), async (tx) => {
        await house.app.get(Ledger).record(tx, [
          {
            book,
            reference: `test:fee:${newId()}`,
            kind: 'fee',
            effectiveOn: house.today,
            transfers: [{ debit: { book, kind: 'fees-due' }, credit: { book, kind: 'clearing', channel: 'stripe' }, amount: pence(40), owner }],
          },
        ]);
        const fees = await new SettlementQueries(house.database, house.ledger, house.poolQueries).feesOf(tx, book);
        return fees.filter((fee) => fee.pool === pool).map((fee) => fee.owedBy);
      });
    },
    ends: { one: ['contributor'], other: ['icb'] },
  },
  reviewOn: {
    one: () => ({ reviewOn: later(3) }),
    other: () => ({ reviewOn: later(300) }),
    live: async (pool) => {
      const reviews = house.app.get(ReviewDays);
      await reviews.tellDue(later(2));
      await reviews.tellDue(later(3));
      await reviews.tellDue(later(4));
      const { history } = await house.poolQueries.pool(await house.as(house.asha), pool);
      return history.filter((each) => each.sentence === 'It was time to look at the agreement again.').length;
    },
    ends: { one: 1, other: 0 },
  },
};

describe('every setting of the agreement is obeyed', () => {
  it('and has a pair', () => expect(Object.keys(PAIRS).sort()).toEqual([...SETTING_NAMES].sort()));

  describe.each(SETTING_NAMES)('%s', (name) => {
    const pair = PAIRS[name];
    it.each(['one', 'other'] as const)('%s', async (which) => {
      house.clock.set(new Date(START));
      const founders = pair.founders?.() ?? three();
      const terms = { ...pair.both?.(), ...pair[which]() };
      expect(
        Object.keys(pair.one())
          .concat(Object.keys(pair.other()))
          .every((key) => key === name),
      ).toBe(true);
      const pool = await house.startedPool(founders, terms);
      expect(await pair.live(pool)).toEqual(pair.ends[which]);
      const { members } = await house.poolQueries.pool(await house.as(house.femi), pool);
      for (const who of house.members)
        if (members.some((member) => member.firstName.toLowerCase() === who.name && member.state === 'member'))
          await house.leaving.leave(await house.as(who), pool, {});
    });
    it('ends differ', () => expect(pair.ends.one).not.toEqual(pair.ends.other));
  });
});

describe('the check of newcomers’ parts', () => {
  it.each([`update joining_part set amount_pence = amount_pence + 1 where amount_pence > 0`, `update joining_part set joining_id = pool_id`])(
    'finds what was planted: %s',
    async (sql) => expect(await house.faultsAfter(sql)).toContain('newcomers-parts-come-back'),
  );
});

describe('the review day of a group that is over', () => {
  it('passes, and nothing is added to what happened', async () => {
    house.clock.set(new Date(START));
    const pool = await house.startedPool(three(), { reviewOn: later(3) });
    for (const who of three()) await house.leaving.leave(await house.as(who), pool, {});
    await house.deliver();
    await house.app.get(ReviewDays).tellDue(later(4));
    const told = await house.database.read(house.everything(pool), (tx) =>
      tx.rows(`select 1 from pool_history where pool_id = $1 and noun = 'agreement' and action = 'review'`, [pool]),
    );
    expect(told).toEqual([]);
  });
});
