import type { Pence } from '../kernel/index.js';
import { larger, pence, plus, splitEqually } from '../kernel/index.js';

/** What a thing bought together costs for a period: a price whoever comes, and a price for each head. */
export interface SharedCost {
  readonly fixed: Pence;
  readonly perHead: Pence;
  /** What each person can pay for it, from plan money that may be spent on it. */
  readonly purses: readonly Pence[];
}

export interface CostPerHead {
  readonly heads: number;
  /** What nobody pays more than: the largest part when the fixed price is split to the penny. */
  readonly most: Pence;
  readonly total: Pence;
  /** How many of the people can pay it. */
  readonly canPay: number;
}

export interface Viability {
  /** At n, n - 1 and n - 2 heads, as long as two are left. */
  readonly costs: readonly CostPerHead[];
  /** The fewest heads at which enough people can pay for it to go on; undefined when there is no such number up to n. */
  readonly breakEven: number | undefined;
  /** Whether it goes on as it is, and whether one leaver would end it: said before anyone joins. */
  readonly isViable: boolean;
  readonly sinksWithOneLeaver: boolean;
}

const FEWEST = 2;

/** Whether a group can pay, and what happens to the others when one or two leave (domain: group viability check). Parts are by largest
 *  remainder, so that they always add up; what is shown is the largest, so nobody pays more than was said. A leaver may be anybody: the group
 *  is held to go on with fewer only when, whoever left, those who stay could pay. */
export function viability({ fixed, perHead, purses }: SharedCost): Viability {
  if (fixed < 0n || perHead < 0n || purses.some((purse) => purse < 0n)) throw new RangeError('a cost or a purse is below zero');
  if (purses.length < FEWEST) throw new RangeError('a group is two people or more');
  const at = (heads: number): CostPerHead => {
    const parts = splitEqually(fixed, heads).map((part) => plus(part, perHead));
    const most = parts.reduce(larger);
    return { heads, most, total: pence(fixed + perHead * BigInt(heads)), canPay: purses.filter((purse) => purse >= most).length };
  };
  // Leavers could be those who can pay: so all who might be left must be able to.
  const goesOn = (heads: number): boolean => at(heads).canPay === purses.length;
  const heads = Array.from({ length: purses.length - FEWEST + 1 }, (_, n) => FEWEST + n);
  return {
    costs: [purses.length, purses.length - 1, purses.length - 2].filter((each) => each >= FEWEST).map(at),
    breakEven: heads.find(goesOn),
    isViable: goesOn(purses.length),
    sinksWithOneLeaver: goesOn(purses.length) && (purses.length === FEWEST || !goesOn(purses.length - 1)),
  };
}
