import { describe, expect, it } from '@jest/globals';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import type { AwayDay } from '../../purchasing/index.js';
import { awayWords, saidTable, weighedTable } from './away.view.js';

const day = { sessionId: 's', day: '2026-11-27' as LocalDate, service: 'Gardening', outcome: 'excused', reason: 'hospital' } as unknown as AwayDay & {
  reason: string;
};
const bola = { actingFor: { personId: 'b' as PersonId, firstName: 'Bola', as: 'representative', mayDecide: true } };

describe('somebody cannot come', () => {
  it('is said of oneself', () => {
    const words = awayWords({});
    expect(words.title).toBe('I cannot come');
    expect(weighedTable([day], words).rows).toEqual([['27 November 2026', 'Gardening', 'You do not pay']]);
    expect(saidTable([day], words)).toMatchObject({
      caption: 'What you have said',
      rows: [['27 November 2026', 'Gardening', 'In hospital', 'You do not pay']],
    });
  });

  it('or for somebody, by name: nothing of theirs is called the reader’s own', () => {
    const words = awayWords(bola);
    const all = [...Object.values(words), weighedTable([day], words), saidTable([day], words)].map((each) => JSON.stringify(each)).join(' ');
    expect(all).toContain('Bola is in hospital');
    expect(all).toContain('They do not pay');
    expect(all).not.toMatch(/\b(I|your|yours)\b|for you\b|you (pay|never|do not|agreed)/i);
  });
});
