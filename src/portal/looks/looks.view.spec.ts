import { expect, it } from '@jest/globals';
import { sentenceOf } from './looks.view.js';

it.each([
  [{ action: 'record:viewed', noun: 'plan' }, 'Olu Invented looked at your plan.'],
  [{ action: 'record:viewed', noun: 'something' }, 'Olu Invented looked at your record.'],
  [{ action: 'plan:agree', noun: 'plan' }, 'Olu Invented agreed your plan.'],
  [{ action: 'new:thing', noun: 'goal' }, 'Olu Invented did something with your goals.'],
])('%j', (look, sentence) => expect(sentenceOf(look, 'Olu Invented')).toBe(sentence));
