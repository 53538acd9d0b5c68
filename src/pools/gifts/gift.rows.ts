import type { Actor, Id, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { writeHistory } from '../pool.rows.js';
import type { GiftState } from './gift.lifecycle.js';
import { GIFT } from './gift.lifecycle.js';
import type { GiftKind } from './gift.rules.js';

export type GiftId = Id<'gift'>;

export interface GiftRow {
  readonly id: GiftId;
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly kind: GiftKind;
  readonly words: string;
  readonly fromDay: LocalDate;
  readonly untilDay: LocalDate | null;
  readonly state: GiftState;
  readonly helpedBy: string | null;
}

const GIFTS = `id, pool_id as "poolId", person_id as "personId", kind, words, from_day as "fromDay", until_day as "untilDay", state, helped_by as "helpedBy"`;

/** What is offered in a pool and not over on a day, in the order in which it was offered. */
export const giftsOf = (tx: Tx, pool: PoolId, today: LocalDate): Promise<GiftRow[]> =>
  tx.rows(`select ${GIFTS} from pool_gift where pool_id = $1 and state = 'offered' and (until_day is null or until_day >= $2) order by id limit 500`, [
    pool,
    today,
  ]);

export const lockGift = (tx: Tx, id: GiftId): Promise<GiftRow | undefined> => tx.row(`select ${GIFTS} from pool_gift where id = $1 for update`, [id]);

/** What somebody brought ends with their leaving. */
export async function endGiftsOf(tx: Tx, actor: Actor, pool: PoolId, person: PersonId): Promise<void> {
  const ended = await tx.rows<{ id: GiftId }>(
    `update pool_gift set state = $3, ended_at = $4 where pool_id = $1 and person_id = $2 and state = 'offered' returning id`,
    [pool, person, GIFT.offered.end.to, tx.now],
  );
  await writeHistory(
    tx,
    actor,
    ended.map(({ id }) => ({ poolId: pool, noun: 'gift', nounId: id, personId: person, action: 'end', from: 'offered', to: 'ended' })),
  );
}
