import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { addDays, dayOf, edgeOf, forbidden, newId, notFound, refused, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import { Leaving } from '../leaving.service.js';
import type { MemberRow } from '../pool.rows.js';
import { agreementInState, eachKnownPools, findPool, holdPool, lockPool, membersNow, membersOf, writeHistory } from '../pool.rows.js';
import { Chairs } from './chairs.service.js';
import type { AnswerAppeal, BeginReview, OpenStage, SettleReview } from './review.dto.js';
import type { ReviewAction, ReviewState } from './review.lifecycle.js';
import { REVIEW, STAGE } from './review.lifecycle.js';
import type { ReviewId, ReviewRow, StageId, StageRow } from './review.rows.js';
import { findReview, lockReview, openReviewOf, stagesOf, voicesOf } from './review.rows.js';
import { APPEAL_DAYS, checkLeaving, checkStage, LEAST_VOICES, outcomeOfStage } from './review.rules.js';

export interface Reviewed {
  readonly reviewId: ReviewId;
  readonly state: ReviewState;
}

const SYSTEM = systemActor('pools.reviews', {});

export const othersThan = (members: readonly MemberRow[], person: PersonId): PersonId[] => membersNow(members).filter((each) => each !== person);

/** What the chair does when things with one member do not go well: stages, one after the other, and how it ends. */
@Injectable()
export class MemberReviews {
  constructor(
    private readonly database: Database,
    private readonly chairs: Chairs,
    private readonly leaving: Leaving,
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
        await tx.run(`insert into pool_review (id, pool_id, person_id, state, opened_at) values ($1, $2, $3, 'open', $4)`, [
          id,
          poolId,
          about.personId,
          tx.now,
        ]);
        await tx.run(`update review_ask set state = 'taken-up', answered_at = $3 where pool_id = $1 and about_person = $2 and state = 'waiting'`, [
          poolId,
          about.personId,
          tx.now,
        ]);
        const review = await findReview(tx, id);
        await this.openStage(tx, actor, review, undefined, { ...command, stage: command.stage });
        return { reviewId: id, state: review.state };
      }),
    );
  }

  /** Opens the next stage. Refuses: review-over, appeal-open, chair-conflicted, and see checkStage. */
  async open(actor: Actor, id: ReviewId, command: OpenStage, key?: string): Promise<Reviewed> {
    return this.chaired(actor, id, { key, command: 'pools.open-review-stage', input: { id, ...command } }, async (tx, review) => {
      if (isAppealOpen(review)) throw refused('appeal-open', 'The member has appealed. Nothing happens until that is answered.');
      await this.openStage(tx, actor, review, (await stagesOf(tx, [id])).at(-1), command);
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
      return this.closeStage(tx, actor, review, stage);
    });
  }

  /** Ends it well, at any stage. Voices of a stage that was still open are opened to nobody. */
  async settle(actor: Actor, id: ReviewId, command: SettleReview, key?: string): Promise<Reviewed> {
    return this.chaired(actor, id, { key, command: 'pools.settle-review', input: { id, ...command } }, (tx, review) =>
      this.end(tx, actor, review, 'settle', command.words),
    );
  }

  /** Writes down what the complaint route answered to the member's appeal. Refuses: no-appeal. */
  async answerAppeal(actor: Actor, id: ReviewId, command: AnswerAppeal, key?: string): Promise<Reviewed> {
    return this.chaired(actor, id, { key, command: 'pools.answer-appeal', input: { id, ...command } }, async (tx, review) => {
      if (!isAppealOpen(review)) throw refused('no-appeal', 'No appeal waits for an answer.');
      await tx.run('update pool_review set appeal_answer = $2, appeal_answered_at = $3 where id = $1', [id, command.words, tx.now]);
      await this.audit.record(tx, actor, { action: 'review:answer-appeal', noun: 'review', nounId: id, pool: review.poolId, about: review.personId });
      return command.isUpheld ? this.end(tx, actor, review, 'set-aside', null) : { reviewId: id, state: review.state };
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
        return this.end(tx, actor, review, 'end-membership', null);
      }),
    );
  }

  /** Closes every stage whose last day is over. Safe to repeat. Answers how many. */
  async closeDue(today: LocalDate): Promise<number> {
    let closed = 0;
    for await (const pools of eachKnownPools(this.database)) {
      const due = await this.database.read(systemActor('pools.reviews', { pools }), (tx) =>
        tx.rows<{ id: ReviewId; pool: PoolId }>(
          `select review_id as id, pool_id as pool from pool_review_stage where pool_id = any($1) and state = 'open' and closes_on < $2 order by closes_on, id`,
          [pools, today],
        ),
      );
      for (const { id, pool } of due)
        await this.database.transaction(systemActor('pools.reviews', { pools: [pool] }), async (tx) => {
          await holdPool(tx, pool);
          const review = await lockReview(tx, id);
          const stage = (await stagesOf(tx, [id])).find((each) => each.state === 'open');
          if (review.state === 'open' && stage && stage.closesOn < today) await this.closeStage(tx, SYSTEM, review, stage);
        });
      closed += due.length;
    }
    return closed;
  }

  /** Somebody left of their own accord, or died: there is nothing more to talk about. The transaction sees the pool. */
  async memberGone(tx: Tx, actor: Actor, poolId: PoolId, person: PersonId): Promise<void> {
    const open = await openReviewOf(tx, poolId, person);
    if (!open) return;
    const review = await lockReview(tx, open.id);
    if (review.state === 'open') await this.end(tx, actor, review, 'lapse', null);
  }

  private async openStage(tx: Tx, actor: Actor, review: ReviewRow, last: StageRow | undefined, command: OpenStage): Promise<void> {
    checkStage(last, command, dayOf(tx.now));
    const { poolId, personId } = review;
    const terms = (await agreementInState(tx, poolId, 'in-force'))?.terms;
    const { stage } = command;
    await tx.run(
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
  private async closeStage(tx: Tx, actor: Actor, review: ReviewRow, stage: StageRow): Promise<Reviewed> {
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
    await tx.run('update pool_review_stage set outcome = $2 where id = $1', [stage.id, outcome]);
    if (stage.stage === 'leave')
      await tx.run('update pool_review set leaves_from = $2 where id = $1', [id, outcome === 'go-further' ? addDays(dayOf(tx.now), APPEAL_DAYS) : null]);
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

  private async end(tx: Tx, actor: Actor, review: ReviewRow, action: ReviewAction, words: string | null): Promise<Reviewed> {
    const { id, poolId, personId } = review;
    const edge: { readonly to: ReviewState; readonly event?: string } = edgeOf('review', REVIEW, review.state, action);
    await tx.run(`update pool_review_stage set state = $2, closed_at = $3 where review_id = $1 and state = 'open'`, [id, STAGE.open.drop.to, tx.now]);
    const ended = await tx.run(`update pool_review set state = $2, ended_at = $3, end_words = $4 where id = $1 and state = 'open'`, [
      id,
      edge.to,
      tx.now,
      words,
    ]);
    if (ended === 0) throw reviewOver();
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
    if (review.state !== 'open') throw reviewOver();
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

export const isAppealOpen = (review: ReviewRow): boolean => review.appealedAt !== null && review.appealAnsweredAt === null;

const reviewOver = () => refused('review-over', 'This talk has ended.');

async function openStageOf(tx: Tx, id: ReviewId): Promise<StageRow> {
  const stage = (await stagesOf(tx, [id])).find((each) => each.state === 'open');
  if (!stage) throw refused('stage-over', 'This is over. The broker tells you how it goes on.');
  return stage;
}

/** The stage that is open, for voices and answers. Refuses: stage-over. */
export const stageOpen = openStageOf;
/** For answers, which may also be given after a stage has closed: the latest. */
export async function latestStage(tx: Tx, id: ReviewId): Promise<StageId> {
  const stage = (await stagesOf(tx, [id])).at(-1);
  if (!stage) throw notFound('The page');
  return stage.id;
}
