import type { Pence, PersonId } from '../kernel/index.js';
import { votesNeeded } from './decisions/decision.rules.js';
import type { Terms } from './terms.rules.js';
import { QUORUM_PERCENT } from './terms.rules.js';

export const CHOICES = ['yes', 'object'] as const;
/** A member's yes to a quote, or that they could not live with it. */
export type QuoteChoice = (typeof CHOICES)[number];

/** What the agreement in force says about choosing. */
export type ChoiceTerms = Pick<Terms, 'decide' | 'quorumPercent' | 'oneMemberUpToPence' | 'treasurer'>;

/** Everybody, where no agreement is in force. */
export const choiceTermsOf = (agreement: { readonly terms: Terms } | undefined): ChoiceTerms => agreement?.terms ?? { decide: 'all-agree' };

export interface ChoiceFacts {
  /** Who are members now. */
  readonly members: readonly PersonId[];
  readonly yes: readonly PersonId[];
  readonly objected: readonly PersonId[];
  /** The price of all sessions. */
  readonly whole: Pence;
}

/** Why a quote is not chosen yet, for the page to say. */
export type ChoiceWait = 'everyone' | 'more-yes' | 'treasurer' | 'objection';

/** Whether members' answers choose a quote, as their agreement says; undefined when they do. There is no last day, so more than half of all members have
 *  to say yes where most have to agree, and enough of them where nobody may object. One member's yes is enough for a small sum that nobody objects to
 *  (C12). Two people are never outvoted one by the other. One member, one voice (RULE 17). */
export function waitsFor(terms: ChoiceTerms, facts: ChoiceFacts): ChoiceWait | undefined {
  const { members } = facts;
  const yes = members.filter((member) => facts.yes.includes(member)).length;
  const isStopped = members.some((member) => facts.objected.includes(member));
  if (terms.oneMemberUpToPence !== undefined && facts.whole <= BigInt(terms.oneMemberUpToPence) && yes > 0 && !isStopped) return undefined;
  if (members.length === 0 || ((terms.decide === 'all-agree' || members.length <= 2) && yes < members.length)) return 'everyone';
  if (isStopped && terms.decide === 'no-strong-objection') return 'objection';
  if (yes < yesNeeded(terms, members.length)) return 'more-yes';
  return terms.treasurer !== undefined && members.includes(terms.treasurer) && !facts.yes.includes(terms.treasurer) ? 'treasurer' : undefined;
}

function yesNeeded({ decide, quorumPercent = QUORUM_PERCENT }: ChoiceTerms, members: number): number {
  const enough = votesNeeded(decide, quorumPercent, members);
  return decide === 'most-agree' ? Math.max(enough, Math.floor(members / 2) + 1) : enough;
}
