import { idsWith } from '../identity/index.js';
import type { Actor, BudgetLineId, PersonId } from '../kernel/index.js';
import { dayOf, pence } from '../kernel/index.js';
import type { LineFigures, StatementRow } from '../ledger/index.js';
import { lineFigures } from '../ledger/index.js';
import type { Database } from '../platform/index.js';
import type { LineRow } from './line.views.js';

export interface LinesRead {
  readonly lines: readonly LineRow[];
  readonly figures: ReadonlyMap<BudgetLineId, LineFigures>;
  /** Of the one line asked for, newest first. */
  readonly movements: readonly StatementRow[];
}

/** As the database tells it: sums as text, so that none passes through a float, and instants as text. */
type Told = Omit<LineRow, 'agreed'> & Record<'agreed' | 'posted' | 'reserved' | 'remitting' | 'payable' | 'spent', string>;
type ToldMovement = Omit<StatementRow, 'change' | 'bookedAt'> & { readonly change: string; readonly bookedAt: string };

/** Above every id: the first page begins below it. */
const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** One line, or all lines of a person, with figures and movements, in one statement (`read_budget_lines`). Undefined when there is none or the
 *  actor may not look: the plain path then says which. */
export async function readLines(
  database: Database,
  actor: Actor,
  asked: { readonly line?: BudgetLineId; readonly person?: PersonId; readonly before?: string | undefined; readonly limit?: number },
): Promise<LinesRead | undefined> {
  const told = await database.ask<{ lines: Told[] | null; movements: ToldMovement[] } | null>(actor, 'read_budget_lines', [
    asked.line ?? null,
    asked.person ?? null,
    idsWith(actor, 'line:read', 'book'),
    idsWith(actor, 'budget:read', 'person'),
    idsWith(actor, 'budget:read', 'icb'),
    dayOf(database.now()),
    asked.before ?? AFTER_ALL,
    asked.limit ?? 0,
  ]);
  if (!told?.lines) return undefined;
  return {
    lines: told.lines.map(lineOf),
    figures: new Map(told.lines.map((line) => [line.id, figuresOf(line)])),
    movements: told.movements.map((row) => ({ ...row, change: pence(row.change), bookedAt: new Date(row.bookedAt) })),
  };
}

const lineOf = ({ posted: _p, reserved: _r, remitting: _m, payable: _o, spent: _s, ...line }: Told): LineRow => ({ ...line, agreed: pence(line.agreed) });

const figuresOf = (line: Told): LineFigures =>
  lineFigures({
    line: line.id,
    posted: pence(line.posted),
    reserved: pence(line.reserved),
    remitting: pence(line.remitting),
    payable: pence(line.payable),
    spent: pence(line.spent),
  });
