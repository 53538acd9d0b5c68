import { describe, expect, it } from '@jest/globals';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import type { LastStage, Says, VoiceFacts } from './review.rules.js';
import { checkChair, checkLeaving, checkStage, checkVoice, outcomeOfStage, saysAt, STAGES, stagesToOpen } from './review.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const codeOf = (work: () => void): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const many = (says: Says, times: number): Says[] => Array.from({ length: times }, () => says);

describe('what voices come to', () => {
  it.each([
    ['talk', [...many('conditions', 2)], 5, 'too-few'],
    ['leave', many('leave', 2), 2, 'too-few'],
    ['talk', many('conditions', 3), 3, 'go-further'],
    ['talk', [...many('conditions', 2), ...many('continue', 2)], 4, 'go-on'],
    ['conditions', [...many('stay', 2), 'pause'], 3, 'settle'],
    ['pause', [...many('leave', 2), 'stay'], 3, 'go-further'],
    // Two thirds of all the others, whether they spoke or not.
    ['leave', many('leave', 3), 5, 'go-on'],
    ['leave', many('leave', 4), 6, 'go-further'],
    ['leave', [...many('leave', 2), 'stay'], 3, 'go-on'],
    ['leave', many('leave', 3), 4, 'go-further'],
  ] as const)('%s, %j of %i others: %s', (stage, said, others, outcome) => {
    expect(outcomeOfStage(stage, said, others)).toBe(outcome);
  });

  it('never goes further with fewer than three, whatever they say', () => {
    for (const stage of STAGES)
      for (const others of [0, 1, 2]) for (const says of saysAt(stage)) expect(outcomeOfStage(stage, many(says, others), others)).toBe('too-few');
  });
});

describe('stages', () => {
  const closed = (stage: LastStage['stage'], outcome: LastStage['outcome']): LastStage => ({ stage, state: 'closed', outcome });
  it('begin with a talk, go one step further only when asked to, and back at any time', () => {
    expect(stagesToOpen(undefined)).toEqual(['talk']);
    expect(stagesToOpen({ stage: 'talk', state: 'open', outcome: null })).toEqual([]);
    expect(stagesToOpen(closed('talk', 'too-few'))).toEqual(['talk']);
    expect(stagesToOpen(closed('talk', 'go-further'))).toEqual(['talk', 'conditions']);
    expect(stagesToOpen(closed('conditions', 'go-on'))).toEqual(['talk', 'conditions']);
    expect(stagesToOpen(closed('leave', 'go-further'))).toEqual([...STAGES]);
  });

  it.each([
    [{ stage: 'pause' }, 'stage-out-of-order'],
    [{ closesOn: day('2026-11-26') }, 'closes-too-soon'],
    [{ closesOn: day('2027-03-01') }, 'closes-too-late'],
    [{ untilOn: undefined }, 'day-needed'],
    [{ untilOn: day('2026-12-11') }, 'day-out-of-order'],
    [{ untilOn: day('2026-11-19') }, 'day-out-of-order'],
    [{}, 'done'],
  ] as const)('%j: %s', (more, code) => {
    const good = { stage: 'talk' as const, untilOn: day('2026-11-27'), closesOn: day('2026-12-10') };
    expect(codeOf(() => checkStage(undefined, { ...good, ...more } as typeof good, day('2026-11-20')))).toBe(code);
  });
});

describe('a voice', () => {
  const facts: VoiceFacts = {
    stage: 'talk',
    state: 'open',
    closesOn: day('2026-12-10'),
    today: day('2026-11-20'),
    isMember: true,
    others: 3,
    about: 'a' as PersonId,
    speaker: 'b' as PersonId,
    bringer: 'b' as PersonId,
    actsForBoth: false,
    isChair: false,
    carried: 0,
  };
  it.each([
    [{}, 'stay', 'done'],
    [{}, 'leave', 'not-offered'],
    [{ speaker: 'a' as PersonId }, 'stay', 'about-yourself'],
    [{ bringer: 'a' as PersonId }, 'stay', 'about-yourself'],
    [{ isMember: false }, 'stay', 'not-a-member'],
    [{ others: 2 }, 'stay', 'too-few-to-ask'],
    [{ today: day('2026-12-11') }, 'stay', 'stage-over'],
    [{ state: 'closed' as const }, 'stay', 'stage-over'],
    [{ actsForBoth: true }, 'stay', 'acts-for-both'],
    [{ bringer: 'c' as PersonId, carried: 2 }, 'stay', 'too-many-votes'],
    [{ bringer: 'c' as PersonId, carried: 2, isChair: true }, 'stay', 'done'],
  ] as const)('%j %s: %s', (more, says, code) => {
    expect(codeOf(() => checkVoice({ ...facts, ...more }, says))).toBe(code);
  });
});

describe('ending a membership', () => {
  const last: LastStage = { stage: 'leave', state: 'closed', outcome: 'go-further' };
  const good = { last, leavesFrom: day('2026-12-24'), today: day('2026-12-24'), isAppealOpen: false };
  it.each([
    [{}, 'done'],
    [{ last: { ...last, outcome: 'go-on' as const } }, 'not-asked-by-voices'],
    [{ last: { ...last, stage: 'pause' as const } }, 'not-asked-by-voices'],
    [{ isAppealOpen: true }, 'appeal-open'],
    [{ today: day('2026-12-23') }, 'still-time-to-appeal'],
  ])('%j: %s', (more, code) => {
    expect(codeOf(() => checkLeaving({ ...good, ...more }))).toBe(code);
  });
});

it.each([
  [{ hasBroker: false, isConnected: false, hasInterest: false }, 'no-broker'],
  [{ hasBroker: true, isConnected: true, hasInterest: false }, 'chair-conflicted'],
  [{ hasBroker: true, isConnected: false, hasInterest: true }, 'chair-conflicted'],
  [{ hasBroker: true, isConnected: false, hasInterest: false }, 'done'],
])('who chairs: %j: %s', (facts, code) => {
  expect(codeOf(() => checkChair(facts))).toBe(code);
});
