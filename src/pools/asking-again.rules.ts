import type { LocalDate, Pence } from '../kernel/index.js';
import { formatDay, refused } from '../kernel/index.js';

export interface LeftFacts {
  readonly hasDied: boolean;
  /** The first day on which they owe nothing more; null for who never agreed. */
  readonly noticeUntil: LocalDate | null;
  /** What stands in, is owed from, or is on its way from each of their shares. */
  readonly inShares: readonly Pence[];
  /** Whether money of theirs is on its way into the pool. */
  readonly isExpected: boolean;
  readonly hadShares: boolean;
}

/** Whether somebody who left can be asked to join again. Their leaving has to be whole first: notice over, and no penny in a share, owed, or on its way, so that the exit statement they have
 *  stays true. What they put in later lies in the same share, and their next statement tells both times. Our judgement, November 2026. Refuses: has-died, still-leaving, paid-before. */
export function checkAskingAgain(facts: LeftFacts, withoutMoney: boolean, today: LocalDate): void {
  if (facts.hasDied) throw refused('has-died', 'This person has died.');
  if (facts.noticeUntil !== null && facts.noticeUntil > today)
    throw refused('still-leaving', `They are still leaving: their notice ends on ${formatDay(facts.noticeUntil)}. Ask them again after that.`);
  if (facts.isExpected || facts.inShares.some((sum) => sum !== 0n))
    throw refused('still-leaving', 'They are still leaving: some of their money is in the pool, or on its way home. Ask them again when it is settled.');
  if (withoutMoney && facts.hadShares) throw refused('paid-before', 'They put money in before, so they can only be asked to join as they were.');
}
