import { Injectable } from '@nestjs/common';
import type { Actor, BookId, OrganisationId, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, edgeOf, statesAllowing } from '../kernel/index.js';
import { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce } from '../platform/index.js';
import { StatementPapers } from './statements/statement-papers.service.js';
import { Freezes } from './freezes/freezes.service.js';
import { funderShareAccount } from './funder-share.entries.js';
import { funderShareRows } from './funder-share.rows.js';
import { GoingHome } from './going-home.service.js';
import { isMoving, movesOf } from './money-holder.rows.js';
import { shareAccount } from './pool.entries.js';
import { exitStatement } from './pool-exit.rules.js';
import type { ExitStatement } from './pool-exit.rules.js';
import { exitJson } from './pool-exit.views.js';
import { POOL } from './pool.lifecycle.js';
import type { PoolRow } from './pool.rows.js';
import { lockPool, shareRows, writeHistory } from './pool.rows.js';

/** The last days of a pool: it is closed when providers are paid and no share holds a penny, with a final statement for everybody who had
 *  money in it. */
@Injectable()
export class PoolEnding {
  constructor(
    private readonly balances: LedgerQueries,
    private readonly goingHome: GoingHome,
    private readonly freezes: Freezes,
    private readonly papers: StatementPapers,
  ) {}

  /** Closes a pool that everybody left when its last share is empty and nothing is owed for it. Safe to call at any time; the transaction
   *  sees the pool. Answers whether the pool is closed. */
  async closeIfEmpty(tx: Tx, actor: Actor, poolId: PoolId): Promise<boolean> {
    const pool = await lockPool(tx, poolId);
    if (pool.state !== 'closing') return pool.state === 'closed';
    if (await isMoving(tx, poolId)) return false;
    const accounts = [...(await shareRows(tx, poolId)).map(shareAccount), ...(await funderShareRows(tx, poolId)).map(funderShareAccount)];
    const figures = [...(await this.balances.sharesOf(tx, poolId, accounts)).values()];
    if (figures.some((share) => share.posted !== 0n || share.payable !== 0n)) return false;
    await this.keepFinalStatements(tx, poolId);
    await this.change(tx, actor, pool, 'close');
    return true;
  }

  async change(tx: Tx, actor: Actor, pool: PoolRow, action: 'empty' | 'close'): Promise<void> {
    const edge = edgeOf('pool', POOL, pool.state, action);
    if (pool.state === 'frozen') await this.freezes.over(tx, actor, pool, null);
    tx.write('update pool set state = $2 where id = $1 and state = any($3)', [pool.id, edge.to, statesAllowing(POOL, action)]);
    await writeHistory(tx, actor, [{ poolId: pool.id, noun: 'pool', nounId: pool.id, action, from: pool.state, to: edge.to }]);
    if (edge.event)
      await announce(tx, { name: edge.event, about: { pools: [pool.id], books: await booksOfFunders(tx, pool.id) }, payload: { poolId: pool.id } });
  }

  /** A statement for each member and funder, as it stands on the last day: put in, billed, given back, returned, and nothing left. */
  private async keepFinalStatements(tx: Tx, poolId: PoolId): Promise<void> {
    for (const person of new Set((await shareRows(tx, poolId)).map((share) => share.personId)))
      await this.keep(tx, poolId, person, 'member', exitStatement(await this.goingHome.factsOf(tx, poolId, person), dayOf(tx.now), 0));
    const funders = await funderShareRows(tx, poolId);
    for (const funder of new Set(funders.map((share) => share.funderId)))
      await this.keep(tx, poolId, funder, 'funder', await this.funderStatement(tx, poolId, funder));
  }

  private async keep(tx: Tx, pool: PoolId, subject: PersonId | OrganisationId, kind: 'member' | 'funder', statement: ExitStatement): Promise<void> {
    const kept = await tx.run(
      'insert into final_statement (pool_id, subject_id, subject_kind, statement, made_at) values ($1, $2, $3, $4, $5) on conflict (pool_id, subject_id) do nothing',
      [pool, subject, kind, JSON.stringify(exitJson(statement)), tx.now],
    );
    if (kept > 0) await this.papers.keep(tx, pool, subject, { kind: 'final', of: kind }, exitJson(statement));
  }

  /** What a funder has had in a pool, added up as on `exitStatement`: what is free would go back. The transaction sees the pool. */
  async funderStatement(tx: Tx, poolId: PoolId, funder: OrganisationId): Promise<ExitStatement> {
    const shares = (await funderShareRows(tx, poolId)).filter((share) => share.funderId === funder);
    const held = shares.map((share) => ({ id: share.id, account: funderShareAccount(share) }));
    const facts = await this.goingHome.factsOfShares(tx, held, funder, { arrived: [], ...(await movesOf(tx, held)) });
    // What is set aside for a session stays with the session, whenever it is.
    const lastSession = facts.shares
      .flatMap((share) => share.setAside.map((each) => each.forDay))
      .sort()
      .at(-1);
    const statement = exitStatement(facts, lastSession ?? dayOf(tx.now), 0);
    return { ...statement, leftOn: dayOf(tx.now), noticeUntil: dayOf(tx.now) };
  }
}

/** The books in which funders' money of a pool lies: what giving it back needs to see. */
export const booksOfFunders = async (tx: Tx, pool: PoolId): Promise<BookId[]> => [...new Set((await funderShareRows(tx, pool)).map((share) => share.bookId))];
