import { Injectable } from '@nestjs/common';
import type { Actor, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { addDays, dayOf, edgeOf, forbidden, refused, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database, once } from '../../platform/index.js';
import { POOL } from '../pool.lifecycle.js';
import { findMember, lockPool, writeHistory } from '../pool.rows.js';
import type { PoolRow } from '../pool.rows.js';
import type { ExtendFreeze, FreezePool, ThawPool } from './freeze.dto.js';
import type { FreezeRow } from './freeze.rows.js';
import { freezeInForce, hasStoppedSince } from './freeze.rows.js';
import { checkExtension, LONGEST_DAYS } from './freeze.rules.js';
import type { Standing } from './freeze-standings.service.js';
import { FreezeStandings } from './freeze-standings.service.js';
import type { Frozen, Thawed } from './freeze-steps.service.js';
import { FreezeSteps } from './freeze-steps.service.js';

/** Stopping a pool, or one member's part of it: nothing new is bought or put in until after a last day; what was set aside goes on and what is
 *  owed is paid (features.md, C15). */
@Injectable()
export class Freezes {
  constructor(
    private readonly database: Database,
    private readonly standings: FreezeStandings,
    private readonly steps: FreezeSteps,
  ) {}

  /** Stops the whole pool. Whoever may set it up, for 28 days at a time; a member of a pool with a broker for 7, and not again within 28 days.
   *  Refuses: pool-is-… by its state, last-day-wrong, stopped-lately. */
  async freeze(actor: Actor, poolId: PoolId, command: FreezePool, key?: string): Promise<Frozen> {
    const standing = await this.standings.inGroup(actor, poolId, command.personId);
    return this.inPool(actor, poolId, 'pools.freeze', command, key, async (tx, pool) => {
      if (!standing.setsUp && (await hasStoppedSince(tx, poolId, actor.id, addDays(dayOf(tx.now), -LONGEST_DAYS))))
        throw refused('stopped-lately', 'You stopped this pool not long ago. Talk to your broker, who can stop it again.');
      return this.steps.begin(tx, actor, pool, { standing, reason: command.reason, lastDay: command.lastDay });
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
        return this.steps.begin(tx, actor, pool, { standing, reason: command.reason, lastDay: command.lastDay });
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
        tx.write('update pool_freeze set reason = $2, last_day = $3, warned_at = null where id = $1', [freeze.id, command.reason, command.lastDay]);
        await this.steps.write(tx, actor, { ...freeze, lastDay: command.lastDay }, 'extend', command.reason, standing.role);
        if (freeze.personId === null)
          await writeHistory(tx, actor, [{ poolId, noun: 'pool', nounId: poolId, action: 'extend-freeze', from: 'frozen', to: 'frozen' }]);
        await this.steps.tell(tx, freeze.personId === null ? 'poolFrozen' : 'partFrozen', { ...freeze, lastDay: command.lastDay });
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
      return this.steps.end(tx, actor, pool, freeze, { how: 'lifted', reason: command.reason, role: standing.role });
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
      async (tx, pool) =>
        this.steps.end(tx, actor, pool, await this.inForce(tx, poolId, standing), { how: 'lifted', reason: command.reason, role: standing.role }),
      standing.person,
    );
  }

  /** Stops the pool inside another command's transaction, which holds its lock. */
  async freezeIn(tx: Tx, actor: Actor, pool: PoolRow, command: { reason: string; lastDay?: LocalDate | undefined }): Promise<Frozen> {
    return this.steps.begin(tx, actor, pool, { standing: this.standings.asSetUp(actor, pool), ...command });
  }

  /** Ends every stop of a pool that is ending, or of a member who has left. The caller holds the pool's lock and sees the person. */
  async over(tx: Tx, actor: Actor, pool: PoolRow, person: PersonId | null): Promise<void> {
    for (const side of person === null ? (['group'] as const) : (['own', 'icb'] as const)) {
      const freeze = await freezeInForce(tx, pool.id, person, side);
      if (freeze)
        await this.steps.end(tx, actor, pool, freeze, {
          how: 'over',
          reason: person === null ? 'The pool is ending.' : 'The member has left the pool.',
          role: 'house',
        });
    }
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
}
