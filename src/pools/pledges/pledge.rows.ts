import type { BookId, BudgetLineId, Id, Pence, PersonId, PlanLineId, PoolId, ReservationId } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { texts, uuids } from '../../platform/index.js';
import type { ContributionBy } from '../pool.rules.js';
import type { ContributionId } from '../pool.rows.js';
import type { PledgeId } from './pledge.entries.js';
import type { PledgeAction, PledgeState } from './pledge.lifecycle.js';
import { PLEDGE } from './pledge.lifecycle.js';
import type { Round } from './pledge.rules.js';

export type RoundId = Id<'pledge-round'>;

export interface RoundRow extends Round {
  readonly id: RoundId;
  readonly poolId: PoolId;
  readonly purpose: string;
  readonly words: string;
  readonly called: Pence | null;
  readonly raisedBy: PersonId;
  readonly raisedAt: Date;
  readonly closedAt: Date | null;
}

/** Why a pledge was let go. */
export type Because = 'not-reached' | 'withdrawn' | 'line-suspended' | 'line-ended' | 'not-possible' | 'left' | 'died' | 'pool-stopped' | 'part-stopped';

export interface PledgeRow {
  readonly id: PledgeId;
  readonly roundId: RoundId;
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly lineId: BudgetLineId;
  readonly planLineId: PlanLineId;
  /** The line's. */
  readonly bookId: BookId;
  readonly amount: Pence;
  /** How the money shall travel, where the pool's money lies with somebody else. */
  readonly by: ContributionBy | null;
  readonly reservationId: ReservationId;
  readonly state: PledgeState;
  readonly because: Because | null;
  readonly contributionId: ContributionId | null;
  readonly helpedBy: string | null;
  readonly givenBy: PersonId;
  readonly givenAt: Date;
}

const ROUND = `id, pool_id as "poolId", purpose, words, threshold_pence as threshold, smallest_pence as smallest, most_pence as most, free_until as "freeUntil",
  reach_by as "reachBy", extend_to as "extendTo", ending, state, called_pence as called, raised_by as "raisedBy", raised_at as "raisedAt", closed_at as "closedAt"`;
const PLEDGES = `id, round_id as "roundId", pool_id as "poolId", person_id as "personId", line_id as "lineId", plan_line_id as "planLineId", book_id as "bookId",
  amount_pence as amount, by, reservation_id as "reservationId", state, because, contribution_id as "contributionId", helped_by as "helpedBy", given_by as "givenBy",
  given_at as "givenAt"`;
const MOST_LISTED = 100;

export async function findRound(tx: Tx, id: RoundId): Promise<RoundRow> {
  const row = await tx.row<RoundRow>(`select ${ROUND} from pledge_round where id = $1`, [id]);
  if (!row) throw notFound('The pledges');
  return row;
}

/** Pledges, and what ends a round, take turns here: after the pool, before any account of the ledger. */
export async function lockRound(tx: Tx, id: RoundId): Promise<RoundRow> {
  const row = await tx.row<RoundRow>(`select ${ROUND} from pledge_round where id = $1 for update`, [id]);
  if (!row) throw notFound('The pledges');
  return row;
}

/** Newest first. */
export const roundsOf = (tx: Tx, pool: PoolId): Promise<RoundRow[]> =>
  tx.rows(`select ${ROUND} from pledge_round where pool_id = $1 order by id desc limit ${MOST_LISTED}`, [pool]);

/** Rounds of a pool that are not over, locked in one order for all. */
export const lockOpenRounds = (tx: Tx, pool: PoolId): Promise<RoundRow[]> =>
  tx.rows(`select ${ROUND} from pledge_round where pool_id = $1 and state in ('open', 'extended') order by id for update`, [pool]);

/** Pledges that count: open, or called. In the order given. */
export const countingPledges = (tx: Tx, rounds: readonly RoundId[]): Promise<PledgeRow[]> =>
  tx.rows(`select ${PLEDGES} from pledge where round_id = any($1::uuid[]) and state in ('open', 'called') order by id`, [uuids(rounds)]);

/** What one person last gave to each of these rounds, whatever became of it. */
export const lastPledgesOf = (tx: Tx, rounds: readonly RoundId[], person: PersonId): Promise<PledgeRow[]> =>
  tx.rows(`select distinct on (round_id) ${PLEDGES} from pledge where round_id = any($1::uuid[]) and person_id = $2 order by round_id, id desc`, [
    uuids(rounds),
    person,
  ]);

export const openPledges = (tx: Tx, round: RoundId): Promise<PledgeRow[]> =>
  tx.rows(`select ${PLEDGES} from pledge where round_id = $1 and state = 'open' order by id`, [round]);

export const openPledgeOf = (tx: Tx, round: RoundId, person: PersonId): Promise<PledgeRow | undefined> =>
  tx.row(`select ${PLEDGES} from pledge where round_id = $1 and person_id = $2 and state = 'open'`, [round, person]);

/** A person's open pledges in a pool. */
export const openPledgesIn = (tx: Tx, pool: PoolId, person: PersonId): Promise<PledgeRow[]> =>
  tx.rows(`select ${PLEDGES} from pledge where pool_id = $1 and person_id = $2 and state = 'open' order by round_id`, [pool, person]);

/** Open pledges of a line, in any pool. */
export const openPledgesFrom = (tx: Tx, line: BudgetLineId): Promise<PledgeRow[]> =>
  tx.rows(`select ${PLEDGES} from pledge where line_id = $1 and state = 'open' order by pool_id, round_id`, [line]);

export interface Ended {
  readonly id: PledgeId;
  readonly contributionId?: ContributionId;
  readonly because?: Because;
}

/** Ends open pledges in one way. Answers how many were still open. */
export async function endPledges(tx: Tx, action: PledgeAction, ended: readonly Ended[]): Promise<number> {
  if (ended.length === 0) return 0;
  return tx.run(
    `update pledge p set state = $1, contribution_id = e.contribution, because = e.because, ended_at = $2
       from unnest($3::uuid[], $4::uuid[], $5::text[]) as e(id, contribution, because) where p.id = e.id and p.state = 'open'`,
    [
      PLEDGE.open[action].to,
      tx.now,
      uuids(ended.map((each) => each.id)),
      uuids(ended.map((each) => each.contributionId)),
      texts(ended.map((each) => each.because)),
    ],
  );
}
