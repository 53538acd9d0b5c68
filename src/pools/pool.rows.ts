import type { Actor, BookId, BudgetLineId, Id, LocalDate, PersonId, PoolId } from '../kernel/index.js';
import { newId, notFound, systemActor } from '../kernel/index.js';
import type { Database, Tx } from '../platform/index.js';
import { ints, texts, uuids } from '../platform/index.js';
import type { ShareFacts } from './pool.entries.js';
import type { AgreementState, MemberState, PoolState } from './pool.lifecycle.js';
import type { Terms } from './terms.rules.js';

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
  /** False for who was asked to join without putting money in. */
  readonly pays: boolean;
  readonly state: MemberState;
  readonly joinedAt: Date | null;
  readonly leftOn: LocalDate | null;
  readonly noticeUntil: LocalDate | null;
  /** Whether their part of the pool is stopped: nothing new is spent from it or put in. */
  readonly isFrozen: boolean;
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
const MEMBER = `pool_id as "poolId", person_id as "personId", first_name as "firstName", join_order as "joinOrder", founding, pays, state, joined_at as "joinedAt", left_on as "leftOn", notice_until as "noticeUntil", is_frozen as "isFrozen"`;
const SHARE = `id, pool_id as "poolId", person_id as "personId", line_id as "lineId", plan_line_id as "planLineId", line_book_id as "lineBookId", book_id as "bookId", join_order as "joinOrder"`;
const AGREEMENT = `id, pool_id as "poolId", version, terms, words, encode(content_hash, 'hex') as "contentHash", state, offered_at as "offeredAt", in_force_at as "inForceAt"`;

export async function findPool(tx: Tx, id: PoolId): Promise<PoolRow> {
  const pool = await tx.row<PoolRow>(`select ${POOL} from pool where id = $1`, [id]);
  if (!pool) throw notFound('The pool');
  return pool;
}

const POOLS_AT_ONCE = 500;

/** The ids of every pool, which carry nothing else, some hundreds at a time in id order: for jobs, which look at every pool. */
export async function* eachKnownPools(database: Database): AsyncGenerator<PoolId[], void> {
  for (let after: PoolId | null = null; ; ) {
    const rows: { id: PoolId }[] = await database.read(systemActor('pools', {}), (tx) =>
      tx.rows(`select id from known_id where kind = 'pool' and ($1::uuid is null or id > $1) order by id limit $2`, [after, POOLS_AT_ONCE]),
    );
    if (rows.length === 0) return;
    yield rows.map((row) => row.id);
    after = rows.at(-1)!.id;
  }
}

/** The owning row of all that happens in a pool: commands that change it take turns here, before any ledger account is locked. */
export async function lockPool(tx: Tx, id: PoolId): Promise<PoolRow> {
  const pool = await tx.row<PoolRow>(`select ${POOL} from pool where id = $1 for update`, [id]);
  if (!pool) throw notFound('The pool');
  return pool;
}

/** For what may happen side by side in a pool but not while the pool itself, its members or its agreement change: many hold it at once,
 *  and `lockPool` waits for them. */
export async function holdPool(tx: Tx, id: PoolId): Promise<PoolRow> {
  const pool = await tx.row<PoolRow>(`select ${POOL} from pool where id = $1 for share`, [id]);
  if (!pool) throw notFound('The pool');
  return pool;
}

export const membersOf = (tx: Tx, pool: PoolId): Promise<MemberRow[]> =>
  tx.rows(`select ${MEMBER} from pool_member where pool_id = $1 order by join_order`, [pool]);

/** Those who are in it now: neither who was only asked, nor who has left. By join order. */
export const membersNow = (members: readonly MemberRow[]): PersonId[] => members.filter((member) => member.state === 'member').map((member) => member.personId);

export const findMember = (tx: Tx, pool: PoolId, person: PersonId): Promise<MemberRow | undefined> =>
  tx.row(`select ${MEMBER} from pool_member where pool_id = $1 and person_id = $2`, [pool, person]);

/** The books in which shares lie, and those of the lines behind them. */
export const booksOf = (shares: readonly Pick<ShareFacts, 'bookId' | 'lineBookId'>[]): BookId[] => [
  ...new Set(shares.flatMap((share) => [share.bookId, share.lineBookId])),
];

/** Those of these people who are or were in the pool, by person. */
export async function membersAmong(tx: Tx, pool: PoolId, people: readonly PersonId[]): Promise<Map<PersonId, MemberRow>> {
  const rows = await tx.rows<MemberRow>(`select ${MEMBER} from pool_member where pool_id = $1 and person_id = any($2::uuid[])`, [pool, uuids(people)]);
  return new Map(rows.map((row) => [row.personId, row]));
}

/** Members' shares by join order, own money after plan money, then id: the order in which ties of a split fall and a member's shares are drawn. Funders' are in `funder-share.rows.ts`. */
export const shareRows = (tx: Tx, pool: PoolId, person?: PersonId): Promise<ShareRow[]> =>
  tx.rows(
    `select ${SHARE} from pool_share where pool_id = $1 and person_id is not null and ($2::uuid is null or person_id = $2) order by join_order, (plan_line_id is null), id`,
    [pool, person ?? null],
  );

