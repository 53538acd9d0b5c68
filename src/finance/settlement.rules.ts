import type { Pence, PersonId, PoolId } from '../kernel/index.js';
import { formatPounds, minus, NO_PENCE, refused, smaller, sumPence } from '../kernel/index.js';
import type { FeePart } from './settlement.entries.js';

/** What one member owes a book after a fact from outside, and what the money-holder put in for them. Sums in pence. */
export interface Debt {
  readonly person: PersonId;
  readonly owes: Pence;
  readonly covered: Pence;
}

/** What of a debt nobody has made good yet: until then no payment may leave that needs others' money (truth 3). */
export const gapOf = ({ owes, covered }: Debt): Pence => (owes > covered ? minus(owes, covered) : NO_PENCE);

/** What of the cover is needed no more, since the member paid back: it is the money-holder's again. */
export const returnableOf = ({ owes, covered }: Debt): Pence => (covered > owes ? minus(covered, owes) : NO_PENCE);

/** How money that a member paid falls on their debt; the rest, if any, is for a line of their own. Refuses: nothing-owed. */
export function decidePayBack(debt: Debt, paid: Pence): { readonly back: Pence; readonly rest: Pence } {
  if (debt.owes <= 0n) throw refused('nothing-owed', 'This person owes nothing in this book.');
  const back = smaller(paid, debt.owes);
  return { back, rest: minus(paid, back) };
}

/** Refuses cover beyond the gap: the book would hold money of the money-holder's that nothing asks for (`more-than-the-gap`). */
export function checkCover(debt: Debt, put: Pence): void {
  const gap = gapOf(debt);
  if (put > gap) throw refused('more-than-the-gap', `The gap that this person’s debt leaves is ${formatPounds(gap)}.`, { gapPence: String(gap) });
}

/** How much cover goes back. Refuses: nothing-to-return. */
export function decideReturn(debt: Debt): Pence {
  const amount = returnableOf(debt);
  if (amount === 0n) throw refused('nothing-to-return', 'All of the cover is still needed: the debt stands.');
  return amount;
}

export type FeesOwedBy = 'money-holder' | 'contributor' | 'icb';

/** Fees due, with who pays them: whom the pool's agreement names; the bank's own charges are the money-holder's. */
export interface FeeDue extends FeePart {
  readonly owedBy: FeesOwedBy;
}

export interface FeePayer {
  readonly owedBy: FeesOwedBy;
  readonly pool?: PoolId | undefined;
  readonly person?: PersonId | undefined;
}

/** Which fees a payment settles, the parts in the order given. A contributor pays their own and nobody else's.
 *  Refuses: contributor-not-named, more-than-due (naming what is due). */
export function decideFees(due: readonly FeeDue[], payer: FeePayer, paid: Pence): FeePart[] {
  if (payer.owedBy === 'contributor' && payer.person === undefined)
    throw refused('contributor-not-named', 'Say who paid: each contributor owes their own fees.');
  const theirs = due.filter(
    (each) =>
      each.owedBy === payer.owedBy && (payer.pool === undefined || each.pool === payer.pool) && (payer.person === undefined || each.person === payer.person),
  );
  const whole = sumPence(theirs.map((each) => each.amount));
  if (paid > whole) throw refused('more-than-due', `The fees due from them are ${formatPounds(whole)}.`, { duePence: String(whole) });
  const parts: FeePart[] = [];
  let left = paid;
  for (const { person, pool, amount } of theirs) {
    const part = smaller(left, amount);
    if (part > 0n) parts.push({ person, pool, amount: part });
    left = minus(left, part);
  }
  return parts;
}
