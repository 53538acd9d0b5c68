import { Injectable } from '@nestjs/common';
import { can } from '../../identity/index.js';
import type { Actor, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, notFound, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { MemberRow } from '../pool.rows.js';
import { findPool, membersNow, membersOf } from '../pool.rows.js';
import type { Seat } from '../seats.service.js';
import { peopleOf, PoolSeats } from '../seats.service.js';
import type { ReviewState, StageState } from './review.lifecycle.js';
import type { AnswerRow, AskId, AskRow, ReviewId, ReviewRow, StageRow, VoiceRow } from './review.rows.js';
import { answersOf, asksOf, findReview, isAppealOpen, othersThan, reviewsOf, stagesOf, voicesOf } from './review.rows.js';
import type { Says, Stage, StageOutcome } from './review.rules.js';
import { checkLeaving, LEAST_VOICES, saysAt, stagesToOpen } from './review.rules.js';

export interface StageView {
  readonly stage: Stage;
  readonly state: StageState;
  /** What was said to the member: to the member and the chair; conditions to everybody. */
  readonly words: string | null;
  readonly untilOn: LocalDate | null;
  readonly closesOn: LocalDate;
  readonly placeHeld: boolean | null;
  readonly outcome: StageOutcome | null;
  /** How many were asked: nobody where there are too few. */
  readonly asked: number;
  /** How many have spoken; nothing else is known while the stage is open. */
  readonly given: number;
  /** Never to the member it is about. */
  readonly counts: Readonly<Partial<Record<Says, number>>> | null;
  /** Without names, to the chair alone, when the stage has closed. */
  readonly reasons: readonly string[] | null;
  /** Of the person at this place. */
  readonly mine: { readonly says: Says; readonly reason: string; readonly isBroughtByOther: boolean } | null;
}

export interface AnswerView {
  readonly words: string;
  readonly supporter: string | null;
  readonly agrees: boolean;
  readonly forAll: boolean;
  readonly at: Date;
}

/** From whose place a review is looked at. */
export type ReviewPlace = 'member' | 'other' | 'chair';

export interface ReviewView {
  readonly id: ReviewId;
  readonly poolId: PoolId;
  readonly place: ReviewPlace;
  readonly firstName: string;
  readonly state: ReviewState;
  readonly openedAt: Date;
  readonly endWords: string | null;
  readonly stages: readonly StageView[];
  readonly answers: readonly AnswerView[];
  readonly leavesFrom: LocalDate | null;
  /** To the member and the chair. */
  readonly appeal: { readonly words: string; readonly at: Date; readonly answer: string | null } | null;
  readonly isTooSmall: boolean;
  readonly may: {
    /** What may be said now; none where this place is not asked. */
    readonly say: readonly Says[];
    readonly answer: boolean;
    readonly appeal: boolean;
    readonly open: readonly Stage[];
    readonly close: boolean;
    readonly settle: boolean;
    readonly answerAppeal: boolean;
    readonly endMembership: boolean;
  };
  /** To the chair: those who have not left, but the member. */
  readonly others: readonly { readonly joinOrder: number; readonly firstName: string }[];
}

export interface AskView {
  readonly id: AskId;
  readonly firstName: string;
  readonly joinOrder: number;
  readonly askedBy: string;
  readonly words: string;
  readonly state: AskRow['state'];
  readonly at: Date;
  readonly answer: string | null;
}

export interface PoolReviews {
  readonly reviews: readonly ReviewView[];
  /** What the person at this place told the broker; to the broker, what waits. */
  readonly asks: readonly AskView[];
}

/** How things go on with a member, from the place of the member, of one of the others, or of the chair. */
@Injectable()
export class ReviewQueries {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
  ) {}

  /** Newest first. Not for those who look after money only, and no talk for who was only asked to join. */
  async ofPool(actor: Actor, pool: PoolId, person?: PersonId): Promise<PoolReviews> {
    const seat = await this.seatOf(actor, pool, person);
    return this.database.read(systemActor('pools', { pools: [pool], people: [seat.person] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, pool);
      const members = await membersOf(tx, pool);
      const isChair = seat.person === (await findPool(tx, pool)).brokerId && seat.isOwn;
      const asks = (await asksOf(tx, pool)).filter((ask) => (isChair ? ask.state === 'waiting' : ask.forPerson === seat.person));
      return {
        reviews: mayRead(members, seat.person, isChair) ? await this.viewsOf(tx, await reviewsOf(tx, pool), members, seat.person, isChair) : [],
        asks: asks.map((ask) => askView(ask, members)),
      };
    });
  }

  async one(actor: Actor, id: ReviewId, person?: PersonId): Promise<ReviewView> {
    const { poolId } = await this.find(actor, id, person);
    const seat = await this.seatOf(actor, poolId, person);
    return this.database.read(systemActor('pools', { pools: [poolId], people: [seat.person] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, poolId);
      const isChair = seat.person === (await findPool(tx, poolId)).brokerId && seat.isOwn;
      const members = await membersOf(tx, poolId);
      if (!mayRead(members, seat.person, isChair)) throw notFound('The page');
      return (await this.viewsOf(tx, [await findReview(tx, id)], members, seat.person, isChair))[0]!;
    });
  }

  /** What waits for a broker in their pools: asks, appeals, and stages whose voices are in. Pools by how many. */
  async waiting(actor: Actor): Promise<Map<PoolId, number>> {
    const pools = actor.grants.filter((grant) => grant.on === 'pool' && can(actor, 'pool:set-up', { pool: grant.id })).map((grant) => grant.id as PoolId);
    const rows = await this.database.read(systemActor('pools', { pools, people: [actor.id as PersonId] }), (tx) =>
      tx.rows<{ pool: PoolId; n: number }>(
        `select pool, count(*)::int as n from (
           select pool_id as pool from review_ask where state = 'waiting' and chair_id::text = $1
           union all
           select r.pool_id from pool_review r where r.state = 'open' and (
             (r.appealed_at is not null and r.appeal_answered_at is null)
             or not exists (select 1 from pool_review_stage s where s.review_id = r.id and s.state = 'open'))) w group by pool`,
        [actor.id],
      ),
    );
    return new Map(rows.map((row) => [row.pool, row.n]));
  }

  private async seatOf(actor: Actor, pool: PoolId, person?: PersonId): Promise<Seat> {
    return person === undefined && can(actor, 'pool:set-up', { pool })
      ? { person: actor.id as PersonId, isOwn: true }
      : this.seats.of(actor, pool, 'pool:assent', person);
  }

  private async find(actor: Actor, id: ReviewId, person: PersonId = actor.id as PersonId): Promise<ReviewRow> {
    return this.database.read(await this.seats.finderFor(actor, [person, ...peopleOf(actor)], 'now'), (tx) => findReview(tx, id));
  }

  private async viewsOf(tx: Tx, rows: readonly ReviewRow[], members: readonly MemberRow[], me: PersonId, isChair: boolean): Promise<ReviewView[]> {
    const ids = rows.map((row) => row.id);
    const stages = await stagesOf(tx, ids);
    const voices = await voicesOf(tx, ids);
    const answers = await answersOf(tx, ids);
    return rows.map((row) => {
      const place: ReviewPlace = row.personId === me ? 'member' : isChair ? 'chair' : 'other';
      const own = stages.filter((stage) => stage.reviewId === row.id);
      const said = answers.filter((answer) => answer.reviewId === row.id);
      return reviewView(row, own, voices, said, { members, me, place, today: dayOf(tx.now) });
    });
  }
}