const nameOfShare = (share: ShareFacts): string => [share.lineId, share.planLineId ?? 'own', share.bookId].join(' ');

/** The members' shares of one pool for lines and plan lines in books, made where it is the first time; in the order asked. `there`: those
 *  of the lines that were read before in the same transaction (`sharesOfLines`). */
export async function openShares(
  tx: Tx,
  pool: PoolId,
  asked: readonly (ShareFacts & { readonly joinOrder: number })[],
  there?: ReadonlyMap<string, ShareRow>,
): Promise<ShareRow[]> {
  const lines = asked.map((share) => share.lineId);
  const known = there ?? (await sharesOfLines(tx, pool, lines));
  const missing = [...new Map(asked.filter((share) => !known.has(nameOfShare(share))).map((share) => [nameOfShare(share), share])).values()];
  // In one order for all: two who open the same shares at once wait for each other once, and not in a circle.
  if (missing.length > 0)
    tx.write(
      `insert into pool_share (id, pool_id, person_id, line_id, plan_line_id, line_book_id, book_id, join_order, made_at)
       select id, $1, person, line, plan_line, line_book, book, place, $2
         from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::int[]) as s(id, person, line, plan_line, line_book, book, place)
        order by line, plan_line, book
       on conflict do nothing`,
      [
        pool,
        tx.now,
        uuids(missing.map(() => newId())),
        uuids(missing.map((share) => share.personId)),
        uuids(missing.map((share) => share.lineId)),
        uuids(missing.map((share) => share.planLineId)),
        uuids(missing.map((share) => share.lineBookId)),
        uuids(missing.map((share) => share.bookId)),
        ints(missing.map((share) => share.joinOrder)),
      ],
    );
  const all = missing.length === 0 ? known : await sharesOfLines(tx, pool, lines);
  return asked.map((share) => all.get(nameOfShare(share))!);
}

/** The shares of a pool for these lines, by line, plan line and book. */
export async function sharesOfLines(tx: Tx, pool: PoolId, lines: readonly BudgetLineId[]): Promise<Map<string, ShareRow>> {
  const rows = await tx.rows<ShareRow>(`select ${SHARE} from pool_share where pool_id = $1 and line_id = any($2::uuid[])`, [pool, uuids(lines)]);
  return new Map(rows.map((row) => [nameOfShare(row), row]));
}

export const agreementsOf = (tx: Tx, pool: PoolId): Promise<AgreementRow[]> =>
  tx.rows(`select ${AGREEMENT} from agreement where pool_id = $1 order by version desc`, [pool]);

export const findAgreement = (tx: Tx, id: AgreementId): Promise<AgreementRow | undefined> => tx.row(`select ${AGREEMENT} from agreement where id = $1`, [id]);

export const agreementInState = (tx: Tx, pool: PoolId, state: AgreementState): Promise<AgreementRow | undefined> =>
  tx.row(`select ${AGREEMENT} from agreement where pool_id = $1 and state = $2`, [pool, state]);

/** Who assented to each of these versions, first to last. */
export async function assentsToEach(tx: Tx, agreements: readonly AgreementId[]): Promise<(agreement: AgreementId) => PersonId[]> {
  const rows = await tx.rows<{ agreement: AgreementId; person: PersonId }>(
    `select agreement_id as agreement, person_id as person from assent a where agreement_id = any($1)
       and not exists (select 1 from assent_taken_back t where t.agreement_id = a.agreement_id and t.person_id = a.person_id) order by at, person_id`,
    [agreements],
  );
  return (agreement) => rows.filter((row) => row.agreement === agreement).map((row) => row.person);
}

export const assentsTo = async (tx: Tx, agreement: AgreementId): Promise<PersonId[]> => (await assentsToEach(tx, [agreement]))(agreement);

export interface HistoryRow {
  readonly poolId: PoolId;
  readonly noun: 'pool' | 'member' | 'agreement' | 'contribution' | 'decision' | 'pledge' | 'gift' | 'review' | 'statement';
  readonly nounId: string;
  readonly personId?: PersonId | null;
  readonly action: string;
  readonly from?: string | null;
  readonly to: string;
}

export async function writeHistory(tx: Tx, actor: Actor, rows: readonly HistoryRow[]): Promise<void> {
  await writeHistories(
    tx,
    rows.map((row) => ({ ...row, actor })),
  );
}

/** What several actors did in one transaction. */
export async function writeHistories(tx: Tx, rows: readonly (HistoryRow & { readonly actor: Actor })[]): Promise<void> {
  if (rows.length === 0) return;
  tx.write(
    `insert into pool_history (id, pool_id, noun, noun_id, person_id, action, from_state, to_state, actor, at)
     select h.*, $10::timestamptz from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[]) as h`,
    [
      uuids(rows.map(() => newId())),
      uuids(rows.map((row) => row.poolId)),
      texts(rows.map((row) => row.noun)),
      uuids(rows.map((row) => row.nounId)),
      uuids(rows.map((row) => row.personId)),
      texts(rows.map((row) => row.action)),
      texts(rows.map((row) => row.from)),
      texts(rows.map((row) => row.to)),
      texts(rows.map((row) => row.actor.id)),
      tx.now,
    ],
  );
}
