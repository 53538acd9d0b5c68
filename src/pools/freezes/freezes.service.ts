import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { addDays, dayOf, edgeOf, forbidden, newId, refused, statesAllowing, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import type { PoolState } from '../pool.lifecycle.js';
import { POOL } from '../pool.lifecycle.js';
import { eachKnownPools, findMember, lockPool, membersOf, writeHistory } from '../pool.rows.js';
import type { PoolRow } from '../pool.rows.js';
import type { ExtendFreeze, FreezePool, ThawPool } from './freeze.dto.js';
import { FREEZE } from './freeze.lifecycle.js';
import type { FreezeEnd, FreezeId, FreezeRow } from './freeze.rows.js';
import { freezeInForce, freezesDue, freezesOf } from './freeze.rows.js';
import { BRAKE_DAYS, checkExtension, checkLastDay, LONGEST_DAYS, USUAL_DAYS, WARN_DAYS } from './freeze.rules.js';
import type { Standing } from './freeze-standings.service.js';
import { FreezeStandings } from './freeze-standings.service.js';

export interface Frozen {
  readonly poolId: PoolId;
  readonly freezeId: FreezeId;
  readonly state: PoolState;
  readonly lastDay: LocalDate;
}

export interface Thawed {
  readonly poolId: PoolId;
  readonly state: PoolState;
}

/** Stopping a pool, or one member's part of it: nothing new is bought or put in until after a last day; what was set aside goes on and what is
 *  owed is paid (features.md, C15). */
@Injectable()
export class Freezes {
  constructor(
    private readonly database: Database,
    private readonly standings: FreezeStandings,
    private readonly audit: Audit,
  ) {}

  /** Stops the whole pool. Whoever may set it up, for 28 days at a time; a member of a pool with a broker for 7, and not again within 28 days.
   *  Refuses: pool-is-… by its state, last-day-wrong, stopped-lately. */
  async freeze(actor: Actor, poolId: PoolId, command: FreezePool, key?: string): Promise<Frozen> {
    const standing = await this.standings.inGroup(actor, poolId, command.personId);
    return this.inPool(actor, poolId, 'pools.freeze', command, key, async (tx, pool) => {
      if (!standing.setsUp && (await this.stoppedLately(tx, poolId, actor.id)))
        throw refused('stopped-lately', 'You stopped this pool not long ago. Talk to your broker, who can stop it again.');
      return this.begin(tx, actor, pool, { standing, reason: command.reason, lastDay: command.lastDay });
    });
  }

  /** Stops one member's part: by the member, who represents them, or the board that is responsible for them. The others go on without it, and
   *  never pay it. Refuses: part-is-frozen, not-a-member, last-day-wrong. */
  async freezePart(actor: Actor, poolId: PoolId, command: FreezePool, key?: string): Promise<Frozen> {
    const standing = await this.standings.ofPart(actor, poolId, command.personId);
    return this.inPool(
      actor,
      poolId,
      'pools.freeze-part',
      command,
      key,
      async (tx, pool) => {
        const member = await findMember(tx, poolId, standing.person);
        if (member?.state !== 'member' || pool.state === 'closing' || pool.state === 'closed')
          throw refused('not-a-member', 'Only the part of somebody who is in the pool can be stopped.');
        if (await freezeInForce(tx, poolId, standing.person, standing.side))
          throw refused('part-is-frozen', 'This part is stopped already. You can make that longer.');
        return this.begin(tx, actor, pool, { standing, reason: command.reason, lastDay: command.lastDay });
      },
      standing.person,
    );
  }

  /** Makes a stop longer, for a new reason. Refuses: not-frozen, last-day-wrong, freeze-too-long; forbidden to a member where there is a broker. */
  async extend(actor: Actor, poolId: PoolId, of: 'pool' | 'part', command: ExtendFreeze, key?: string): Promise<Frozen> {
    const standing = await this.standings.of(actor, poolId, of, command.personId);
    if (!standing.setsUp) throw forbidden('The broker of this pool can make it longer. Tell them why you think so.');
    return this.inPool(
      actor,
      poolId,
      'pools.extend-freeze',
      { of, ...command },
      key,
      async (tx, pool) => {
        const freeze = await this.inForce(tx, poolId, standing);
        checkExtension(freeze, command.lastDay, dayOf(tx.now), LONGEST_DAYS);
        await tx.run('update pool_freeze set reason = $2, last_day = $3, warned_at = null where id = $1', [freeze.id, command.reason, command.lastDay]);
        await this.step(tx, actor, { ...freeze, lastDay: command.lastDay }, 'extend', command.reason, standing.role);
        if (freeze.personId === null)
          await writeHistory(tx, actor, [{ poolId, noun: 'pool', nounId: poolId, action: 'extend-freeze', from: 'frozen', to: 'frozen' }]);
        await this.tell(tx, freeze.personId === null ? 'poolFrozen' : 'partFrozen', { ...freeze, lastDay: command.lastDay });
        return { poolId, freezeId: freeze.id, state: pool.state, lastDay: command.lastDay };
      },
      standing.side === 'group' ? undefined : standing.person,
    );
  }

  /** Ends the stop of the pool before its last day: by whoever may set it up, or who stopped it. Refuses: pool-is-… by its state. */
  async unfreeze(actor: Actor, poolId: PoolId, command: ThawPool, key?: string): Promise<Thawed> {
    const standing = await this.standings.inGroup(actor, poolId, command.personId);
    return this.inPool(actor, poolId, 'pools.unfreeze', command, key, async (tx, pool) => {
      edgeOf('pool', POOL, pool.state, 'unfreeze');
      const freeze = await this.inForce(tx, poolId, standing);
      if (!standing.setsUp && freeze.owner !== actor.id) throw forbidden('Whoever stopped the pool, or its broker, can end it before its last day.');
      return this.end(tx, actor, pool, freeze, { how: 'lifted', reason: command.reason, role: standing.role });
    });
  }

  /** Ends the stop of a part before its last day, from the side that made it. Refuses: not-frozen. */
  async unfreezePart(actor: Actor, poolId: PoolId, command: ThawPool, key?: string): Promise<Thawed> {
    const standing = await this.standings.ofPart(actor, poolId, command.personId);
    return this.inPool(
      actor,
      poolId,
      'pools.unfreeze-part',
      command,
      key,
      async (tx, pool) => this.end(tx, actor, pool, await this.inForce(tx, poolId, standing), { how: 'lifted', reason: command.reason, role: standing.role }),
      standing.person,
    );
  }

  /** Stops the pool inside another command's transaction, which holds its lock. */
  async freezeIn(tx: Tx, actor: Actor, pool: PoolRow, command: { reason: string; lastDay?: LocalDate | undefined }): Promise<Frozen> {
    return this.begin(tx, actor, pool, { standing: this.standings.asSetUp(actor, pool), ...command });
  }

  /** Ends every stop of a pool that is ending, or of a member who has left. The caller holds the pool's lock and sees the person. */
  async over(tx: Tx, actor: Actor, pool: PoolRow, person: PersonId | null): Promise<void> {
    for (const side of person === null ? (['group'] as const) : (['own', 'icb'] as const)) {
      const freeze = await freezeInForce(tx, pool.id, person, side);
      if (freeze)
        await this.end(tx, actor, pool, freeze, {
          how: 'over',
          reason: person === null ? 'The pool is ending.' : 'The member has left the pool.',
          role: 'house',
        });
    }
  }

  /** Ends what is past its last day in London, and tells people of what is about to end. Safe to run twice, and beside itself: each is looked at again
   *  under its pool's lock. Answers how many ended. */
  async thawDue(today: LocalDate): Promise<number> {
    let ended = 0;
    for await (const pools of eachKnownPools(this.database)) for (const due of await this.due(pools, today)) ended += Number(await this.look(due, today));
    return ended;
  }

  private async due(pools: readonly PoolId[], today: LocalDate): Promise<FreezeRow[]> {
    const people = await this.database.read(systemActor('pools.freezes', { pools }), (tx) =>
      tx.rows<{ id: PersonId }>('select distinct person_id as id from pool_member where pool_id = any($1) and is_frozen', [pools]),
    );
    const ids = people.map((row) => row.id);
    return this.database.read(systemActor('pools.freezes', { pools, people: ids }), (tx) => freezesDue(tx, pools, ids, today, addDays(today, WARN_DAYS)));
  }

  private look(due: FreezeRow, today: LocalDate): Promise<boolean> {
    const actor = systemActor('pools.freezes', { pools: [due.poolId], people: due.personId === null ? [] : [due.personId] });
    return this.database.transaction(actor, async (tx) => {
      const pool = await lockPool(tx, due.poolId);
      const freeze = await freezeInForce(tx, due.poolId, due.personId, due.side);
      if (freeze?.id !== due.id) return false;
      if (freeze.lastDay < today) {
        await this.end(tx, actor, pool, freeze, { how: 'expired', reason: 'Its last day is over.', role: 'house' });
        return true;
      }
      if (freeze.lastDay > addDays(today, WARN_DAYS)) return false;
      const warned = await tx.run('update pool_freeze set warned_at = $2 where id = $1 and warned_at is null', [freeze.id, tx.now]);
      if (warned > 0) await this.tell(tx, freeze.personId === null ? 'poolFreezeEnding' : 'partFreezeEnding', freeze);
      return false;
    });
  }

  private inPool<Answer>(
    actor: Actor,
    poolId: PoolId,
    command: string,
    input: object,
    key: string | undefined,
    work: (tx: Tx, pool: PoolRow) => Promise<Answer>,
    person?: PersonId,
  ): Promise<Answer> {
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: person === undefined ? [] : [person] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command, input: { poolId, ...input } }, async () => work(tx, await lockPool(tx, poolId))),
    );
  }

  private async inForce(tx: Tx, pool: PoolId, standing: Standing): Promise<FreezeRow> {
    const freeze = await freezeInForce(tx, pool, standing.side === 'group' ? null : standing.person, standing.side);
    if (!freeze) throw refused('not-frozen', 'Nothing is stopped here that you could change.');
    return freeze;
  }

  /** Whether this member, who is not the broker, stopped the pool in the last 28 days. */
  private async stoppedLately(tx: Tx, pool: PoolId, person: string): Promise<boolean> {
    const rows = await freezesOf(tx, pool, []);
    return rows.some((freeze) => freeze.owner === person && freeze.beganOn > addDays(dayOf(tx.now), -LONGEST_DAYS));
  }

  private async begin(tx: Tx, actor: Actor, pool: PoolRow, what: { standing: Standing; reason: string; lastDay?: LocalDate | undefined }): Promise<Frozen> {
    const { standing } = what;
    const today = dayOf(tx.now);
    const longest = standing.setsUp ? LONGEST_DAYS : BRAKE_DAYS;
    const lastDay = what.lastDay ?? addDays(today, Math.min(USUAL_DAYS, longest));
    const isGroup = standing.side === 'group';
    const edge = isGroup ? edgeOf('pool', POOL, pool.state, 'freeze') : undefined;
    checkLastDay(lastDay, today, longest);
    const freeze: FreezeRow = {
      id: newId<'freeze'>(),
      poolId: pool.id,
      personId: isGroup ? null : standing.person,
      side: standing.side,
      state: 'in-force',
      reason: what.reason,
      owner: actor.id,
      ownerRole: standing.role,
      beganOn: today,
      lastDay,
      endedAt: null,
      endedHow: null,
    };
    await tx.run(
      `insert into pool_freeze (id, pool_id, person_id, side, state, reason, owner, owner_role, began_at, began_on, last_day) values ($1, $2, $3, $4, 'in-force', $5, $6, $7, $8, $9, $10)`,
      [freeze.id, pool.id, freeze.personId, freeze.side, freeze.reason, freeze.owner, freeze.ownerRole, tx.now, today, lastDay],
    );
    await this.step(tx, actor, freeze, 'freeze', what.reason, standing.role);
    if (edge) await this.move(tx, actor, pool, 'freeze');
    else await tx.run('update pool_member set is_frozen = true where pool_id = $1 and person_id = $2', [pool.id, freeze.personId]);
    await this.tell(tx, isGroup ? 'poolFrozen' : 'partFrozen', freeze);
    return { poolId: pool.id, freezeId: freeze.id, state: edge?.to ?? pool.state, lastDay };
  }

  private async end(tx: Tx, actor: Actor, pool: PoolRow, freeze: FreezeRow, as: { how: FreezeEnd; reason: string; role: string }): Promise<Thawed> {
    const edge = edgeOf('freeze', FREEZE, freeze.state, 'thaw');
    await tx.run('update pool_freeze set state = $2, ended_at = $3, ended_how = $4 where id = $1 and state = any($5)', [
      freeze.id,
      edge.to,
      tx.now,
      as.how,
      statesAllowing(FREEZE, 'thaw'),
    ]);
    await this.step(tx, actor, freeze, 'thaw', as.reason, as.role);
    const goesOn = freeze.personId === null && as.how !== 'over';
    if (goesOn) await this.move(tx, actor, pool, 'unfreeze');
    if (freeze.personId !== null)
      await tx.run(
        `update pool_member m set is_frozen = exists (select 1 from pool_freeze f where f.pool_id = m.pool_id and f.person_id = m.person_id and f.state = 'in-force')
         where pool_id = $1 and person_id = $2`,
        [pool.id, freeze.personId],
      );
    if (as.how !== 'over') await this.tell(tx, freeze.personId === null ? 'poolUnfrozen' : 'partUnfrozen', freeze);
    return { poolId: pool.id, state: goesOn ? 'active' : pool.state };
  }

  private async move(tx: Tx, actor: Actor, pool: PoolRow, action: 'freeze' | 'unfreeze'): Promise<void> {
    const edge = edgeOf('pool', POOL, pool.state, action);
    await tx.run('update pool set state = $2 where id = $1 and state = any($3)', [pool.id, edge.to, statesAllowing(POOL, action)]);
    await writeHistory(tx, actor, [{ poolId: pool.id, noun: 'pool', nounId: pool.id, action, from: pool.state, to: edge.to }]);
  }

  private async step(tx: Tx, actor: Actor, freeze: FreezeRow, action: 'freeze' | 'extend' | 'thaw', reason: string, role: string): Promise<void> {
    await tx.run(
      'insert into pool_freeze_step (id, freeze_id, pool_id, person_id, action, reason, by, role, last_day, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      [newId(), freeze.id, freeze.poolId, freeze.personId, action, reason, actor.id, role, freeze.lastDay, tx.now],
    );
    const of = freeze.personId === null ? 'pool' : 'part';
    await this.audit.record(tx, actor, {
      action: of === 'pool' ? `pool:${action === 'thaw' ? 'unfreeze' : action === 'extend' ? 'extend-freeze' : 'freeze'}` : `part:${action}`,
      noun: 'freeze',
      nounId: freeze.id,
      pool: freeze.poolId,
      why: reason,
      ...(freeze.personId === null ? {} : { about: freeze.personId }),
    });
  }

  private async tell(tx: Tx, name: string, freeze: FreezeRow): Promise<void> {
    const { poolId, personId, lastDay } = freeze;
    const people = personId === null ? (await membersOf(tx, poolId)).filter((member) => member.state !== 'left').map((member) => member.personId) : [personId];
    await announce(tx, {
      name,
      about: { pools: [poolId], people },
      payload: { poolId, freezeId: freeze.id, lastDay, ...(personId === null ? {} : { personId }) },
    });
  }
}