/** What goes on between members is theirs and the chair's. */
const mayRead = (members: readonly MemberRow[], me: PersonId, isChair: boolean): boolean => isChair || membersNow(members).includes(me);

interface Looking {
  readonly members: readonly MemberRow[];
  readonly me: PersonId;
  readonly place: ReviewPlace;
  readonly today: LocalDate;
}

function reviewView(row: ReviewRow, stages: readonly StageRow[], voices: readonly VoiceRow[], answers: readonly AnswerRow[], looking: Looking): ReviewView {
  const { members, me, place, today } = looking;
  const others = othersThan(members, row.personId);
  const last = stages.at(-1);
  const isOpen = row.state === 'open';
  const isTooSmall = others.length < LEAST_VOICES;
  const isChair = place === 'chair';
  const isAppealing = isAppealOpen(row);
  return {
    id: row.id,
    poolId: row.poolId,
    place,
    firstName: members.find((member) => member.personId === row.personId)!.firstName,
    state: row.state,
    openedAt: row.openedAt,
    endWords: row.endWords,
    stages: stages.map((stage) => stageView(stage, voices, others, looking)),
    answers: answers
      .filter((answer) => place !== 'other' || answer.forAll)
      .map(({ words, supporter, agrees, forAll, at }) => ({ words, supporter, agrees, forAll, at })),
    leavesFrom: place === 'other' ? null : row.leavesFrom,
    appeal: place === 'other' || row.appealWords === null ? null : { words: row.appealWords, at: row.appealedAt!, answer: row.appealAnswer },
    isTooSmall,
    may: {
      say: isOpen && place === 'other' && others.includes(me) && !isTooSmall && last?.state === 'open' && today <= last.closesOn ? saysAt(last.stage) : [],
      answer: isOpen && place === 'member',
      appeal: isOpen && place === 'member' && row.appealedAt === null,
      open: isOpen && isChair && !isAppealing ? stagesToOpen(last) : [],
      close: isOpen && isChair && last?.state === 'open' && (isTooSmall || last.given >= others.length),
      settle: isOpen && isChair,
      answerAppeal: isOpen && isChair && isAppealing,
      endMembership: isOpen && isChair && mayEnd(row, last, today),
    },
    others: isChair ? members.filter((member) => others.includes(member.personId)).map(({ joinOrder, firstName }) => ({ joinOrder, firstName })) : [],
  };
}

