import type { LocalDate, Pence } from '../../kernel/index.js';
import { addDays, formatDay, formatPounds, invalid, refused } from '../../kernel/index.js';
import type { RoundAction, RoundState } from './pledge.lifecycle.js';

/** What becomes of pledges that do not reach the sum by the day (features.md, C2): more time once, going on with what there is, or letting all go. */
export const ENDINGS = ['extend', 'shrink', 'release'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Everybody has a week at least in which a pledge can be changed or taken back (C11), and nobody's money is set aside for more than half a year
 *  for one day, or the whole of it. In days. Our judgement, November 2026. */
export const SHORTEST_FREE_DAYS = 7;
export const LONGEST_DAYS = 182;

export interface RoundTerms {
  readonly threshold: Pence;
  /** With `shrink`: the least with which the group would go on. */
  readonly smallest: Pence | null;
  /** The most that one person may pledge; null: no more than they have. */
  readonly most: Pence | null;
  /** The last day on which a pledge can be made smaller or taken back. */
  readonly freeUntil: LocalDate;
  readonly reachBy: LocalDate;
  /** With `extend`: the second and last day. */
  readonly extendTo: LocalDate | null;
  readonly ending: Ending;
}

/** Refuses: amount-not-positive, free-days-too-few, free-after-the-end, ends-too-late, ending-needs-more (`extend` without a later day, `shrink`
 *  without a smaller sum), ending-needs-less (either of them where it has no place), cap-too-low (the sum could never be reached). */
export function checkRound(terms: RoundTerms, members: number, today: LocalDate): void {
  const { threshold, smallest, most, freeUntil, reachBy, extendTo, ending } = terms;
  if (threshold <= 0n)
    throw invalid('amount-not-positive', 'Enter an amount above zero.', [{ field: 'thresholdPence', message: 'Enter an amount, like 120 or 120.50' }]);
  if (freeUntil < addDays(today, SHORTEST_FREE_DAYS))
    throw invalid('free-days-too-few', `Give people ${SHORTEST_FREE_DAYS} days at least to change their mind.`, [
      { field: 'freeUntil', message: `Choose a day that is ${SHORTEST_FREE_DAYS} days away or more` },
    ]);
  if (reachBy < freeUntil)
    throw invalid('free-after-the-end', 'People can change their mind until the last day, and not after it.', [
      { field: 'reachBy', message: 'Choose the day until which people can change their mind, or a later one' },
    ]);
  if (reachBy > addDays(today, LONGEST_DAYS))
    throw invalid('ends-too-late', 'That is too far away: the money is set aside until then.', [
      { field: 'reachBy', message: 'Choose a day within half a year' },
    ]);
  checkEnding(terms);
  if (ending === 'extend' && extendTo! > addDays(reachBy, LONGEST_DAYS))
    throw invalid('ends-too-late', 'That is too far away: the money is set aside until then.', [
      { field: 'extendTo', message: 'Choose a day within half a year of the first one' },
    ]);
  if (ending === 'shrink' && smallest! >= threshold)
    throw invalid('ending-needs-more', 'The smallest sum is less than the one you hope for.', [
      { field: 'smallestPence', message: `Enter less than ${formatPounds(threshold)}` },
    ]);
  if (most !== null && most * BigInt(members) < threshold)
    throw invalid('cap-too-low', `${members} people who give ${formatPounds(most)} each do not reach ${formatPounds(threshold)}.`, [
      { field: 'mostPence', message: 'Enter more, or leave it out' },
    ]);
}

function checkEnding({ smallest, extendTo, ending, reachBy }: RoundTerms): void {
  if (ending === 'extend' && (extendTo === null || extendTo <= reachBy))
    throw invalid('ending-needs-more', 'Say until when there is more time.', [{ field: 'extendTo', message: 'Choose a day after the first one' }]);
  if (ending === 'shrink' && (smallest === null || smallest <= 0n))
    throw invalid('ending-needs-more', 'Say with how much at least you would go on.', [{ field: 'smallestPence', message: 'Enter an amount above zero' }]);
  if ((ending !== 'extend' && extendTo !== null) || (ending !== 'shrink' && smallest !== null))
    throw invalid('ending-needs-less', 'A second day belongs to more time, and a smallest sum to going on with less.', [
      { field: 'ending', message: 'Choose one way to end, and leave out what belongs to the others' },
    ]);
}

export interface Round extends RoundTerms {
  readonly state: RoundState;
}

export const isOpen = ({ state }: Pick<Round, 'state'>): boolean => state === 'open' || state === 'extended';

/** The last day on which people can pledge, as it stands now. */
export const lastDay = ({ state, reachBy, extendTo }: Pick<Round, 'state' | 'reachBy' | 'extendTo'>): LocalDate =>
  state === 'extended' || state === 'released' ? (extendTo ?? reachBy) : reachBy;

/** The last day on which money can be set aside for it. */
export const heldUntil = ({ reachBy, extendTo }: Pick<Round, 'reachBy' | 'extendTo'>): LocalDate => extendTo ?? reachBy;

/** Whether pledges can no longer be made smaller. */
export const isFirm = ({ freeUntil }: Pick<Round, 'freeUntil'>, today: LocalDate): boolean => today > freeUntil;

/** What becomes of a round today; undefined while it goes on. As soon as nobody can take a pledge back any more and the sum is there, it is called:
 *  nobody's money waits for a day that can change nothing (our judgement, November 2026). Else on the day after the last, as was chosen. */
export function outcomeOf(round: Round, pledged: Pence, today: LocalDate): Exclude<RoundAction, 'withdraw'> | undefined {
  if (!isOpen(round)) return undefined;
  if (isFirm(round, today) && pledged >= round.threshold) return 'reach';
  if (today <= lastDay(round)) return undefined;
  if (round.state === 'open' && round.ending === 'extend') return 'extend';
  if (round.ending === 'shrink' && pledged >= round.smallest!) return 'shrink';
  return 'release';
}

/** Whether a member may pledge this, or this instead of what they pledged before. The money itself is weighed by `decideContribution`.
 *  Refuses: pledges-over, pledge-too-large (more than one person may), pledge-firm (less than before, after the day to change one's mind). */
export function checkPledge(round: Round, before: Pence | undefined, amount: Pence, today: LocalDate): void {
  requireOpen(round, today);
  if (round.most !== null && amount > round.most)
    throw refused('pledge-too-large', `One person can pledge ${formatPounds(round.most)} at most here.`, { mostPence: String(round.most) });
  if (before !== undefined && isFirm(round, today) && amount < before)
    throw refused('pledge-firm', `Since ${formatDay(addDays(round.freeUntil, 1))} a pledge can be made larger, but not smaller.`);
}

/** Refuses: pledges-over, no-pledge, pledge-firm. */
export function checkTakeBack(round: Round, before: Pence | undefined, today: LocalDate): void {
  requireOpen(round, today);
  if (before === undefined) throw refused('no-pledge', 'There is no pledge to take back.');
  if (isFirm(round, today))
    throw refused('pledge-firm', `Pledges could be taken back until ${formatDay(round.freeUntil)}. Who leaves the group is free of theirs.`);
}

function requireOpen(round: Round, today: LocalDate): void {
  if (!isOpen(round) || today > lastDay(round)) throw refused('pledges-over', 'Nothing can be pledged here any more. Somebody can ask again.');
}

/** A goal that people pledged towards is not raised behind their backs, nor lowered: they are asked anew. Refuses: pledged-already, pledges-over. */
export function checkNewThreshold(round: Round, terms: RoundTerms, facts: { members: number; pledges: number; today: LocalDate }): void {
  requireOpen(round, facts.today);
  if (facts.pledges > 0)
    throw refused('pledged-already', 'People have pledged towards the sum they read. Ask everyone anew for another one.', { pledges: String(facts.pledges) });
  checkEnding(terms);
  if (
    terms.threshold <= 0n ||
    (terms.smallest !== null && terms.smallest >= terms.threshold) ||
    (terms.most !== null && terms.most * BigInt(facts.members) < terms.threshold)
  )
    throw invalid('amount-does-not-fit', 'This does not fit the rest of what was asked. Take it back and ask anew.', [
      { field: 'thresholdPence', message: 'Enter another amount' },
    ]);
}
