import { Injectable } from '@nestjs/common';
import { BrokerQueries } from '../brokers/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, Id, LocalDate, PersonId } from '../kernel/index.js';
import { dayOf, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { CardState } from './card.lifecycle.js';
import type { CardId } from './cards.service.js';
import type { Agreement } from './groups/group.rules.js';
import type { Day, GroupSize, Help, Pace } from './introduction.dto.js';
import { standsWithout, unmutedReasons } from './mute.rules.js';
import type { Choice } from './pairing.rules.js';

export type SuggestionId = Id<'suggestion'>;

export interface GoalWords {
  readonly id: string;
  readonly words: string;
}

/** A card as somebody else may see it before both said yes: no name, no ids, no access needs (RULE 19). */
export interface StrangerView {
  /** "someone in Sale". */
  readonly who: string;
  readonly goals: readonly GoalWords[];
  readonly words: string;
  readonly days: readonly Day[];
  readonly pace: Pace;
  readonly groupSize: GroupSize;
  readonly offers: readonly Help[];
  readonly offerWords: string;
}

export interface SuggestionView extends StrangerView {
  readonly id: SuggestionId;
  /** Two or three coded facts: `goal:gardening`, `day:2`, `miles:2`. */
  readonly reasons: readonly string[];
  readonly expiresOn: LocalDate;
  /** What this side answered last; `no` is no longer listed. */
  readonly myAnswer: Exclude<Choice, 'no'> | null;
  /** True when one broker looks after both cards: told to both. */
  readonly sameBroker: boolean;
}

/** A live suggestion with what its own side may know, and what only the system may. */
export interface LiveSuggestion {
  readonly view: SuggestionView;
  readonly pairId: string;
  readonly cardId: CardId;
  readonly otherCardId: CardId;
  readonly otherPersonId: PersonId;
  /** Of this side's own card. */
  readonly mine: { readonly goals: readonly string[]; readonly days: readonly string[] };
  readonly miles: number;
}

interface OwnRow {
  readonly id: SuggestionId;
  readonly pairId: string;
  readonly cardId: CardId;
  readonly otherCardId: CardId;
  readonly otherPlace: string;
  readonly reasons: string[];
  readonly expiresOn: LocalDate;
  readonly myAnswer: Choice | null;
  readonly goals: string[];
  readonly days: string[];
  readonly miles: number;
  /** On the day of asking: who turned 18 since the two were suggested is kept apart from under-18s from that day on (RULE 19). */
  readonly isAdult: boolean;
}

type OtherRow = StrangerView & { id: CardId; personId: PersonId };

/** Shown at once, the best first. */
const SHOWN = 20;
/** Read to choose from: those answered no, taken down or blocked fall out. */
const READ = 200;

/** Suggestions as one side sees them. Nothing here depends on what any other side answered. */
@Injectable()
export class SuggestionQueries {
  constructor(
    private readonly database: Database,
    private readonly brokers: BrokerQueries,
  ) {}

  async suggestionsOf(actor: Actor, person: PersonId): Promise<SuggestionView[]> {
    requireAccess(actor, 'card:read', { person });
    const muted = (await this.database.read(actor, (tx) => tx.rows<{ reason: string }>('select reason from card_mute where person_id = $1', [person]))).map(
      (row) => row.reason,
    );
    return (await this.live(actor, person))
      .filter(({ view, mine, miles }) => standsWithout(muted, mine, { goals: view.goals.map((goal) => goal.id), days: view.days }, miles))
      .slice(0, SHOWN)
      .map(({ view }) => ({ ...view, reasons: unmutedReasons(muted, view.reasons) }));
  }

  /** All that this person may be shown and may answer now, best first; or this one of them, if it is. */
  async live(actor: Actor, person: PersonId, one?: SuggestionId): Promise<LiveSuggestion[]> {
    const [rows, known] = await this.database.read(actor, (tx) => Promise.all([this.ownRows(tx, person), this.knownTo(tx, person)]));
    const own = one === undefined ? rows : rows.filter((row) => row.id === one);
    const others = await this.cardsBehind(own, person);
    const shared = await this.sharedBrokers(person, [...others.values()]);
    return own.flatMap((row) => {
      const other = others.get(row.otherCardId);
      if (!other || row.myAnswer === 'no' || known.has(other.personId)) return [];
      const { id: _card, personId, ...stranger } = other;
      const { id, reasons, expiresOn, myAnswer, pairId, cardId, otherCardId } = row;
      return [
        {
          view: { id, ...stranger, reasons, expiresOn, myAnswer, sameBroker: shared.has(personId) },
          pairId,
          cardId,
          otherCardId,
          otherPersonId: personId,
          mine: { goals: row.goals, days: row.days },
          miles: row.miles,
        },
      ];
    });
  }

  /** Live rows of the person's own open card, less those they were introduced to. An own no lasts beyond its suggestion; a yes does not. */
  private ownRows(tx: Tx, person: PersonId): Promise<OwnRow[]> {
    return tx.rows<OwnRow>(
      `select s.id, s.pair_id as "pairId", s.card_id as "cardId", s.other_card_id as "otherCardId", s.other_place as "otherPlace", s.reasons, s.expires_on as "expiresOn",
         case when mine.choice = 'no' or mine.pair_id = s.pair_id then mine.choice end as "myAnswer",
         c.goals, c.days, miles_between(here.lat, here.lon, there.lat, there.lon) as miles, c.adult_from <= $3 as "isAdult"
       from card c join suggestion s on s.card_id = c.id and s.person_id = $1 join place here on here.district = c.place join place there on there.district = s.other_place
       left join lateral (
         select a.choice, a.pair_id from answer a where a.card_id = s.card_id and a.other_card_id = s.other_card_id and a.person_id = $1 order by a.id desc limit 1) mine on true
       where c.person_id = $1 and c.state = 'open' and s.shown_from <= $2 and s.from_day <= $3 and s.expires_on > $3
         and not exists (select 1 from introduction i where (i.person_a = $1 and i.card_b = s.other_card_id) or (i.person_b = $1 and i.card_a = s.other_card_id))
       order by s.score desc, s.id limit $4`,
      [person, tx.now, dayOf(tx.now), READ],
    );
  }

  /** Whom this person met here already, by whatever way, or does not want to meet. */
  private async knownTo(tx: Tx, person: PersonId): Promise<Set<PersonId>> {
    const rows = await tx.rows<{ other: PersonId }>(
      `select case when person_a = $1 then person_b else person_a end as other from introduction where person_a = $1 or person_b = $1
       union select other_person_id from person_block where person_id = $1`,
      [person],
    );
    return new Set(rows.map((row) => row.other));
  }

  /** The open cards suggested to this side, and no others; one that blocked this side is as if it were taken down. */
  private async cardsBehind(own: readonly OwnRow[], person: PersonId): Promise<Map<CardId, OtherRow>> {
    const places = [...new Set(own.map((row) => row.otherPlace))];
    const rows = await this.database.read(systemActor('introductions.suggested-cards', { places }), (tx) =>
      tx.rows<OtherRow>(
        `select c.id, c.person_id as "personId", 'someone in ' || p.name as who, c.words, c.days, c.pace, c.group_size as "groupSize", c.offers, c.offer_words as "offerWords",
           (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'words', t.words) order by t.id), '[]') from goal_term t where t.id = any(c.goals)) as goals
         from unnest($1::uuid[], $3::bool[]) as asked(other, adult) join card c on c.id = asked.other join place p on p.district = c.place
         where c.state = 'open' and (c.adult_from <= $4) = asked.adult
           and not exists (select 1 from person_block k where k.person_id = c.person_id and k.other_person_id = $2)`,
        [own.map((row) => row.otherCardId), person, own.map((row) => row.isAdult), dayOf(tx.now)],
      ),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Of these others, the people whose card is looked after by a broker of this person's. */
  private async sharedBrokers(person: PersonId, others: readonly OtherRow[]): Promise<Set<PersonId>> {
    const people = [person, ...others.map((other) => other.personId)];
    const rows = await this.database.read(systemActor('introductions.brokers', { people }), (tx) => this.brokers.cardBrokersOf(tx, people));
    const mine = new Set(rows.filter((row) => row.personId === person).map((row) => row.brokerId));
    return new Set(rows.filter((row) => row.personId !== person && mine.has(row.brokerId)).map((row) => row.personId));
  }
}

/** What a person's own card holds, access needs included. */
export interface CardView {
  readonly id: CardId;
  readonly state: CardState;
  readonly goals: readonly GoalWords[];
  readonly words: string;
  readonly place: string;
  readonly placeName: string;
  readonly days: readonly Day[];
  readonly pace: Pace;
  readonly groupSize: GroupSize;
  readonly distanceMiles: number;
  readonly needs: readonly string[];
  readonly offers: readonly Help[];
  readonly seeks: readonly Help[];
  readonly offerWords: string;
  readonly agrees: readonly Agreement[];
}

export const CARD_COLUMNS = `c.id, c.state, c.words, c.place, p.name as "placeName", c.days, c.pace, c.group_size as "groupSize", c.distance_miles as "distanceMiles", c.needs, c.offers, c.seeks,
  c.offer_words as "offerWords", c.agrees, (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'words', t.words) order by t.id), '[]') from goal_term t where t.id = any(c.goals)) as goals`;
