import { describe, expect, it } from '@jest/globals';
import { goalsHeard, vocabularyOf } from './goal-words.rules.js';
import { GOAL_TERMS, HEARD_AS } from './goal-terms.js';
import { stemOf } from './word-stem.rules.js';
import { lettersApart, meantBy, soundOf } from './word-spelling.rules.js';

const vocabulary = vocabularyOf(GOAL_TERMS.map((term) => ({ ...term, heard: HEARD_AS.get(term.id)! })));
const heard = (words: string): string[] => goalsHeard(words, vocabulary).map((goal) => goal.id);

describe('the stem of a word', () => {
  it.each([
    ['swimming', 'swim'],
    ['swam', 'swim'],
    ['dancing', 'dance'],
    ['bakes', 'baking'],
    ['stories', 'story'],
    ['photographs', 'photography'],
    ['volunteers', 'volunteering'],
    ['buses', 'bus'],
    ['churches', 'church'],
    ['knitted', 'knitting'],
  ])('%s is that of %s', (a, b) => expect(stemOf(a)).toBe(stemOf(b)));
  it.each([
    ['bus', 'but'],
    ['sing', 'sign'],
    ['read', 'ready'],
  ])('%s is not that of %s', (a, b) => expect(stemOf(a)).not.toBe(stemOf(b)));
});

describe('a misspelt word', () => {
  it.each([
    ['ca', 'ac', 1],
    ['garden', 'gardne', 1],
    ['swim', 'swimm', 1],
    ['', 'ab', 2],
    ['chess', 'chess', 0],
  ])('%s and %s are %i apart', (a, b, apart) => expect(lettersApart(a, b, 3)).toBe(apart));
  it('is no longer counted when it is too far off', () => expect(lettersApart('gardening', 'swimming', 2)).toBe(3));
  it.each([
    ['foto', 'photo'],
    ['nitting', 'knitting'],
    ['riting', 'writing'],
    ['gitar', 'guitar'],
    ['skool', 'school'],
  ])('%s sounds like %s', (a, b) => expect(soundOf(a)).toBe(soundOf(b)));
  it('is put right to what is nearest, and left alone when it is short', () => {
    expect(meantBy('aloment', ['allotment', 'moment'])?.word).toBe('allotment');
    expect(meantBy('bus', ['but'])).toBeUndefined();
    expect(meantBy('zzzzz', ['garden'])).toBeUndefined();
  });
});

describe('goals in somebody’s own words', () => {
  it.each([
    ['Swimming', 'swimming'],
    ['i want to do poterry', 'pottery'],
    ['allotmant', 'gardening'],
    ['British Sign Language', 'sign-language'],
    ['I would love to ride a horse!', 'horse-riding'],
    ['find my way to the shops on the tram', 'using-the-bus'],
    ['nobody listens to me', 'speaking-up'],
  ])('“%s” begins with %s', (words, id) => expect(heard(words)[0]).toBe(id));

  it('are several when several were said', () => expect(heard('sewing and also chess on a Friday')).toEqual(expect.arrayContaining(['knitting', 'chess'])));
  it('leave out what is not wanted', () => {
    expect(heard('I do not like football. I like bowls')[0]).toBe('bowls');
    expect(heard('I do not like football. I like bowls')).not.toContain('football');
    expect(heard('no dancing')).toEqual([]);
    expect(heard('I hate gardening but I want to paint')).toEqual(['art']);
  });
  it('hear a trouble as the wish to be rid of it', () => {
    expect(heard('I am lonely')[0]).toBe('making-friends');
    expect(heard('I do not want to be lonely')[0]).toBe('making-friends');
  });
  it.each(['', '   ', '???', 'the and of', '12345', 'qqqq wwww'])('are none in %j', (words) => expect(heard(words)).toEqual([]));
  it('are never more than six, and the same for the same words', () => {
    const many = 'swim garden sing paint cook dance read walk fish bingo chess pottery';
    expect(heard(many)).toHaveLength(6);
    expect(heard(many)).toEqual(heard(many));
  });
  it('understand every goal by its own words', () => {
    const missed = GOAL_TERMS.filter((term) => !heard(term.words).slice(0, 3).includes(term.id)).map((term) => term.id);
    expect(missed).toEqual([]);
  });
});
