import { Injectable } from '@nestjs/common';
import { BudgetQueries } from '../../budgets/index.js';
import type { Actor, LocalDate, Pence, PoolId } from '../../kernel/index.js';
import { dayOf, DomainError, sumPence, systemActor } from '../../kernel/index.js';
import { Remittances } from '../../payments/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { Accepted, AskedContribution } from '../contribution-batch.service.js';
import { ContributionBatch } from '../contribution-batch.service.js';
import { bookOfShare } from '../pool.rules.js';
import type { PoolRow } from '../pool.rows.js';
import { eachKnownPools, lockPool } from '../pool.rows.js';
import { PledgeRounds } from './pledge-rounds.service.js';
import type { RoundState } from './pledge.lifecycle.js';
import type { Because, PledgeRow, RoundId, RoundRow } from './pledge.rows.js';
import { endPledges, findRound, lockRound, openPledges } from './pledge.rows.js';
import { isFirm, isOpen, outcomeOf } from './pledge.rules.js';
import { OneByOne } from '../one-by-one.js';

const SYSTEM = 'pools.pledges';

/** Why a pledge cannot become a contribution, as far as others may learn it. */
const REASONS: Readonly<Record<string, Because>> = {
  'line-suspended': 'line-suspended',
  'line-ended': 'line-ended',
  'not-a-member': 'left',
  'part-frozen': 'part-stopped',
};

/** Turning pledges into contributions when the sum is there, and letting them go when it is not: the whole round in one transaction. */
@Injectable()
export class PledgeCalls {
  constructor(
    private readonly database: Database,
    private readonly budgets: BudgetQueries,
    private readonly batch: ContributionBatch,
    private readonly remittances: Remittances,
    private readonly rounds: PledgeRounds,
  ) {}

  /** Does today what is due with a round, if anything is; safe to call at any time. Each pledge is held against the rules of contributions once
   *  more, and one that cannot be put in is let go before the rest is counted. The transaction sees the pool, and is widened to the people and
   *  books of the pledges. */
  async settle(tx: Tx, actor: Actor, poolId: PoolId, id: RoundId): Promise<RoundState> {
    const pool = await lockPool(tx, poolId);
    const round = await lockRound(tx, id);
    if (!isOpen(round)) return round.state;
    const pledges = await openPledges(tx, id);
    if (pool.state !== 'active') return this.release(tx, actor, round, pledges, 'pool-stopped');
    const today = dayOf(tx.now);
    if (!outcomeOf(round, totalOf(pledges), today)) return round.state;
    const { accepted, left } = await this.weigh(tx, actor, pool, pledges);
    const counted = totalOf(left);
    const action = outcomeOf(round, counted, today);
    if (!action) return round.state;
    if (action === 'release') return this.release(tx, actor, round, left, 'not-reached');
    if (action === 'extend') {
      await this.rounds.move(tx, actor, round, 'extend', null);
      return this.settle(tx, actor, poolId, id);
    }
    const written = await this.batch.write(tx, poolId, accepted);
    await endPledges(
      tx,
      'call',
      left.map((pledge, n) => ({ id: pledge.id, contributionId: written[n]!.view.contributionId })),
    );
    return this.rounds.move(tx, actor, round, action, counted);
  }

  /** Somebody pledged, and nobody can take a pledge back any more: perhaps the sum is there. */
  async settleIfFirm(tx: Tx, actor: Actor, poolId: PoolId, id: RoundId): Promise<void> {
    if (isFirm(await findRound(tx, id), dayOf(tx.now))) await this.settle(tx, actor, poolId, id);
  }

  /** A pool stopped or ended: its rounds end with it. Does nothing for one that goes on. */
  async settlePool(tx: Tx, actor: Actor, poolId: PoolId): Promise<void> {
    const rounds = await tx.rows<{ id: RoundId }>(`select id from pledge_round where pool_id = $1 and state in ('open', 'extended') order by id`, [poolId]);
    for (const { id } of rounds) await this.settle(tx, actor, poolId, id);
  }

