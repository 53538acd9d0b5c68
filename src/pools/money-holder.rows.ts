import type { BookId, Id, LocalDate, Pence, PoolId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { Elsewhere } from './pool-exit.rules.js';
import type { ShareId } from './pool.rows.js';

export type ChangeId = Id<'money-holder-change'>;

/** What was set aside in a share before it moved. */
export interface Commitment {
  readonly purpose: string;
  readonly amount: Pence;
  readonly forDay: LocalDate;
  readonly endsOn: LocalDate;
}

/** One share's money on its way, or arrived. */
export interface MovedPart {
  readonly changeId: ChangeId;
  readonly poolId: PoolId;
  readonly shareId: ShareId;
  readonly newShareId: ShareId;
  readonly amount: Pence;
  readonly arrivedAt: Date | null;
  readonly commitments: readonly Commitment[];
}

/** Sums that went from one money-holder to another, out of these shares and into them. */
export async function movesOf(tx: Tx, shares: readonly { readonly id: ShareId }[]): Promise<Pick<Elsewhere, 'movedOut' | 'movedIn'>> {
  const ids = shares.map((share) => share.id);
  const rows = await tx.rows<{ amount: Pence; isOut: boolean; isIn: boolean }>(
    `select amount_pence as amount, share_id = any($1) as "isOut", new_share_id = any($1) and arrived_at is not null as "isIn"
     from money_holder_part where share_id = any($1) or new_share_id = any($1) order by change_id, share_id`,
    [ids],
  );
  return { movedOut: rows.filter((row) => row.isOut).map((row) => row.amount), movedIn: rows.filter((row) => row.isIn).map((row) => row.amount) };
}

/** Whether a change of money-holder has begun and is not done. */
export const isMoving = async (tx: Tx, pool: PoolId, states: readonly string[] = ['settling', 'moving']): Promise<boolean> =>
  (await tx.row('select 1 from money_holder_change where pool_id = $1 and state = any($2) limit 1', [pool, states])) !== undefined;

interface StoredCommitment extends Omit<Commitment, 'amount'> {
  readonly amount: string;
}

export const storedCommitments = (commitments: readonly Commitment[]): string =>
  JSON.stringify(commitments.map(({ amount, ...each }): StoredCommitment => ({ ...each, amount: amount.toString() })));

/** The move that a remittance carries; undefined for any other remittance. Locked. */
export async function partOfRemittance(tx: Tx, remittance: string): Promise<MovedPart | undefined> {
  const row = await tx.row<Omit<MovedPart, 'commitments'> & { commitments: readonly StoredCommitment[] }>(
    `select change_id as "changeId", pool_id as "poolId", share_id as "shareId", new_share_id as "newShareId", amount_pence as amount, arrived_at as "arrivedAt", commitments
     from money_holder_part where remittance_id = $1 for update`,
    [remittance],
  );
  return row && { ...row, commitments: row.commitments.map((each) => ({ ...each, amount: BigInt(each.amount) as Pence })) };
}

export interface OpenChange {
  readonly id: ChangeId;
  readonly poolId: PoolId;
  readonly fromBookId: BookId;
  readonly toBookId: BookId | null;
  readonly state: 'settling' | 'moving' | 'done';
}

export const openChangesOf = (tx: Tx, pool: PoolId): Promise<OpenChange[]> =>
  tx.rows(
    `select id, pool_id as "poolId", from_book_id as "fromBookId", to_book_id as "toBookId", state from money_holder_change
     where pool_id = $1 and state <> 'done' order by began_at, id for update`,
    [pool],
  );
