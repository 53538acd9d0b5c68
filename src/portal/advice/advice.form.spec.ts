import { describe, expect, it } from '@jest/globals';
import { nameOf, readAdvice, readAnswer } from './advice.form.js';

const option = (at: number, over: object = {}) =>
  Object.fromEntries(
    Object.entries({ kind: 'other', provider: '', what: 'A way', cost: '12.50', per: 'week', good: 'Good', bad: 'Bad', ...over }).map(([field, words]) => [
      `options.${at}.${field}`,
      words,
    ]),
  );
const head = { about: 'Fridays', fee: '45', feeFor: 'For this plan' };

describe('the form of options', () => {
  it('reads pounds as pence, and leaves out what was not begun', () => {
    const { command, faults } = readAdvice({
      ...head,
      ...option(0),
      ...option(1, { what: '', cost: '', good: '', bad: '' }),
      ...option(3, { kind: 'community', cost: '0' }),
      recommended: '3',
    });
    expect(faults).toEqual([]);
    expect([command.feePence, command.options.map((each) => [each.kind, each.costPence, each.isRecommended])]).toEqual([
      4_500n,
      [
        ['other', 1_250n, false],
        ['community', 0n, true],
      ],
    ]);
  });
  it('takes “change nothing” only when something is said of it', () =>
    expect(
      readAdvice({ ...head, ...option(0), ...option(2, { kind: 'nothing', what: 'Change nothing', cost: '0', good: '', bad: '' }) }).command.options.length,
    ).toBe(1));
  it('finds a fault at the field of the page, also after one that was left out', () =>
    expect(readAdvice({ ...head, fee: 'x', ...option(0), ...option(2, { cost: 'much', good: '' }) }).faults).toEqual([
      { field: 'fee', message: 'Enter what you are paid, in pounds, like 45 or 45.50. Enter 0 if it costs nothing' },
      { field: 'options.2.cost', message: 'Enter what it costs, in pounds, like 45 or 45.50. Enter 0 if it costs nothing' },
      { field: 'options.2.good', message: 'Write what is good about it' },
    ]));
  it.each([
    ['options', 'options.0.what'],
    ['options.1.providerId', 'options.3.provider'],
    ['options.0.costPence', 'options.0.cost'],
    ['feePence', 'fee'],
    ['whyFew', 'whyFew'],
  ])('calls %s %s', (field, name) => expect(nameOf(field, [0, 3])).toBe(name));
});

describe('an answer', () => {
  it('is an option, or none of these, in words', () => {
    expect(readAnswer({ option: 'none', words: 'No' })).toMatchObject({ faults: [], command: { words: 'No' } });
    expect(readAnswer({ option: 'none', words: 'No' }).command.optionId).toBeUndefined();
    expect(readAnswer({ option: '', words: '' }).faults.map(({ field }) => field)).toEqual(['option', 'words']);
  });
});
