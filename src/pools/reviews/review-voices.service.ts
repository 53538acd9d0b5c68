import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, forbidden, newId, refused, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import { findPool, holdPool, lockPool, membersNow, membersOf } from '../pool.rows.js';
import { PoolSeats } from '../seats.service.js';
import { Chairs } from './chairs.service.js';
import type { AnswerReview, AppealReview, AskForReview, GiveVoice, TurnDownReview } from './review.dto.js';
import type { AskId, ReviewId, ReviewRow } from './review.rows.js';
import { findReview, isAppealOpen, latestStage, lockAsk, lockReview, openStageOf, othersThan } from './review.rows.js';
import { checkVoice } from './review.rules.js';

/** What members say when things with one of them do not go well: to the broker, as a voice among the others, and the member themselves. */
@Injectable()
export class ReviewVoices {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
    private readonly chairs: Chairs,
    private readonly audit: Audit,
  ) {}

  /** Tells the pool's broker that things with a member do not go well. Only the broker reads it. Words about harm are not taken: they go to those who keep
   *  people safe. Refuses: harm-goes-elsewhere, not-a-member, about-yourself, asked-already, no-broker, chair-conflicted. */
  async ask(actor: Actor, poolId: PoolId, command: AskForReview, key?: string): Promise<{ askId: AskId }> {
    const { person } = await this.seats.of(actor, poolId, 'pool:assent', command.personId);
    if (command.aboutHarm)
      throw refused(
        'harm-goes-elsewhere',
        'If somebody may be hurt, frightened or used, tell those who keep people safe: on the page “I am worried”. Nothing was kept here.',
      );
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.ask-review', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        const members = await membersOf(tx, poolId);
        if (!membersNow(members).includes(person)) throw refused('not-a-member', 'Only members of the group tell the broker here.');
        const about = members.find((member) => member.joinOrder === command.aboutMember && member.state === 'member');
        if (!about) throw refused('not-a-member', 'Choose a member of the group.');
        if (about.personId === person) throw refused('about-yourself', 'That is you. You can talk with the broker on any day.');
        const chair = await this.chairs.of(tx, pool, [about.personId, person]);
        const id = newId<'review-ask'>();
        const made = await tx.run(
          `insert into review_ask (id, pool_id, about_person, for_person, chair_id, asked_by, words, state, asked_at) values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8)
           on conflict (pool_id, about_person, for_person, chair_id) where state = 'waiting' do nothing`,
          [id, poolId, about.personId, person, chair, actor.id, command.words, tx.now],
        );
        if (made === 0) throw refused('asked-already', 'You told the broker about this already. They answer you.');
        await announce(tx, { name: 'reviewAsked', about: { pools: [poolId], people: [chair] }, payload: { poolId, chairId: chair } });
        // Not about whom: whom it is about might read it before the broker has talked with them.
        await this.audit.record(tx, actor, { action: 'review:ask', noun: 'review-ask', nounId: id, pool: poolId });
        return { askId: id };
      }),
    );
  }

  /** The broker does not take it up, and says why to who asked. Refuses: ask-answered. */
  async turnDown(actor: Actor, id: AskId, command: TurnDownReview, key?: string): Promise<{ askId: AskId }> {
    return this.database.transaction(systemActor('pools', { people: [actor.id as PersonId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.turn-down-review', input: { id, ...command } }, async () => {
        const ask = await lockAsk(tx, id);
        requireAccess(actor, 'pool:set-up', { pool: ask.poolId });
        if (ask.state !== 'waiting') throw refused('ask-answered', 'This is answered already.');
        tx.write(`update review_ask set state = 'turned-down', answer = $2, answered_at = $3 where id = $1`, [id, command.words, tx.now]);
        await this.audit.record(tx, actor, { action: 'review:turn-down', noun: 'review-ask', nounId: id, pool: ask.poolId });
        return { askId: id };
      }),
    );
  }

  /** One of the others says how to go on; a later word takes the place of an earlier one until the stage closes. For oneself, as a representative, or typed in by the
   *  broker for somebody who asked for it. Refuses: review-over, and see checkVoice. */
  async give(actor: Actor, id: ReviewId, command: GiveVoice, key?: string): Promise<{ reviewId: ReviewId }> {
    const { poolId } = await this.seen(actor, id, command.personId);
    const isChair = command.forMember !== undefined && can(actor, 'pool:set-up', { pool: poolId });
    if (command.forMember !== undefined && !isChair) throw forbidden();
    const person = isChair ? await this.memberAt(poolId, command.forMember!) : (await this.seats.of(actor, poolId, 'pool:assent', command.personId)).person;
    // Those for whom the actor acts, to count how many voices one person brings; and nobody else.
    const actsFor = actor.grants
      .filter((grant) => grant.on === 'person' && can(actor, 'pool:assent', { person: grant.id }))
      .map((grant) => grant.id as PersonId);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [...new Set([person, ...actsFor])] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.give-voice', input: { id, ...command } }, async () => {
        await holdPool(tx, poolId);
        const review = await lockReview(tx, id);
        if (review.state !== 'open') throw refused('review-over', 'This talk has ended.');
        const stage = await openStageOf(tx, id);
        const others = othersThan(await membersOf(tx, poolId), review.personId);
        const brought = await tx.rows<{ person: PersonId }>(
          'select person_id as person from pool_review_voice where stage_id = $1 and brought_by = $2 and person_id <> $2 and person_id <> $3',
          [stage.id, actor.id, person],
        );
        checkVoice(
          {
            stage: stage.stage,
            state: stage.state,
            closesOn: stage.closesOn,
            today: dayOf(tx.now),
            isMember: others.includes(person),
            others: others.length,
            about: review.personId,
            speaker: person,
            bringer: actor.id as PersonId,
            actsForBoth: can(actor, 'pool:assent', { person: review.personId }),
            isChair,
            carried: brought.length,
          },
          command.says,
        );
        await this.write(tx, actor, review, stage.id, person, command);
        // Never what was said: that stands behind its own wall.
        await this.audit.record(tx, actor, { action: 'review:voice', noun: 'review', nounId: id, pool: poolId, about: person });
        return { reviewId: id };
      }),
    );
  }

  /** The member it is about answers in their own words, names who supports them, and says whether they agree. Also after a stage has closed. Refuses: review-over. */
  async answer(actor: Actor, id: ReviewId, command: AnswerReview, key?: string): Promise<{ reviewId: ReviewId }> {
    return this.asMember(actor, id, command.personId, { key, command: 'pools.answer-review', input: { id, ...command } }, async (tx, review) => {
      tx.write(
        `insert into pool_review_answer (id, stage_id, review_id, pool_id, person_id, words, supporter, agrees, for_all, written_by, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          newId(),
          await latestStage(tx, id),
          id,
          review.poolId,
          review.personId,
          command.words,
          command.supporter ?? null,
          command.agrees ?? false,
          command.forAll ?? false,
          actor.id,
          tx.now,
        ],
      );
    });
  }

  /** The member it is about asks for it to be looked at by others: the complaint route of the ICB or of the body that holds the money. Nothing goes further until that is
   *  answered. Once. Refuses: review-over, appealed-already. Our judgement, November 2026. */
  async appeal(actor: Actor, id: ReviewId, command: AppealReview, key?: string): Promise<{ reviewId: ReviewId }> {
    return this.asMember(actor, id, command.personId, { key, command: 'pools.appeal-review', input: { id, ...command } }, async (tx, review) => {
      if (isAppealOpen(review) || review.appealAnsweredAt) throw refused('appealed-already', 'You have appealed. What came of it stands on this page.');
      tx.write('update pool_review set appeal_words = $2, appealed_at = $3 where id = $1', [id, command.words, tx.now]);
      const { brokerId } = await findPool(tx, review.poolId);
      if (brokerId)
        await announce(tx, {
          name: 'reviewAsked',
          about: { pools: [review.poolId], people: [brokerId] },
          payload: { poolId: review.poolId, chairId: brokerId },
        });
      await this.audit.record(tx, actor, { action: 'review:appeal', noun: 'review', nounId: id, pool: review.poolId, about: review.personId });
    });
  }

  private async asMember(
    actor: Actor,
    id: ReviewId,
    personId: PersonId | undefined,
    repeat: { readonly key: string | undefined; readonly command: string; readonly input: object },
    work: (tx: Tx, review: ReviewRow) => Promise<void>,
  ): Promise<{ reviewId: ReviewId }> {
    const { poolId, personId: about } = await this.seen(actor, id, personId);
    const { person } = await this.seats.of(actor, poolId, 'pool:assent', personId);
    if (person !== about) throw forbidden();
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person] }), (tx) =>
      once(tx, actor, repeat.key === undefined ? undefined : { ...repeat, key: repeat.key }, async () => {
        const review = await lockReview(tx, id);
        if (review.state !== 'open') throw refused('review-over', 'This talk has ended.');
        await work(tx, review);
        return { reviewId: id };
      }),
    );
  }

  private async write(tx: Tx, actor: Actor, review: ReviewRow, stage: string, person: PersonId, command: GiveVoice): Promise<void> {
    const values = [command.says, command.reason ?? '', command.helpedBy ?? null, actor.id, tx.now, stage, person];
    const changed = await tx.run(
      'update pool_review_voice set says = $1, reason = $2, helped_by = $3, brought_by = $4, at = $5 where stage_id = $6 and person_id = $7',
      values,
    );
    if (changed > 0) return;
    tx.write(
      `insert into pool_review_voice (says, reason, helped_by, brought_by, at, stage_id, person_id, id, review_id, pool_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [...values, newId(), review.id, review.poolId],
    );
    tx.write('update pool_review_stage set given = given + 1 where id = $1', [stage]);
  }

  private async memberAt(poolId: PoolId, joinOrder: number): Promise<PersonId> {
    const members = await this.database.read(systemActor('pools', { pools: [poolId] }), (tx) => membersOf(tx, poolId));
    const found = members.find((member) => member.joinOrder === joinOrder);
    if (!found) throw refused('not-a-member', 'Only members of the pool are asked.');
    return found.personId;
  }

  /** The review, if the actor, or the person they act for, has a place in its pool; else it does not exist for them. */
  private async seen(actor: Actor, id: ReviewId, person: PersonId = actor.id as PersonId): Promise<ReviewRow> {
    return this.database.read(await this.seats.finderFor(actor, [person], 'now'), (tx) => findReview(tx, id));
  }
}
