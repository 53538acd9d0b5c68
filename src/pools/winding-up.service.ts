import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, BookId, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, penceAsNumber, refused, sumPence, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { Departures } from './departures.service.js';
import { FunderShares } from './funder-shares.service.js';
import { GoingHome } from './going-home.service.js';
import { requireLeave } from './leaving.service.js';
import { booksOfFunders, PoolEnding } from './pool-ending.service.js';
import type { LeavePool } from './pool.dto.js';
import { exitStatement } from './pool-exit.rules.js';
import type { MemberRow, PoolRow } from './pool.rows.js';
import { booksOf, lockPool, membersNow, membersOf, shareRows, writeHistory } from './pool.rows.js';

export interface WoundUp {
  readonly poolId: PoolId;
  readonly state: string;
  readonly saidYes: number;
  readonly members: number;
}

/** Ending a pool together (domain 2.3): providers are paid for what was held, what is left goes home, and everybody has a final statement. */
@Injectable()
export class WindingUp {
  constructor(
    private readonly database: Database,
    private readonly goingHome: GoingHome,
    private readonly departures: Departures,
    private readonly ending: PoolEnding,
    private readonly funderShares: FunderShares,
    private readonly audit: Audit,
  ) {}

  /** A member's yes to ending the pool, or one by their representative. With the last yes it happens: sessions to come are freed, what was
   *  held and not invoiced stays set aside, and the rest goes home without notice. Refuses: pool-not-active, not-a-member, said-yes-already. */
  async agree(actor: Actor, poolId: PoolId, command: LeavePool, key?: string): Promise<WoundUp> {
    const personId = command.personId ?? (actor.id as PersonId);
    requireLeave(actor, poolId, personId);
    return this.database.transaction(systemActor('pools', await this.scopeOf(poolId)), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.windUp', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        if (pool.state !== 'active' && pool.state !== 'frozen') throw refused('pool-not-active', 'This pool has not begun, or is over.');
        const members = membersNow(await membersOf(tx, poolId));
        if (!members.includes(personId)) throw refused('not-a-member', 'Only members can decide to end the pool.');
        const saidYes = await this.sayYes(tx, actor, poolId, personId);
        const isAll = members.every((member) => saidYes.includes(member));
        if (isAll) await this.windUp(tx, actor, pool);
        await this.audit.record(tx, actor, { action: 'pool:wind-up', noun: 'pool', nounId: poolId, pool: poolId, facts: { done: isAll ? 'yes' : 'no' } });
        const { state } = await lockPool(tx, poolId);
        return { poolId, state, saidYes: members.filter((member) => saidYes.includes(member)).length, members: members.length };
      }),
    );
  }

  /** Whoever had not said yes has left: what all the others agreed to happens. Safe to call at any time; the transaction sees the pool, and from
   *  here on all of it. */
  async endIfAgreed(tx: Tx, actor: Actor, poolId: PoolId): Promise<void> {
    if (!(await tx.row('select 1 from wind_up_yes where pool_id = $1', [poolId]))) return;
    await tx.alsoSee(await this.scopeOf(poolId));
    const pool = await lockPool(tx, poolId);
    if (pool.state !== 'active' && pool.state !== 'frozen') return;
    const members = membersNow(await membersOf(tx, poolId));
    const saidYes = await whoSaidYes(tx, poolId);
    if (members.length > 0 && members.every((member) => saidYes.includes(member))) await this.windUp(tx, actor, pool);
  }

  private async windUp(tx: Tx, actor: Actor, pool: PoolRow): Promise<void> {
    await writeHistory(tx, actor, [{ poolId: pool.id, noun: 'pool', nounId: pool.id, action: 'wind-up', from: pool.state, to: 'closing' }]);
    for (const member of await membersOf(tx, pool.id)) if (member.state !== 'left') await this.sendHome(tx, actor, pool, member);
    await this.funderShares.freeSessionsToCome(tx, pool.id, dayOf(tx.now));
    await this.funderShares.giveBackDue(tx, actor, pool.id);
    await this.ending.closeIfEmpty(tx, actor, pool.id);
  }

  private async sendHome(tx: Tx, actor: Actor, pool: PoolRow, member: MemberRow): Promise<void> {
    const statement = exitStatement(await this.goingHome.factsOf(tx, pool.id, member.personId), dayOf(tx.now), 0);
    await this.departures.depart(tx, actor, pool, member, statement, 'wound-up');
    const shares = await shareRows(tx, pool.id, member.personId);
    await announce(tx, {
      name: 'memberLeft',
      about: { pools: [pool.id], people: [member.personId], books: booksOf(shares) },
      payload: {
        poolId: pool.id,
        personId: member.personId,
        returnedPence: penceAsNumber(sumPence(statement.returns.map((each) => each.amount))),
        noticeUntil: statement.noticeUntil,
      },
    });
  }

  private async sayYes(tx: Tx, actor: Actor, poolId: PoolId, personId: PersonId): Promise<PersonId[]> {
    const said = await tx.run('insert into wind_up_yes (pool_id, person_id, said_by, at) values ($1, $2, $3, $4) on conflict do nothing', [
      poolId,
      personId,
      actor.id,
      tx.now,
    ]);
    if (said === 0) throw refused('said-yes-already', 'This yes was said before. The pool ends when everybody has said it.');
    return whoSaidYes(tx, poolId);
  }

  /** Everybody and every book, since the last yes moves all of it. */
  private async scopeOf(poolId: PoolId): Promise<{ pools: PoolId[]; people: PersonId[]; books: BookId[] }> {
    return this.database.read(systemActor('pools', { pools: [poolId] }), async (tx) => {
      const shares = await shareRows(tx, poolId);
      return {
        pools: [poolId],
        people: (await membersOf(tx, poolId)).map((member) => member.personId),
        books: [...new Set([...booksOf(shares), ...(await booksOfFunders(tx, poolId))])],
      };
    });
  }
}

const whoSaidYes = async (tx: Tx, poolId: PoolId): Promise<PersonId[]> =>
  (await tx.rows<{ person: PersonId }>('select person_id as person from wind_up_yes where pool_id = $1', [poolId])).map((row) => row.person);
