import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { ReachBy, ReachFormat } from '../identity/index.js';
import { idsWith, requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId } from '../kernel/index.js';
import { dayOf, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { GoalState } from './goal.lifecycle.js';
import type { Closeness } from './goal.rules.js';
import { closenessOf } from './goal.rules.js';
import type { GoalId, OfferId } from './goals.service.js';
import type { OfferKind } from './holder.dto.js';

export interface GoodLifeView {
  /** Null until something is written. */
  readonly words: string | null;
  readonly writtenAt: Date | null;
  /** False when a representative wrote it. */
  readonly isOwnHand: boolean | null;
  readonly earlierWordings: number;
}

export interface RatingView {
  readonly rating: number;
  readonly words: string;
  readonly wasHelped: boolean;
  readonly ratedAt: Date;
}

export interface GoalView {
  readonly id: GoalId;
  readonly matters: string;
  readonly why: string;
  readonly firstStep: string;
  readonly whoHelps: string;
  readonly byDay: LocalDate | null;
  readonly signs: readonly string[];
  readonly areas: readonly string[];
  readonly state: GoalState;
  readonly ratings: readonly RatingView[];
  readonly closeness: Closeness;
}

export interface OfferView {
  readonly id: OfferId;
  readonly kind: OfferKind;
  readonly words: string;
}

export interface HolderView {
  readonly id: PersonId;
  readonly firstName: string;
  readonly familyName: string;
  readonly bornOn: LocalDate | null;
  readonly place: string | null;
  readonly reachBy: ReachBy;
  readonly reachFormat: ReachFormat;
}

const HOLDER_COLUMNS = `p.id, p.first_name as "firstName", p.family_name as "familyName", p.born_on as "bornOn", p.place, p.reach_by as "reachBy", p.reach_format as "reachFormat"`;
const PAGE = 50;
const MOST_RATINGS = 100;

/** Questions about holders. Each look at somebody else's record is written down, and the person sees it. */
@Injectable()
export class HolderQueries {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async goodLifeOf(actor: Actor, person: PersonId, why = 'good life'): Promise<GoodLifeView> {
    return this.opened(actor, person, 'good-life', why, async (tx) => {
      const row = await tx.row<GoodLifeView>(
        `select words, written_at as "writtenAt", written_by = person_id as "isOwnHand", (count(*) over () - 1)::int as "earlierWordings" from good_life where person_id = $1 order by id desc limit 1`,
        [person],
      );
      return row ?? { words: null, writtenAt: null, isOwnHand: null, earlierWordings: 0 };
    });
  }

  /** Goals, open ones first, each with its ratings in the order given (the last 100). */
  async goalsOf(actor: Actor, person: PersonId, why = 'goals'): Promise<GoalView[]> {
    return this.opened(actor, person, 'goal', why, async (tx) => {
      const goals = await tx.rows<Omit<GoalView, 'ratings' | 'closeness'>>(
        `select id, matters, why, first_step as "firstStep", who_helps as "whoHelps", by_day as "byDay", signs, areas, state
         from goal where person_id = $1 order by (state = 'open') desc, id limit 100`,
        [person],
      );
      const ratings = await tx.rows<RatingView & { goalId: string }>(
        `select goal_id as "goalId", rating, words, was_helped as "wasHelped", rated_at as "ratedAt" from (
           select *, row_number() over (partition by goal_id order by id desc) as newest from goal_rating where person_id = $1) r where newest <= $2 order by id`,
        [person, MOST_RATINGS],
      );
      return goals.map((goal) => {
        const own = ratings.filter((rating) => rating.goalId === goal.id).map(({ goalId: _goal, ...rating }) => rating);
        return { ...goal, ratings: own, closeness: closenessOf(own.map((rating) => rating.rating)) };
      });
    });
  }

  async offersOf(actor: Actor, person: PersonId, why = 'offers'): Promise<OfferView[]> {
    return this.opened(actor, person, 'offer', why, (tx) =>
      tx.rows<OfferView>('select id, kind, words from offer where person_id = $1 order by id limit 100', [person]),
    );
  }

  /** The person's particulars, with how to reach them first of all (RULE 40). */
  async holder(actor: Actor, person: PersonId, why = 'particulars'): Promise<HolderView> {
    return this.database.transaction(actor, async (tx) => {
      const icb = await tx.row<{ icb: string }>(
        'select icb_id as icb from responsibility where person_id = $1 and from_day <= $2 and (until_day is null or until_day > $2)',
        [person, dayOf(tx.now)],
      );
      requireAccess(actor, 'person:read', { person, icb: icb?.icb });
      const row = await tx.row<HolderView>(`select ${HOLDER_COLUMNS} from person p where p.id = $1`, [person]);
      if (!row) throw notFound('The person');
      await this.audit.viewed(tx, actor, { about: person, noun: 'person', why });
      return row;
    });
  }

  /** Holders an ICB of the actor's is responsible for today; keyed by id, 50 a page. */
  async holdersOf(actor: Actor, page: { after?: string | undefined } = {}): Promise<{ items: HolderView[]; next: string | null }> {
    const icbs = idsWith(actor, 'person:read', 'icb');
    const items = await this.database.read(actor, (tx) =>
      tx.rows<HolderView>(
        `select ${HOLDER_COLUMNS} from responsibility r join person p on p.id = r.person_id
         where r.icb_id = any($1) and r.from_day <= $2 and (r.until_day is null or r.until_day > $2) and ($3::uuid is null or p.id > $3) order by p.id limit $4`,
        [icbs, dayOf(tx.now), page.after ?? null, PAGE],
      ),
    );
    return { items, next: items.length === PAGE ? items.at(-1)!.id : null };
  }

  private opened<T>(actor: Actor, person: PersonId, noun: string, why: string, read: (tx: Tx) => Promise<T>): Promise<T> {
    requireAccess(actor, 'goal:read', { person });
    return this.database.transaction(actor, async (tx) => {
      await this.audit.viewed(tx, actor, { about: person, noun, why });
      return read(tx);
    });
  }
}
