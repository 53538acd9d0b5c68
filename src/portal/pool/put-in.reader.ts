import { Injectable } from '@nestjs/common';
import { BudgetQueries } from '../../budgets/index.js';
import { can } from '../../identity/index.js';
import type { Actor, BudgetLineId, Pence, PersonId } from '../../kernel/index.js';
import { NO_PENCE, plus } from '../../kernel/index.js';
import { LedgerQueries } from '../../ledger/index.js';
import { PlanQueries } from '../../plans/index.js';
import { Clock, Database } from '../../platform/index.js';
import type { PoolView } from '../../pools/index.js';
import { bookOfShare } from '../../pools/index.js';
import { checkedWords } from '../blocks/index.js';
import { MoneyReads } from '../money/money.reads.js';
import type { Source } from './put-in.form.js';
import type { LeftOut } from './put-in.sources.js';
import { sourcesFrom } from './put-in.sources.js';

/** Which money of a person could go into a pool. */
@Injectable()
export class PutInReader {
  constructor(
    private readonly budgets: BudgetQueries,
    private readonly plans: PlanQueries,
    private readonly ledger: LedgerQueries,
    private readonly money: MoneyReads,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What the person can put in, or why nothing can be. `held` was set aside for what is to be changed, so it can be used again. */
  async of(
    actor: Actor,
    pool: PoolView,
    person: PersonId,
    held?: { readonly lineId: BudgetLineId; readonly amount: Pence },
  ): Promise<{ readonly sources: readonly Source[]; readonly leftOut: readonly LeftOut[] }> {
    // Somebody without a budget may be in a pool all the same.
    if (!can(actor, 'budget:read', { person })) return { sources: [], leftOut: [] };
    const today = this.clock.today();
    const plans = await this.plans.plansOf(actor, person);
    const lines = await this.budgets.linesOf(actor, person);
    const usable = lines.filter((line) => line.state === 'open' && line.fromDay <= today && today < line.untilDay);
    const free = new Map<string, Pence>();
    await this.database.read(actor, async (tx) => {
      for (const line of usable) free.set(line.id, (await this.ledger.balanceOf(tx, { book: line.bookId, kind: 'line', subject: person, line: line.id })).free);
    });
    const checked = await this.money.checked(usable);
    const facts = lines.map((line) => ({
      ...line,
      free: plus(free.get(line.id) ?? NO_PENCE, line.id === held?.lineId ? held.amount : NO_PENCE),
      checked: checked.has(line.bookId) ? checkedWords(checked.get(line.bookId)!) : '',
      travels: bookOfShare(line, pool.moneyHolderBookId) !== line.bookId,
    }));
    return sourcesFrom(facts, plans, today);
  }
}
