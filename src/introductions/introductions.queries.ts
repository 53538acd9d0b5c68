import { Injectable } from '@nestjs/common';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId } from '../kernel/index.js';
import { notFound, systemActor } from '../kernel/index.js';
import { Database } from '../platform/index.js';
import type { Step } from './introduction.dto.js';
import type { IntroductionState } from './introduction.lifecycle.js';
import type { IntroductionId } from './introductions.service.js';
import type { TwoPeople } from './sides.js';
import { readingSideOf } from './sides.js';
import type { CardView, GoalWords } from './suggestions.queries.js';
import { CARD_COLUMNS } from './suggestions.queries.js';

export interface IntroductionView {
  readonly id: IntroductionId;
  readonly state: IntroductionState;
  readonly madeAt: Date;
  readonly reasons: readonly string[];
  /** Known to each other now: a pool is proposed with this id. */
  readonly otherId: PersonId;
  readonly other: {
    readonly firstName: string;
    /** Empty where no place is known. */
    readonly placeName: string;
    readonly goals: readonly GoalWords[];
    readonly words: string;
    readonly offerWords: string;
  };
  readonly steps: readonly { readonly kind: Step; readonly onDay: LocalDate; readonly words: string }[];
}

export interface MessageView {
  readonly id: string;
  readonly isMine: boolean;
  readonly words: string;
  readonly sentAt: Date;
}

interface OwnRow {
  readonly id: IntroductionId;
  readonly state: IntroductionState;
  readonly madeAt: Date;
  readonly reasons: string[];
  readonly otherId: PersonId;
  readonly steps: IntroductionView['steps'];
  readonly knownBefore: boolean;
}

const PAGE = 50;

@Injectable()
export class IntroductionQueries {
  constructor(private readonly database: Database) {}

  /** A person's own card; refuses (not-found) when they have none. */
  async cardOf(actor: Actor, person: PersonId): Promise<CardView> {
    requireAccess(actor, 'card:read', { person });
    const card = await this.database.read(actor, (tx) =>
      tx.row<CardView>(`select ${CARD_COLUMNS} from card c join place p on p.district = c.place where c.person_id = $1`, [person]),
    );
    if (!card) throw notFound('The card');
    return card;
  }

  /** The common core of goals, by area. */
  async goalTerms(actor: Actor): Promise<{ id: string; words: string; area: string }[]> {
    return this.database.read(actor, (tx) => tx.rows('select id, words, area from goal_term where icb_id is null order by area, words limit 1000'));
  }

  /** Those a person was introduced to, newest first: now first names show. Refuses: not-found for whoever may not see them, whatever else they
   *  do for the person (a broker whose appointment covers, or has come to cover, something else). */
  async introductionsOf(actor: Actor, person: PersonId): Promise<IntroductionView[]> {
    if (!can(actor, 'introduction:read', { person })) throw notFound('The introduction');
    const own = await this.database.read(actor, (tx) =>
      tx.rows<OwnRow>(
        `select i.id, i.state, i.made_at as "madeAt", i.reasons, case when i.person_a = $1 then i.person_b else i.person_a end as "otherId",
           (select coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'onDay', s.on_day, 'words', s.words) order by s.on_day, s.kind), '[]') from introduction_step s where s.introduction_id = i.id) as steps, i.invitation_id is not null as "knownBefore"
         from introduction i where i.person_a = $1 or i.person_b = $1 order by i.id desc limit ${PAGE}`,
        [person],
      ),
    );
    const others = await this.others(
      own.map((row) => row.otherId),
      own.filter((row) => row.knownBefore).map((row) => row.otherId),
    );
    return own.flatMap((row) => {
      const other = others.get(row.otherId);
      const { knownBefore: _known, ...view } = row;
      return other ? [{ ...view, other }] : [];
    });
  }

  /** What was said between two people, newest first; read by both and by those who write for them. Keyed by id, 50 a page. Refuses: not-found
   *  for everybody else, a broker who carries the introduction included. */
  async messagesOf(actor: Actor, id: IntroductionId, page: { before?: string | undefined } = {}): Promise<{ items: MessageView[]; next: string | null }> {
    const items = await this.database.read(actor, async (tx) => {
      const pair = await tx.row<TwoPeople>('select person_a as "personA", person_b as "personB" from introduction where id = $1', [id]);
      const side = pair && readingSideOf(actor, pair, 'message:send');
      if (!side) throw notFound('The introduction');
      return tx.rows<MessageView>(
        `select id, from_person = $2 as "isMine", words, sent_at as "sentAt" from message where introduction_id = $1 and ($3::uuid is null or id < $3) order by id desc limit ${PAGE}`,
        [id, side, page.before ?? null],
      );
    });
    return { items, next: items.length === PAGE ? items.at(-1)!.id : null };
  }

  /** First names and cards of exactly the people introduced. Who knew each other already see of a card only what is open to others. */
  private async others(people: readonly PersonId[], known: readonly PersonId[]): Promise<Map<PersonId, IntroductionView['other']>> {
    const rows = await this.database.read(systemActor('introductions.introduced', { people }), (tx) =>
      tx.rows<IntroductionView['other'] & { id: PersonId }>(
        `select q.id, q.first_name as "firstName", coalesce(p.name, '') as "placeName", coalesce(c.words, '') as words, coalesce(c.offer_words, '') as "offerWords",
           (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'words', t.words) order by t.id), '[]') from goal_term t where t.id = any(c.goals)) as goals
         from person q left join card c on c.person_id = q.id and (c.state = 'open' or q.id <> all($2)) left join place p on p.district = coalesce(c.place, q.place) where q.id = any($1)`,
        [people, known],
      ),
    );
    return new Map(rows.map(({ id, ...other }) => [id, other]));
  }
}
