import { describe, expect, it } from '@jest/globals';
import type { SuggestionView } from '../../introductions/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { own } from '../acting-for/whose.js';
import { suggestionsView } from './suggestions.view.js';

const ME = own('018f0000-0000-7000-8000-000000000001' as PersonId);
const MAY = { mayAnswer: true, mayMute: false };
const suggestion = (over: Partial<SuggestionView> = {}): SuggestionView => ({
  id: '018f0000-0000-7000-8000-00000000000a' as never,
  who: 'someone in Sale',
  goals: [
    { id: 'gardening', words: 'gardening' },
    { id: 'swimming', words: 'swimming' },
  ],
  words: 'I grow beans.',
  days: ['2'],
  pace: 'gentle',
  groupSize: 'few',
  offers: ['lift'],
  offerWords: 'A car with a ramp',
  reasons: ['goal:gardening', 'day:2', 'miles:3'],
  expiresOn: '2026-12-18' as LocalDate,
  myAnswer: null,
  sameBroker: false,
  ...over,
});

describe('somebody near by', () => {
  it('has reasons and no name', () => {
    const { cards, empty } = suggestionsView(ME, MAY, 'open', [suggestion()]);
    expect(empty).toBeNull();
    expect(cards[0]).toMatchObject({
      area: 'in Sale',
      looksFor: 'Gardening and swimming',
      offers: 'A lift: A car with a ramp',
      days: 'Tuesday',
      until: '18 December 2026',
      mine: null,
      reasons: [
        { kind: 'goal', text: 'both: gardening' },
        { kind: 'day', text: 'both: Tuesdays' },
        { kind: 'place', text: '3 miles' },
      ],
    });
  });

  it('offers to mute a goal, a day and a distance, to those who may', () => {
    const { cards } = suggestionsView(ME, { mayAnswer: true, mayMute: true }, 'open', [suggestion({ reasons: ['goal:gardening', 'help:lift', 'miles:3'] })]);
    expect(cards[0]!.reasons.map((reason) => reason.mute?.split('?')[1])).toEqual(['reason=goal%3Agardening', undefined, 'reason=miles%3A3']);
  });

  it.each([
    ['yes', 'You said yes'],
    ['not-now', 'You said not now'],
  ] as const)('shows my own answer %s', (myAnswer, words) => expect(suggestionsView(ME, MAY, 'open', [suggestion({ myAnswer })]).cards[0]!.mine).toBe(words));

  it.each([
    ['none', 'First, make a card'],
    ['draft', 'The card is not open'],
    ['taken-down', 'The card is not open'],
    ['open', 'No one nearby yet'],
  ] as const)('teaches when there is nobody: %s', (state, title) => {
    expect(suggestionsView(ME, MAY, state, []).empty?.title).toBe(title);
  });
});