  /** Every round for which something may be due, each in a transaction of its own, so that one which cannot be settled holds up no other. Safe to
   *  repeat. Answers how many have ended or have more time. */
  async closeDue(today: LocalDate): Promise<number> {
    let moved = 0;
    const each = new OneByOne();
    for await (const pools of eachKnownPools(this.database))
      for (const { id, pool, state } of await this.dueIn(pools, today)) {
        const actor = systemActor(SYSTEM, { pools: [pool] });
        const now = await each.try(`the pledges ${id}`, () => this.database.transaction(actor, (tx) => this.settle(tx, actor, pool, id)));
        if (now !== undefined && now !== state) moved += 1;
      }
    each.end();
    return moved;
  }

  private dueIn(pools: readonly PoolId[], today: LocalDate): Promise<{ id: RoundId; pool: PoolId; state: RoundState }[]> {
    return this.database.read(systemActor(SYSTEM, { pools }), (tx) =>
      tx.rows(
        `select r.id, r.pool_id as pool, r.state from pledge_round r join pool p on p.id = r.pool_id
         where r.pool_id = any($1) and r.state in ('open', 'extended') and (p.state <> 'active' or (r.free_until < $2
           and (case r.state when 'extended' then r.extend_to else r.reach_by end < $2
             or r.threshold_pence <= (select sum(amount_pence) from pledge where round_id = r.id and state = 'open'))))
         order by r.id`,
        [pools, today],
      ),
    );
  }

  private async release(tx: Tx, actor: Actor, round: RoundRow, pledges: readonly PledgeRow[], because: Because): Promise<RoundState> {
    await this.rounds.letGo(tx, actor, pledges, because);
    return this.rounds.move(tx, actor, round, 'release', null);
  }

  /** Which pledges may become contributions; the others are let go. */
  private async weigh(tx: Tx, actor: Actor, pool: PoolRow, pledges: readonly PledgeRow[]): Promise<{ accepted: Accepted[]; left: PledgeRow[] }> {
    const people = [...new Set(pledges.map((each) => each.personId))];
    await tx.alsoSee({ people, books: [...new Set([...pledges.map((each) => each.bookId), ...(pool.moneyHolderBookId ? [pool.moneyHolderBookId] : [])])] });
    const weighed = await this.batch.weigh(tx, pool.id, await this.askedOf(tx, actor, pool, pledges), true);
    const left = pledges.filter((_, n) => !('refusal' in weighed[n]!));
    for (const [n, each] of weighed.entries()) if ('refusal' in each) await this.rounds.letGo(tx, actor, [pledges[n]!], becauseOf(each.refusal));
    return { accepted: weighed.flatMap((each) => ('refusal' in each ? [] : [each])), left };
  }

  private async askedOf(tx: Tx, actor: Actor, pool: PoolRow, pledges: readonly PledgeRow[]): Promise<AskedContribution[]> {
    const lines = new Map((await this.budgets.factsOf(tx, [...new Set(pledges.map((each) => each.lineId))])).map((line) => [line.id, line]));
    const asked: AskedContribution[] = [];
    for (const { lineId, planLineId, amount, by, reservationId } of pledges) {
      const line = lines.get(lineId)!;
      const shareBook = bookOfShare(line, pool.moneyHolderBookId);
      const way = shareBook === line.bookId ? {} : { by: await this.remittances.wayInto(tx, shareBook, by ?? undefined) };
      asked.push({
        actor,
        command: { poolId: pool.id, lineId, planLineId, amountPence: amount, ...way },
        line,
        books: [...new Set([line.bookId, shareBook])],
        pledged: reservationId,
      });
    }
    return asked;
  }
}

const totalOf = (pledges: readonly PledgeRow[]): Pence => sumPence(pledges.map((each) => each.amount));

const becauseOf = (refusal: unknown): Because => (refusal instanceof DomainError ? (REASONS[refusal.code] ?? 'not-possible') : 'not-possible');
