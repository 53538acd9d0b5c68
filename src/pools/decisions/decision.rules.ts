import type { LocalDate, Pence, PersonId } from '../../kernel/index.js';
import { addDays, formatPounds, invalid, refused } from '../../kernel/index.js';
import type { DecideBy } from '../terms.rules.js';
import type { DecisionAction, DecisionState } from './decision.lifecycle.js';
import type { Allocation, CostedIdea } from './equal-shares.rules.js';
import { byEqualShares, byVotes } from './equal-shares.rules.js';

/** `either`: I am content with either. `object`: I could not live with it; only asked for where objections decide. */
export const CHOICES = ['for', 'against', 'either', 'object'] as const;
export type Choice = (typeof CHOICES)[number];

/** How a vote came: typed by the person, with somebody's help, on paper, or said by one whom the person asked to. */
export const WAYS = ['self', 'supported', 'paper', 'proxy'] as const;
export type VoteWay = (typeof WAYS)[number];

/** Weeks and not hours, since not everybody is online or quick (features.md, section 4, 14). Our judgement, November 2026. In days. */
export const SHORTEST_DAYS = 7;
export const LONGEST_DAYS = 91;
/** How many votes of others one person may bring, so that nobody carries a group in their pocket. Our judgement, November 2026. */
export const MOST_CARRIED = 2;
const MOST_IDEAS = 20;

export interface Vote {
  readonly personId: PersonId;
  /** Null where ideas share money out. */
  readonly choice: Choice | null;
  /** Ideas the person would like; none for a question. */
  readonly ideas: readonly string[];
}

export interface Counts {
  readonly members: number;
  readonly voted: number;
  readonly for: number;
  readonly against: number;
  readonly either: number;
  readonly object: number;
}

/** How many have to vote for a question to be answered: all where all must agree, else the part the agreement names, and two at least. */
export function votesNeeded(decide: DecideBy, quorumPercent: number, members: number): number {
  if (decide === 'all-agree') return members;
  return Math.min(members, Math.max(2, Math.ceil((members * quorumPercent) / 100)));
}

export function countsOf(votes: readonly Vote[], members: number): Counts {
  const of = (choice: Choice): number => votes.filter((vote) => vote.choice === choice).length;
  return { members, voted: votes.length, for: of('for'), against: of('against'), either: of('either'), object: of('object') };
}

/** What came out of a question on its last day. One member, one voice (RULE 17). Two people who do not agree are not outvoted one by the other:
 *  it goes to a broker (issue text; features.md, hard case 26). */
export function outcomeOf(decide: DecideBy, quorumPercent: number, counts: Counts): DecisionAction {
  if (counts.voted < votesNeeded(decide, quorumPercent, counts.members)) return 'find-too-few';
  if (counts.members === 2 && counts.against + counts.object > 0) return 'hand-to-broker';
  if (counts.for === 0) return 'turn-down';
  if (decide === 'all-agree') return counts.against + counts.object === 0 ? 'carry' : 'turn-down';
  if (decide === 'no-strong-objection') return counts.object === 0 ? 'carry' : 'turn-down';
  return counts.for > counts.against + counts.object ? 'carry' : 'turn-down';
}

export interface SharedOut {
  readonly equalShares: Allocation;
  readonly votes: Allocation;
}

/** What comes out when several ideas share a sum: by Equal Shares, beside what counting votes alone would give. */
export function shareOut(budget: Pence, ideas: readonly Omit<CostedIdea, 'wantedBy'>[], votes: readonly Vote[], members: readonly PersonId[]): SharedOut {
  const wanted = ideas.map((idea) => ({ ...idea, wantedBy: votes.filter((vote) => vote.ideas.includes(idea.id)).map((vote) => vote.personId) }));
  return { equalShares: byEqualShares(budget, wanted, members), votes: byVotes(budget, wanted) };
}

export interface NewDecision {
  readonly closesOn: LocalDate;
  readonly reviewOn: LocalDate;
  readonly budget?: Pence | undefined;
  readonly ideas?: readonly { readonly words: string; readonly cost: Pence }[] | undefined;
}

/** Refuses: closes-too-soon, closes-too-late (SHORTEST_DAYS to LONGEST_DAYS from today), review-before-outcome, ideas-need-a-sum (a sum without
 *  ideas, or ideas without a sum), too-few-ideas, too-many-ideas, idea-twice, idea-too-dear. */
