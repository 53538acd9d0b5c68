import { Injectable } from '@nestjs/common';
import { BudgetQueries } from '../../budgets/index.js';
import type { LineView } from '../../budgets/index.js';
import { FinanceQueries } from '../../finance/index.js';
import { can } from '../../identity/index.js';
import type { DayView, ForecastView } from '../../insight/index.js';
import { InsightQueries } from '../../insight/index.js';
import type { Actor, BookId, BudgetLineId } from '../../kernel/index.js';
import { systemActor } from '../../kernel/index.js';
import type { StatementRow } from '../../ledger/index.js';
import { Books } from '../../ledger/index.js';
import { Database } from '../../platform/index.js';
import type { PoolListing, PoolMoney } from '../../pools/index.js';
import { PoolQueries } from '../../pools/index.js';
import { Proof } from '../../reconciliation/index.js';
import type { Check } from '../blocks/index.js';

/** By book, what its money is held against, and the day up to which it was last found to agree. */
export type Checked = ReadonlyMap<string, Check>;

/** Where a line's money lies in pools: the person's own shares made from this line. */
export interface InPool {
  readonly name: string;
  readonly poolId: string;
  readonly money: PoolMoney;
}

export interface LineReads {
  readonly line: LineView;
  /** What moved on the line itself, newest first. */
  readonly movements: readonly StatementRow[];
  readonly days: readonly DayView[];
  readonly forecast: ForecastView | undefined;
  /** Undefined when the reader may not see the person's pools. */
  readonly inPools: readonly InPool[] | undefined;
  readonly poolNames: ReadonlyMap<string, string>;
  readonly checked: Checked;
}

export const MOVEMENTS = 20;

/** How long a book's check is kept in this process, and for how many books. Our judgement, November 2026. */
const MOMENT_MS = 1_000;
const MOST_FOUND = 5_000;

/** What the page of one line rests on, from the rooms below, all as the reader may see it. */
@Injectable()
export class MoneyReads {
  private readonly found = new Map<BookId, { readonly check: Promise<Check>; readonly until: number }>();

  constructor(
    private readonly database: Database,
    private readonly budgets: BudgetQueries,
    private readonly insight: InsightQueries,
    private readonly pools: PoolQueries,
    private readonly proof: Proof,
    private readonly finance: FinanceQueries,
    private readonly books: Books,
  ) {}

  /** When the books that hold these lines were last found to agree with the bank, or with the payer's report where there is no bank. A day
   *  and no figure: the books themselves hold others' money too. */
  async checked(lines: readonly Pick<LineView, 'bookId'>[]): Promise<Checked> {
    const books = [...new Set(lines.map((line) => line.bookId))];
    return new Map(await Promise.all(books.map(async (book) => [book as string, await this.checkOf(book)] as const)));
  }

  /** The check of a book as it was found at most a moment ago: it changes once a night, and every page of money asks for it. */
  private checkOf(book: BookId): Promise<Check> {
    const now = performance.now();
    const known = this.found.get(book);
    if (known && known.until > now) return known.check;
    if (this.found.size >= MOST_FOUND) this.found.clear();
    const check = this.findCheck(book);
    this.found.set(book, { check, until: now + MOMENT_MS });
    check.catch(() => this.found.delete(book));
    return check;
  }

  private async findCheck(book: BookId): Promise<Check> {
    const actor = systemActor('money-page', { books: [book] });
    const [last, found] = await Promise.all([this.proof.lastOf(actor, book), this.database.read(actor, (tx) => this.books.find(tx, book))]);
    const isAllocation = found?.basis === 'allocation';
    const on = isAllocation ? await this.finance.reportedOn(actor, book) : (last?.statementOn ?? null);
    return { by: isAllocation ? 'payer' : 'bank', on: last?.ok ? on : null };
  }

  async line(actor: Actor, id: BudgetLineId, before?: string): Promise<LineReads> {
    const { line, movements } = await this.budgets.lineAndMovements(actor, id, { before, limit: MOVEMENTS });
    const { days, forecast } = await this.database.read(actor, async (tx) => ({
      days: await this.insight.daysOf(tx, id),
      forecast: (await this.insight.forecastsOf(tx, [id])).get(id),
    }));
    const mayLook = line.personId === actor.id || can(actor, 'pool:read', { person: line.personId });
    const mine = mayLook ? await this.pools.ofPerson(actor, line.personId) : await this.pools.mine(actor);
    const inPools = mayLook ? (await Promise.all(mine.map((pool) => this.inPool(actor, pool, line)))).flat() : undefined;
    const poolNames = new Map(mine.map((pool) => [pool.id, pool.name]));
    return { line, movements, days, forecast, inPools, poolNames, checked: await this.checked([line]) };
  }

  private async inPool(actor: Actor, pool: Pick<PoolListing, 'id' | 'name'>, line: Pick<LineView, 'id' | 'personId'>): Promise<InPool[]> {
    const { mine } = await this.pools.shares(actor, pool.id, line.personId);
    return mine.filter((share) => share.lineId === line.id).map((share) => ({ name: pool.name, poolId: pool.id, money: share.money }));
  }
}
