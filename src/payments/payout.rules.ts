import type { LocalDate, Pence } from '../kernel/index.js';
import { workingDayAfter } from '../kernel/index.js';

/** Stripe's pay-out of a balance to the book's bank account, as Stripe tells of it. */
export interface PayoutFacts {
  readonly id: string;
  readonly amount: Pence;
  /** What the bank writes beside it, where Stripe knows. */
  readonly reference: string | null;
  readonly arrivesOn: LocalDate;
}

/** A statement line that somebody says is a pay-out of Stripe. */
export interface PayoutLine {
  readonly amount: Pence;
  readonly day: LocalDate;
  /** Everything the bank wrote. */
  readonly text: string;
}

/** Bank holidays and banks that book late; our judgement, November 2026. */
const WORKING_DAYS = 3;

const squashed = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

const isNear = (a: LocalDate, b: LocalDate): boolean => (a < b ? b <= workingDayAfter(a, WORKING_DAYS) : a <= workingDayAfter(b, WORKING_DAYS));

/** Which pay-out a line is: of the same sum, and named in the line, or the only one near its day. Two answers are none. */
export function payoutOfLine<P extends PayoutFacts>(line: PayoutLine, payouts: readonly P[]): P | undefined {
  const same = payouts.filter((payout) => payout.amount === line.amount);
  const text = squashed(line.text);
  const named = same.filter(
    ({ id, reference }) => text.includes(squashed(id)) || (reference !== null && reference !== '' && text.includes(squashed(reference))),
  );
  const found = named.length > 0 ? named : same.filter((payout) => isNear(payout.arrivesOn, line.day));
  return found.length === 1 ? found[0] : undefined;
}
