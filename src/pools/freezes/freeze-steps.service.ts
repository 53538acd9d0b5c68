import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, LocalDate, PoolId } from '../../kernel/index.js';
import { addDays, dayOf, edgeOf, newId, statesAllowing } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce } from '../../platform/index.js';
import type { PoolState } from '../pool.lifecycle.js';
import { POOL } from '../pool.lifecycle.js';
import type { PoolRow } from '../pool.rows.js';
import { membersOf, writeHistory } from '../pool.rows.js';
import { FREEZE } from './freeze.lifecycle.js';
import type { FreezeEnd, FreezeId, FreezeRow } from './freeze.rows.js';
import { BRAKE_DAYS, checkLastDay, LONGEST_DAYS, USUAL_DAYS } from './freeze.rules.js';
import type { Standing } from './freeze-standings.service.js';

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

/** The steps of a stop as they are written and told, whoever takes them: a person, a last day that is over, or what ends with a pool. */
@Injectable()
export class FreezeSteps {
  constructor(private readonly audit: Audit) {}

  /** A new stop. The caller holds the pool's lock. Refuses: last-day-wrong; pool-is-… by its state. */
  async begin(tx: Tx, actor: Actor, pool: PoolRow, what: { standing: Standing; reason: string; lastDay?: LocalDate | undefined }): Promise<Frozen> {
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
    tx.write(
      `insert into pool_freeze (id, pool_id, person_id, side, state, reason, owner, owner_role, began_at, began_on, last_day) values ($1, $2, $3, $4, 'in-force', $5, $6, $7, $8, $9, $10)`,
      [freeze.id, pool.id, freeze.personId, freeze.side, freeze.reason, freeze.owner, freeze.ownerRole, tx.now, today, lastDay],
    );
    await this.write(tx, actor, freeze, 'freeze', what.reason, standing.role);
    if (edge) await this.move(tx, actor, pool, 'freeze');
    else await tx.run('update pool_member set is_frozen = true where pool_id = $1 and person_id = $2', [pool.id, freeze.personId]);
    await this.tell(tx, isGroup ? 'poolFrozen' : 'partFrozen', freeze);
    return { poolId: pool.id, freezeId: freeze.id, state: edge?.to ?? pool.state, lastDay };
  }

  /** Ends a stop that is in force, whatever ended it. The caller holds the pool's lock. */
  async end(tx: Tx, actor: Actor, pool: PoolRow, freeze: FreezeRow, as: { how: FreezeEnd; reason: string; role: string }): Promise<Thawed> {
    const edge = edgeOf('freeze', FREEZE, freeze.state, 'thaw');
    tx.write('update pool_freeze set state = $2, ended_at = $3, ended_how = $4 where id = $1 and state = any($5)', [
      freeze.id,
      edge.to,
      tx.now,
      as.how,
      statesAllowing(FREEZE, 'thaw'),
    ]);
    await this.write(tx, actor, freeze, 'thaw', as.reason, as.role);
    const goesOn = freeze.personId === null && as.how !== 'over';
    if (goesOn) await this.move(tx, actor, pool, 'unfreeze');
    if (freeze.personId !== null)
      tx.write(
        `update pool_member m set is_frozen = exists (select 1 from pool_freeze f where f.pool_id = m.pool_id and f.person_id = m.person_id and f.state = 'in-force')
         where pool_id = $1 and person_id = $2`,
        [pool.id, freeze.personId],
      );
    if (as.how !== 'over') await this.tell(tx, freeze.personId === null ? 'poolUnfrozen' : 'partUnfrozen', freeze);
    return { poolId: pool.id, state: goesOn ? 'active' : pool.state };
  }

  private async move(tx: Tx, actor: Actor, pool: PoolRow, action: 'freeze' | 'unfreeze'): Promise<void> {
    const edge = edgeOf('pool', POOL, pool.state, action);
    tx.write('update pool set state = $2 where id = $1 and state = any($3)', [pool.id, edge.to, statesAllowing(POOL, action)]);
    await writeHistory(tx, actor, [{ poolId: pool.id, noun: 'pool', nounId: pool.id, action, from: pool.state, to: edge.to }]);
  }

  /** What was said of a stop, and by whom. */
  async write(tx: Tx, actor: Actor, freeze: FreezeRow, action: 'freeze' | 'extend' | 'thaw', reason: string, role: string): Promise<void> {
    tx.write(
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

  async tell(tx: Tx, name: string, freeze: FreezeRow): Promise<void> {
    const { poolId, personId, lastDay } = freeze;
    const people = personId === null ? (await membersOf(tx, poolId)).filter((member) => member.state !== 'left').map((member) => member.personId) : [personId];
    await announce(tx, {
      name,
      about: { pools: [poolId], people },
      payload: { poolId, freezeId: freeze.id, lastDay, ...(personId === null ? {} : { personId }) },
    });
  }
}
