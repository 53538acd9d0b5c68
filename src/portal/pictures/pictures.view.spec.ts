import { describe, expect, it } from '@jest/globals';
import type { CardView } from '../../introductions/index.js';
import { GOAL_TERMS } from '../../introductions/index.js';
import type { PersonId } from '../../kernel/index.js';
import { own } from '../acting-for/whose.js';
import { drawing, nameOfDrawing } from './drawings.js';
import { ideasChosen, PICTURED, questionsFor } from './picture-questions.js';
import { cardOfPictures, picturedGoals, questionView } from './pictures.view.js';

const ME = own('018f0000-0000-7000-8000-000000000001' as PersonId);
const answers = (...pairs: [string, string][]): Map<string, string> => new Map(pairs);
const ids = (given: Map<string, string>): string[] => questionsFor(given, false).map((question) => question.id);

describe('the screens', () => {
  it('begin with every area of the Act, and end with how', () => {
    expect(
      ids(answers())
        .filter((id) => id.startsWith('area-'))
        .sort(),
    ).toEqual([...'abcdefghi'].map((letter) => `area-${letter}`));
    expect(ids(answers()).slice(-2)).toEqual(['pace', 'size']);
    expect(questionsFor(answers(), true).at(-1)!.kind).toBe('where');
  });

  it('ask about ideas of an area only after a yes to it', () => {
    expect(ids(answers())).not.toContain('swimming');
    expect(ids(answers(['area-b', 'yes']))).toEqual(expect.arrayContaining(['swimming', 'walking']));
    expect(ideasChosen(answers(['area-b', 'yes'], ['swimming', 'yes'], ['walking', 'no']))).toEqual(['swimming']);
    expect(ideasChosen(answers(['area-b', 'no'], ['swimming', 'yes']))).toEqual([]);
  });

  it('are about goals of the list, about 30 of them, each with a drawing that has a name', () => {
    expect(PICTURED.size).toBeGreaterThanOrEqual(30);
    for (const [id, { words, drawing: name }] of PICTURED) {
      expect(GOAL_TERMS.map((term) => term.id)).toContain(id);
      expect(words.split(' ').length).toBeLessThanOrEqual(7);
      expect(String(drawing(name))).toContain(`aria-label="${nameOfDrawing(name)}"`);
      expect(String(drawing(name, true))).toContain('aria-hidden="true"');
    }
  });

  it('have a way back, and a way on once they are answered', () => {
    const given = answers(['area-g', 'no'], ['area-e', 'no']);
    const view = questionView(ME, questionsFor(given, false), given, 'area-e');
    expect(view.previous).toMatch(/area-g$/);
    expect(view.next).toMatch(/area-b$/);
    expect(questionView(ME, questionsFor(answers(), false), answers(), 'area-g')).toMatchObject({ previous: null, next: null, at: 1, of: 11 });
  });
});

describe('the card that pictures make', () => {
  const card = {
    goals: [
      { id: 'swimming', words: 'swimming' },
      { id: 'pottery', words: 'pottery' },
    ],
    words: 'Hello',
    place: 'M33',
    days: ['2'],
    pace: 'steady',
    groupSize: 'few',
    distanceMiles: 3,
    needs: ['quiet'],
    offers: [],
    seeks: [],
    offerWords: '',
  } as unknown as CardView;

  it('keeps what no picture asked about', () => {
    const made = cardOfPictures(answers(['area-e', 'yes'], ['art', 'yes'], ['pace', 'gentle']), card);
    expect(made).toMatchObject({
      faults: [],
      goals: ['art', 'swimming', 'pottery'],
      command: { pace: 'gentle', groupSize: 'few', words: 'Hello', days: ['2'] },
    });
  });
  it('takes off what they said no to', () => {
    expect(cardOfPictures(answers(['area-b', 'yes'], ['swimming', 'no']), card).goals).toEqual(['pottery']);
  });
  it('is not made of nothing', () => expect(cardOfPictures(answers(), undefined).faults.map((fault) => fault.field)).toContain('goals'));
  it('shows a goal without a picture by its words', () => expect(picturedGoals([{ id: 'pottery', words: 'pottery' }])[0]!.words).toBe('pottery'));
});
