import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Grants, requireAccess } from '../identity/index.js';
import type { Actor, BookId, LocalDate, Pence, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, edgeOf, newId, NO_PENCE, notFound, penceAsNumber, statesAllowing, sumPence, systemActor } from '../kernel/index.js';
import { accountIdOf, Books, Ledger, LedgerQueries } from '../ledger/index.js';
import { Remittances } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { Agreements } from './agreements.service.js';
import type { LeavePool } from './pool.dto.js';
import { lineAccountOf, releaseEntries, returnEntry, shareAccount } from './pool.entries.js';
import type { ExitFacts, ExitStatement, ShareMovement } from './pool-exit.rules.js';
import { shareFreed } from './pool.events.js';
import { changesOf, exitStatement, leftovers } from './pool-exit.rules.js';
import { MEMBER, POOL } from './pool.lifecycle.js';
import type { MemberRow, PoolRow, ShareRow } from './pool.rows.js';
import { agreementInState, findMember, lockPool, membersOf, shareRows, writeHistory } from './pool.rows.js';
import { exitJson } from './pool-exit.views.js';
import type { ExitJson } from './pool-exit.views.js';

/** More movements than one share can have in years of weekly sessions (our judgement, November 2026). */
const MOST_MOVEMENTS = 10_000;

export interface Left {
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly statement: ExitJson;
}

