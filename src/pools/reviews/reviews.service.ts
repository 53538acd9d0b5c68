import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, forbidden, newId, refused, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database, once } from '../../platform/index.js';
import { Leaving } from '../leaving.service.js';
import { eachKnownPools, findPool, holdPool, lockPool, membersOf } from '../pool.rows.js';
import { Chairs } from './chairs.service.js';
import type { AnswerAppeal, BeginReview, OpenStage, SettleReview } from './review.dto.js';
import type { Reviewed } from './review-steps.service.js';
import { ReviewSteps } from './review-steps.service.js';
import type { ReviewId, ReviewRow } from './review.rows.js';
import { findReview, isAppealOpen, lockReview, openReviewOf, openStageOf, othersThan, stagesOf } from './review.rows.js';
import { checkLeaving, LEAST_VOICES } from './review.rules.js';
import { OneByOne } from '../one-by-one.js';

const SYSTEM = systemActor('pools.reviews', {});

/** What the chair does when things with one member do not go well: stages, one after the other, and how it ends. */
@Injectable()
export class MemberReviews {
  constructor(
    private readonly database: Database,
    private readonly chairs: Chairs,
    private readonly leaving: Leaving,
    private readonly steps: ReviewSteps,
    private readonly audit: Audit,
  ) {}

