import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BookId, Id, LocalDate, PaymentId, Pence, PersonId, ReservationId } from '../../src/kernel/index.js';
import { addDays, DomainError, minus, pence, penceAsNumber, plus, sumPence } from '../../src/kernel/index.js';
import type { RefundablePart } from '../../src/payments/refund.rules.js';
import { splitRefund } from '../../src/payments/refund.rules.js';
import type { ExitFacts, ShareChange } from '../../src/pools/pool-exit.rules.js';
import { addsUp, exitStatement } from '../../src/pools/pool-exit.rules.js';
import type { CommitFacts } from '../../src/purchasing/commitment.rules.js';
import { decideCommitment } from '../../src/purchasing/commitment.rules.js';
import type { OpenPart } from '../../src/purchasing/purchase.rules.js';
import { decideInvoice } from '../../src/purchasing/purchase.rules.js';
import { splitRows, splitSessions, totals } from '../../src/purchasing/split.rules.js';

const sum = (most: number) => fc.integer({ min: 0, max: most }).map((value) => pence(value));
const today = '2026-11-20' as LocalDate;

/** The refunds of an invoice one after the other, as payments keep them: what each part gets of each, and what is unrefunded in the end. */
function refundInTurn(original: readonly Pence[], refunds: readonly Pence[]): { splits: Pence[][]; unrefunded: Pence[] } {
  let parts = original.map(
    (amount, n): RefundablePart => ({ payment: 'payment' as PaymentId, book: 'book' as BookId, n, place: n, owner: {}, amount, refunded: pence(0) }),
  );
  const splits = refunds.map((refund) => {
    const slices = splitRefund(refund, parts);
    const split = parts.map((part) => slices.find((slice) => slice.part.n === part.n)?.amount ?? pence(0));
    parts = parts.map((part, n) => ({ ...part, refunded: plus(part.refunded, split[n]!) }));
    return split;
  });
  return { splits, unrefunded: parts.map((part) => minus(part.amount, part.refunded)) };
}
const shareId = (n: number): Id<'share'> => `share-${n}` as Id<'share'>;

