import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, Grants } from '../identity/index.js';
import type { Actor, PersonId, PoolId } from '../kernel/index.js';
import { forbidden, refused, systemActor } from '../kernel/index.js';
import { Database, once } from '../platform/index.js';
import { BROKERS } from './pools.service.js';
import { lockPool, membersOf, writeHistory } from './pool.rows.js';

/** A broker for a pool that has none, or whose broker cannot lead a talk. */
@Injectable()
export class PoolBrokers {
  constructor(
    private readonly database: Database,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /** Takes a pool on whose members have each appointed this broker for pools; whoever was its broker before no longer is. Refuses: not-everybody-asked,
   *  pool-is-over; forbidden who is broker of none of them. Our judgement, November 2026. */
  async takeOn(actor: Actor, poolId: PoolId, key?: string): Promise<{ poolId: PoolId; brokerId: PersonId }> {
    const broker = actor.id as PersonId;
    const asked = (person: PersonId): boolean =>
      can(actor, 'pool:propose', { person }) && actor.grants.some((grant) => BROKERS.includes(grant.role) && grant.id === person);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [broker] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.take-on', input: { poolId } }, async () => {
        const pool = await lockPool(tx, poolId);
        const members = (await membersOf(tx, poolId)).filter((member) => member.state !== 'left');
        if (!members.some((member) => asked(member.personId))) throw forbidden();
        if (pool.state === 'closing' || pool.state === 'closed') throw refused('pool-is-over', 'This pool has ended.');
        const missing = members.filter((member) => !asked(member.personId)).length;
        if (missing > 0 || members.some((member) => member.personId === broker))
          throw refused('not-everybody-asked', 'Every member has to name you to help them with pools, and you cannot be one of them.');
        if (pool.brokerId === broker) return { poolId, brokerId: broker };
        if (pool.brokerId) {
          await tx.alsoSee({ people: [pool.brokerId] });
          await this.grants.end(tx, actor, { person: pool.brokerId, role: 'pool-broker', id: poolId, why: 'another broker took the pool on' });
        }
        tx.write('update pool set broker_id = $2 where id = $1', [poolId, broker]);
        await this.grants.give(tx, actor, { person: broker, role: 'pool-broker', on: 'pool', id: poolId, reason: 'appointed by every member' });
        await writeHistory(tx, actor, [{ poolId, noun: 'pool', nounId: poolId, action: 'take-on', from: pool.state, to: pool.state }]);
        await this.audit.record(tx, actor, { action: 'pool:take-on', noun: 'pool', nounId: poolId, pool: poolId });
        return { poolId, brokerId: broker };
      }),
    );
  }
}