  /** The broker takes up what a member told, or begins of their own accord: with a talk. Whoever asked about this member is answered by it.
   *  Refuses: pool-not-active, not-a-member, review-open, no-broker, chair-conflicted, and see checkStage. */
  async begin(actor: Actor, poolId: PoolId, command: BeginReview, key?: string): Promise<Reviewed> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [actor.id as PersonId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.begin-review', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        if (pool.state !== 'active' && pool.state !== 'frozen') throw refused('pool-not-active', 'The pool is not running.');
        const about = (await membersOf(tx, poolId)).find((member) => member.joinOrder === command.aboutMember && member.state === 'member');
        if (!about) throw refused('not-a-member', 'Choose a member of the group.');
        if (await openReviewOf(tx, poolId, about.personId)) throw refused('review-open', 'There is such a talk with this member already.');
        await this.asChair(tx, actor, poolId, about.personId);
        const id = newId<'review'>();
        tx.write(`insert into pool_review (id, pool_id, person_id, state, opened_at) values ($1, $2, $3, 'open', $4)`, [id, poolId, about.personId, tx.now]);
        tx.write(`update review_ask set state = 'taken-up', answered_at = $3 where pool_id = $1 and about_person = $2 and state = 'waiting'`, [
          poolId,
          about.personId,
          tx.now,
        ]);
        const review = await findReview(tx, id);
        await this.steps.openStage(tx, actor, review, undefined, { ...command, stage: command.stage });
        return { reviewId: id, state: review.state };
      }),
    );
  }

  /** Opens the next stage. Refuses: review-over, appeal-open, chair-conflicted, and see checkStage. */
  async open(actor: Actor, id: ReviewId, command: OpenStage, key?: string): Promise<Reviewed> {
    return this.chaired(actor, id, { key, command: 'pools.open-review-stage', input: { id, ...command } }, async (tx, review) => {
      if (isAppealOpen(review)) throw refused('appeal-open', 'The member has appealed. Nothing happens until that is answered.');
      await this.steps.openStage(tx, actor, review, (await stagesOf(tx, [id])).at(-1), command);
      return { reviewId: id, state: review.state };
    });
  }

  /** Closes the stage before its last day, once all the others have spoken. Refuses: voices-missing, stage-over. */
  async close(actor: Actor, id: ReviewId): Promise<Reviewed> {
    return this.chaired(actor, id, undefined, async (tx, review) => {
      const stage = await openStageOf(tx, id);
      const others = othersThan(await membersOf(tx, review.poolId), review.personId);
      if (others.length >= LEAST_VOICES && stage.given < others.length)
        throw refused('voices-missing', 'Not everybody has spoken yet. It closes by itself on its last day.');
      return this.steps.closeStage(tx, actor, review, stage);
    });
  }

  /** Ends it well, at any stage. Voices of a stage that was still open are opened to nobody. */
  async settle(actor: Actor, id: ReviewId, command: SettleReview, key?: string): Promise<Reviewed> {
    return this.chaired(actor, id, { key, command: 'pools.settle-review', input: { id, ...command } }, (tx, review) =>
      this.steps.end(tx, actor, review, 'settle', command.words),
    );
  }

  /** Writes down what the complaint route answered to the member's appeal. Refuses: no-appeal. */
  async answerAppeal(actor: Actor, id: ReviewId, command: AnswerAppeal, key?: string): Promise<Reviewed> {
    return this.chaired(actor, id, { key, command: 'pools.answer-appeal', input: { id, ...command } }, async (tx, review) => {
      if (!isAppealOpen(review)) throw refused('no-appeal', 'No appeal waits for an answer.');
      tx.write('update pool_review set appeal_answer = $2, appeal_answered_at = $3 where id = $1', [id, command.words, tx.now]);
      await this.audit.record(tx, actor, { action: 'review:answer-appeal', noun: 'review', nounId: id, pool: review.poolId, about: review.personId });
      return command.isUpheld ? this.steps.end(tx, actor, review, 'set-aside', null) : { reviewId: id, state: review.state };
    });
  }

  /** Ends the membership that the others asked to end, as any leaving: with the exit statement, notice, and the money home. Refuses: see checkLeaving;
   *  member-is-left. */
  async endMembership(actor: Actor, id: ReviewId, key?: string): Promise<Reviewed> {
    const { poolId, personId } = await this.seen(actor, id);
    const books = await this.leaving.booksOf(poolId, personId);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [personId], books }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.end-membership', input: { id } }, async () => {
        await lockPool(tx, poolId);
        const review = await this.lockOpen(tx, id);
        await this.asChair(tx, actor, poolId, personId);
        const last = (await stagesOf(tx, [id])).at(-1);
        checkLeaving({ last, leavesFrom: review.leavesFrom, today: dayOf(tx.now), isAppealOpen: isAppealOpen(review) });
        await this.leaving.leaveNow(tx, actor, poolId, personId, books);
        return this.steps.end(tx, actor, review, 'end-membership', null);
      }),
    );
  }

  /** Closes every stage whose last day is over. Safe to repeat. Answers how many. */
  async closeDue(today: LocalDate): Promise<number> {
    let closed = 0;
    const each = new OneByOne();
    for await (const pools of eachKnownPools(this.database)) {
      const due = await this.database.read(systemActor('pools.reviews', { pools }), (tx) =>
        tx.rows<{ id: ReviewId; pool: PoolId }>(
          `select review_id as id, pool_id as pool from pool_review_stage where pool_id = any($1) and state = 'open' and closes_on < $2 order by closes_on, id`,
          [pools, today],
        ),
      );
      for (const { id, pool } of due) closed += Number((await each.try(`the talk ${id}`, () => this.closeStage(id, pool, today))) ?? false);
    }
    each.end();
    return closed;
  }

  private closeStage(id: ReviewId, pool: PoolId, today: LocalDate): Promise<boolean> {
    return this.database.transaction(systemActor('pools.reviews', { pools: [pool] }), async (tx) => {
      await holdPool(tx, pool);
      const review = await lockReview(tx, id);
      const stage = (await stagesOf(tx, [id])).find(({ state }) => state === 'open');
      if (review.state !== 'open' || !stage || stage.closesOn >= today) return false;
      await this.steps.closeStage(tx, SYSTEM, review, stage);
      return true;
    });
  }

  /** Runs for the chair with the pool held and the review locked. To who is not the pool's broker, the review is not theirs to lead. */
  private async chaired(
    actor: Actor,
    id: ReviewId,
    repeat: { readonly key: string | undefined; readonly command: string; readonly input: object } | undefined,
    work: (tx: Tx, review: ReviewRow) => Promise<Reviewed>,
  ): Promise<Reviewed> {
    const { poolId, personId } = await this.seen(actor, id);
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), (tx) =>
      once(tx, actor, repeat?.key === undefined ? undefined : { key: repeat.key, command: repeat.command, input: repeat.input }, async () => {
        await holdPool(tx, poolId);
        const review = await this.lockOpen(tx, id);
        await this.asChair(tx, actor, poolId, personId);
        return work(tx, review);
      }),
    );
  }

  private async lockOpen(tx: Tx, id: ReviewId): Promise<ReviewRow> {
    const review = await lockReview(tx, id);
    if (review.state !== 'open') throw refused('review-over', 'This talk has ended.');
    return review;
  }

  private async asChair(tx: Tx, actor: Actor, poolId: PoolId, about: PersonId): Promise<void> {
    const chair = await this.chairs.of(tx, await findPool(tx, poolId), [about]);
    if (chair !== actor.id) throw forbidden();
  }

  private async seen(actor: Actor, id: ReviewId): Promise<ReviewRow> {
    const pools = actor.grants.filter((grant) => grant.on === 'pool' && can(actor, 'pool:read', { pool: grant.id })).map((grant) => grant.id as PoolId);
    const review = await this.database.read(systemActor('pools', { pools }), (tx) => findReview(tx, id));
    requireAccess(actor, 'pool:set-up', { pool: review.poolId });
    return review;
  }
}
