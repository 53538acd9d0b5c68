import { Injectable } from '@nestjs/common';
import { can, People, requireAccess, ROLES } from '../../identity/index.js';
import type { Actor, PersonId, PoolId } from '../../kernel/index.js';
import { notFound, refused, systemActor } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';
import type { PoolRow } from '../pool.rows.js';
import { findMember, findPool } from '../pool.rows.js';
import { requireSetUp } from '../pools.service.js';
import { PoolSeats } from '../seats.service.js';
import type { FreezeSide } from './freeze.rules.js';

/** As what somebody stops a pool or a part of it, or lets it go on. */
export interface Standing {
  /** Whose part; for a pool, who stops it or for whom somebody does. */
  readonly person: PersonId;
  readonly side: FreezeSide;
  /** In words, as the members read it. */
  readonly role: string;
  /** May stop for longer, and extend. */
  readonly setsUp: boolean;
}

const PERMISSION = 'pool-part:freeze';

/** Who may stop what. A whole pool: its broker, or any member and who represents one. One member's part: the member, who represents them, or the board
 *  responsible for them (its co-ordinators and its safeguarding lead); never a nominee, a broker or another member. Our judgement, November 2026. */
@Injectable()
export class FreezeStandings {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly seats: PoolSeats,
  ) {}

  of(actor: Actor, pool: PoolId, what: 'pool' | 'part', person?: PersonId): Promise<Standing> {
    return what === 'pool' ? this.inGroup(actor, pool, person) : this.ofPart(actor, pool, person);
  }

  /** Refuses: not-a-member. */
  async inGroup(actor: Actor, poolId: PoolId, person?: PersonId): Promise<Standing> {
    const house = systemActor('pools', { pools: [poolId] });
    const pool = await this.database.read(house, (tx) => findPool(tx, poolId));
    if (can(actor, 'pool:set-up', { pool: poolId })) return this.asSetUp(actor, pool);
    const seat = await this.seats.of(actor, poolId, 'pool:assent', person);
    // Who was asked to join and has not agreed stops nobody.
    const member = await this.database.read(house, (tx) => findMember(tx, poolId, seat.person));
    if (member?.state !== 'member') throw refused('not-a-member', 'Only members who agreed can stop the pool, or let it go on.');
    return { person: seat.person, side: 'group', role: seat.isOwn ? 'a member' : `a member’s ${seat.as}`, setsUp: pool.brokerId === null };
  }

  /** Of whoever may set the pool up. Refuses with 404 or 403. */
  asSetUp(actor: Actor, pool: PoolRow): Standing {
    requireSetUp(actor, pool);
    const role = actor.kind === 'system' ? 'Commonpurse' : can(actor, 'pool:set-up', { pool: pool.id }) ? 'the broker' : 'a member';
    return { person: actor.id as PersonId, side: 'group', role, setsUp: true };
  }

  async ofPart(actor: Actor, pool: PoolId, person: PersonId = actor.id as PersonId): Promise<Standing> {
    if (person === actor.id) {
      requireAccess(actor, 'pool:assent', { pool });
      return { person, side: 'own', role: 'the member', setsUp: true };
    }
    if (can(actor, 'pool:assent', { person })) {
      const seat = await this.seats.of(actor, pool, 'pool:assent', person);
      return { person, side: 'own', role: `the member’s ${seat.as}`, setsUp: true };
    }
    return { person, side: 'icb', role: await this.roleAtBoard(actor, pool, person), setsUp: true };
  }

  private async roleAtBoard(actor: Actor, pool: PoolId, person: PersonId): Promise<string> {
    const icb = await this.database.read(actor, (tx) => this.people.icbOf(tx, person));
    if (!icb) throw notFound('The person');
    requireAccess(actor, PERMISSION, { icb });
    const member = await this.database.read(systemActor('pools', { pools: [pool], people: [person] }), (tx) => findMember(tx, pool, person));
    if (!member) throw notFound('The pool');
    const grant = actor.grants.find((each) => each.on === 'icb' && each.id === icb && can({ ...actor, grants: [each] }, PERMISSION, { icb }))!;
    return `the ${ROLES[grant.role as keyof typeof ROLES].words} of the NHS team`;
  }
}
