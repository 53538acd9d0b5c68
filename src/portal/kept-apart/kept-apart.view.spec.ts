import { describe, expect, it } from '@jest/globals';
import type { BlockId } from '../../introductions/index.js';
import type { PersonId } from '../../kernel/index.js';
import { own } from '../acting-for/whose.js';
import { askView, keptApartRow } from './kept-apart.view.js';

const ME = own('018f0000-0000-7000-8000-000000000001' as PersonId);
const block = { id: 'b' as BlockId, madeAt: new Date('2026-11-22T00:30:00Z') };

describe('people somebody is not shown to', () => {
  it('have a first name only where it had been told, else the day of the card', () => {
    expect(keptApartRow(ME, { ...block, firstName: 'Raj' }).words).toBe('Raj');
    expect(keptApartRow(ME, { ...block, firstName: null }).words).toBe('Someone whose card you saw on 22 November 2026');
  });

  it.each([
    [{ by: 'card', id: '1', name: null, area: 'in Sale', goals: ['singing', 'bowls'] }, 'as if the card had been taken down'],
    [{ by: 'invitation', id: '1', name: 'Raj' }, 'as if nobody had answered'],
    [{ by: 'introduction', id: '1', name: 'Raj', state: 'introduced' }, 'Raj sees that it has ended'],
    [{ by: 'introduction', id: '1', name: 'Raj', state: 'stepped-back' }, 'Raj sees no change'],
    [{ by: 'introduction', id: '1', name: 'Raj', state: 'became-pool' }, 'You both stay in the pool'],
  ] as const)('are asked about in plain words: %o', (asked, words) => {
    const view = askView(ME, asked);
    expect(view.means.join(' ')).toContain(words);
    expect(view.about).toBe(asked.by === 'card' ? 'Someone in Sale who likes singing and bowls' : null);
  });
});
