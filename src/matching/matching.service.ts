import { Injectable } from '@nestjs/common';
import type { SuitablePair } from '../introductions/index.js';
import { Suggestions } from '../introductions/index.js';
import { dayOf, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { goalWeight } from './matching.rules.js';
import { GOAL_COUNTS_SQL, PAIRS_SQL } from './matching.sql.js';

const SYSTEM = 'matching';
/** Places a statement serves, so that even a dense city's takes seconds. Our judgement, November 2026. */
const PLACES_AT_ONCE = 10;

/** Suggests to people others who want similar things. It never reads an answer: what was said feeds nothing here (truth 11). */
@Injectable()
export class Matching {
  constructor(
    private readonly database: Database,
    private readonly suggestions: Suggestions,
  ) {}

  /** Weighs each goal by how rare it is, then serves every place that has an open card, a batch to a transaction. Safe to repeat.
   *  `progress` hears how many places are done. */
  async suggestAll(progress: (done: number, total: number) => void = () => undefined): Promise<void> {
    const all = await this.database.read(systemActor(SYSTEM, {}), (tx) => tx.rows<{ district: string }>('select district from place order by district'));
    const system = systemActor(SYSTEM, { places: all.map((place) => place.district) });
    await this.database.transaction(system, (tx) => this.weighGoals(tx));
    const served = await this.database.read(system, (tx) => tx.rows<{ place: string }>(`select distinct place from card where state = 'open' order by place`));
    for (let at = 0; at < served.length; at += PLACES_AT_ONCE) {
      const places = served.slice(at, at + PLACES_AT_ONCE).map((row) => row.place);
      await this.database.transaction(system, async (tx) => this.suggestions.propose(tx, await pairsOf(tx, places, null)));
      progress(Math.min(at + PLACES_AT_ONCE, served.length), served.length);
    }
  }

  /** Suggestions for one card just opened, in a transaction that sees the places within its distance. */
  async suggestFor(tx: Tx, card: string): Promise<void> {
    const row = await tx.row<{ place: string }>(`select place from card where id = $1 and state = 'open'`, [card]);
    if (row) await this.suggestions.propose(tx, await pairsOf(tx, [row.place], card));
  }

  private async weighGoals(tx: Tx): Promise<void> {
    const goals = await tx.rows<{ id: string; withGoal: number; openCards: number }>(GOAL_COUNTS_SQL);
    await tx.run('update goal_term t set weight = w.weight from unnest($1::text[], $2::int[]) as w(id, weight) where w.id = t.id and t.weight <> w.weight', [
      goals.map((goal) => goal.id),
      goals.map((goal) => goalWeight(goal.openCards, goal.withGoal)),
    ]);
  }
}

/** The best pairs of the open cards of some districts, or of one card. The planner cannot know how many rows each step of the statement
 *  makes, and when it guesses few it compares every card with every other: so it is told, for this transaction, to join by hashing. */
export async function pairsOf(tx: Tx, districts: readonly string[], card: string | null): Promise<SuitablePair[]> {
  await tx.rows(`select set_config('enable_nestloop', 'off', true)`);
  return tx.rows<SuitablePair>(PAIRS_SQL, [districts, dayOf(tx.now), card]);
}
