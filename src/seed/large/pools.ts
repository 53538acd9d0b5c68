import { createHash } from 'node:crypto';
import type { Random } from '../../district/index.js';
import { PROVIDERS } from '../../district/index.js';
import type { Id, LocalDate, PoolId } from '../../kernel/index.js';
import { addMonths, newId, pence } from '../../kernel/index.js';
import type { NewEntry } from '../../ledger/index.js';
import { Ledger } from '../../ledger/index.js';
import { lineAccountOf, shareAccount } from '../../pools/index.js';
import type { Tx } from '../../platform/index.js';
import type { SeedHouse } from '../house.js';
import type { Row, Side } from './draw.js';

interface DrawnPool {
  readonly id: PoolId;
  readonly name: string;
  readonly agreement: Id<'agreement'>;
  readonly terms: string;
  readonly words: string;
  readonly hash: Buffer;
  readonly members: readonly DrawnMember[];
}

interface DrawnMember {
  readonly row: Row;
  readonly place: number;
  readonly share: string;
  readonly contribution: Id<'contribution'>;
  /** In pence. */
  readonly amount: bigint;
}

/** Pools of three to six whose members' money lies where it is: each has assented, and put in. */
export function drawPools(random: Random, side: Side, rows: readonly Row[], count: number, today: LocalDate): DrawnPool[] {
  const able = rows.filter((row) => row.managed !== 'direct-payment' && row.agreed > 100_000n);
  const pools: DrawnPool[] = [];
  for (let at = 0; pools.length < count; ) {
    const members = able.slice(at, (at += 3 + random.int(4)));
    if (members.length < 3) break;
    const activity = random.pick(PROVIDERS).activity;
    const terms = JSON.stringify({
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      moneyHolderBook: side.trustBook,
      feesOwedBy: 'money-holder',
      reviewOn: addMonths(today, 6),
    });
    const words = `We do this together: ${activity}. We share the price equally.`;
    const name = `${members[0]!.place} ${activity}`.slice(0, 100);
    const drawn = members.map(
      (row, n): DrawnMember => ({ row, place: n + 1, share: newId(), contribution: newId(), amount: BigInt(2_000 + 500 * random.int(20)) }),
    );
    pools.push({
      id: newId(),
      name,
      agreement: newId(),
      terms,
      words,
      hash: createHash('sha256')
        .update(terms + words)
        .digest(),
      members: drawn,
    });
  }
  return pools;
}

/** The transaction sees the pools, their members and both books. */
export async function insertPools(house: SeedHouse, tx: Tx, side: Side, pools: readonly DrawnPool[], today: LocalDate): Promise<void> {
  if (pools.length === 0) return;
  const all = pools.flatMap((pool) => pool.members.map((member) => ({ pool, ...member })));
  tx.write(
    `insert into pool (id, name, purpose, place, state, money_holder_book_id, proposed_by, created_at)
     select id, name, words, place, 'active', $1, by, $2 from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[]) as p(id, name, words, place, by)`,
    [
      side.trustBook,
      tx.now,
      pools.map((p) => p.id),
      pools.map((p) => p.name),
      pools.map((p) => p.words),
      pools.map((p) => p.members[0]!.row.place),
      pools.map((p) => p.members[0]!.row.id),
    ],
  );
  const [poolIds, people] = [all.map((each) => each.pool.id), all.map((each) => each.row.id)];
  tx.write(
    `insert into pool_member (pool_id, person_id, first_name, join_order, founding, state, invited_at, joined_at)
     select pool, person, name, place, true, 'member', $1, $1 from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[]) as m(pool, person, name, place)`,
    [tx.now, poolIds, people, all.map((each) => each.row.firstName), all.map((each) => each.place)],
  );
  tx.write(
    `insert into access_grant (id, person_id, role, on_kind, on_id, from_at, reason, given_by)
     select gen_random_uuid(), person, 'member', 'pool', pool, $1, 'invited to the pool', 'system:seed' from unnest($2::uuid[], $3::uuid[]) as g(person, pool)`,
    [tx.now, people, poolIds],
  );
  await insertAgreements(tx, pools, all);
  await insertMoney(house, tx, all, today);
}

type Placed = DrawnMember & { readonly pool: DrawnPool };

async function insertAgreements(tx: Tx, pools: readonly DrawnPool[], all: readonly Placed[]): Promise<void> {
  tx.write(
    `insert into agreement (id, pool_id, version, terms, words, content_hash, state, written_by, offered_at, in_force_at)
     select id, pool, 1, terms, words, hash, 'in-force', 'system:seed', $1, $1 from unnest($2::uuid[], $3::uuid[], $4::jsonb[], $5::text[], $6::bytea[]) as a(id, pool, terms, words, hash)`,
    [tx.now, pools.map((p) => p.agreement), pools.map((p) => p.id), pools.map((p) => p.terms), pools.map((p) => p.words), pools.map((p) => p.hash)],
  );
  tx.write(
    `insert into assent (agreement_id, person_id, content_hash, format, given_by, at) select agreement, person, hash, 'standard', person, $1 from unnest($2::uuid[], $3::uuid[], $4::bytea[]) as a(agreement, person, hash)`,
    [tx.now, all.map((each) => each.pool.agreement), all.map((each) => each.row.id), all.map((each) => each.pool.hash)],
  );
}

async function insertMoney(house: SeedHouse, tx: Tx, all: readonly Placed[], today: LocalDate): Promise<void> {
  tx.write(
    `insert into pool_share (id, pool_id, person_id, line_id, plan_line_id, line_book_id, book_id, join_order, made_at)
     select id, pool, person, line, plan_line, book, book, place, $1 from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::int[]) as s(id, pool, person, line, plan_line, book, place)`,
    [
      tx.now,
      all.map((each) => each.share),
      all.map((each) => each.pool.id),
      all.map((each) => each.row.id),
      all.map((each) => each.row.lineId),
      all.map((each) => each.row.togetherLine),
      all.map((each) => each.row.bookId),
      all.map((each) => each.place),
    ],
  );
  tx.write(
    `insert into contribution (id, pool_id, share_id, person_id, amount_pence, by, state, made_at, arrived_at)
     select id, pool, share, person, amount, 'same-book', 'arrived', $1, $1 from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[]) as c(id, pool, share, person, amount)`,
    [
      tx.now,
      all.map((each) => each.contribution),
      all.map((each) => each.pool.id),
      all.map((each) => each.share),
      all.map((each) => each.row.id),
      all.map((each) => String(each.amount)),
    ],
  );
  await house.get(Ledger).record(
    tx,
    all.map(({ pool, row, contribution, amount }): NewEntry => {
      const share = { poolId: pool.id, personId: row.id, lineId: row.lineId, planLineId: row.togetherLine, lineBookId: row.bookId, bookId: row.bookId };
      return {
        book: row.bookId,
        reference: `contribution:${contribution}:made`,
        kind: 'contribution',
        effectiveOn: today,
        transfers: [{ debit: lineAccountOf(share), credit: shareAccount(share), amount: pence(amount) }],
      };
    }),
  );
}
