import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, BudgetLineId, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, edgeOf, penceAsNumber, refused } from '../../kernel/index.js';
import { Ledger } from '../../ledger/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, announceAll } from '../../platform/index.js';
import { lockPool, membersNow, membersOf, writeHistory } from '../pool.rows.js';
import { pledgeEndedEntry } from './pledge.entries.js';
import type { RoundAction, RoundState } from './pledge.lifecycle.js';
import { PLEDGE_ROUND } from './pledge.lifecycle.js';
import type { Because, PledgeRow, RoundRow } from './pledge.rows.js';
import { endPledges, lockOpenRounds, openPledgesFrom, openPledgesIn } from './pledge.rows.js';

/** Reasons of one member's own, which that member is told; the others see only that a pledge counts no longer. */
const OWN_REASONS: readonly Because[] = ['line-suspended', 'line-ended', 'not-possible', 'part-stopped'];

/** What becomes of rounds and pledges without their members' doing. Whoever calls holds the pool's lock, and after it that of the rounds. */
@Injectable()
export class PledgeRounds {
  constructor(
    private readonly ledger: Ledger,
    private readonly audit: Audit,
  ) {}

  /** Moves a locked round on, and tells the members. */
  async move(tx: Tx, actor: Actor, round: RoundRow, action: RoundAction, called: Pence | null): Promise<RoundState> {
    const edge: { readonly to: RoundState; readonly event?: string } = edgeOf('pledge-round', PLEDGE_ROUND, round.state, action);
    const moved = await tx.run(`update pledge_round set state = $2, called_pence = $3, closed_at = $4 where id = $1 and state = $5`, [
      round.id,
      edge.to,
      called,
      edge.to === 'extended' ? null : tx.now,
      round.state,
    ]);
    if (moved === 0) throw refused('pledges-over', 'Nothing can be pledged here any more. Somebody can ask again.');
    const { id, poolId } = round;
    await writeHistory(tx, actor, [{ poolId, noun: 'pledge', nounId: id, action, from: round.state, to: edge.to }]);
    await announce(tx, {
      name: edge.event!,
      about: { pools: [poolId], people: membersNow(await membersOf(tx, poolId)) },
      payload: { poolId, roundId: id, state: edge.to, until: edge.to === 'extended' ? round.extendTo : null },
    });
    await this.audit.record(tx, actor, {
      action: `pledges:${action}`,
      noun: 'pledge-round',
      nounId: id,
      pool: poolId,
      facts: called === null ? {} : { amountPence: penceAsNumber(called) },
    });
    return edge.to;
  }

  /** Lets pledges go: their money is free in their lines again. The transaction is widened to their people and books. */
  async letGo(tx: Tx, actor: Actor, pledges: readonly PledgeRow[], because: Because): Promise<void> {
    if (pledges.length === 0) return;
    const people = [...new Set(pledges.map((each) => each.personId))];
    await tx.alsoSee({ people, books: [...new Set(pledges.map((each) => each.bookId))] });
    await this.ledger.record(
      tx,
      pledges.map(({ id, bookId, reservationId }) => pledgeEndedEntry({ id, book: bookId, reservation: reservationId, on: dayOf(tx.now) })),
    );
    await endPledges(
      tx,
      'release',
      pledges.map(({ id }) => ({ id, because })),
    );
    if (!OWN_REASONS.includes(because)) return;
    await writeHistory(
      tx,
      actor,
      pledges.map(({ id, poolId }) => ({ poolId, noun: 'pledge', nounId: id, action: 'let-go', from: 'open', to: 'released' })),
    );
    await announceAll(
      tx,
      pledges.map(({ id, poolId, roundId, personId }) => ({
        name: 'pledgeReleased',
        about: { pools: [poolId], people: [personId] },
        payload: { poolId, roundId, pledgeId: id, personId, because },
      })),
    );
  }

  /** Somebody is no longer in a pool. The caller holds the pool's lock. */
  async ofMember(tx: Tx, actor: Actor, pool: PoolId, person: PersonId, because: Extract<Because, 'left' | 'died' | 'pool-stopped'>): Promise<void> {
    if ((await openPledgesIn(tx, pool, person)).length === 0) return;
    await lockOpenRounds(tx, pool);
    await this.letGo(tx, actor, await openPledgesIn(tx, pool, person), because);
  }

  /** Nothing new may be bought from a line any more: what was pledged from it is let go, in every pool. The transaction sees the person and the
   *  line's book. Safe to repeat. */
  async ofLine(tx: Tx, actor: Actor, line: BudgetLineId, because: Extract<Because, 'line-suspended' | 'line-ended'>): Promise<void> {
    for (const pool of [...new Set((await openPledgesFrom(tx, line)).map((each) => each.poolId))].sort()) {
      await tx.alsoSee({ pools: [pool] });
      await lockPool(tx, pool);
      await lockOpenRounds(tx, pool);
      await this.letGo(
        tx,
        actor,
        (await openPledgesFrom(tx, line)).filter((each) => each.poolId === pool),
        because,
      );
    }
  }
}
