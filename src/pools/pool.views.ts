import type { Pence } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import type { PoolMoney, PoolView, ShareView } from './pools.read-models.js';

export const sumsJson = (money: PoolMoney): Record<string, number> => ({
  putInPence: penceAsNumber(money.putIn),
  freePence: penceAsNumber(money.free),
  committedPence: penceAsNumber(money.committed),
  spentPence: penceAsNumber(money.spent),
});

export const shareJson = ({ money, ...share }: ShareView): object => ({ ...share, ...sumsJson(money) });

export function poolJson(view: PoolView): object {
  const { mine, mineOwn, others, contributions, ...pool } = view;
  return {
    ...pool,
    mine: mine && sumsJson(mine),
    mineOwn: mineOwn && sumsJson(mineOwn),
    others: sumsJson(others),
    contributions: contributions.map(({ amount, ...each }: { amount: Pence }) => ({ ...each, amountPence: penceAsNumber(amount) })),
  };
}