describe('shares of a pool', () => {
  it('are split so that every session costs its price and no two members differ by more than a penny', () => {
    fc.assert(
      fc.property(sum(1_000_000), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 12 }), (price, sessions, members) => {
        const split = splitSessions(price, sessions, members);
        for (const row of split) {
          expect(sumPence(row)).toBe(price);
          expect(row.every((part) => part >= 0n)).toBe(true);
        }
        const whole = totals(split);
        const [least, most] = [whole.reduce((a, b) => (a < b ? a : b)), whole.reduce((a, b) => (a > b ? a : b))];
        expect(most - least <= 1n).toBe(true);
      }),
    );
  });

  it('by any weights sum to each amount, never fall below zero, and stay within two pence of what is due', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000 }).map(BigInt), { minLength: 1, maxLength: 8 }).filter((all) => all.some((weight) => weight > 0n));
    fc.assert(
      fc.property(fc.array(sum(100_000), { minLength: 1, maxLength: 20 }), weights, (amounts, parts) => {
        const rows = splitRows(amounts, parts);
        const all = parts.reduce((a, b) => a + b, 0n);
        rows.forEach((row, n) => expect(sumPence(row)).toBe(amounts[n]));
        expect(rows.flat().every((part) => part >= 0n)).toBe(true);
        const whole = sumPence(amounts);
        totals(rows).forEach((paid, place) => {
          const off = paid * all - parts[place]! * whole;
          expect(off < 2n * all && -off < 2n * all).toBe(true);
        });
      }),
    );
  });

  /** A pool of random size, each member with one or two shares of random sums. */
  const pools = fc.record({
    price: sum(20_000).filter((price) => price > 0n),
    sessions: fc.integer({ min: 1, max: 8 }),
    money: fc.array(fc.array(sum(60_000), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 6 }),
  });

  const factsOf = ({ price, sessions, money }: { price: Pence; sessions: number; money: Pence[][] }): CommitFacts => ({
    poolState: 'active',
    agreementInForce: true,
    quoteState: 'chosen',
    price,
    sessions,
    members: money.map((_, n) => ({ personId: `person-${n}` as PersonId, state: 'member' })),
    waitsFor: undefined,
    shares: money.flatMap((own, n) =>
      own.map((usable, k) => ({
        id: shareId(n * 10 + k),
        personId: `person-${n}` as PersonId,
        usable,
        planAgreed: true,
        lineUntil: '2030-04-01' as LocalDate,
      })),
    ),
  });
  const daysOf = (count: number): LocalDate[] => Array.from({ length: count }, (_, n) => addDays(today, 7 * n));

  it('pay for their own member only, and never more than is in them', () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const facts = factsOf(pool);
        let parts;
        try {
          parts = decideCommitment(facts, daysOf(pool.sessions), today);
        } catch (error) {
          expect((error as DomainError).code).toBe('share-short');
          const each = totals(splitSessions(pool.price, pool.sessions, pool.money.length));
          expect(pool.money.some((own, n) => sumPence(own) < each[n]!)).toBe(true);
          return;
        }
        const owed = totals(splitSessions(pool.price, pool.sessions, pool.money.length));
        pool.money.forEach((_, n) => {
          const mine = parts.filter((part) => facts.shares.find((share) => share.id === part.share)!.personId === `person-${n}`);
          expect(sumPence(mine.map((part) => part.amount))).toBe(owed[n]);
        });
        for (const share of facts.shares)
          expect(sumPence(parts.filter((part) => part.share === share.id).map((part) => part.amount)) <= share.usable).toBe(true);
        expect(sumPence(parts.map((part) => part.amount))).toBe(pence(pool.price * BigInt(pool.sessions)));
      }),
    );
  });

  /** What is set aside for one session in each share, and an invoice for some part of it. */
  const invoices = fc
    .array(
      sum(20_000).filter((left) => left > 0n),
      { minLength: 1, maxLength: 8 },
    )
    .chain((lefts) => {
      const whole = sumPence(lefts);
      return fc.record({
        lefts: fc.constant(lefts),
        amount: sum(penceAsNumber(whole)).filter((amount) => amount > 0n),
        vatPart: fc.integer({ min: 0, max: 100 }),
      });
    });

  it('bear an invoice to the penny: parts sum to it, VAT too, each within what was set aside, and the rest is free', () => {
    fc.assert(
      fc.property(invoices, ({ lefts, amount, vatPart }) => {
        const open = lefts.map(
          (left, n): OpenPart => ({
            session: 'session' as Id<'session'>,
            share: shareId(n),
            personId: `person-${n}` as PersonId,
            book: `book-${n % 3}` as BookId,
            reservation: `r-${n}` as ReservationId,
            forDay: today,
            left,
          }),
        );
        const vat = pence((amount * BigInt(vatPart)) / 100n);
        const decision = decideInvoice({ sessions: [{ id: 'session' as Id<'session'>, state: 'confirmed' }], price: sumPence(lefts), open }, { amount, vat });
        expect(sumPence(decision.parts.map((part) => part.amount))).toBe(amount);
        expect(sumPence(decision.parts.map((part) => part.vat))).toBe(vat);
        for (const part of decision.parts) {
          const left = lefts[Number(part.share.slice(6))]!;
          expect(part.amount + sumPence(part.freed.map((each) => each.amount))).toBe(left);
          expect(sumPence(part.from.map((each) => each.amount))).toBe(part.amount);
          expect(part.vat <= part.amount).toBe(true);
        }
        expect(decision.done).toEqual(['session']);
      }),
    );
  });

  it('get refunds that, once full, equal the original split, whatever their number and sizes', () => {
    const histories = fc
      .array(
        sum(5_000).filter((part) => part > 0n),
        { minLength: 1, maxLength: 8 },
      )
      .chain((parts) => fc.record({ parts: fc.constant(parts), cuts: fc.array(sum(penceAsNumber(sumPence(parts))), { maxLength: 6 }) }));
    fc.assert(
      fc.property(histories, ({ parts, cuts }) => {
        const whole = sumPence(parts);
        const marks = [pence(0), ...[...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)), whole];
        const refunds = marks.slice(1).map((mark, n) => minus(mark, marks[n]!));
        const { splits, unrefunded } = refundInTurn(parts, refunds);
        expect(unrefunded.every((left) => left === 0n)).toBe(true);
        expect(totals(splits)).toEqual(parts);
        for (const split of splits) expect(split.every((part) => part >= 0n)).toBe(true);
      }),
    );
  });
});

