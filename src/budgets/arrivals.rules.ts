import type { BudgetLineId, Pence } from '../kernel/index.js';
import { formatPounds } from '../kernel/index.js';

/** What is known of money that reached a book and is nobody's yet. */
export interface ArrivalFacts {
  readonly amount: Pence;
  /** The budget line's reference that the bank's line names; null when it names none. */
  readonly named: string | null;
  /** Whether a person said that this line is money that came in, after the matcher or instead of it. */
  readonly isByHand: boolean;
  /** The line of that reference in this book; undefined when the book has none. */
  readonly line: { readonly id: BudgetLineId; readonly state: 'open' | 'ended'; readonly stillToCome: Pence } | undefined;
}

export type WhyItWaits = 'names-no-line' | 'line-of-another-book' | 'decided-by-hand' | 'line-ended' | 'more-than-still-to-come';

export type ArrivalDecision = { readonly to: BudgetLineId } | { readonly waits: WhyItWaits; readonly why: string };

/** Money is given to a line by itself only when nobody could be surprised: the bank's line names an open budget line of this book, by its
 *  whole reference with the check character, and brings no more than is still to come there. Everything else waits for an officer, with
 *  the reason (domain 3.5: nothing is posted on a fuzzy match without a person). More than was agreed waits by our judgement, November 2026. */
export function decideArrival({ amount, named, isByHand, line }: ArrivalFacts): ArrivalDecision {
  if (named === null) return waits('names-no-line', 'It names no budget line, so somebody has to say whose it is.');
  if (line === undefined) return waits('line-of-another-book', `It names ${named}, which is no budget line of this book.`);
  if (isByHand) return waits('decided-by-hand', 'A person said what this line is, so a person says whose it is as well.');
  if (line.state === 'ended') return waits('line-ended', `It names ${named}, and that budget line has ended.`);
  if (amount > line.stillToCome)
    return waits(
      'more-than-still-to-come',
      `It names ${named}, and is more than the ${formatPounds(largerThanNothing(line.stillToCome))} still to come there.`,
    );
  return { to: line.id };
}

const waits = (code: WhyItWaits, why: string): ArrivalDecision => ({ waits: code, why });

const largerThanNothing = (sum: Pence): Pence => (sum > 0n ? sum : (0n as Pence));
