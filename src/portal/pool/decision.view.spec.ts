import { describe, expect, it } from '@jest/globals';
import type { LocalDate, Pence, PoolId } from '../../kernel/index.js';
import type { DecisionId, DecisionView } from '../../pools/index.js';
import { choiceItems, decisionItem, ideasTable, outcomeSentences, ownVoteSentences, sharingSentences } from './decision.view.js';

const decision: DecisionView = {
  id: 'd' as DecisionId,
  poolId: 'p' as PoolId,
  question: 'Shall we keep hens?',
  words: '',
  decide: 'most-agree',
  state: 'open',
  raisedBy: 'Asha',
  isMine: false,
  raisedAt: new Date('2026-11-20T10:00:00Z'),
  closesOn: '2026-12-04' as LocalDate,
  reviewOn: '2027-06-01' as LocalDate,
  budget: null,
  members: 5,
  voted: 2,
  needed: 3,
  reasons: { for: [], against: [] },
  mine: null,
  mayVote: true,
  maySetUp: false,
  votesFor: [],
  proxy: null,
  others: [{ joinOrder: 2, firstName: 'Bola' }],
  ideas: [],
  counts: null,
  sharedOut: null,
};
const mine = {
  choice: 'for',
  ideas: [],
  reason: 'Eggs!',
  way: 'self',
  broughtBy: null,
  isBroughtByOther: false,
  helpedBy: null,
  at: new Date('2026-11-21T10:00:00Z'),
} as const;

describe('a question in the list', () => {
  it.each([
    [{}, 'You can vote now', 'Until 4 December 2026. 2 of 5 people have voted. You have not voted yet.'],
    [{ mine }, 'People are voting', 'Until 4 December 2026. 2 of 5 people have voted. You have voted.'],
    [{ mayVote: false }, 'People are voting', 'Until 4 December 2026. 2 of 5 people have voted.'],
    [{ state: 'carried' }, 'Yes', 'Decided on 4 December 2026.'],
    [{ state: 'carried', budget: 100n }, 'Shared out', 'Decided on 4 December 2026.'],
    [{ state: 'withdrawn' }, 'Taken back', 'It was taken back before the end.'],
  ])('%o: %s', (more, state, line) => {
    const item = decisionItem({ ...decision, ...more } as DecisionView);
    expect([item.words.state, item.line]).toEqual([state, line]);
  });
});

describe('what came out', () => {
  const counts = { for: 3, against: 1, either: 1, object: 0 };
  it.each([
    [{ state: 'open' }, ''],
    [{ state: 'carried', counts, voted: 5 }, '5 of 5 people voted. 3 said yes, 1 said no, 1 is happy either way.'],
    [{ state: 'too-few', counts }, '2 of 5 people voted. 3 had to vote, so nothing is decided. It can be asked again.'],
    [{ state: 'withdrawn' }, 'It was taken back. Nothing was decided.'],
  ])('%j', (more, text) => {
    expect(outcomeSentences({ ...decision, ...more } as DecisionView).join(' ')).toBe(text);
  });

  it('says of a sum what each idea gets under either way of counting, and who is left out', () => {
    const shared = {
      ...decision,
      state: 'carried',
      budget: 9000n as Pence,
      counts,
      ideas: [{ id: 'i', words: 'The sea', cost: 4000n as Pence, wantedBy: 2, isFunded: true, isFundedByVotes: false }],
      sharedOut: { spent: 7000n as Pence, spentByVotes: 9000n as Pence, leftOut: 0, leftOutByVotes: 1 },
    } as DecisionView;
    expect(ideasTable(shared).rows[0]!.map(String).slice(2)).toEqual(['2', 'Gets its money', 'Gets nothing']);
    expect(sharingSentences(shared).slice(1)).toEqual([
      'Everyone gets something they wanted. It costs £70.00.',
      'If we only counted votes: 1 person gets nothing they wanted, and it would cost £90.00.',
    ]);
    expect(ideasTable({ ...shared, sharedOut: null }).head).toHaveLength(2);
  });
});

it('asks for the strongest no only where it decides', () => {
  expect(choiceItems('most-agree').map(({ value }) => value)).toEqual(['for', 'against', 'either']);
  expect(choiceItems('no-strong-objection').map(({ value }) => value)).toEqual(['for', 'against', 'either', 'object']);
});

it.each([
  [mine, 'You said: Yes. Your reason: Eggs!'],
  [
    { ...mine, reason: '', way: 'paper', isBroughtByOther: true, broughtBy: 'The broker' },
    'You said: Yes. It was typed in from your paper by the broker. If it is wrong, vote again: your own last word counts.',
  ],
  [{ ...mine, choice: null, reason: '' }, 'You would like none of the ideas.'],
])('reads a vote back: %j', (vote, text) => {
  expect(ownVoteSentences({ ...decision, mine: vote } as DecisionView).join(' ')).toBe(text);
});
