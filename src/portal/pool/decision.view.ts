import { dayOf, formatDay, formatPounds } from '../../kernel/index.js';
import type { DecideBy, DecisionState, DecisionView, VoteChoice } from '../../pools/index.js';
import type { ChoiceItem, StateTagOptions, SummaryRow, TableOptions } from '../blocks/index.js';
import { money } from '../blocks/index.js';
import { paths } from '../paths.js';

const DECISION_WORDS: Readonly<Record<DecisionState, Pick<StateTagOptions, 'state' | 'tone'>>> = {
  open: { state: 'You can vote now', tone: 'attention' },
  carried: { state: 'Yes', tone: 'good' },
  'not-carried': { state: 'No', tone: 'stopped' },
  'too-few': { state: 'Too few people voted', tone: 'quiet' },
  'to-broker': { state: 'A broker will help', tone: 'waiting' },
  withdrawn: { state: 'Taken back', tone: 'quiet' },
};

/** How a decision stands, as a tag; ideas that share a sum are neither yes nor no. */
export const wordsOf = ({ state, budget }: Pick<DecisionView, 'state' | 'budget'>): Pick<StateTagOptions, 'state' | 'tone'> =>
  state === 'carried' && budget !== null ? { state: 'Shared out', tone: 'good' } : DECISION_WORDS[state];

const DECIDE_WORDS: Readonly<Record<DecideBy, string>> = {
  'all-agree': 'Everyone has to agree',
  'most-agree': 'More people say yes than no',
  'no-strong-objection': 'It goes ahead unless someone could not live with it',
};

const CHOICE_WORDS: Readonly<Record<VoteChoice, string>> = {
  for: 'Yes',
  against: 'No',
  either: 'I am happy either way',
  object: 'No, I could not live with it',
};

/** Answers a person can choose from; the strongest no only where it decides. */
export const choiceItems = (decide: DecideBy): ChoiceItem[] =>
  (['for', 'against', 'either', 'object'] as const)
    .filter((choice) => choice !== 'object' || decide === 'no-strong-objection')
    .map((choice) => ({ value: choice, text: CHOICE_WORDS[choice] }));

export interface DecisionListItem {
  readonly href: string;
  readonly question: string;
  readonly words: Pick<StateTagOptions, 'state' | 'tone'>;
  readonly line: string;
}

const people = (count: number): string => `${count} ${count === 1 ? 'person' : 'people'}`;

/** What stands below a question in the list. */
export function lineOf(decision: DecisionView): string {
  if (decision.state !== 'open') return decision.state === 'withdrawn' ? 'It was taken back before the end.' : `Decided on ${formatDay(decision.closesOn)}.`;
  const mine = decision.mine ? 'You have voted.' : decision.mayVote ? 'You have not voted yet.' : '';
  return `Until ${formatDay(decision.closesOn)}. ${decision.voted} of ${people(decision.members)} have voted. ${mine}`.trim();
}

export const decisionItem = (decision: DecisionView): DecisionListItem => ({
  href: paths.poolDecision(decision.poolId, decision.id),
  question: decision.question,
  words: decision.state === 'open' && (decision.mine || !decision.mayVote) ? { state: 'People are voting', tone: 'waiting' } : wordsOf(decision),
  line: lineOf(decision),
});

/** What came out, in sentences; nothing while people vote. */
export function outcomeSentences(decision: DecisionView): string[] {
  const { state, counts, members, voted, needed, budget } = decision;
  if (state === 'withdrawn') return ['It was taken back. Nothing was decided.'];
  if (!counts) return [];
  const turnout = `${voted} of ${people(members)} voted.`;
  if (state === 'too-few') return [turnout, `${needed} had to vote, so nothing is decided. It can be asked again.`];
  if (state === 'to-broker')
    return [
      'You are two, and you do not agree. Neither of you can outvote the other.',
      'A broker can help you to find a way. Until then things stay as they are.',
    ];
  if (budget !== null) return [turnout];
  const parts = [
    [counts.for, 'said yes'],
    [counts.against, 'said no'],
    [counts.either, counts.either === 1 ? 'is happy either way' : 'are happy either way'],
    [counts.object, 'could not live with it'],
  ] as const;
  return [
    turnout,
    `${parts
      .filter(([count]) => count > 0)
      .map(([count, words]) => `${count} ${words}`)
      .join(', ')}.`,
  ];
}

