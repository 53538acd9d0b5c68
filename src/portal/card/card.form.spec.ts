import { describe, expect, it } from '@jest/globals';
import { inARow } from '../blocks/index.js';
import { CARD_PARTS, FIRST_VALUES, isCardPart, partAfter, readCardPart } from './card.form.js';
import { daysInWords, reasonOf } from './card.words.js';

const HELD = { ...FIRST_VALUES, goals: ['gardening'], place: 'M33' };

describe('the questions of a card', () => {
  it('follow each other to the last', () => {
    expect(CARD_PARTS.map(partAfter)).toEqual([...CARD_PARTS.slice(1), undefined]);
    expect(isCardPart('goals')).toBe(true);
    expect(isCardPart('open')).toBe(false);
  });

  it('gather boxes from every group', () => {
    const { values, command, faults } = readCardPart('goals', { 'goals.b': 'swimming', 'goals.e': ['gardening', 'pottery'], other: 'x' }, FIRST_VALUES);
    expect(faults).toEqual([]);
    expect(values.goals).toEqual(['swimming', 'gardening', 'pottery']);
    expect(command.goals).toEqual(['swimming', 'gardening', 'pottery']);
  });

  it.each([
    ['goals', {}, { goals: 'Choose 1 to 8 things' }],
    ['days', {}, { days: 'Choose at least 1 day' }],
    ['how', { pace: 'quick', groupSize: '' }, { pace: 'Choose a pace', groupSize: 'Choose how many people' }],
    ['where', { place: '', distanceMiles: '5' }, { place: 'Enter the first part of your postcode, like M33' }],
    [
      'where',
      { place: 'Manchester', distanceMiles: '400' },
      { place: 'Enter the first part of your postcode, like M33', distanceMiles: 'Enter a number of miles from 1 to 30' },
    ],
    ['words', { words: 'x'.repeat(601) }, { words: 'Use 600 characters or fewer' }],
  ] as const)('refuse in %s: %j', (part, body, expected) => {
    const { faults } = readCardPart(part, body, part === 'goals' ? FIRST_VALUES : HELD);
    expect(Object.fromEntries(faults.map((fault) => [fault.field, fault.message]))).toEqual(expected);
  });

  it('take a whole postcode and keep its first part', () => {
    expect(readCardPart('where', { place: 'm33 7aa', distanceMiles: '3' }, HELD)).toMatchObject({ faults: [], command: { place: 'M33', distanceMiles: 3 } });
  });

  it('change one answer and keep the others', () => {
    const { command } = readCardPart('days', { days: '2' }, { ...HELD, needs: ['quiet'], words: 'Hello' });
    expect(command).toMatchObject({ goals: ['gardening'], days: ['2'], needs: ['quiet'], words: 'Hello', distanceMiles: 5 });
  });
});

describe('plain words', () => {
  it.each([
    [['1', '2', '3', '4', '5', '6', '7'], 'Any day'],
    [['4', '2'], 'Tuesday, Thursday'],
  ] as const)('%j is %s', (days, words) => expect(daysInWords(days)).toBe(words));
  it.each([
    [[], ''],
    [['a lift'], 'a lift'],
    [['a lift', 'time'], 'a lift and time'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j is %s', (words, row) => expect(inARow(words)).toBe(row));
  it.each([
    ['goal:gardening', { kind: 'goal', text: 'both: growing things' }],
    ['day:2', { kind: 'day', text: 'both: Tuesdays' }],
    ['miles:1', { kind: 'place', text: '1 mile' }],
    ['miles:0', { kind: 'place', text: 'very near' }],
    ['help:lift', { kind: 'offer', text: 'help with a lift' }],
    ['day:9', undefined],
    ['other', undefined],
  ])('%s', (code, reason) => expect(reasonOf(code, () => 'growing things')).toEqual(reason));
});
