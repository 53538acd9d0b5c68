import type { Id, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { notFound, refused } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import type { MemberRow } from '../pool.rows.js';
import { membersNow } from '../pool.rows.js';
import type { ReviewState, StageState } from './review.lifecycle.js';
import type { Says, Stage, StageOutcome } from './review.rules.js';

export type ReviewId = Id<'review'>;
export type StageId = Id<'review-stage'>;
export type AskId = Id<'review-ask'>;

export interface ReviewRow {
  readonly id: ReviewId;
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly state: ReviewState;
  readonly openedAt: Date;
  readonly endedAt: Date | null;
  readonly endWords: string | null;
  readonly leavesFrom: LocalDate | null;
  readonly appealWords: string | null;
  readonly appealedAt: Date | null;
  readonly appealAnswer: string | null;
  readonly appealAnsweredAt: Date | null;
}

export interface StageRow {
  readonly id: StageId;
  readonly reviewId: ReviewId;
  readonly place: number;
  readonly stage: Stage;
  readonly words: string;
  readonly untilOn: LocalDate | null;
  readonly closesOn: LocalDate;
  readonly placeHeld: boolean | null;
  readonly state: StageState;
  readonly given: number;
  readonly outcome: StageOutcome | null;
  readonly others: number | null;
  readonly closedAt: Date | null;
}

export interface VoiceRow {
  readonly stageId: StageId;
  readonly personId: PersonId;
  readonly says: Says;
  readonly reason: string;
  readonly broughtBy: PersonId;
}

export interface AnswerRow {
  readonly reviewId: ReviewId;
  readonly words: string;
  readonly supporter: string | null;
  readonly agrees: boolean;
  readonly forAll: boolean;
  readonly at: Date;
}

export interface AskRow {
  readonly id: AskId;
  readonly poolId: PoolId;
  readonly aboutPerson: PersonId;
  readonly forPerson: PersonId;
  readonly words: string;
  readonly state: 'waiting' | 'taken-up' | 'turned-down';
  readonly askedAt: Date;
  readonly answer: string | null;
}

const REVIEW = `id, pool_id as "poolId", person_id as "personId", state, opened_at as "openedAt", ended_at as "endedAt", end_words as "endWords", leaves_from as "leavesFrom",
  appeal_words as "appealWords", appealed_at as "appealedAt", appeal_answer as "appealAnswer", appeal_answered_at as "appealAnsweredAt"`;
const STAGE = `id, review_id as "reviewId", place, stage, words, until_on as "untilOn", closes_on as "closesOn", place_held as "placeHeld", state, given, outcome, others,
  closed_at as "closedAt"`;
const VOICE = `stage_id as "stageId", person_id as "personId", says, reason, brought_by as "broughtBy"`;
const ASK = `id, pool_id as "poolId", about_person as "aboutPerson", for_person as "forPerson", words, state, asked_at as "askedAt", answer`;
const MOST_LISTED = 100;

export async function findReview(tx: Tx, id: ReviewId): Promise<ReviewRow> {
  const row = await tx.row<ReviewRow>(`select ${REVIEW} from pool_review where id = $1`, [id]);
  if (!row) throw notFound('The page');
  return row;
}

/** Voices, stages and endings take turns here; whoever also locks the pool does so before. */
export async function lockReview(tx: Tx, id: ReviewId): Promise<ReviewRow> {
  const row = await tx.row<ReviewRow>(`select ${REVIEW} from pool_review where id = $1 for update`, [id]);
  if (!row) throw notFound('The page');
  return row;
}

/** Newest first. */
export const reviewsOf = (tx: Tx, pool: PoolId): Promise<ReviewRow[]> =>
  tx.rows(`select ${REVIEW} from pool_review where pool_id = $1 order by id desc limit ${MOST_LISTED}`, [pool]);

export const openReviewOf = (tx: Tx, pool: PoolId, person: PersonId): Promise<ReviewRow | undefined> =>
  tx.row(`select ${REVIEW} from pool_review where pool_id = $1 and person_id = $2 and state = 'open'`, [pool, person]);

/** In the order in which they were opened. */
export const stagesOf = (tx: Tx, reviews: readonly ReviewId[]): Promise<StageRow[]> =>
  tx.rows(`select ${STAGE} from pool_review_stage where review_id = any($1::uuid[]) order by review_id, place`, [reviews]);

/** What the walls show of them: of an open stage the voices of people in scope, of a closed one all, and nothing to the member it is about. */
export const voicesOf = (tx: Tx, reviews: readonly ReviewId[]): Promise<VoiceRow[]> =>
  tx.rows(`select ${VOICE} from pool_review_voice where review_id = any($1::uuid[]) order by id`, [reviews]);

export const answersOf = (tx: Tx, reviews: readonly ReviewId[]): Promise<AnswerRow[]> =>
  tx.rows(
    `select review_id as "reviewId", words, supporter, agrees, for_all as "forAll", at from pool_review_answer where review_id = any($1::uuid[]) order by id`,
    [reviews],
  );

/** Those that wait, of a pool; the transaction sees the chair or who asked. */
export const asksOf = (tx: Tx, pool: PoolId): Promise<AskRow[]> =>
  tx.rows(`select ${ASK} from review_ask where pool_id = $1 order by id desc limit ${MOST_LISTED}`, [pool]);

export async function lockAsk(tx: Tx, id: AskId): Promise<AskRow> {
  const row = await tx.row<AskRow>(`select ${ASK} from review_ask where id = $1 for update`, [id]);
  if (!row) throw notFound('The page');
  return row;
}

/** Those who are asked: everybody who is a member now, but the one it is about. */
export const othersThan = (members: readonly MemberRow[], person: PersonId): PersonId[] => membersNow(members).filter((each) => each !== person);

export const isAppealOpen = (review: ReviewRow): boolean => review.appealedAt !== null && review.appealAnsweredAt === null;

/** The stage that is open, for voices and answers. Refuses: stage-over. */
export async function openStageOf(tx: Tx, id: ReviewId): Promise<StageRow> {
  const stage = (await stagesOf(tx, [id])).find((each) => each.state === 'open');
  if (!stage) throw refused('stage-over', 'This is over. The broker tells you how it goes on.');
  return stage;
}

/** For answers, which may also be given after a stage has closed: the latest. */
export async function latestStage(tx: Tx, id: ReviewId): Promise<StageId> {
  const stage = (await stagesOf(tx, [id])).at(-1);
  if (!stage) throw notFound('The page');
  return stage.id;
}
