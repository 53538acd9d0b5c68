import { describe, expect, it } from '@jest/globals';
import { readGoal, readGoalChange, readRating } from './goal.form.js';
import { closenessOfRating } from './goal-strip.js';

describe('a goal from a form', () => {
  it('is one sentence, if that is all there is', () => {
    const { command, faults } = readGoal({
      matters: ' Swim every week ',
      why: '',
      firstStep: '',
      whoHelps: '',
      signs: '',
      'byDay-day': '',
      'byDay-month': '',
      'byDay-year': '',
    });
    expect(faults).toEqual([]);
    expect({ ...command }).toEqual({ matters: 'Swim every week', why: undefined, firstStep: undefined, whoHelps: undefined });
  });

  it('takes one sign a line, and a day in parts', () => {
    const { command } = readGoal({ matters: 'Swim', signs: 'I sleep well\n\n I know two names ', 'byDay-day': '7', 'byDay-month': '3', 'byDay-year': '2027' });
    expect(command).toMatchObject({ signs: ['I sleep well', 'I know two names'], byDay: '2027-03-07' });
  });

  it.each([
    [{ matters: '' }, 'matters', 'Say what matters to you, in 1,000 characters or fewer'],
    [{ matters: 'x', 'byDay-day': '30', 'byDay-month': '2', 'byDay-year': '2027' }, 'byDay', 'Enter a real date, like 27 3 2027, or leave it empty'],
    [{ matters: 'x', 'byDay-day': '', 'byDay-month': '', 'byDay-year': '2027' }, 'byDay', 'Enter a real date, like 27 3 2027, or leave it empty'],
    [{ matters: 'x', signs: 'a\n'.repeat(11) }, 'signs', 'Write 10 lines or fewer, each no longer than 300 characters'],
  ])('refuses %j', (body, field, message) => expect(readGoal(body).faults).toEqual([{ field, message }]));

  it('may not be emptied by a change', () => expect(readGoalChange({ matters: '  ' }).faults.map((fault) => fault.field)).toContain('matters'));
});

describe('how close', () => {
  it.each([
    ['7', 7],
    ['0', 0],
    ['10', 10],
  ])('takes %s', (rating, number) => expect(readRating({ rating })).toMatchObject({ faults: [], command: { rating: number, wasHelped: false } }));
  it.each(['', '11', '-1', '7.5', 'seven'])('refuses %j', (rating) =>
    expect(readRating({ rating }).faults).toEqual([{ field: 'rating', message: 'Choose a number from 0 to 10' }]),
  );
  it('knows that somebody helped', () => expect(readRating({ rating: '3', helped: 'yes' }).command.wasHelped).toBe(true));
  it('has five steps, and only nought and ten are the ends', () => {
    expect(Array.from({ length: 11 }, (_, rating) => closenessOfRating(rating))).toEqual([0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4]);
  });
});
