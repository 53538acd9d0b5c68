import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import type { CaseFacts } from './caseload.rules.js';
import { byUrgency, standingOf } from './caseload.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const today = day('2026-11-20');
const facts = (over: Partial<CaseFacts> = {}): CaseFacts => ({
  signedOn: day('2026-10-01'),
  untilDay: day('2028-10-01'),
  lastAnswer: day('2026-11-10'),
  onBroker: null,
  toSettle: 0,
  onOthers: null,
  ...over,
});
const owed = { count: 1, since: day('2026-11-12'), byDay: day('2026-11-25') };

describe('where a person stands', () => {
  it.each<[string, Partial<CaseFacts>, string, number]>([
    ['nothing waits', {}, 'up-to-date', 10],
    ['something waits on the broker', { onBroker: owed }, 'yours', 8],
    ['on its last day it is not late', { onBroker: { ...owed, byDay: today } }, 'yours', 8],
    ['the day after it is', { onBroker: { ...owed, byDay: day('2026-11-19') } }, 'late', 8],
    ['a note to settle', { toSettle: 1 }, 'yours', 10],
    ['something waits on others', { onOthers: { count: 2, since: day('2026-11-01') } }, 'theirs', 10],
    ['never answered, since they signed', { lastAnswer: null, onOthers: { count: 1, since: day('2026-11-01') } }, 'new', 50],
    ['what was signed ends soon', { untilDay: day('2026-12-20') }, 'ending', 10],
    ['ends a day later', { untilDay: day('2026-12-21') }, 'up-to-date', 10],
    ['41 days without a word', { lastAnswer: day('2026-10-10') }, 'up-to-date', 41],
    ['42 days', { lastAnswer: day('2026-10-09') }, 'quiet', 42],
  ])('%s', (_what, over, state, waitingDays) => expect(standingOf(facts(over), today)).toMatchObject({ state, waitingDays }));

  it('puts the most pressing first, then who waits longer', () => {
    const all = [
      standingOf(facts(), today),
      standingOf(facts({ onBroker: owed }), today),
      standingOf(facts({ onBroker: { ...owed, byDay: day('2026-11-13') } }), today),
      standingOf(facts({ onBroker: { ...owed, since: day('2026-11-01') } }), today),
    ];
    expect(all.sort(byUrgency).map(({ state, waitingDays }) => [state, waitingDays])).toEqual([
      ['late', 8],
      ['yours', 19],
      ['yours', 8],
      ['up-to-date', 10],
    ]);
  });
});