describe('exit statements', () => {
  /** A random life of one member's shares: put in, set aside, invoiced, refunded, returned, and a debt. Never below zero, like the ledger. */
  type Step = {
    readonly what: 'put-in' | 'reserve' | 'invoice' | 'refund' | 'returned';
    readonly share: number;
    readonly amount: Pence;
    readonly inDays: number;
  };
  const steps = fc.array(
    fc.record({
      what: fc.constantFrom<Step['what']>('put-in', 'reserve', 'invoice', 'refund', 'returned'),
      share: fc.integer({ min: 0, max: 2 }),
      amount: sum(10_000),
      inDays: fc.integer({ min: -30, max: 90 }),
    }),
    { maxLength: 40 },
  );

  function liveThrough(life: readonly Step[], debts: readonly Pence[]): ExitFacts {
    const shares = [0, 1, 2].map((n) => ({
      id: shareId(n),
      book: `book-${n % 2}` as BookId,
      posted: 0n,
      setAside: [] as { reservation: ReservationId; purpose: string; forDay: LocalDate; left: Pence }[],
    }));
    const changes: ShareChange[] = [];
    life.forEach(({ what, share: n, amount, inDays }, step) => {
      const share = shares[n]!;
      const reserved = share.setAside.reduce((all, each) => all + each.left, 0n);
      const first = share.setAside.find((each) => each.left > 0n);
      if (amount === 0n) return;
      if (what === 'put-in' || what === 'refund') share.posted += amount;
      else if (what === 'reserve' && share.posted - reserved >= amount) {
        share.setAside.push({ reservation: `r-${step}` as ReservationId, purpose: `session-${step}`, forDay: addDays(today, inDays), left: amount });
        return;
      } else if (what === 'invoice' && first && first.left >= amount) {
        share.setAside[share.setAside.indexOf(first)] = { ...first, left: minus(first.left, amount) };
        share.posted -= amount;
      } else if (what === 'returned' && share.posted - reserved >= amount) share.posted -= amount;
      else return;
      changes.push({ what, on: today, amount } as ShareChange);
    });
    return {
      changes,
      debts: new Map(debts.map((debt, n) => [`book-${n}` as BookId, debt])),
      shares: shares.map((share) => ({ ...share, posted: pence(share.posted), setAside: share.setAside.filter((each) => each.left > 0n) })),
    };
  }

  it('add up for any history, return nothing twice and nothing that notice or a debt needs', () => {
    fc.assert(
      fc.property(steps, fc.array(sum(5_000), { maxLength: 2 }), fc.integer({ min: 0, max: 60 }), (life, debts, notice) => {
        const facts = liveThrough(life, debts);
        const statement = exitStatement(facts, today, notice);
        expect(addsUp(statement)).toBe(true);
        const posted = sumPence(facts.shares.map((share) => share.posted));
        expect(statement.kept + statement.heldForDebt + statement.toReturn).toBe(posted);
        for (const { share, amount } of statement.returns) {
          const own = facts.shares.find((each) => each.id === share)!;
          const kept = sumPence(
            statement.keptForNotice.filter((each) => own.setAside.some((mine) => mine.reservation === each.reservation)).map((each) => each.left),
          );
          expect(amount > 0n && amount <= own.posted - kept).toBe(true);
        }
        const everything = facts.shares.flatMap((share) => share.setAside.map((each) => each.reservation)).sort();
        expect([...statement.keptForNotice, ...statement.freed].map((each) => each.reservation).sort()).toEqual(everything);
        expect(statement.keptForNotice.every((each) => each.forDay <= today || each.forDay < statement.noticeUntil)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
