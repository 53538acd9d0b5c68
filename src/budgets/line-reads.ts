import { idsWith } from '../identity/index.js';
import type { Actor, BudgetLineId, PersonId } from '../kernel/index.js';
import { dayOf, pence } from '../kernel/index.js';
import type { LineFigures } from '../ledger/index.js';
import { lineFigures } from '../ledger/index.js';
import type { Database } from '../platform/index.js';
import type { LineRow } from './line.views.js';

export interface LinesRead {
  readonly lines: readonly LineRow[];
  readonly figures: ReadonlyMap<BudgetLineId, LineFigures>;
  /** Whether the person has own money with anybody; false where one line was asked for. */
  readonly hasOwnMoney: boolean;
}

/** As the database tells it: sums as text, so that none passes through a float. */
type ToldLine = Omit<LineRow, 'agreed'> & Record<'agreed' | 'posted' | 'reserved' | 'remitting' | 'payable' | 'spent', string>;

interface Told {
  readonly lines: readonly ToldLine[];
  readonly ownMoney?: boolean;
}

/** One line, or all lines of a person, with figures, in one statement (`read_money`). Undefined when there is none or the actor may not
 *  look: the plain path then says which. */
export async function readLines(
  database: Database,
  actor: Actor,
  asked: { readonly line?: BudgetLineId; readonly person?: PersonId },
): Promise<LinesRead | undefined> {
  const told = await database.ask<Told | null>(actor, 'read_money', [
    asked.line ?? null,
    asked.person ?? null,
    idsWith(actor, 'line:read', 'book'),
    idsWith(actor, 'budget:read', 'person'),
    idsWith(actor, 'budget:read', 'icb'),
    dayOf(database.now()),
  ]);
  if (!told) return undefined;
  const { lines, ownMoney = false } = told;
  return { lines: lines.map(lineOf), figures: new Map(lines.map((line) => [line.id, figuresOf(line)])), hasOwnMoney: ownMoney };
}

const lineOf = ({ posted: _p, reserved: _r, remitting: _m, payable: _o, spent: _s, ...line }: ToldLine): LineRow => ({ ...line, agreed: pence(line.agreed) });

const figuresOf = (line: ToldLine): LineFigures =>
  lineFigures({
    line: line.id,
    posted: pence(line.posted),
    reserved: pence(line.reserved),
    remitting: pence(line.remitting),
    payable: pence(line.payable),
    spent: pence(line.spent),
  });
