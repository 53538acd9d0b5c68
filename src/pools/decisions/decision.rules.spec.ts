import { describe, expect, it } from '@jest/globals';
import type { LocalDate, Pence, PersonId } from '../../kernel/index.js';
import type { DecideBy } from '../terms.rules.js';
import type { Counts, VoteFacts } from './decision.rules.js';
import { checkDecision, checkVote, outcomeOf, votesNeeded } from './decision.rules.js';

const [ann, raj, sam] = ['ann', 'raj', 'sam'] as PersonId[] as [PersonId, PersonId, PersonId];
const today = '2026-11-22' as LocalDate;
const day = (text: string): LocalDate => text as LocalDate;
const codeOf = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'fine';
};

/** members, for, against, either, object */
const counts = (members: number, yes: number, no = 0, either = 0, object = 0): Counts => ({
  members,
  voted: yes + no + either + object,
  for: yes,
  against: no,
  either,
  object,
});

describe('what comes out of a question', () => {
  it.each<[DecideBy, number, Counts, string]>([
    // Everybody agrees: every voice is needed, and none against.
    ['all-agree', 50, counts(5, 5), 'carry'],
    ['all-agree', 50, counts(5, 3, 0, 2), 'carry'],
    ['all-agree', 50, counts(5, 4, 1), 'turn-down'],
    ['all-agree', 50, counts(5, 4), 'find-too-few'],
    ['all-agree', 50, counts(5, 0, 0, 5), 'turn-down'],
    // More for than against, of enough voices.
    ['most-agree', 50, counts(5, 3, 2), 'carry'],
    ['most-agree', 50, counts(5, 2, 1), 'carry'],
    ['most-agree', 50, counts(5, 2), 'find-too-few'],
    ['most-agree', 50, counts(4, 2, 2), 'turn-down'],
    ['most-agree', 50, counts(4, 1, 0, 1), 'carry'],
    ['most-agree', 80, counts(5, 3), 'find-too-few'],
    ['most-agree', 80, counts(5, 3, 1), 'carry'],
    // Nobody who could not live with it; plain noes may be many.
    ['no-strong-objection', 50, counts(5, 1, 4), 'carry'],
    ['no-strong-objection', 50, counts(5, 4, 0, 0, 1), 'turn-down'],
    ['no-strong-objection', 50, counts(5, 0, 3), 'turn-down'],
    // Two people who do not agree are not outvoted one by the other.
    ['most-agree', 50, counts(2, 1, 1), 'hand-to-broker'],
    ['no-strong-objection', 50, counts(2, 1, 0, 0, 1), 'hand-to-broker'],
    ['all-agree', 50, counts(2, 1, 1), 'hand-to-broker'],
    ['most-agree', 50, counts(2, 2), 'carry'],
    ['most-agree', 50, counts(2, 1), 'find-too-few'],
    // One member who is left decides alone.
    ['most-agree', 50, counts(1, 1), 'carry'],
  ])('%s, %d in a hundred, %j: %s', (decide, quorum, given, outcome) => {
    expect(outcomeOf(decide, quorum, given)).toBe(outcome);
  });

  it.each([
    ['most-agree', 50, 5, 3],
    ['most-agree', 50, 10, 5],
    ['most-agree', 1, 10, 2],
    ['most-agree', 100, 10, 10],
    ['all-agree', 1, 4, 4],
    ['most-agree', 50, 1, 1],
  ] as const)('%s, %d in a hundred of %d: %d have to vote', (decide, quorum, members, needed) => {
    expect(votesNeeded(decide, quorum, members)).toBe(needed);
  });
});

