import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { purchaseSentence } from './purchase-history.rules.js';

const what = (key: string, over: object = {}) => {
  const [noun, action] = key.split(':') as [string, string];
  return { noun, action, service: 'swimming with support', sessions: null, day: null, ...over };
};

describe('what became of what a group buys', () => {
  it.each([
    ['quote:give', {}, 'A provider said what swimming with support would cost.'],
    ['quote:choose', {}, 'The group chose swimming with support.'],
    ['purchase:commit', { sessions: 6 }, 'The group agreed to buy swimming with support, 6 times.'],
    ['purchase:commit', { sessions: 1 }, 'The group agreed to buy swimming with support, once.'],
    ['session:confirm', { day: '2026-11-28' as LocalDate }, 'Swimming with support took place on 28 November 2026.'],
    ['invoice:receive', {}, 'A bill for swimming with support came, and was shared out as agreed.'],
    ['invoice:pay', {}, 'A bill for swimming with support was paid.'],
    ['purchase:complete', {}, 'Swimming with support is over.'],
  ])('%s %j', (key, over, sentence) => expect(purchaseSentence(what(key, over))).toBe(sentence));

  it.each(['session:dispute', 'session:record', 'invoice:split', 'quote:commit'])('%s says nothing: no sums, and nobody’s complaint', (key) =>
    expect(purchaseSentence(what(key))).toBeUndefined(),
  );
});