/** The ideas with what they cost; after the vote, which get their money, and which would if only votes were counted. */
export function ideasTable(decision: DecisionView): TableOptions {
  const isOver = decision.sharedOut !== null;
  const yes = (is: boolean | null): string => (is ? 'Gets its money' : 'Gets nothing');
  return {
    caption: 'The ideas',
    isCaptionHidden: true,
    head: [
      { text: 'Idea' },
      { text: 'It costs', isNumber: true },
      ...(isOver ? [{ text: 'People who want it', isNumber: true }, { text: 'What we do' }, { text: 'If we only counted votes' }] : []),
    ],
    rows: decision.ideas.map((idea) => [
      idea.words,
      money(idea.cost),
      ...(isOver ? [String(idea.wantedBy), yes(idea.isFunded), yes(idea.isFundedByVotes)] : []),
    ]),
    hasRowHeaders: true,
  };
}

/** Why the money was shared out so, and who is left without anything they wanted either way. */
export function sharingSentences({ sharedOut, budget }: DecisionView): string[] {
  if (!sharedOut || budget === null) return [];
  const left = (count: number): string =>
    count === 0 ? 'Everyone gets something they wanted' : `${people(count)} ${count === 1 ? 'gets' : 'get'} nothing they wanted`;
  return [
    `Each person has an equal part of the ${formatPounds(budget)}. An idea is paid for by the people who want it, from their parts. So nobody’s part goes only to what others want.`,
    `${left(sharedOut.leftOut)}. It costs ${formatPounds(sharedOut.spent)}.`,
    `If we only counted votes: ${left(sharedOut.leftOutByVotes).replace(/^E/, 'e')}, and it would cost ${formatPounds(sharedOut.spentByVotes)}.`,
  ];
}

/** How a question is decided, by when, and who asked. */
export function decisionFacts(decision: DecisionView): SummaryRow[] {
  return [
    { key: 'Asked by', value: `${decision.raisedBy}, on ${formatDay(dayOf(decision.raisedAt))}` },
    { key: 'Last day to vote', value: formatDay(decision.closesOn) },
    { key: 'How it is decided', value: decision.budget === null ? DECIDE_WORDS[decision.decide] : 'Each person has an equal part of the money' },
    { key: 'How many have to vote', value: `${decision.needed} of ${people(decision.members)}` },
    { key: 'We look at it again on', value: formatDay(decision.reviewOn) },
  ];
}

/** What the person said, read back to them. */
export function ownVoteSentences({ mine, ideas }: DecisionView): string[] {
  if (!mine) return [];
  const wanted = ideas.filter((idea) => mine.ideas.includes(idea.id)).map((idea) => idea.words);
  const said =
    mine.choice === null
      ? wanted.length > 0
        ? `You would like: ${wanted.join('; ')}.`
        : 'You would like none of the ideas.'
      : `You said: ${CHOICE_WORDS[mine.choice]}.`;
  const how = mine.way === 'paper' ? 'It was typed in from your paper' : 'It was brought';
  return [
    said,
    ...(mine.reason ? [`Your reason: ${mine.reason}`] : []),
    ...(mine.helpedBy ? [`You were helped by: ${mine.helpedBy}.`] : []),
    ...(mine.isBroughtByOther ? [`${how} by ${wordOf(mine.broughtBy)}. If it is wrong, vote again: your own last word counts.`] : []),
  ];
}

/** A name as it is; “The broker” and “Somebody who acts for you” inside a sentence. */
const wordOf = (who: string | null): string =>
  who === null || /^(The|Somebody) /.test(who) ? (who ?? '').replace(/^./, (letter) => letter.toLowerCase()) : who;
