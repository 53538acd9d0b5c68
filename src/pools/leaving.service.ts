import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, LocalDate, Pence, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, NO_PENCE, notFound, penceAsNumber, sumPence, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { Departures } from './departures.service.js';
import { leavingEntries } from './going-home.entries.js';
import { GoingHome } from './going-home.service.js';
import type { LeavePool } from './pool.dto.js';
import { OwnMoneyHome } from './own-money/own-money-home.service.js';
import { PoolEnding } from './pool-ending.service.js';
import type { ExitStatement } from './pool-exit.rules.js';
import { shareFreed } from './pool.events.js';
import { exitStatement, leftovers } from './pool-exit.rules.js';
import { MEMBER } from './pool.lifecycle.js';
import type { PoolRow } from './pool.rows.js';
import { agreementInState, booksOf, findMember, lockPool, shareRows } from './pool.rows.js';
import { exitJson } from './pool-exit.views.js';
import type { ExitJson } from './pool-exit.views.js';
import { noticeOn } from './terms.rules.js';

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
    private readonly goingHome: GoingHome,
    private readonly departures: Departures,
    private readonly ending: PoolEnding,
    private readonly audit: Audit,
    private readonly ownMoney: OwnMoneyHome,
  ) {}

  /** Leaves today, for oneself or as a person's representative. What falls within notice stays set aside; the rest of the share goes back
   *  to the member's own line at once, or by a remittance when the line is in another book. Refuses: member-is-left. */
  async leave(actor: Actor, poolId: PoolId, command: LeavePool, key?: string): Promise<Left> {
    const personId = command.personId ?? (actor.id as PersonId);
    requireLeave(actor, poolId, personId);
    const books = await this.booksOf(poolId, personId);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [personId], books }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.leave', input: { poolId, ...command } }, () =>
        this.leaveNow(tx, actor, poolId, personId, books),
      ),
    );
  }

  /** The leaving itself, whoever it was that ended the membership. The caller authorised it; the transaction sees pool, person and books. Refuses: member-is-left. */
  async leaveNow(tx: Tx, actor: Actor, poolId: PoolId, personId: PersonId, seen: readonly BookId[]): Promise<Left> {
    const pool = await lockPool(tx, poolId);
    // A share may have come into being while this one waited for its turn: a round of pledges was called.
    const books = [...new Set([...seen, ...booksOf(await shareRows(tx, poolId, personId))])];
    if (books.length > seen.length) await tx.alsoSee({ books });
    const member = await findMember(tx, poolId, personId);
    if (!member) throw notFound('The pool');
    const statement = await this.statement(tx, pool, personId, dayOf(tx.now));
    await this.departures.depart(tx, actor, pool, member, statement, 'left');
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
  }

  /** The exit statement for leaving on `day`, with nothing changed. The transaction sees pool, person and the books of their shares. */
  async statement(tx: Tx, pool: PoolRow, personId: PersonId, day: LocalDate): Promise<ExitStatement> {
    const agreement = await agreementInState(tx, pool.id, 'in-force');
    return exitStatement(await this.goingHome.factsOf(tx, pool.id, personId), day, noticeOn(agreement?.terms, day));
  }

  /** After someone left: what has become free since (a session that cost less, a refund, money that arrived late) goes to their line too.
   *  Safe to call at any time; does nothing for members who stay. The transaction sees pool, person and books. */
  async returnRest(tx: Tx, actor: Actor, poolId: PoolId, personId: PersonId): Promise<Pence> {
    await lockPool(tx, poolId);
    const member = await findMember(tx, poolId, personId);
    if (member?.state !== 'left') return NO_PENCE;
    const returns = leftovers(await this.goingHome.factsOf(tx, poolId, personId));
    const shares = await shareRows(tx, poolId, personId);
    await this.goingHome.send(tx, actor, leavingEntries, shares, { freed: [], returns });
    await this.ownMoney.send(tx, actor, shares, returns);
    await this.ending.closeIfEmpty(tx, actor, poolId);
    return sumPence(returns.map((each) => each.amount));
  }

  /** A refund reached the share of somebody who has left since: asks for it to be sent home, with the scope that needs. */
  async askForRest(tx: Tx, poolId: PoolId, personId: PersonId): Promise<void> {
    const member = await findMember(tx, poolId, personId);
    if (member?.state !== 'left') return;
    for (const share of (await shareRows(tx, poolId, personId)).slice(-1)) await announce(tx, shareFreed(share));
  }

  /** A debt in a book was paid back: what it blocked in the shares of somebody who has left since goes home as well. The transaction sees
   *  the person. */
  async askForUnblocked(tx: Tx, book: BookId, personId: PersonId): Promise<void> {
    const left = await tx.rows<{ pool: PoolId }>(
      `select distinct s.pool_id as pool from pool_share s join pool_member m using (pool_id, person_id) where s.person_id = $1 and s.book_id = $2 and m.state = 'left'`,
      [personId, book],
    );
    for (const { pool } of left) await this.askForRest(tx, pool, personId);
  }

  /** The books a person's shares and lines lie in: the scope that leaving needs. */
  async booksOf(poolId: PoolId, personId: PersonId): Promise<BookId[]> {
    const shares = await this.database.read(systemActor('pools', { pools: [poolId], people: [personId] }), (tx) => shareRows(tx, poolId, personId));
    return booksOf(shares);
  }
}

/** The member, or a representative; never a nominee or a broker. */
export function requireLeave(actor: Actor, poolId: PoolId, personId: PersonId): void {
  if (personId === actor.id) requireAccess(actor, 'pool:leave', { pool: poolId });
  else requireAccess(actor, 'pool:leave', { person: personId });
}
