import { describe, expect, it } from '@jest/globals';
import type { WorryId, WorryRecord } from '../../concerns/index.js';
import { localDate } from '../../kernel/index.js';
import { leadNeeds, stageOf, worriesTable, worryView } from './worries.view.js';

const worry = (over: Partial<WorryRecord> = {}): WorryRecord => ({
  id: '01890000-0000-7000-8000-000000000000' as WorryId,
  reference: 'WOR-AAAA-BBBB',
  raisedAt: new Date('2026-05-05T10:00:00Z'),
  stage: 'unanswered',
  takenBy: null,
  isMine: false,
  outcome: null,
  isForAnyIcb: false,
  words: 'One line.\n\nAnother.',
  reach: null,
  from: '',
  raisedBy: null,
  steps: [],
  looks: [],
  ...over,
});
const on = localDate('2026-05-06');
const late = localDate('2026-05-07');

describe('where a worry stands', () => {
  it.each([
    ['unanswered in time', worry(), on, 'Nobody has taken it', 'attention'],
    ['unanswered too long', worry(), late, 'Overdue: nobody has taken it', 'stopped'],
    ['with me', worry({ stage: 'taken', takenBy: 'Lena', isMine: true }), late, 'You have it', 'good'],
    ['with another', worry({ stage: 'taken', takenBy: 'Lars' }), late, 'Taken', 'good'],
    ['closed', worry({ stage: 'closed', takenBy: 'Lars', outcome: 'advice-given' }), late, 'Closed', 'quiet'],
  ])('is said: %s', (_name, each, day, state, tone) => expect(stageOf(each, day)).toMatchObject({ state, tone }));
});

describe('the list of worries', () => {
  it('says nothing of what they say', () => {
    expect(JSON.stringify(worriesTable([worry()], 'open', on))).not.toContain('One line');
  });
});

describe('a worry', () => {
  it.each([
    ['unanswered', worry(), { take: true, note: false, openAgain: false }, 'I take this'],
    ['mine', worry({ stage: 'taken', takenBy: 'Lena', isMine: true }), { take: false, note: true, openAgain: false }, 'Take it over from Lena'],
    ['another’s', worry({ stage: 'taken', takenBy: 'Lars' }), { take: true, note: true, openAgain: false }, 'Take it over from Lars'],
    ['closed', worry({ stage: 'closed', takenBy: 'Lars', outcome: 'other' }), { take: false, note: false, openAgain: true }, 'Take it over from Lars'],
  ])('offers what can be done: %s', (_name, each, may, takeText) => expect(worryView(each, on)).toMatchObject({ may, takeText }));

  it('says who did what, and keeps lines apart', () => {
    const { paragraphs, history } = worryView(worry({ steps: [{ at: new Date('2026-05-06T10:00:00Z'), by: 'Lena', what: 'noted', words: 'a\n<b>' }] }), on);
    expect(paragraphs).toEqual(['One line.', 'Another.']);
    expect(history[0]!.text).toBe('Lena wrote down what was done.');
    expect(String(history[0]!.detail)).toBe('a<br>&lt;b&gt;');
  });
});

describe('what a lead looks at first', () => {
  it('is what nobody has taken, urgent when late, then their own', () => {
    const needs = leadNeeds([worry(), worry({ stage: 'taken', isMine: true }), worry({ stage: 'taken' })], late);
    expect(needs.map(({ text, isUrgent }) => [text, isUrgent])).toEqual([
      ['Read and take WOR-AAAA-BBBB', true],
      ['Go on with WOR-AAAA-BBBB', undefined],
    ]);
  });
});
