import type { LocalDate, PersonId } from '../../kernel/index.js';
import { addDays, invalid, refused } from '../../kernel/index.js';
import { LONGEST_DAYS, MOST_CARRIED, SHORTEST_DAYS } from '../decisions/decision.rules.js';
import type { StageState } from './review.lifecycle.js';

/** In this order, and no step is passed over (features.md C7). */
export const STAGES = ['talk', 'conditions', 'pause', 'leave'] as const;
export type Stage = (typeof STAGES)[number];

/** What one of the others may say: all is well, go on as now, or one step further. */
export const SAYS = ['stay', 'continue', 'conditions', 'pause', 'leave'] as const;
export type Says = (typeof SAYS)[number];

export type StageOutcome = 'too-few' | 'settle' | 'go-on' | 'go-further';

/** Fewer voices decide nothing, and the broker goes on talking: so two or three people never send one of them away (features.md C7; hard case 26). */
export const LEAST_VOICES = 3;
/** Between the voices that ask somebody to leave and the leaving, so that they can appeal. In days. Our judgement, November 2026. */
export const APPEAL_DAYS = 14;

const FURTHER: Readonly<Record<Stage, Says>> = { talk: 'conditions', conditions: 'pause', pause: 'leave', leave: 'leave' };

/** What may be said at a stage: only one step further than it. */
export const saysAt = (stage: Stage): readonly Says[] => ['stay', 'continue', FURTHER[stage]];

/** What the voices of a closed stage come to. One step further needs more than half of those who spoke; that somebody leaves needs two thirds of ALL the
 *  others, whether they spoke or not. More than half for staying settles it. Our judgement, November 2026. */
export function outcomeOfStage(stage: Stage, said: readonly Says[], others: number): StageOutcome {
  if (said.length < LEAST_VOICES) return 'too-few';
  const count = (says: Says): number => said.filter((each) => each === says).length;
  if (count('stay') * 2 > said.length) return 'settle';
  const further = count(FURTHER[stage]);
  const isEnough = stage === 'leave' ? further >= LEAST_VOICES && further * 3 >= others * 2 : further * 2 > said.length;
  return isEnough ? 'go-further' : 'go-on';
}

export interface LastStage {
  readonly stage: Stage;
  readonly state: StageState;
  readonly outcome: StageOutcome | null;
}

/** Which stages the chair may open now: talking first; then the same again or something gentler, and one step further only where the voices asked for it. */
export function stagesToOpen(last: LastStage | undefined): readonly Stage[] {
  if (!last) return ['talk'];
  if (last.state === 'open') return [];
  const at = STAGES.indexOf(last.stage);
  return STAGES.slice(0, at + (last.outcome === 'go-further' ? 2 : 1));
}

export interface NewStage {
  readonly stage: Stage;
  readonly untilOn?: LocalDate | undefined;
  readonly closesOn: LocalDate;
}

/** Refuses: stage-out-of-order, closes-too-soon, closes-too-late, day-needed (until when, or the day of the meeting), day-out-of-order. */
export function checkStage(last: LastStage | undefined, { stage, untilOn, closesOn }: NewStage, today: LocalDate): void {
  if (!stagesToOpen(last).includes(stage))
    throw refused('stage-out-of-order', 'This step comes only when the others ask for it, one after the other. Talk first.');
  if (closesOn < addDays(today, SHORTEST_DAYS))
    throw invalid('closes-too-soon', `Give people ${SHORTEST_DAYS} days at least.`, [
      { field: 'closesOn', message: `Choose a day that is ${SHORTEST_DAYS} days away or more` },
    ]);
  if (closesOn > addDays(today, LONGEST_DAYS))
    throw invalid('closes-too-late', 'That is too far away: nobody should have to wait so long.', [
      { field: 'closesOn', message: 'Choose a day within three months' },
    ]);
  if (stage === 'leave') return;
  if (untilOn === undefined) throw invalid('day-needed', 'Say on which day.', [{ field: 'untilOn', message: 'Enter the day' }]);
  if (untilOn < today || untilOn > closesOn)
    throw invalid('day-out-of-order', 'That day does not fit.', [{ field: 'untilOn', message: 'Choose a day from today to the last day to say something' }]);
}

