import { expect, it } from '@jest/globals';
import { spokenReference } from '../kernel/index.js';
import { opaqueLine } from './opaque.rules.js';

const OURS = spokenReference('LIN', '0190f0e0-0000-7000-8000-00000000abcd');
const HIDDEN = 'The bank’s words are not shown to you.';

it.each([
  [
    'names and words go',
    { reference: 'THANKS ANN', counterparty: 'Ann Invented', words: 'FASTER PAYMENT ANN INVENTED' },
    { reference: null, counterparty: null, words: HIDDEN },
  ],
  [
    'our own reference stays',
    { reference: OURS.toLowerCase(), counterparty: 'Ann Invented', words: `ANN ${OURS} REF` },
    { reference: OURS, counterparty: null, words: OURS },
  ],
  ['what only looks like one goes', { reference: 'ANN-AAAA-AAAB', counterparty: null, words: '' }, { reference: null, counterparty: null, words: HIDDEN }],
])('%s', (_, line, shown) => expect(opaqueLine(line)).toEqual(shown));
