import { describe, expect, it } from '@jest/globals';
import type { LocalDate, Pence } from '../../kernel/index.js';
import type { Round } from './pledge.rules.js';
import { checkNewThreshold, checkPledge, checkRound, checkTakeBack, lastDay, outcomeOf } from './pledge.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const today = day('2026-11-22');
const pounds = (n: number): Pence => BigInt(Math.round(n * 100)) as Pence;
const codeOf = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'fine';
};
const round: Round = {
  state: 'open',
  threshold: pounds(100),
  smallest: null,
  most: null,
  freeUntil: day('2026-12-01'),
  reachBy: day('2026-12-15'),
  extendTo: null,
  ending: 'release',
};
const extending = { ...round, ending: 'extend', extendTo: day('2027-01-10') } as const;
const shrinking = { ...round, ending: 'shrink', smallest: pounds(60) } as const;

describe('asking for pledges', () => {
  it.each<[string, object, string]>([
    ['a sum and two days', {}, 'fine'],
    ['no sum', { threshold: 0n }, 'amount-not-positive'],
    ['six days to change one’s mind', { freeUntil: day('2026-11-28') }, 'free-days-too-few'],
    ['seven days to change one’s mind', { freeUntil: day('2026-11-29') }, 'fine'],
    ['an end before that', { reachBy: day('2026-11-30') }, 'free-after-the-end'],
    ['an end on that very day', { reachBy: day('2026-12-01') }, 'fine'],
    ['an end on the last day there may be', { reachBy: day('2027-05-23') }, 'fine'],
    ['an end a day later', { reachBy: day('2027-05-24') }, 'ends-too-late'],
    ['more time without a day', { ending: 'extend' }, 'ending-needs-more'],
    ['more time until the same day', { ending: 'extend', extendTo: day('2026-12-15') }, 'ending-needs-more'],
    ['more time until a later day', { ending: 'extend', extendTo: day('2026-12-16') }, 'fine'],
    ['more time without end', { ending: 'extend', extendTo: day('2028-12-16') }, 'ends-too-late'],
    ['less without a sum', { ending: 'shrink' }, 'ending-needs-more'],
    ['less that is not less', { ending: 'shrink', smallest: pounds(100) }, 'ending-needs-more'],
    ['less that is a penny less', { ending: 'shrink', smallest: pounds(99.99) }, 'fine'],
    ['a second day that has no place', { extendTo: day('2027-01-10') }, 'ending-needs-less'],
    ['a smallest sum that has no place', { smallest: pounds(10) }, 'ending-needs-less'],
    ['a cap with which all together just reach it', { most: pounds(50) }, 'fine'],
    ['a cap with which they never could', { most: pounds(49.99) }, 'cap-too-low'],
  ])('with %s', (_what, other, code) => {
    expect(codeOf(() => checkRound({ ...round, ...other }, 2, today))).toBe(code);
  });
});

describe('what becomes of a round', () => {
  it.each<[string, Round, number, string, string | undefined]>([
    ['the sum is there, but people can still change their mind', round, 120, '2026-12-01', undefined],
    ['the sum is there exactly, and all is firm', round, 100, '2026-12-02', 'reach'],
    ['a penny is missing', round, 99.99, '2026-12-02', undefined],
    ['a penny is missing on the last day', round, 99.99, '2026-12-15', undefined],
    ['a penny is missing after it', round, 99.99, '2026-12-16', 'release'],
    ['it is there on the day after the last, when the work is late', round, 100, '2026-12-20', 'reach'],
    ['there is to be more time', extending, 10, '2026-12-16', 'extend'],
    ['there is more time', { ...extending, state: 'extended' }, 10, '2027-01-10', undefined],
    ['it comes together in that time', { ...extending, state: 'extended' }, 100, '2026-12-20', 'reach'],
    ['more time is over too: only once', { ...extending, state: 'extended' }, 99, '2027-01-11', 'release'],
    ['there is enough to go on with less', shrinking, 60, '2026-12-16', 'shrink'],
    ['there is less than that', shrinking, 59.99, '2026-12-16', 'release'],
    ['less would do, but there are days left', shrinking, 80, '2026-12-10', undefined],
    ['it is over', { ...round, state: 'released' }, 500, '2027-01-01', undefined],
    ['nobody pledged', round, 0, '2026-12-16', 'release'],
  ])('when %s', (_when, given, pledged, on, action) => {
    expect(outcomeOf(given, pounds(pledged), day(on))).toBe(action);
  });

  it('knows its last day, the second one while there is more time', () => {
    expect([lastDay(extending), lastDay({ ...extending, state: 'extended' })]).toEqual(['2026-12-15', '2027-01-10']);
  });
});

describe('pledging', () => {
  const capped = { ...round, most: pounds(30) };
  it.each<[string, Round, number | undefined, number, string, string]>([
    ['on the last day', round, undefined, 10, '2026-12-15', 'fine'],
    ['a day late', round, undefined, 10, '2026-12-16', 'pledges-over'],
    ['in the second time', { ...extending, state: 'extended' }, undefined, 10, '2027-01-10', 'fine'],
    ['where all is over', { ...round, state: 'reached' }, undefined, 10, '2026-11-25', 'pledges-over'],
    ['as much as one may', capped, undefined, 30, '2026-11-25', 'fine'],
    ['a penny more than one may', capped, undefined, 30.01, '2026-11-25', 'pledge-too-large'],
    ['less than before, on the last free day', round, 20, 5, '2026-12-01', 'fine'],
    ['less than before, a day later', round, 20, 5, '2026-12-02', 'pledge-firm'],
    ['more than before, a day later', round, 20, 20.01, '2026-12-02', 'fine'],
  ])('%s', (_what, given, before, amount, on, code) => {
    expect(codeOf(() => checkPledge(given, before === undefined ? undefined : pounds(before), pounds(amount), day(on)))).toBe(code);
  });

  it.each<[string, number | undefined, string, string]>([
    ['on the last free day', 20, '2026-12-01', 'fine'],
    ['a day later', 20, '2026-12-02', 'pledge-firm'],
    ['of nothing', undefined, '2026-11-25', 'no-pledge'],
    ['after the end', 20, '2026-12-16', 'pledges-over'],
  ])('and taking it back %s', (_what, before, on, code) => {
    expect(codeOf(() => checkTakeBack(round, before === undefined ? undefined : pounds(before), day(on)))).toBe(code);
  });

  it.each<[string, number, object, number, string]>([
    ['raised before anybody pledged', 120, {}, 0, 'fine'],
    ['raised after somebody did', 120, {}, 1, 'pledged-already'],
    ['lowered after somebody did', 80, {}, 1, 'pledged-already'],
    ['to nothing', 0, {}, 0, 'amount-does-not-fit'],
    ['to what would do anyway', 60, shrinking, 0, 'amount-does-not-fit'],
    ['above what all may give', 120, { most: pounds(50) }, 0, 'amount-does-not-fit'],
  ])('towards a sum that is %s', (_what, sum, other, pledges, code) => {
    const given = { ...round, ...other };
    expect(codeOf(() => checkNewThreshold(given, { ...given, threshold: pounds(sum) }, { members: 2, pledges, today }))).toBe(code);
  });
});
