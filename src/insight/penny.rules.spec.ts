import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pence, sumPence, type Pence } from '../kernel/index.js';
import type { Movement, Traced } from './penny.rules.js';
import { linked, traced } from './penny.rules.js';

let n = 0;
const move = (id: string, from: string, to: string, amount: number): Movement => ({
  id,
  order: String((n += 1)).padStart(6, '0'),
  from,
  to,
  amount: pence(amount),
});

/** `id: amount ← before → next, still here`: a trace as one would write it down. */
const written = (steps: readonly Traced[]): string[] =>
  steps.map(({ movement, amount, next, stillHere, fromOutside, isStart }) => {
    const parts = [
      ...next.map((edge) => `${edge.amount} ${edge.id}`),
      ...(stillHere > 0n ? [`${stillHere} still here`] : []),
      ...(fromOutside > 0n ? [`(${fromOutside} from outside)`] : []),
    ];
    return `${isStart ? '*' : ''}${movement.id} ${amount}: ${parts.join(', ')}`;
  });

/** Two contributions, one invoice of each size, a refund that is used again. */
const SHARE = [
  move('agreed', 'source', 'line', 1000),
  move('first', 'line', 'share', 120),
  move('second', 'line', 'share', 60),
  move('invoice 1', 'share', 'debt 1', 100),
  move('invoice 2', 'share', 'debt 2', 50),
  move('payment 1', 'debt 1', 'payee 1', 100),
  move('refund', 'payee 1', 'share', 30),
  move('returned', 'share', 'line', 60),
];

describe('following money', () => {
  it('goes first in, first out inside one share, and splits to the penny', () => {
    expect(written(traced(linked(SHARE), ['first']))).toEqual([
      'agreed 120: 120 first, (120 from outside)',
      '*first 120: 100 invoice 1, 20 invoice 2',
      'invoice 1 100: 100 payment 1',
      'invoice 2 20: 20 still here',
      'payment 1 100: 30 refund, 70 still here',
      'refund 30: 30 returned',
      'returned 30: 30 still here',
    ]);
  });

  it('goes back from a refund to the very pennies that were paid', () => {
    expect(written(traced(linked(SHARE), ['refund']))).toEqual([
      'agreed 30: 30 first, (30 from outside)',
      'first 30: 30 invoice 1',
      'invoice 1 30: 30 payment 1',
      'payment 1 30: 30 refund',
      '*refund 30: 30 returned',
      'returned 30: 30 still here',
    ]);
  });

  it('keeps the pennies of several starts apart from the others of their steps', () => {
    const steps = traced(linked(SHARE), ['second', 'refund']);
    expect(written(steps).filter((line) => line.startsWith('*'))).toEqual(['*second 60: 30 invoice 2, 30 returned', '*refund 30: 30 returned']);
    expect(written(steps).find((line) => line.startsWith('returned'))).toBe('returned 60: 60 still here');
  });

  it('says what is not explained yet, when money went before it came', () => {
    const debt = [move('taken back', 'owed', 'outside', 60), move('paid back', 'arrived', 'owed', 40)];
    expect(written(traced(linked(debt), ['taken back']))).toEqual([
      'paid back 40: 40 taken back, (40 from outside)',
      '*taken back 60: 60 still here, (20 from outside)',
    ]);
  });

  it('knows nothing of a movement that is not there', () => expect(traced(linked(SHARE), ['nothing'])).toEqual([]));

  it('for any movements and any starts: in = out at every step, and no penny is in two places', () => {
    const place = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const any = fc
      .array(fc.record({ from: place, to: place, amount: fc.integer({ min: 1, max: 500 }) }), { minLength: 1, maxLength: 25 })
      .map((list) => list.filter((each) => each.from !== each.to).map((each, index) => move(`m${index}`, each.from, each.to, each.amount)));
    fc.assert(
      fc.property(any, fc.array(fc.nat(24), { minLength: 1, maxLength: 3 }), (movements, picks) => {
        const links = linked(movements);
        const starts = [...new Set(picks.map((pick) => `m${pick}`))];
        const steps = traced(links, starts);
        const byId = new Map(steps.map((step) => [step.movement.id, step]));
        const sum = (edges: readonly { amount: Pence }[]): Pence => sumPence(edges.map((edge) => edge.amount));
        for (const step of steps) {
          expect(sum(step.next) + step.stillHere).toBe(step.amount);
          expect(sum(step.before) + step.fromOutside).toBe(step.amount);
          expect(step.stillHere >= 0n && step.fromOutside >= 0n && step.amount <= step.movement.amount).toBe(true);
          for (const edge of step.next) expect(byId.get(edge.id)!.before).toContainEqual({ id: step.movement.id, amount: edge.amount });
          for (const edge of step.next) expect(byId.get(edge.id)!.movement.from).toBe(step.movement.to);
          if (step.isStart) expect(step.amount).toBe(step.movement.amount);
        }
        // All that came from outside is still somewhere.
        expect(steps.reduce((total, step) => total + step.fromOutside, 0n)).toBe(steps.reduce((total, step) => total + step.stillHere, 0n));
      }),
    );
  });
});
