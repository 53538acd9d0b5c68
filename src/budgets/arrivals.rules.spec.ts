import { describe, expect, it } from '@jest/globals';
import type { BudgetLineId } from '../kernel/index.js';
import { newId, pence } from '../kernel/index.js';
import type { ArrivalFacts } from './arrivals.rules.js';
import { decideArrival } from './arrivals.rules.js';

const id = newId<'budget-line'>() as BudgetLineId;
const fits: ArrivalFacts = { amount: pence(60_000), named: 'LIN-7K3M-9QXA', isByHand: false, line: { id, state: 'open', stillToCome: pence(60_000) } };

describe('money that reached a book', () => {
  it('goes to the open line it names, up to the last penny still to come', () => {
    expect(decideArrival(fits)).toEqual({ to: id });
    expect(decideArrival({ ...fits, amount: pence(1) })).toEqual({ to: id });
  });

  it.each<[string, Partial<ArrivalFacts>, string, RegExp]>([
    ['names no line', { named: null, line: undefined }, 'names-no-line', /names no budget line/],
    ['names a line of another book', { line: undefined }, 'line-of-another-book', /LIN-7K3M-9QXA, which is no budget line of this book/],
    ['was called an arrival by a person', { isByHand: true }, 'decided-by-hand', /a person says whose it is/],
    ['names a line that ended', { line: { id, state: 'ended', stillToCome: pence(60_000) } }, 'line-ended', /has ended/],
    ['is a penny too much', { amount: pence(60_001) }, 'more-than-still-to-come', /more than the £600\.00 still to come/],
    ['comes when all has come', { line: { id, state: 'open', stillToCome: pence(-5) } }, 'more-than-still-to-come', /more than the £0\.00/],
  ])('waits when it %s', (_when, change, waits, why) => {
    expect(decideArrival({ ...fits, ...change })).toEqual({ waits, why: expect.stringMatching(why) });
  });
});
