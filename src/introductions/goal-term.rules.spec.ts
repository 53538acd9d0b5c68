import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import type { GoalTermFacts } from './goal-term.rules.js';
import { goalsKept, idOfOwnTerm } from './goal-term.rules.js';

const term = (id: string, over: Partial<GoalTermFacts> = {}): GoalTermFacts => ({ id, icbId: null, sameAs: null, retiredOn: null, ...over });
const known = [
  term('bowls'),
  term('mere', { icbId: 'icb-1' }),
  term('dip', { icbId: 'icb-1', sameAs: 'swimming' }),
  term('elsewhere', { icbId: 'icb-2' }),
  term('old', { icbId: 'icb-1', retiredOn: '2026-11-01' as LocalDate }),
  term('ending', { icbId: 'icb-1', retiredOn: '2026-12-01' as LocalDate }),
];
const kept = (chosen: string[], held: string[] = []): string[] => goalsKept(chosen, { known, held, icb: 'icb-1', today: '2026-11-22' as LocalDate });

describe('the goals a card keeps', () => {
  it('are those chosen, each once, in order', () => expect(kept(['mere', 'bowls', 'bowls'])).toEqual(['bowls', 'mere']));
  it('are of the common core where a word stands for one', () => expect(kept(['dip', 'bowls'])).toEqual(['bowls', 'swimming']));
  it('may be a word that is retired later', () => expect(kept(['ending'])).toEqual(['ending']));
  it.each(['old', 'elsewhere'])('may be %s only when the card holds it already', (id) => {
    expect(() => kept([id])).toThrow(expect.objectContaining({ code: 'goal-not-known' }));
    expect(kept([id], [id])).toEqual([id]);
  });
  it('are never what nobody listed', () => expect(() => kept(['nothing'], ['nothing'])).toThrow(expect.objectContaining({ code: 'goal-not-known' })));
});

describe('the id of an ICB’s own word', () => {
  it.each(['Wild swimming at the mere', 'Éclairs & tea', '!!!', 'a'.repeat(80)])('fits the table: %s', (words) =>
    expect(idOfOwnTerm(words, '0192a3b4-0000-7000-8000-0000000000ff')).toMatch(/^[a-z0-9-]{2,40}$/),
  );
});