export interface VoiceFacts {
  readonly stage: Stage;
  readonly state: StageState;
  readonly closesOn: LocalDate;
  readonly today: LocalDate;
  readonly isMember: boolean;
  /** Members but the one it is about. */
  readonly others: number;
  readonly about: PersonId;
  readonly speaker: PersonId;
  readonly bringer: PersonId;
  /** The bringer also speaks for the member it is about. */
  readonly actsForBoth: boolean;
  /** A broker who was asked by the person to type it in. */
  readonly isChair: boolean;
  /** For how many others the bringer spoke already. */
  readonly carried: number;
}

/** Whether this voice may be given. Refuses: about-yourself, not-a-member, too-few-to-ask, stage-over, not-offered, acts-for-both, too-many-votes. */
export function checkVoice(facts: VoiceFacts, says: Says): void {
  if (facts.speaker === facts.about || facts.bringer === facts.about)
    throw refused('about-yourself', 'This is about you. You can answer in your own words on the same page.');
  if (!facts.isMember) throw refused('not-a-member', 'Only members of the pool are asked.');
  if (facts.others < LEAST_VOICES)
    throw refused('too-few-to-ask', 'You are too few to ask each of you: it would be one against one. The broker talks with you instead.');
  if (facts.state !== 'open' || facts.today > facts.closesOn) throw refused('stage-over', 'This is over. The broker tells you how it goes on.');
  if (!saysAt(facts.stage).includes(says))
    throw invalid('not-offered', 'That is more than one step.', [{ field: 'says', message: 'Choose one of the answers' }]);
  if (facts.actsForBoth) throw refused('acts-for-both', 'You also act for the person this is about. Somebody else has to bring this voice.');
  if (facts.bringer === facts.speaker || facts.isChair) return;
  if (facts.carried >= MOST_CARRIED)
    throw refused('too-many-votes', `One person can bring the voices of ${MOST_CARRIED} others. Somebody else, or the broker, has to bring this one.`);
}

export interface LeaveFacts {
  readonly last: LastStage | undefined;
  readonly leavesFrom: LocalDate | null;
  readonly today: LocalDate;
  readonly isAppealOpen: boolean;
}

/** Whether the broker may end the membership now. Refuses: not-asked-by-voices, appeal-open, still-time-to-appeal. */
export function checkLeaving({ last, leavesFrom, today, isAppealOpen }: LeaveFacts): void {
  if (last?.stage !== 'leave' || last.outcome !== 'go-further' || leavesFrom === null)
    throw refused('not-asked-by-voices', 'Only the others’ voices can ask somebody to leave: two of three of them, and three at least.');
  if (isAppealOpen) throw refused('appeal-open', 'The member has appealed. Nothing happens until that is answered.');
  if (today < leavesFrom) throw refused('still-time-to-appeal', 'The member still has time to appeal.');
}

/** What the software can tell about whether somebody may chair (RULE 20; our judgement, November 2026). */
export interface ChairFacts {
  readonly hasBroker: boolean;
  /** Family, household, friend or business of the member it is about, or of who asks. */
  readonly isConnected: boolean;
  /** Declared an interest in a provider that the pool buys from. */
  readonly hasInterest: boolean;
}

/** Refuses: no-broker, chair-conflicted; each with how to get another. */
export function checkChair({ hasBroker, isConnected, hasInterest }: ChairFacts): void {
  if (!hasBroker)
    throw refused(
      'no-broker',
      'A broker has to lead this talk, and your pool has none. Each of you can name the same broker to help you with pools; then they can take this pool on.',
    );
  if (isConnected || hasInterest)
    throw refused(
      'chair-conflicted',
      'The broker of this pool has an interest of their own in this, so somebody else has to lead the talk. Each of you can name another broker to help you with pools; then they can take this pool on.',
    );
}
