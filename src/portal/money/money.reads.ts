import { Injectable } from '@nestjs/common';
import { BudgetQueries } from '../../budgets/index.js';
import type { LineView } from '../../budgets/index.js';
import type { DayView, ForecastView } from '../../insight/index.js';
import { InsightQueries } from '../../insight/index.js';
import type { Actor, BudgetLineId, LocalDate } from '../../kernel/index.js';
import { systemActor } from '../../kernel/index.js';
import type { StatementRow } from '../../ledger/index.js';
import { Database } from '../../platform/index.js';
import type { PoolMoney } from '../../pools/index.js';
import { PoolQueries } from '../../pools/index.js';
import { Proof } from '../../reconciliation/index.js';

/** By book, the day up to which it was last found to agree with the bank; null where it was not, or there is no bank to ask. */
export type Checked = ReadonlyMap<string, LocalDate | null>;

/** Where a line's money lies in pools: the person's own shares made from this line. */
export interface InPool {
  readonly name: string;
  readonly poolId: string;
  readonly money: PoolMoney;
}

export interface LineReads {
  readonly line: LineView & { readonly movements: readonly StatementRow[] };
  readonly days: readonly DayView[];
  readonly forecast: ForecastView | undefined;
  /** Undefined when the reader is no member of the person's pools: somebody who acts for them. */
  readonly inPools: readonly InPool[] | undefined;
  readonly poolNames: ReadonlyMap<string, string>;
  readonly checked: Checked;
}

export const MOVEMENTS = 20;

/** What the page of one line rests on, from the rooms below, all as the reader may see it. */
@Injectable()
export class MoneyReads {
  constructor(
    private readonly database: Database,
    private readonly budgets: BudgetQueries,
    private readonly insight: InsightQueries,
    private readonly pools: PoolQueries,
    private readonly proof: Proof,
  ) {}

  /** When the books that hold these lines were last found to agree with the bank. A day and no figure: the books themselves hold others' money too. */
  async checked(lines: readonly Pick<LineView, 'bookId'>[]): Promise<Checked> {
    const books = [...new Set(lines.map((line) => line.bookId))];
    const proofs = await Promise.all(books.map((book) => this.proof.lastOf(systemActor('money-page', { books: [book] }), book)));
    return new Map(books.map((book, index) => [book, proofs[index]?.ok ? proofs[index].statementOn : null]));
  }

  async line(actor: Actor, id: BudgetLineId, before?: string): Promise<LineReads> {
    const line = await this.budgets.line(actor, id, { before, limit: MOVEMENTS });
    const { days, forecast } = await this.database.read(actor, async (tx) => ({
      days: await this.insight.daysOf(tx, id),
      forecast: (await this.insight.forecastsOf(tx, [id])).get(id),
    }));
    const mine = await this.pools.mine(actor);
    const inPools = line.personId === actor.id ? (await Promise.all(mine.map((pool) => this.inPool(actor, pool, id)))).flat() : undefined;
    return { line, days, forecast, inPools, poolNames: new Map(mine.map((pool) => [pool.id, pool.name])), checked: await this.checked([line]) };
  }

  private async inPool(actor: Actor, pool: { id: LineView['id'] | string; name: string }, line: BudgetLineId): Promise<InPool[]> {
    const { mine } = await this.pools.shares(actor, pool.id as Parameters<PoolQueries['shares']>[1]);
    return mine.filter((share) => share.lineId === line).map((share) => ({ name: pool.name, poolId: pool.id, money: share.money }));
  }
}
