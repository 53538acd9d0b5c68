import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, requireAccess, ROLES } from '../identity/index.js';
import type { Actor, PersonId, PoolId } from '../kernel/index.js';
import { forbidden, joinScopes, notFound, refused, scopeOf, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { MemberRow } from './pool.rows.js';
import { membersNow } from './pool.rows.js';

/** From whose place somebody looks at a pool, or acts in it. */
export interface Seat {
  /** The member; for the pool's broker, who has no place in it, the broker. */
  readonly person: PersonId;
  /** False when the actor holds this person's authority to act: as a representative, or for money as a nominee. */
  readonly isOwn: boolean;
  /** `representative`; undefined at one's own place. */
  readonly as?: string;
}

/** Places in pools. A representative or nominee stands at the place of the person they act for, by a grant that somebody gave for a
 *  reason: never from kinship (RULE 5). What they may do there is what their role says. */
@Injectable()
export class PoolSeats {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** The actor's place: their own, unless another's is named or they have none. Of several people in one pool for whom they act, the one
   *  who joined first. Refuses: not-found who has no place there; forbidden where their authority does not cover the permission. */
  async of(actor: Actor, pool: PoolId, permission: string, person?: PersonId): Promise<Seat> {
    const isMine = person === undefined ? actor.grants.some((grant) => grant.on === 'pool' && grant.id === pool) : person === actor.id;
    if (isMine) {
      if (can(actor, permission, { pool })) return { person: actor.id as PersonId, isOwn: true };
      throw actor.grants.some((grant) => grant.on === 'pool' && grant.id === pool) ? forbidden() : notFound();
    }
    const others = (await this.othersIn(actor, pool)).filter((each) => person === undefined || each === person);
    if (others.length === 0) throw notFound('The pool');
    const found = others.find((each) => can(actor, permission, { person: each }));
    if (!found) throw forbidden();
    return { person: found, isOwn: false, as: roleFor(actor, permission, found) };
  }

  /** In whose name the group is asked something: that of its broker, or of the member at the actor's place. */
  async askerOf(actor: Actor, pool: PoolId, person?: PersonId): Promise<PersonId> {
    return can(actor, 'pool:set-up', { pool }) ? (actor.id as PersonId) : (await this.of(actor, pool, 'pool:assent', person)).person;
  }

  /** The pools in which this person, for whom the actor acts, is or is asked to be. Refuses (not-found) who may not see them. */
  async poolsOf(actor: Actor, person: PersonId): Promise<PoolId[]> {
    if (!can(actor, 'pool:read', { person })) throw notFound();
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<{ pool: PoolId }>(`select pool_id as pool from pool_member where person_id = $1 and state <> 'left' order by pool_id desc limit 100`, [person]),
    );
    return rows.map((row) => row.pool);
  }

  /** Who reads what a command is about before its pool is known: the actor, or the house for somebody they act for, in that person's pools. */
  async readerFor(actor: Actor, person?: PersonId): Promise<Actor> {
    return person === undefined || person === actor.id ? actor : systemActor('pools', { pools: await this.poolsOf(actor, person) });
  }

  /** Who finds something that hangs on a pool, before the pool is known: the house, in the pools that the actor looks after, and in those where the actor
   *  or one of these people has a place; or had one, for `ever`. To anybody else it does not exist. */
  async finderFor(actor: Actor, people: readonly PersonId[], when: 'now' | 'ever'): Promise<Actor> {
    const places = await this.database.read(actor, (tx) =>
      tx.rows<{ pool: PoolId }>(`select pool_id as pool from pool_member where person_id = any($1) and ($2 or state <> 'left')`, [
        [...new Set([actor.id, ...people])],
        when === 'ever',
      ]),
    );
    const granted = actor.grants.filter((grant) => grant.on === 'pool').map((grant) => grant.id as PoolId);
    return systemActor('pools', { pools: [...new Set([...places.map((place) => place.pool), ...granted])] });
  }

  /** Written down for the member, who sees who looked and for whom. Nothing is written of a look from one's own place. */
  async looked(tx: Tx, actor: Actor, seat: Seat, pool?: PoolId): Promise<void> {
    if (seat.isOwn) return;
    await this.audit.viewed(tx, actor, {
      about: seat.person,
      noun: 'pool',
      ...(pool === undefined ? {} : { nounId: pool }),
      why: `as your ${seat.as}`,
    });
  }

  /** Somebody who sees the pool as the person at this place does. For questions only: whatever is done is done by the actor, in their name. */
  eyesOf(actor: Actor, seat: Seat, pool: PoolId): Actor {
    if (seat.isOwn) return actor;
    return { ...actor, id: seat.person, grants: [{ role: 'member', on: 'pool', id: pool }], scope: joinScopes(actor.scope, scopeOf({ pools: [pool] })) };
  }

  /** People of this pool for whom the actor holds any grant, by join order; those who left are no longer there. */
  private async othersIn(actor: Actor, pool: PoolId): Promise<PersonId[]> {
    const people = actor.grants.filter((grant) => grant.on === 'person' && grant.id !== actor.id).map((grant) => grant.id);
    if (people.length === 0) return [];
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<{ person: PersonId }>(
        `select person_id as person from pool_member where pool_id = $1 and person_id = any($2) and state <> 'left' order by join_order`,
        [pool, people],
      ),
    );
    return rows.map((row) => row.person).filter((person) => can(actor, 'pool:read', { person }));
  }
}

/** Everybody for whom the actor holds a grant, whatever it lets them do. */
export const peopleOf = (actor: Actor): PersonId[] => actor.grants.filter((grant) => grant.on === 'person').map((grant) => grant.id as PersonId);

/** A group is asked something by its broker and its members, and not by who was only asked to join. Refuses: not-a-member. */
export function requireAsker(actor: Actor, pool: PoolId, asker: PersonId, members: readonly MemberRow[]): void {
  if (!can(actor, 'pool:set-up', { pool }) && !membersNow(members).includes(asker))
    throw refused('not-a-member', 'Only members who agreed can ask the others.');
}

/** What a group is asked is taken back or ended early by who asked it, by who acts for them, or by the pool's broker. */
export function requireRaiser(actor: Actor, asked: { readonly poolId: PoolId; readonly raisedBy: PersonId }): void {
  const isMine = asked.raisedBy === actor.id || can(actor, 'pool:assent', { person: asked.raisedBy });
  if (!isMine) requireAccess(actor, 'pool:set-up', { pool: asked.poolId });
}

/** The role by which the actor may do this for the person, in words. */
function roleFor(actor: Actor, permission: string, person: PersonId): string {
  const grant = actor.grants.find((each) => each.on === 'person' && each.id === person && can({ ...actor, grants: [each] }, permission, { person }));
  return ROLES[grant!.role as keyof typeof ROLES].words;
}
