import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor, OrganisationId, Pence, PersonId, PoolId } from '../kernel/index.js';
import { notFound, systemActor } from '../kernel/index.js';
import type { AccountKey } from '../ledger/index.js';
import { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { funderShareAccount } from './funder-share.entries.js';
import type { FunderShareRow } from './funder-share.rows.js';
import { findFunderShare, funderSharesOf, funderShareRows } from './funder-share.rows.js';
import { exitJson } from './pool-exit.views.js';
import type { ExitJson } from './pool-exit.views.js';
import { PoolEnding } from './pool-ending.service.js';
import type { ShareId } from './pool.rows.js';

/** A funder's share with its account and what is in it; for the rooms above. */
export interface PoolFunderShare extends FunderShareRow {
  readonly account: AccountKey;
  readonly posted: Pence;
  readonly reserved: Pence;
  readonly free: Pence;
}

/** What can be asked about funders' money in pools. It is no secret among the members: each sees who put in how much and what is free of it. */
@Injectable()
export class FunderShareQueries {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerQueries,
    private readonly ending: PoolEnding,
  ) {}

  /** For members and the broker of a pool, in the order of drawing. */
  async ofPool(actor: Actor, pool: PoolId): Promise<PoolFunderShare[]> {
    requireAccess(actor, 'pool:read', { pool });
    return this.database.read(systemActor('pools', { pools: [pool] }), (tx) => this.sharesOf(tx, pool));
  }

  /** For officers of a funder, the newest first. */
  async ofFunder(actor: Actor, funder: OrganisationId): Promise<PoolFunderShare[]> {
    requireAccess(actor, 'funder-share:read', { icb: funder });
    const rows = await this.database.read(systemActor('pools', { icbs: [funder] }), (tx) => funderSharesOf(tx, funder));
    return this.database.read(systemActor('pools', { icbs: [funder], pools: rows.map((row) => row.poolId) }), (tx) => this.withMoney(tx, rows));
  }

  /** What an officer's body has had in a pool, to the penny: as it is, or the final statement of a pool that is closed. */
  async statement(actor: Actor, id: ShareId): Promise<{ final: boolean; statement: ExitJson }> {
    const icbs = actor.grants.flatMap((grant) => (grant.on === 'icb' && grant.id ? [grant.id as OrganisationId] : []));
    const share = await this.database.read(systemActor('pools', { icbs }), (tx) => findFunderShare(tx, id));
    if (!share) throw notFound('The money');
    requireAccess(actor, 'funder-share:read', { icb: share.funderId });
    const scope = { pools: [share.poolId], books: [share.bookId], icbs: [share.funderId] };
    return this.database.read(systemActor('pools', scope), async (tx) => {
      const final = await finalStatementOf(tx, share.poolId, share.funderId);
      if (final) return { final: true, statement: final };
      return { final: false, statement: exitJson(await this.ending.funderStatement(tx, share.poolId, share.funderId)) };
    });
  }

  /** For the rooms above, inside a transaction that sees the pool. */
  async sharesOf(tx: Tx, pool: PoolId): Promise<PoolFunderShare[]> {
    return this.withMoney(tx, await funderShareRows(tx, pool));
  }

  private async withMoney(tx: Tx, rows: readonly FunderShareRow[]): Promise<PoolFunderShare[]> {
    const shares: PoolFunderShare[] = [];
    for (const row of rows) {
      const account = funderShareAccount(row);
      shares.push({ ...row, account, ...(await this.ledger.balanceOf(tx, account)) });
    }
    return shares;
  }
}

/** What was kept for a member or funder when the pool was closed; nothing while it is not. The transaction sees the pool. */
export async function finalStatementOf(tx: Tx, pool: PoolId, subject: PersonId | OrganisationId): Promise<ExitJson | undefined> {
  return (await tx.row<{ statement: ExitJson }>('select statement from final_statement where pool_id = $1 and subject_id = $2', [pool, subject]))?.statement;
}
