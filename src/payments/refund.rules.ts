import type { BookId, PaymentId, Pence } from '../kernel/index.js';
import { formatPounds, minus, refused, splitInProportion, sumPence } from '../kernel/index.js';
import type { AccountKey, Owner } from '../ledger/index.js';

/** A part of an earlier payment, and what is still unrefunded of it. */
export interface RefundablePart {
  readonly payment: PaymentId;
  readonly book: BookId;
  readonly n: number;
  readonly place: number;
  readonly owner: Owner;
  readonly amount: Pence;
  readonly refunded: Pence;
}

export interface RefundSlice {
  readonly part: RefundablePart;
  readonly amount: Pence;
}

/** Truth 4: a refund is split over what is still unrefunded of each part, by largest remainder, ties by place in the split; so full refunds
 *  equal the original split, whatever their number and sizes. Refuses more than is unrefunded (`more-than-was-paid`). */
export function splitRefund(amount: Pence, parts: readonly RefundablePart[]): RefundSlice[] {
  const ordered = [...parts].sort((a, b) => a.place - b.place || (a.payment < b.payment ? -1 : a.payment > b.payment ? 1 : a.n - b.n));
  const left = ordered.map((part) => minus(part.amount, part.refunded));
  const most = sumPence(left);
  if (amount > most) throw refused('more-than-was-paid', `Only ${formatPounds(most)} of this has not been refunded yet.`, { mostPence: String(most) });
  const shares = splitInProportion(amount, left);
  return ordered.map((part, index) => ({ part, amount: shares[index]! })).filter((slice) => slice.amount > 0n);
}

/** Where a member's part of a refund belongs: their share or line in the book that paid. Leavers' parts go to their line, which the
 *  caller names (truth 4). */
export function homeOf(part: RefundablePart, moved: readonly { owner: Owner; to: AccountKey }[]): AccountKey {
  const other = moved.find(({ owner }) => sameOwner(owner, part.owner));
  return other?.to ?? accountOf(part.book, part.owner);
}

/** The share of an owner in a book, or their line when no pool is named. */
export const accountOf = (book: BookId, owner: Owner): AccountKey =>
  owner.pool === undefined
    ? { book, kind: 'line', subject: owner.subject, line: owner.line }
    : { book, kind: 'share', subject: owner.subject, line: owner.line, planLine: owner.planLine, pool: owner.pool };

const sameOwner = (a: Owner, b: Owner): boolean => a.subject === b.subject && a.line === b.line && a.planLine === b.planLine && a.pool === b.pool;