describe('raising a question', () => {
  const good = { closesOn: day('2026-12-06'), reviewOn: day('2027-03-01') };
  const ideas = [
    { words: 'Swimming', cost: 100_00n as Pence },
    { words: 'A trip', cost: 200_00n as Pence },
  ];
  it.each([
    ['a question', good, 'fine'],
    ['ideas with a sum', { ...good, ideas, budget: 250_00n as Pence }, 'fine'],
    ['a day too soon', { ...good, closesOn: day('2026-11-28') }, 'closes-too-soon'],
    ['the first day that is not', { ...good, closesOn: day('2026-11-29') }, 'fine'],
    ['a day too far', { ...good, closesOn: day('2027-02-22'), reviewOn: day('2027-06-01') }, 'closes-too-late'],
    ['the last day that is not', { ...good, closesOn: day('2027-02-21'), reviewOn: day('2027-06-01') }, 'fine'],
    ['a look back before the end', { ...good, reviewOn: day('2026-12-06') }, 'review-before-outcome'],
    ['ideas without a sum', { ...good, ideas }, 'ideas-need-a-sum'],
    ['a sum without ideas', { ...good, budget: 1_00n as Pence }, 'ideas-need-a-sum'],
    ['one idea', { ...good, ideas: ideas.slice(1), budget: 250_00n as Pence }, 'too-few-ideas'],
    ['an idea twice', { ...good, ideas: [...ideas, { words: ' swimming ', cost: 1n as Pence }], budget: 250_00n as Pence }, 'idea-twice'],
    ['an idea that costs more than there is', { ...good, ideas, budget: 150_00n as Pence }, 'idea-too-dear'],
    ['an idea that costs exactly what there is', { ...good, ideas, budget: 200_00n as Pence }, 'fine'],
  ])('with %s', (_what, command, code) => {
    expect(codeOf(() => checkDecision(command, today))).toBe(code);
  });
});

describe('giving a vote', () => {
  const facts: VoteFacts = {
    state: 'open',
    closesOn: today,
    today,
    isMember: true,
    decide: 'most-agree',
    ideas: [],
    votesFor: ann,
    bringer: ann,
    isBroker: false,
    isProxy: false,
    carried: 0,
  };
  it.each<[string, Partial<VoteFacts>, Parameters<typeof checkVote>[1], string]>([
    ['on the last day', {}, { choice: 'for', way: 'self' }, 'fine'],
    ['a day late', { today: day('2026-11-23') }, { choice: 'for', way: 'self' }, 'vote-closed'],
    ['on what is decided', { state: 'carried' }, { choice: 'for', way: 'self' }, 'vote-closed'],
    ['by a stranger', { isMember: false }, { choice: 'for', way: 'self' }, 'not-a-member'],
    ['that says nothing', {}, { way: 'self' }, 'choice-needed'],
    ['that objects where a no is enough', {}, { choice: 'object', way: 'self' }, 'not-asked-for'],
    ['that objects where objections decide', { decide: 'no-strong-objection' }, { choice: 'object', way: 'self' }, 'fine'],
    ['for an idea of another decision', { ideas: ['a'] }, { ideas: ['b'], way: 'self' }, 'idea-unknown'],
    ['for none of the ideas', { ideas: ['a'] }, { ideas: [], way: 'self' }, 'fine'],
    ['brought by a supporter', { bringer: raj }, { choice: 'for', way: 'supported' }, 'fine'],
    ['brought by a supporter of two others', { bringer: raj, carried: 2 }, { choice: 'for', way: 'supported' }, 'too-many-votes'],
    ['of oneself, after bringing those of two', { carried: 2 }, { choice: 'for', way: 'self' }, 'fine'],
    ['on paper, typed in by the broker as the fifth', { bringer: sam, isBroker: true, carried: 5 }, { choice: 'for', way: 'paper' }, 'fine'],
    ['on paper, typed in by a member as the third', { bringer: raj, carried: 2 }, { choice: 'for', way: 'paper' }, 'too-many-votes'],
    ['by one who was not asked', { bringer: raj }, { choice: 'for', way: 'proxy' }, 'not-asked-to-vote'],
    ['by one who was asked', { bringer: raj, isProxy: true }, { choice: 'for', way: 'proxy' }, 'fine'],
  ])('%s', (_what, other, vote, code) => {
    expect(codeOf(() => checkVote({ ...facts, ...other }, vote))).toBe(code);
  });
});
