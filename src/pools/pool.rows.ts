import type { Actor, BookId, Id, LocalDate, PersonId, PoolId } from '../kernel/index.js';
import { newId, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { ShareFacts } from './pool.entries.js';
import type { AgreementState, MemberState, PoolState } from './pool.lifecycle.js';
import type { Terms } from './pool.rules.js';

export type AgreementId = Id<'agreement'>;
export type ShareId = Id<'share'>;
export type ContributionId = Id<'contribution'>;

export interface PoolRow {
  readonly id: PoolId;
  readonly name: string;
  readonly purpose: string;
  readonly place: string | null;
  readonly state: PoolState;
  readonly moneyHolderBookId: BookId | null;
  readonly brokerId: PersonId | null;
  readonly introductionId: string | null;
  readonly createdAt: Date;
}

export interface MemberRow {
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly firstName: string;
  readonly joinOrder: number;
  readonly founding: boolean;
  readonly state: MemberState;
  readonly leftOn: LocalDate | null;
  readonly noticeUntil: LocalDate | null;
}

export interface ShareRow extends ShareFacts {
  readonly id: ShareId;
  readonly joinOrder: number;
}

export interface AgreementRow {
  readonly id: AgreementId;
  readonly poolId: PoolId;
  readonly version: number;
  readonly terms: Terms;
  readonly words: string;
  /** Hex of the SHA-256 of terms and words. */
  readonly contentHash: string;
  readonly state: AgreementState;
  readonly offeredAt: Date | null;
  readonly inForceAt: Date | null;
}

const POOL = `id, name, purpose, place, state, money_holder_book_id as "moneyHolderBookId", broker_id as "brokerId", introduction_id as "introductionId", created_at as "createdAt"`;
const MEMBER = `pool_id as "poolId", person_id as "personId", first_name as "firstName", join_order as "joinOrder", founding, state, left_on as "leftOn", notice_until as "noticeUntil"`;
const SHARE = `id, pool_id as "poolId", person_id as "personId", line_id as "lineId", plan_line_id as "planLineId", line_book_id as "lineBookId", book_id as "bookId", join_order as "joinOrder"`;
const AGREEMENT = `id, pool_id as "poolId", version, terms, words, encode(content_hash, 'hex') as "contentHash", state, offered_at as "offeredAt", in_force_at as "inForceAt"`;

export async function findPool(tx: Tx, id: PoolId): Promise<PoolRow> {
  const pool = await tx.row<PoolRow>(`select ${POOL} from pool where id = $1`, [id]);
  if (!pool) throw notFound('The pool');
  return pool;
}

/** The owning row of all that happens in a pool: commands that change it take turns here, before any ledger account is locked. */
export async function lockPool(tx: Tx, id: PoolId): Promise<PoolRow> {
  const pool = await tx.row<PoolRow>(`select ${POOL} from pool where id = $1 for update`, [id]);
  if (!pool) throw notFound('The pool');
  return pool;
}

export const membersOf = (tx: Tx, pool: PoolId): Promise<MemberRow[]> => tx.rows(`select ${MEMBER} from pool_member where pool_id = $1 order by join_order`, [pool]);

export const findMember = (tx: Tx, pool: PoolId, person: PersonId): Promise<MemberRow | undefined> =>
  tx.row(`select ${MEMBER} from pool_member where pool_id = $1 and person_id = $2`, [pool, person]);

/** Shares by join order, then id: the order in which ties of a split fall. */
export const shareRows = (tx: Tx, pool: PoolId, person?: PersonId): Promise<ShareRow[]> =>
  tx.rows(`select ${SHARE} from pool_share where pool_id = $1 and ($2::uuid is null or person_id = $2) order by join_order, id`, [pool, person ?? null]);

export const findShare = (tx: Tx, id: ShareId): Promise<ShareRow | undefined> => tx.row(`select ${SHARE} from pool_share where id = $1`, [id]);

/** The member's share for a line and plan line in a book, made if it is the first time. */
export async function openShare(tx: Tx, share: ShareFacts, joinOrder: number): Promise<ShareRow> {
  await tx.run(
    `insert into pool_share (id, pool_id, person_id, line_id, plan_line_id, line_book_id, book_id, join_order, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (pool_id, line_id, plan_line_id, book_id) do nothing`,
    [newId(), share.poolId, share.personId, share.lineId, share.planLineId, share.lineBookId, share.bookId, joinOrder, tx.now]);
  return (await tx.row<ShareRow>(`select ${SHARE} from pool_share where pool_id = $1 and line_id = $2 and plan_line_id = $3 and book_id = $4`,
    [share.poolId, share.lineId, share.planLineId, share.bookId]))!;
}

export const agreementsOf = (tx: Tx, pool: PoolId): Promise<AgreementRow[]> => tx.rows(`select ${AGREEMENT} from agreement where pool_id = $1 order by version desc`, [pool]);

export const findAgreement = (tx: Tx, id: AgreementId): Promise<AgreementRow | undefined> => tx.row(`select ${AGREEMENT} from agreement where id = $1`, [id]);

export const agreementInState = (tx: Tx, pool: PoolId, state: AgreementState): Promise<AgreementRow | undefined> =>
  tx.row(`select ${AGREEMENT} from agreement where pool_id = $1 and state = $2`, [pool, state]);

export const assentsTo = async (tx: Tx, agreement: AgreementId): Promise<PersonId[]> =>
  (await tx.rows<{ person: PersonId }>('select person_id as person from assent where agreement_id = $1 order by at, person_id', [agreement])).map((row) => row.person);

export interface HistoryRow {
  readonly poolId: PoolId;
  readonly noun: 'pool' | 'member' | 'agreement' | 'contribution';
  readonly nounId: string;
  readonly personId?: PersonId | null;
  readonly action: string;
  readonly from?: string | null;
  readonly to: string;
}

export async function writeHistory(tx: Tx, actor: Actor, rows: readonly HistoryRow[]): Promise<void> {
  for (const row of rows)
    await tx.run('insert into pool_history (id, pool_id, noun, noun_id, person_id, action, from_state, to_state, actor, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      [newId(), row.poolId, row.noun, row.nounId, row.personId ?? null, row.action, row.from ?? null, row.to, actor.id, tx.now]);
}

