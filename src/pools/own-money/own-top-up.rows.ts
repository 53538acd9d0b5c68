import type { BookId, BudgetLineId, Id, PaymentId, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { edgeOf, statesAllowing } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import type { ContributionId } from '../pool.rows.js';
import type { TopUpAction, TopUpState } from './own-top-up.lifecycle.js';
import { TOP_UP } from './own-top-up.lifecycle.js';
import type { OwnWay } from './own-top-up.rules.js';

export type TopUpId = Id<'own-top-up'>;

export interface TopUpRow {
  readonly id: TopUpId;
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly lineId: BudgetLineId;
  readonly bookId: BookId;
  readonly amount: Pence;
  readonly by: OwnWay;
  readonly paymentId: PaymentId | null;
  readonly state: TopUpState;
  readonly contributionId: ContributionId | null;
  /** Why it could not go in: the code of the refusal. */
  readonly because: string | null;
  readonly paysFromNow: boolean;
  readonly askedBy: PersonId;
  readonly askedAt: Date;
  readonly arrivedAt: Date | null;
}

const TOP_UPS = `id, pool_id as "poolId", person_id as "personId", line_id as "lineId", book_id as "bookId", amount_pence as amount, by, payment_id as "paymentId", state,
  contribution_id as "contributionId", because, pays_from_now as "paysFromNow", asked_by as "askedBy", asked_at as "askedAt", arrived_at as "arrivedAt"`;

/** Most that a list shows. */
const MOST = 50;

/** A member's in a pool, the newest first. */
export const topUpsOf = (tx: Tx, pool: PoolId, person: PersonId): Promise<TopUpRow[]> =>
  tx.rows(`select ${TOP_UPS} from own_top_up where pool_id = $1 and person_id = $2 order by id desc limit ${MOST}`, [pool, person]);

export const lockTopUp = (tx: Tx, id: TopUpId): Promise<TopUpRow | undefined> => tx.row(`select ${TOP_UPS} from own_top_up where id = $1 for update`, [id]);

export const topUpOfPayment = (tx: Tx, payment: PaymentId): Promise<TopUpRow | undefined> =>
  tx.row(`select ${TOP_UPS} from own_top_up where payment_id = $1`, [payment]);

/** Those of a line that wait for a bank transfer, the oldest first. */
export const waitingForBank = (tx: Tx, line: BudgetLineId): Promise<TopUpRow[]> =>
  tx.rows(`select ${TOP_UPS} from own_top_up where line_id = $1 and state = 'asked' and by = 'bank' order by id`, [line]);

export const countWaiting = async (tx: Tx, line: BudgetLineId): Promise<number> =>
  (await tx.row<{ count: number }>(`select count(*)::int as count from own_top_up where line_id = $1 and state = 'asked'`, [line]))!.count;

export async function insertTopUp(
  tx: Tx,
  row: Pick<TopUpRow, 'id' | 'poolId' | 'personId' | 'lineId' | 'bookId' | 'amount' | 'by' | 'paymentId' | 'paysFromNow'> & { readonly askedBy: string },
): Promise<void> {
  tx.write(
    `insert into own_top_up (id, pool_id, person_id, line_id, book_id, amount_pence, by, payment_id, state, pays_from_now, asked_by, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'asked', $9, $10, $11)`,
    [row.id, row.poolId, row.personId, row.lineId, row.bookId, row.amount, row.by, row.paymentId, row.paysFromNow, row.askedBy, tx.now],
  );
}

/** Along an edge of the lifecycle, by a guarded update. Answers whether it was done now. */
export async function moveTopUp(
  tx: Tx,
  id: TopUpId,
  action: TopUpAction,
  more: { readonly contributionId?: ContributionId; readonly because?: string; readonly arrivedAt?: Date } = {},
): Promise<boolean> {
  const from = statesAllowing(TOP_UP, action);
  const { to } = edgeOf('own-top-up', TOP_UP, from[0]!, action);
  const changed = await tx.run(
    `update own_top_up set state = $2, contribution_id = coalesce($3, contribution_id), because = $4, arrived_at = coalesce($5, arrived_at), ended_at = $6
     where id = $1 and state = any($7)`,
    [id, to, more.contributionId ?? null, more.because ?? null, more.arrivedAt ?? null, tx.now, from],
  );
  return changed > 0;
}
