import { penceAsNumber } from '../kernel/index.js';
import type { StatementRow } from '../ledger/index.js';
import type { FourNumbers } from './budget.rules.js';
import type { LineView } from './line.views.js';

export const numbersJson = (numbers: Omit<FourNumbers, 'line'>): Record<string, number> => ({
  agreedPence: penceAsNumber(numbers.agreed),
  committedPence: penceAsNumber(numbers.committed),
  spentPence: penceAsNumber(numbers.spent),
  freePence: penceAsNumber(numbers.free),
  stillToComePence: penceAsNumber(numbers.stillToCome),
});

export function lineJson(line: LineView): object {
  const { numbers, agreed: _agreed, ...rest } = line;
  return { ...rest, ...numbersJson(numbers) };
}

export const movementJson = (row: StatementRow): object => ({
  id: row.id,
  entryId: row.entryId,
  kind: row.kind,
  effectiveOn: row.effectiveOn,
  bookedAt: row.bookedAt,
  changePence: penceAsNumber(row.change),
  other: row.otherKind,
  poolId: row.poolId,
});
