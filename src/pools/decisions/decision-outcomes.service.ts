import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, LocalDate, PoolId } from '../../kernel/index.js';
import { edgeOf, refused, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database } from '../../platform/index.js';
import { eachKnownPools, membersNow, membersOf, writeHistory } from '../pool.rows.js';
import { peopleOf, PoolSeats, requireRaiser } from '../seats.service.js';
import type { DecisionAction, DecisionState } from './decision.lifecycle.js';
import { DECISION } from './decision.lifecycle.js';
import type { DecisionId, DecisionRow, StoredOutcome } from './decision.rows.js';
import { findDecision, ideasOf, lockDecision, votesOf } from './decision.rows.js';
import { countsOf, outcomeOf, shareOut, votesNeeded } from './decision.rules.js';
import type { Raised } from './decisions.service.js';
import { OneByOne } from '../one-by-one.js';

const SYSTEM = 'pools.decisions';

/** How a question ends: on its last day, before it once all have voted, or taken back. */
@Injectable()
export class DecisionOutcomes {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
    private readonly audit: Audit,
  ) {}

  /** Takes a question back: whoever raised it, or the pool's broker. What was said stays. */
  async withdraw(actor: Actor, id: DecisionId): Promise<Raised> {
    return this.asRaiser(actor, id, async (tx, decision) => this.move(tx, actor, decision, 'withdraw', null));
  }

  /** Ends the vote before its last day, once everybody has voted. Refuses: votes-missing. */
  async closeEarly(actor: Actor, id: DecisionId): Promise<Raised> {
    return this.asRaiser(actor, id, async (tx, decision) => {
      const people = membersNow(await membersOf(tx, decision.poolId));
      if ((await votesOf(tx, id, people)).length < people.length)
        throw refused('votes-missing', 'Not everybody has voted yet. It ends by itself on its last day.');
      return this.settle(tx, actor, decision);
    });
  }

  /** Says what came out of every question whose last day is over. Safe to repeat. Answers how many. */
  async closeDue(today: LocalDate): Promise<number> {
    let closed = 0;
    const each = new OneByOne();
    for await (const pools of eachKnownPools(this.database)) {
      const due = await this.database.read(systemActor(SYSTEM, { pools }), (tx) =>
        tx.rows<{ id: DecisionId; pool: PoolId }>(
          `select id, pool_id as pool from pool_decision where pool_id = any($1) and state = 'open' and closes_on < $2 order by closes_on, id`,
          [pools, today],
        ),
      );
      for (const { id, pool } of due) closed += Number((await each.try(`the question ${id}`, () => this.close(id, pool))) ?? false);
    }
    each.end();
    return closed;
  }

  private close(id: DecisionId, pool: PoolId): Promise<boolean> {
    return this.database.transaction(systemActor(SYSTEM, { pools: [pool] }), async (tx) => {
      const decision = await lockDecision(tx, id);
      if (decision.state !== 'open') return false;
      await this.settle(tx, systemActor(SYSTEM, {}), decision);
      return true;
    });
  }

  private async settle(tx: Tx, actor: Actor, decision: DecisionRow): Promise<Raised> {
    const people = membersNow(await membersOf(tx, decision.poolId));
    const votes = await votesOf(tx, decision.id, people);
    const counts = countsOf(votes, people.length);
    const ideas = await ideasOf(tx, decision.id);
    if (decision.budget === null) return this.move(tx, actor, decision, outcomeOf(decision.decide, decision.quorumPercent, counts), counts);
    const shared = shareOut(decision.budget, ideas, votes, people);
    const stored = (by: keyof typeof shared) => ({
      funded: [...shared[by].funded],
      spent: String(shared[by].spent),
      leftOut: shared[by].leftOut.length,
    });
    const wantedBy = Object.fromEntries(ideas.map((idea) => [idea.id, votes.filter((vote) => vote.ideas.includes(idea.id)).length]));
    const outcome: StoredOutcome = { ...counts, wantedBy, sharedOut: { equalShares: stored('equalShares'), votes: stored('votes') } };
    if (counts.voted < votesNeeded('most-agree', decision.quorumPercent, counts.members)) return this.move(tx, actor, decision, 'find-too-few', outcome);
    return this.move(tx, actor, decision, shared.equalShares.funded.length > 0 ? 'carry' : 'turn-down', outcome);
  }

  private async move(tx: Tx, actor: Actor, decision: DecisionRow, action: DecisionAction, outcome: StoredOutcome | null): Promise<Raised> {
    const edge: { readonly to: DecisionState; readonly event?: string } = edgeOf('decision', DECISION, decision.state, action);
    const moved = await tx.run(`update pool_decision set state = $2, outcome = $3, closed_at = $4 where id = $1 and state = 'open'`, [
      decision.id,
      edge.to,
      outcome === null ? null : JSON.stringify(outcome),
      tx.now,
    ]);
    if (moved === 0) throw refused('vote-closed', 'This is decided. You can raise it again.');
    await writeHistory(tx, actor, [{ poolId: decision.poolId, noun: 'decision', nounId: decision.id, action, from: 'open', to: edge.to }]);
    if (edge.event)
      await announce(tx, {
        name: edge.event,
        about: { pools: [decision.poolId], people: membersNow(await membersOf(tx, decision.poolId)) },
        payload: { poolId: decision.poolId, decisionId: decision.id, state: edge.to },
      });
    await this.audit.record(tx, actor, { action: `decision:${action}`, noun: 'decision', nounId: decision.id, pool: decision.poolId });
    return { decisionId: decision.id, state: edge.to };
  }

  private async asRaiser(actor: Actor, id: DecisionId, work: (tx: Tx, decision: DecisionRow) => Promise<Raised>): Promise<Raised> {
    const { poolId } = await this.database.read(await this.seats.finderFor(actor, peopleOf(actor), 'now'), (tx) => findDecision(tx, id));
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), async (tx) => {
      const decision = await lockDecision(tx, id);
      requireRaiser(actor, decision);
      return work(tx, decision);
    });
  }
}