/** Leaving on any day, and what follows it: the leaver's money goes to the leaver's own line, whenever it becomes free. */
@Injectable()
export class Leaving {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly books: Books,
    private readonly remittances: Remittances,
    private readonly agreements: Agreements,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /** Leaves today, for oneself or as a person's representative. What falls within notice stays set aside; the rest of the share goes back
   *  to the member's own line at once, or by a remittance when the line is in another book. Refuses: member-is-left. */
  async leave(actor: Actor, poolId: PoolId, command: LeavePool, key?: string): Promise<Left> {
    const personId = command.personId ?? (actor.id as PersonId);
    requireLeave(actor, poolId, personId);
    const books = await this.booksOf(poolId, personId);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [personId], books }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.leave', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        const member = await findMember(tx, poolId, personId);
        if (!member) throw notFound('The pool');
        const statement = await this.statement(tx, pool, personId, dayOf(tx.now));
        await this.end(tx, actor, pool, member, statement);
        await this.move(tx, actor, pool, personId, statement);
        await this.closeIfEmpty(tx, actor, poolId);
        await announce(tx, {
          name: MEMBER.member.leave.event,
          about: { pools: [poolId], people: [personId], books },
          payload: { poolId, personId, returnedPence: penceAsNumber(statement.toReturn), noticeUntil: statement.noticeUntil },
        });
        await this.audit.record(tx, actor, {
          action: 'pool:leave',
          noun: 'pool',
          nounId: poolId,
          pool: poolId,
          about: personId,
          facts: { returnedPence: penceAsNumber(statement.toReturn) },
        });
        return { poolId, personId, statement: exitJson(statement) };
      }),
    );
  }

  /** The exit statement for leaving on `day`, with nothing changed. The transaction sees pool, person and the books of their shares. */
  async statement(tx: Tx, pool: PoolRow, personId: PersonId, day: LocalDate): Promise<ExitStatement> {
    const agreement = await agreementInState(tx, pool.id, 'in-force');
    return exitStatement(await this.factsOf(tx, pool.id, personId), day, agreement?.terms.noticeDays ?? 0);
  }

  /** After someone left: what has become free since (a session that cost less, a refund, money that arrived late) goes to their line too.
   *  Safe to call at any time; does nothing for members who stay. The transaction sees pool, person and books. */
  async returnRest(tx: Tx, actor: Actor, poolId: PoolId, personId: PersonId): Promise<Pence> {
    const pool = await lockPool(tx, poolId);
    const member = await findMember(tx, poolId, personId);
    if (member?.state !== 'left') return NO_PENCE;
    const returns = leftovers(await this.factsOf(tx, poolId, personId));
    await this.move(tx, actor, pool, personId, { freed: [], returns });
    await this.closeIfEmpty(tx, actor, poolId);
    return sumPence(returns.map((each) => each.amount));
  }

  /** A refund reached the share of somebody who has left since: asks for it to be sent home, with the scope that needs. */
  async askForRest(tx: Tx, poolId: PoolId, personId: PersonId): Promise<void> {
    const member = await findMember(tx, poolId, personId);
    if (member?.state !== 'left') return;
    for (const share of (await shareRows(tx, poolId, personId)).slice(-1)) await announce(tx, shareFreed(share));
  }

  /** The books a person's shares and lines lie in: the scope that leaving needs. */
  async booksOf(poolId: PoolId, personId: PersonId): Promise<BookId[]> {
    const shares = await this.database.read(systemActor('pools', { pools: [poolId], people: [personId] }), (tx) => shareRows(tx, poolId, personId));
    return [...new Set(shares.flatMap((share) => [share.bookId, share.lineBookId]))];
  }

  private async factsOf(tx: Tx, poolId: PoolId, personId: PersonId): Promise<ExitFacts> {
    const shares = await shareRows(tx, poolId, personId);
    const open = await this.balances.openReservations(tx, { accounts: shares.map(shareAccount) });
    const arrived = await tx.rows<{ amount: Pence }>(
      `select amount_pence as amount from contribution where pool_id = $1 and person_id = $2 and state = 'arrived' and remittance_id is not null order by arrived_at`,
      [poolId, personId],
    );
    const movements: ShareMovement[] = [];
    const debts = new Map<BookId, Pence>();
    const facts = [];
    for (const share of shares) {
      const account = shareAccount(share);
      const rows = await this.balances.statementOf(tx, account, { limit: MOST_MOVEMENTS });
      movements.push(...rows.map((row) => ({ kind: row.kind, on: row.effectiveOn, change: row.change })).reverse());
      debts.set(share.bookId, (await this.balances.balanceOf(tx, { book: share.bookId, kind: 'receivable', subject: personId })).posted);
      facts.push({
        id: share.id,
        book: share.bookId,
        posted: (await this.balances.balanceOf(tx, account)).posted,
        setAside: open
          .filter((each) => each.account === accountIdOf(account))
          .map((each) => ({ reservation: each.id, purpose: each.purpose, forDay: each.forDay, left: each.left })),
      });
    }
    return {
      shares: facts,
      debts,
      changes: changesOf(
        movements,
        arrived.map((row) => row.amount),
      ),
    };
  }

  private async end(tx: Tx, actor: Actor, pool: PoolRow, member: MemberRow, statement: ExitStatement): Promise<void> {
    const edge = edgeOf('member', MEMBER, member.state, 'leave');
    await tx.run('update pool_member set state = $3, left_on = $4, notice_until = $5 where pool_id = $1 and person_id = $2 and state = any($6)', [
      pool.id,
      member.personId,
      edge.to,
      statement.leftOn,
      statement.noticeUntil,
      statesAllowing(MEMBER, 'leave'),
    ]);
    await tx.run(
      'insert into pool_exit (id, pool_id, person_id, left_on, notice_until, statement, returned_pence, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [newId(), pool.id, member.personId, statement.leftOn, statement.noticeUntil, JSON.stringify(exitJson(statement)), String(statement.toReturn), tx.now],
    );
    await writeHistory(tx, actor, [
      { poolId: pool.id, noun: 'member', nounId: member.personId, personId: member.personId, action: 'leave', from: member.state, to: edge.to },
    ]);
    await this.grants.end(tx, actor, { person: member.personId, role: 'member', id: pool.id, why: 'left the pool' });
    await this.agreements.settle(tx, actor, pool, await agreementInState(tx, pool.id, 'offered'));
    const staying = (await membersOf(tx, pool.id)).filter((each) => each.state !== 'left');
    if (staying.length > 0) return;
    const now = await lockPool(tx, pool.id);
    await this.changePool(tx, actor, now, now.state === 'active' || now.state === 'frozen' ? 'empty' : 'close');
  }

  /** A pool that everybody left is closed when its last share is empty. */
  private async closeIfEmpty(tx: Tx, actor: Actor, poolId: PoolId): Promise<void> {
    const pool = await lockPool(tx, poolId);
    if (pool.state !== 'closing') return;
    const figures = await this.balances.sharesOf(tx, poolId, (await shareRows(tx, poolId)).map(shareAccount));
    if ([...figures.values()].every((share) => share.posted === 0n)) await this.changePool(tx, actor, pool, 'close');
  }

  private async changePool(tx: Tx, actor: Actor, pool: PoolRow, action: 'empty' | 'close'): Promise<void> {
    const edge = edgeOf('pool', POOL, pool.state, action);
    await tx.run('update pool set state = $2 where id = $1 and state = any($3)', [pool.id, edge.to, statesAllowing(POOL, action)]);
    await writeHistory(tx, actor, [{ poolId: pool.id, noun: 'pool', nounId: pool.id, action, from: pool.state, to: edge.to }]);
    if (edge.event) await announce(tx, { name: edge.event, about: { pools: [pool.id] }, payload: { poolId: pool.id } });
  }

  /** Frees what notice does not need, then sends each share's free money home. */
  private async move(tx: Tx, actor: Actor, pool: PoolRow, personId: PersonId, statement: Pick<ExitStatement, 'freed' | 'returns'>): Promise<void> {
    const exit = { id: newId<'exit'>(), on: dayOf(tx.now) };
    await this.ledger.record(
      tx,
      releaseEntries(
        exit,
        statement.freed.map((each) => ({ book: each.book, reservation: each.reservation, amount: each.left })),
      ),
    );
    const shares = await shareRows(tx, pool.id, personId);
    for (const { share: id, amount } of statement.returns) await this.sendHome(tx, actor, exit, shares.find((share) => share.id === id)!, amount);
  }

  private async sendHome(tx: Tx, actor: Actor, exit: Parameters<typeof returnEntry>[0], share: ShareRow, amount: Pence): Promise<void> {
    if (share.bookId === share.lineBookId) {
      await this.ledger.record(tx, [returnEntry(exit, share, amount)]);
      return;
    }
    const book = await this.books.find(tx, share.bookId);
    await this.remittances.send(tx, actor, {
      from: shareAccount(share),
      to: lineAccountOf(share),
      amount,
      by: book?.basis === 'allocation' ? 'payer-file' : 'bank',
    });
  }
}

/** The member, or a representative; never a nominee or a broker. */
function requireLeave(actor: Actor, poolId: PoolId, personId: PersonId): void {
  if (personId === actor.id) requireAccess(actor, 'pool:leave', { pool: poolId });
  else requireAccess(actor, 'introduction:answer', { person: personId });
}