export function checkDecision(command: NewDecision, today: LocalDate): void {
  const { closesOn, reviewOn, budget } = command;
  const ideas = command.ideas ?? [];
  if (closesOn < addDays(today, SHORTEST_DAYS))
    throw invalid('closes-too-soon', `Give people ${SHORTEST_DAYS} days at least.`, [
      { field: 'closesOn', message: `Choose a day that is ${SHORTEST_DAYS} days away or more` },
    ]);
  if (closesOn > addDays(today, LONGEST_DAYS))
    throw invalid('closes-too-late', 'That is too far away: people forget.', [{ field: 'closesOn', message: 'Choose a day within three months' }]);
  if (reviewOn <= closesOn)
    throw invalid('review-before-outcome', 'Looking back comes after the decision.', [
      { field: 'reviewOn', message: 'Choose a day after the last day to vote' },
    ]);
  if ((budget === undefined) !== (ideas.length === 0))
    throw invalid('ideas-need-a-sum', 'Ideas share a sum of money: give both, or neither.', [{ field: 'budgetPence', message: 'Say how much there is' }]);
  if (budget === undefined) return;
  if (ideas.length < 2) throw invalid('too-few-ideas', 'There is nothing to share out with one idea.', [{ field: 'ideas', message: 'Give two ideas or more' }]);
  if (ideas.length > MOST_IDEAS)
    throw invalid('too-many-ideas', `That is more than anybody can weigh up.`, [{ field: 'ideas', message: `Give ${MOST_IDEAS} ideas at most` }]);
  if (new Set(ideas.map((idea) => idea.words.trim().toLowerCase())).size < ideas.length)
    throw invalid('idea-twice', 'One idea stands there twice.', [{ field: 'ideas', message: 'Give each idea once' }]);
  const dear = ideas.find((idea) => idea.cost > budget);
  if (dear)
    throw invalid('idea-too-dear', `“${dear.words}” costs more than there is to share out.`, [
      { field: 'ideas', message: `Leave it out, or make it cost ${formatPounds(budget)} at most` },
    ]);
}

export interface VoteFacts {
  readonly state: DecisionState;
  readonly closesOn: LocalDate;
  readonly today: LocalDate;
  readonly isMember: boolean;
  readonly decide: DecideBy;
  /** Of this decision; none for a question. */
  readonly ideas: readonly string[];
  readonly votesFor: PersonId;
  /** Who brings the vote. */
  readonly bringer: PersonId;
  /** The pool's broker, who types papers back in. */
  readonly isBroker: boolean;
  /** Whether the person asked the bringer to vote for them. */
  readonly isProxy: boolean;
  /** For how many others the bringer voted already, this person left out; papers that a broker types in do not count. */
  readonly carried: number;
}

export interface NewVote {
  readonly choice?: Choice | undefined;
  readonly ideas?: readonly string[] | undefined;
  readonly way: VoteWay;
}

/** Whether this vote may be given; a later one of the same person takes its place. Refuses: not-a-member, vote-closed, choice-needed,
 *  not-asked-for (an objection where none is asked for), idea-unknown, too-many-votes, not-asked-to-vote. */
export function checkVote(facts: VoteFacts, vote: NewVote): void {
  if (!facts.isMember) throw refused('not-a-member', 'Only members of the pool decide.');
  if (facts.state !== 'open' || facts.today > facts.closesOn) throw refused('vote-closed', 'This is decided. You can raise it again.');
  if (facts.ideas.length === 0 && vote.choice === undefined)
    throw invalid('choice-needed', 'Say what you think.', [{ field: 'choice', message: 'Choose one of the answers' }]);
  if (vote.choice === 'object' && facts.decide !== 'no-strong-objection')
    throw invalid('not-asked-for', 'Here a no is enough.', [{ field: 'choice', message: 'Choose yes, no, or either' }]);
  if ((vote.ideas ?? []).some((idea) => !facts.ideas.includes(idea)))
    throw invalid('idea-unknown', 'One of these ideas is not part of this decision.', [{ field: 'ideas', message: 'Choose from the list' }]);
  if (facts.bringer === facts.votesFor) return;
  if (vote.way === 'paper' && facts.isBroker) return;
  if (vote.way === 'proxy' && !facts.isProxy) throw refused('not-asked-to-vote', 'This person did not ask you to vote for them.');
  if (facts.carried >= MOST_CARRIED)
    throw refused('too-many-votes', `One person can bring the votes of ${MOST_CARRIED} others. Somebody else, or the broker, has to bring this one.`);
}
