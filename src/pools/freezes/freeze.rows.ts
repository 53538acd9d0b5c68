import type { Id, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import type { FreezeState } from './freeze.lifecycle.js';
import type { FreezeSide } from './freeze.rules.js';

export type FreezeId = Id<'freeze'>;
export type FreezeEnd = 'expired' | 'lifted' | 'over';

export interface FreezeRow {
  readonly id: FreezeId;
  readonly poolId: PoolId;
  /** Null: of the whole pool. */
  readonly personId: PersonId | null;
  readonly side: FreezeSide;
  readonly state: FreezeState;
  /** The latest one. */
  readonly reason: string;
  readonly owner: string;
  /** The role by which the owner could, in words. */
  readonly ownerRole: string;
  readonly beganOn: LocalDate;
  /** Included. */
  readonly lastDay: LocalDate;
  readonly endedAt: Date | null;
  readonly endedHow: FreezeEnd | null;
}

export interface FreezeStepRow {
  readonly freezeId: FreezeId;
  readonly action: 'freeze' | 'extend' | 'thaw';
  readonly reason: string;
  readonly by: string;
  readonly role: string;
  readonly lastDay: LocalDate;
  readonly at: Date;
}

const FREEZE = `id, pool_id as "poolId", person_id as "personId", side, state, reason, owner, owner_role as "ownerRole", began_on as "beganOn",
  last_day as "lastDay", ended_at as "endedAt", ended_how as "endedHow"`;

/** The stop in force of a pool, or of a person's part from one side; locked. The transaction holds the pool. */
export const freezeInForce = (tx: Tx, pool: PoolId, person: PersonId | null, side: FreezeSide): Promise<FreezeRow | undefined> =>
  tx.row(`select ${FREEZE} from pool_freeze where pool_id = $1 and person_id is not distinct from $2 and side = $3 and state = 'in-force' for update`, [
    pool,
    person,
    side,
  ]);

/** Every stop of a pool that the transaction sees, and of these people's parts, newest first. */
export const freezesOf = (tx: Tx, pool: PoolId, people: readonly PersonId[]): Promise<FreezeRow[]> =>
  tx.rows(`select ${FREEZE} from pool_freeze where pool_id = $1 and (person_id is null or person_id = any($2)) order by id desc limit 50`, [pool, people]);

/** Whether this person stopped the whole pool after a day. */
export const hasStoppedSince = async (tx: Tx, pool: PoolId, owner: string, day: LocalDate): Promise<boolean> =>
  (await tx.row('select 1 from pool_freeze where pool_id = $1 and person_id is null and owner = $2 and began_on > $3 limit 1', [pool, owner, day])) !==
  undefined;

export const freezesOfPerson = (tx: Tx, person: PersonId): Promise<FreezeRow[]> =>
  tx.rows(`select ${FREEZE} from pool_freeze where person_id = $1 order by id desc limit 50`, [person]);

export const stepsOf = (tx: Tx, freezes: readonly FreezeId[]): Promise<FreezeStepRow[]> =>
  tx.rows(`select freeze_id as "freezeId", action, reason, by, role, last_day as "lastDay", at from pool_freeze_step where freeze_id = any($1) order by id`, [
    freezes,
  ]);

/** Stops in force of these pools and people that are past, or near their last day and not told of; in id order. */
export const freezesDue = (tx: Tx, pools: readonly PoolId[], people: readonly PersonId[], today: LocalDate, warnUntil: LocalDate): Promise<FreezeRow[]> =>
  tx.rows(
    `select ${FREEZE} from pool_freeze where state = 'in-force' and (last_day < $3 or (last_day <= $4 and warned_at is null))
       and ((person_id is null and pool_id = any($1)) or person_id = any($2)) order by id`,
    [pools, people, today, warnUntil],
  );
