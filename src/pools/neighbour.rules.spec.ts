import { describe, expect, it } from '@jest/globals';
import { checkNeighbour } from './neighbour.rules.js';

const gil = { firstName: 'Gil', familyName: 'Invented', reachBy: 'letter', agreed: true };

describe('writing a neighbour down', () => {
  it('needs their yes, a way to reach them, and that they are not there already', () => {
    expect(() => checkNeighbour(gil, [{ firstName: 'Gil', familyName: 'Another' }])).not.toThrow();
    expect(() => checkNeighbour({ ...gil, reachBy: 'email', email: 'gil@example.test' }, [])).not.toThrow();
  });
  it.each([
    [{ agreed: false }, 'neighbour-not-agreed'],
    [{ reachBy: 'email' }, 'reach-needed'],
    [{ reachBy: 'text' }, 'reach-needed'],
    [{ reachBy: 'phone', email: 'gil@example.test' }, 'reach-needed'],
    [{ firstName: 'gil', familyName: 'INVENTED' }, 'in-the-pool-already'],
  ])('%j: %s', (over, code) => {
    expect(() => checkNeighbour({ ...gil, ...over }, [{ firstName: 'Gil', familyName: 'Invented' }].slice(code === 'in-the-pool-already' ? 0 : 1))).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
