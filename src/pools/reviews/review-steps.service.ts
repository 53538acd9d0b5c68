import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, PersonId, PoolId } from '../../kernel/index.js';
import { addDays, dayOf, edgeOf, newId, refused } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce } from '../../platform/index.js';
import { agreementInState, findPool, membersNow, membersOf, writeHistory } from '../pool.rows.js';
import type { OpenStage } from './review.dto.js';
import type { ReviewAction, ReviewState } from './review.lifecycle.js';
import { REVIEW, STAGE } from './review.lifecycle.js';
import type { ReviewId, ReviewRow, StageRow } from './review.rows.js';
import { lockReview, openReviewOf, othersThan, voicesOf } from './review.rows.js';
import { APPEAL_DAYS, checkStage, LEAST_VOICES, outcomeOfStage } from './review.rules.js';

export interface Reviewed {
  readonly reviewId: ReviewId;
  readonly state: ReviewState;
}

/** The steps of a talk about a member as they are written and told, whoever takes them: the chair, a last day that is over, or a member who has gone.
 *  The caller holds the pool, and the review is locked. */
@Injectable()
export class ReviewSteps {
  constructor(private readonly audit: Audit) {}

  /** Somebody left of their own accord, or died: there is nothing more to talk about. The transaction sees the pool. */
  async memberGone(tx: Tx, actor: Actor, poolId: PoolId, person: PersonId): Promise<void> {
    const open = await openReviewOf(tx, poolId, person);
    if (!open) return;
    const review = await lockReview(tx, open.id);
    if (review.state === 'open') await this.end(tx, actor, review, 'lapse', null);
  }

  /** Opens a stage, and tells the member and the others. Refuses: see checkStage. */
  async openStage(tx: Tx, actor: Actor, review: ReviewRow, last: StageRow | undefined, command: OpenStage): Promise<void> {
    checkStage(last, command, dayOf(tx.now));
    const { poolId, personId } = review;
    const terms = (await agreementInState(tx, poolId, 'in-force'))?.terms;
    const { stage } = command;
    tx.write(
      `insert into pool_review_stage (id, review_id, pool_id, person_id, place, stage, words, until_on, closes_on, place_held, state, opened_by, opened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12)`,
      [
        newId<'review-stage'>(),
        review.id,
        poolId,
        personId,
        (last?.place ?? 0) + 1,
        stage,
        command.words,
        stage === 'leave' ? null : command.untilOn,
        command.closesOn,
        stage === 'pause' ? terms?.absence === 'pay-to-hold-place' : null,
        actor.id,
        tx.now,
      ],
    );
    if (last?.stage !== stage && stage !== 'leave')
      await writeHistory(tx, actor, [{ poolId, noun: 'review', nounId: review.id, action: stage, from: last?.stage ?? null, to: 'open' }]);
    const others = othersThan(await membersOf(tx, poolId), personId);
    const asked = others.length >= LEAST_VOICES ? others : [];
    const facts = { poolId, reviewId: review.id, closesOn: command.closesOn };
    await announce(tx, { name: 'reviewStageOpened', about: { pools: [poolId], people: [personId] }, payload: { ...facts, personId, stage } });
    if (asked.length > 0) await announce(tx, { name: 'reviewVoicesAsked', about: { pools: [poolId], people: asked }, payload: { ...facts, personIds: asked } });
    await this.audit.record(tx, actor, { action: 'review:open-stage', noun: 'review', nounId: review.id, pool: poolId, about: personId, facts: { stage } });
  }

  /** The voices of those who are still members count, once each. More than half for staying ends it. */
  async closeStage(tx: Tx, actor: Actor, review: ReviewRow, stage: StageRow): Promise<Reviewed> {
    const { id, poolId, personId } = review;
    const edge = edgeOf('stage', STAGE, stage.state, 'close');
    const others = othersThan(await membersOf(tx, poolId), personId);
    // From here on the wall shows the voices.
    const closed = await tx.run(`update pool_review_stage set state = $2, outcome = 'too-few', others = $3, closed_at = $4 where id = $1 and state = 'open'`, [
      stage.id,
      edge.to,
      others.length,
      tx.now,
    ]);
    if (closed === 0) throw refused('stage-over', 'This is over already.');
    const said = (await voicesOf(tx, [id])).filter((voice) => voice.stageId === stage.id && others.includes(voice.personId)).map((voice) => voice.says);
    const outcome = outcomeOfStage(stage.stage, said, others.length);
    tx.write('update pool_review_stage set outcome = $2 where id = $1', [stage.id, outcome]);
    if (stage.stage === 'leave')
      tx.write('update pool_review set leaves_from = $2 where id = $1', [id, outcome === 'go-further' ? addDays(dayOf(tx.now), APPEAL_DAYS) : null]);
    await this.audit.record(tx, actor, {
      action: 'review:close-stage',
      noun: 'review',
      nounId: id,
      pool: poolId,
      about: personId,
      facts: { stage: stage.stage },
    });
    if (outcome === 'settle') return this.end(tx, actor, review, 'settle', null);
    const { brokerId } = await findPool(tx, poolId);
    const told = [personId, ...(brokerId ? [brokerId] : [])];
    await announce(tx, { name: edge.event!, about: { pools: [poolId], people: told }, payload: { poolId, reviewId: id, personIds: told } });
    return { reviewId: id, state: review.state };
  }

  /** Ends it in one way, with whatever stage was open. Refuses: review-over. */
  async end(tx: Tx, actor: Actor, review: ReviewRow, action: ReviewAction, words: string | null): Promise<Reviewed> {
    const { id, poolId, personId } = review;
    const edge: { readonly to: ReviewState; readonly event?: string } = edgeOf('review', REVIEW, review.state, action);
    tx.write(`update pool_review_stage set state = $2, closed_at = $3 where review_id = $1 and state = 'open'`, [id, STAGE.open.drop.to, tx.now]);
    const ended = await tx.run(`update pool_review set state = $2, ended_at = $3, end_words = $4 where id = $1 and state = 'open'`, [
      id,
      edge.to,
      tx.now,
      words,
    ]);
    if (ended === 0) throw refused('review-over', 'This talk has ended.');
    // Who left stands in the history as anybody who leaves.
    if (action === 'settle' || action === 'set-aside')
      await writeHistory(tx, actor, [{ poolId, noun: 'review', nounId: id, action: 'settle', from: 'open', to: edge.to }]);
    if (edge.event) {
      const people = membersNow(await membersOf(tx, poolId));
      await announce(tx, { name: edge.event, about: { pools: [poolId], people }, payload: { poolId, reviewId: id, personIds: people } });
    }
    await this.audit.record(tx, actor, { action: `review:${action}`, noun: 'review', nounId: id, pool: poolId, about: personId });
    return { reviewId: id, state: edge.to };
  }
}
