import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, Id, PersonId } from '../kernel/index.js';
import { conflict, newId, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import type { GoalState } from './goal.lifecycle.js';
import { decideGoalState, requireRatable } from './goal.rules.js';
import type { ChangeGoal, NewGoal, NewOffer, RateGoal, WriteGoodLife } from './holder.dto.js';

export type GoalId = Id<'goal'>;
export type OfferId = Id<'offer'>;

interface GoalRow {
  readonly personId: PersonId;
  readonly state: GoalState;
}

/** What a person writes of themselves. Only they and who stands in for them may: staff never rewrite it. */
@Injectable()
export class Goals {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Puts a new wording in force; earlier ones are kept. The same words again change nothing. */
  async writeGoodLife(actor: Actor, person: PersonId, command: WriteGoodLife): Promise<{ written: boolean }> {
    requireAccess(actor, 'goal:write', { person });
    return this.database.transaction(actor, async (tx) => {
      const written = await tx.run(
        `insert into good_life (id, person_id, words, written_by, written_at) select $1, $2, $3::text, $4, $5
         where $3::text is distinct from (select words from good_life where person_id = $2 order by id desc limit 1)`,
        [newId(), person, command.words, actor.id, tx.now],
      );
      if (written > 0) await this.audit.record(tx, actor, { action: 'goal:write', noun: 'good-life', about: person });
      return { written: written > 0 };
    });
  }

  async addGoal(actor: Actor, person: PersonId, command: NewGoal, key?: string): Promise<{ id: GoalId }> {
    requireAccess(actor, 'goal:write', { person });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'goals.add', input: { person, ...command } }, async () => {
        const id = newId<'goal'>();
        tx.write(
          `insert into goal (id, person_id, matters, why, first_step, who_helps, by_day, signs, areas, state, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10)`,
          [
            id,
            person,
            command.matters,
            command.why ?? '',
            command.firstStep ?? '',
            command.whoHelps ?? '',
            command.byDay ?? null,
            command.signs ?? [],
            command.areas ?? [],
            tx.now,
          ],
        );
        await this.audit.record(tx, actor, { action: 'goal:write', noun: 'goal', nounId: id, about: person });
        return { id };
      }),
    );
  }

  /** Changes the words of a goal, or its state; what is left out stays. Refuses (conflict): a step its lifecycle does not know. */
  async changeGoal(actor: Actor, id: GoalId, command: ChangeGoal): Promise<{ id: GoalId; state: GoalState }> {
    return this.database.transaction(actor, async (tx) => {
      const goal = await this.lockGoal(tx, actor, id, 'goal:write');
      const next = command.state === undefined ? undefined : decideGoalState(goal.state, command.state);
      const changed = await tx.run(
        `update goal set matters = coalesce($3, matters), why = coalesce($4, why), first_step = coalesce($5, first_step), who_helps = coalesce($6, who_helps),
           by_day = coalesce($7, by_day), signs = coalesce($8, signs), areas = coalesce($9, areas), state = $10 where id = $1 and state = $2`,
        [
          id,
          goal.state,
          command.matters ?? null,
          command.why ?? null,
          command.firstStep ?? null,
          command.whoHelps ?? null,
          command.byDay ?? null,
          command.signs ?? null,
          command.areas ?? null,
          next ?? goal.state,
        ],
      );
      if (changed === 0) throw conflict('goal-changed', 'This goal has just been changed. Look at it again.');
      if (next) {
        tx.write('insert into goal_change (id, goal_id, person_id, from_state, to_state, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6, $7)', [
          newId(),
          id,
          goal.personId,
          goal.state,
          next,
          actor.id,
          tx.now,
        ]);
      }
      await this.audit.record(tx, actor, { action: 'goal:write', noun: 'goal', nounId: id, about: goal.personId, facts: next ? { state: next } : {} });
      return { id, state: next ?? goal.state };
    });
  }

  /** "How close am I?", 0 to 10. Given by the person alone, with help at most: nobody rates for another. Refuses: goal-let-go. */
  async rateGoal(actor: Actor, id: GoalId, command: RateGoal, key?: string): Promise<{ id: string; rating: number }> {
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'goals.rate', input: { id, ...command } }, async () => {
        const goal = await this.lockGoal(tx, actor, id, 'goal:rate');
        requireRatable(goal.state);
        const ratingId = newId<'goal-rating'>();
        tx.write('insert into goal_rating (id, goal_id, person_id, rating, words, was_helped, rated_by, rated_at) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
          ratingId,
          id,
          goal.personId,
          command.rating,
          command.words ?? '',
          command.wasHelped ?? false,
          actor.id,
          tx.now,
        ]);
        await announce(tx, { name: 'goalRated', about: { people: [goal.personId] }, payload: { goalId: id, personId: goal.personId, rating: command.rating } });
        await this.audit.record(tx, actor, { action: 'goal:rate', noun: 'goal', nounId: id, about: goal.personId });
        return { id: ratingId, rating: command.rating };
      }),
    );
  }

  async addOffer(actor: Actor, person: PersonId, command: NewOffer, key?: string): Promise<{ id: OfferId }> {
    requireAccess(actor, 'goal:write', { person });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'goals.offer', input: { person, ...command } }, async () => {
        const id = newId<'offer'>();
        tx.write('insert into offer (id, person_id, kind, words, made_at) values ($1, $2, $3, $4, $5)', [id, person, command.kind, command.words, tx.now]);
        await this.audit.record(tx, actor, { action: 'offer:write', noun: 'offer', nounId: id, about: person });
        return { id };
      }),
    );
  }

  /** An offer taken back is gone; nothing rests on it. */
  async removeOffer(actor: Actor, id: OfferId): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      const offer = await tx.row<{ personId: PersonId }>('select person_id as "personId" from offer where id = $1', [id]);
      if (!offer) throw notFound('The offer');
      requireAccess(actor, 'goal:write', { person: offer.personId });
      tx.write('delete from offer where id = $1', [id]);
      await this.audit.record(tx, actor, { action: 'offer:remove', noun: 'offer', nounId: id, about: offer.personId });
    });
  }

  private async lockGoal(tx: Tx, actor: Actor, id: GoalId, permission: string): Promise<GoalRow> {
    const goal = await tx.row<GoalRow>('select person_id as "personId", state from goal where id = $1 for update', [id]);
    if (!goal) throw notFound('The goal');
    requireAccess(actor, permission, { person: goal.personId });
    return goal;
  }
}
