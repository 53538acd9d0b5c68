import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, PersonId, PoolId } from '../kernel/index.js';
import { minus, NO_PENCE, systemActor } from '../kernel/index.js';
import type { AccountKey } from '../ledger/index.js';
import { accountIdOf, LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { PoolQueries } from '../pools/index.js';
import type { FeePart } from './settlement.entries.js';
import type { Debt, FeeDue, FeesOwedBy } from './settlement.rules.js';

/** What a book is owed: by members after facts from outside, and in fees. */
@Injectable()
export class SettlementQueries {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerQueries,
    private readonly pools: PoolQueries,
  ) {}

  /** All that is owed in a book, for those who read it. */
  async ofBook(actor: Actor, book: BookId): Promise<{ debts: Debt[]; fees: FeeDue[] }> {
    requireAccess(actor, 'book:read', { book });
    return this.database.read(systemActor('finance', { books: [book] }), async (tx) => ({
      debts: await this.debtsOf(tx, book),
      fees: await this.feesOf(tx, book),
    }));
  }

  /** Members with a debt, or with cover that is not given back yet. The transaction sees the book. */
  async debtsOf(tx: Tx, book: BookId): Promise<Debt[]> {
    const owners = (await this.ledger.ownedIn(tx, book)).flatMap(({ subject, owes }) => (subject === null ? [] : [{ subject, owes }]));
    const keyOf = (subject: string): AccountKey => ({ book, kind: 'receivable', subject });
    const stands = await this.ledger.postedOf(
      tx,
      owners.map(({ subject }) => keyOf(subject)),
    );
    return owners
      .map(({ subject, owes: afterCover }): Debt => {
        const owes = stands.get(accountIdOf(keyOf(subject))) ?? NO_PENCE;
        return { person: subject as PersonId, owes, covered: minus(owes, afterCover) };
      })
      .filter((debt) => debt.owes !== 0n || debt.covered !== 0n)
      .sort((a, b) => (a.person < b.person ? -1 : 1));
  }

  async debtOf(tx: Tx, book: BookId, person: PersonId): Promise<Debt> {
    return (await this.debtsOf(tx, book)).find((debt) => debt.person === person) ?? { person, owes: NO_PENCE, covered: NO_PENCE };
  }

  /** Fees due, by whose payment and in which pool they arose, with whom the pool's agreement names as the one who pays them. */
  async feesOf(tx: Tx, book: BookId): Promise<FeeDue[]> {
    const parts = await tx.rows<FeePart>(
      `select subject_id as person, pool_id as pool, sum(case when debit_kind = 'fees-due' then amount_pence else -amount_pence end)::bigint as amount
       from transfer where book_id = $1 and 'fees-due' in (debit_kind, credit_kind) group by subject_id, pool_id
       having sum(case when debit_kind = 'fees-due' then amount_pence else -amount_pence end) > 0 order by pool_id nulls first, subject_id nulls first`,
      [book],
    );
    const payers = new Map<PoolId, FeesOwedBy>();
    for (const pool of new Set(parts.flatMap((part) => part.pool ?? []))) {
      await tx.alsoSee({ pools: [pool] });
      payers.set(pool, (await this.pools.agreementInForce(tx, pool))?.terms.feesOwedBy ?? 'money-holder');
    }
    return parts.map((part) => ({ ...part, owedBy: part.pool === null ? 'money-holder' : payers.get(part.pool)! }));
  }
}