function mayEnd(row: ReviewRow, last: StageRow | undefined, today: LocalDate): boolean {
  try {
    checkLeaving({ last, leavesFrom: row.leavesFrom, today, isAppealOpen: isAppealOpen(row) });
    return true;
  } catch {
    return false;
  }
}

function stageView(stage: StageRow, voices: readonly VoiceRow[], others: readonly PersonId[], { me, place }: Looking): StageView {
  const said = voices.filter((voice) => voice.stageId === stage.id);
  const mine = place === 'other' ? said.find((voice) => voice.personId === me) : undefined;
  const isShown = stage.state === 'closed' && place !== 'member';
  const asked = stage.others ?? others.length;
  return {
    stage: stage.stage,
    state: stage.state,
    words: place === 'other' && stage.stage !== 'conditions' ? null : stage.words,
    untilOn: stage.untilOn,
    closesOn: stage.closesOn,
    placeHeld: stage.placeHeld,
    outcome: stage.outcome,
    asked: asked < LEAST_VOICES ? 0 : asked,
    given: stage.given,
    counts: isShown ? Object.fromEntries(saysAt(stage.stage).map((says) => [says, said.filter((voice) => voice.says === says).length])) : null,
    reasons:
      isShown && place === 'chair'
        ? said
            .map((voice) => voice.reason)
            .filter((reason) => reason !== '')
            .sort()
        : null,
    mine: mine ? { says: mine.says, reason: mine.reason, isBroughtByOther: mine.broughtBy !== me } : null,
  };
}

function askView(ask: AskRow, members: readonly MemberRow[]): AskView {
  const of = (person: PersonId): MemberRow | undefined => members.find((member) => member.personId === person);
  return {
    id: ask.id,
    firstName: of(ask.aboutPerson)?.firstName ?? 'Somebody',
    joinOrder: of(ask.aboutPerson)?.joinOrder ?? 0,
    askedBy: of(ask.forPerson)?.firstName ?? 'Somebody',
    words: ask.words,
    state: ask.state,
    at: ask.askedAt,
    answer: ask.answer,
  };
}
