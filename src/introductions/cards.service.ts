import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { People, requireAccess } from '../identity/index.js';
import type { Actor, Id, PersonId } from '../kernel/index.js';
import { conflict, edgeOf, invalid, newId, notFound, refused } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database } from '../platform/index.js';
import type { CardAction, CardState } from './card.lifecycle.js';
import { cardLifecycle } from './card.lifecycle.js';
import { adultFrom, requireNoContact } from './card.rules.js';
import { COMMON_GOALS, GoalTerms } from './goal-terms.service.js';
import type { WriteCard } from './introduction.dto.js';

export type CardId = Id<'card'>;

/** A person's one card: written by them or by a broker who looks after it for them, open only while they wish. */
@Injectable()
export class Cards {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly audit: Audit,
    private readonly terms: GoalTerms,
  ) {}

  /** Writes the whole card; a new one is a draft, and an open one stays open. Without a place it is the person's own.
   *  Refuses: contact-details (RULE 19), goal-not-known, place-not-known, date-of-birth-needed. */
  async write(actor: Actor, personId: PersonId, command: WriteCard): Promise<{ id: CardId; state: CardState }> {
    requireAccess(actor, 'card:write', { person: personId });
    requireNoContact({ words: command.words ?? '', offerWords: command.offerWords ?? '' });
    return this.database.transaction(actor, async (tx) => {
      const person = await this.people.find(tx, personId);
      if (!person) throw notFound('The person');
      const place = command.place ?? person.place;
      await requirePlace(tx, place);
      const held = await tx.row<{ goals: string[] }>('select goals from card where person_id = $1 for update', [personId]);
      const goals = await this.terms.kept(tx, personId, command.goals, held?.goals ?? []);
      const row = await tx.row<{ id: CardId; state: CardState }>(
        `insert into card (id, person_id, state, goals, words, place, days, pace, group_size, distance_miles, needs, offers, seeks, offer_words, adult_from, made_at, changed_at, agrees)
         values ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16)
         on conflict (person_id) do update set goals = excluded.goals, words = excluded.words, place = excluded.place, days = excluded.days, pace = excluded.pace, group_size = excluded.group_size,
           distance_miles = excluded.distance_miles, needs = excluded.needs, offers = excluded.offers, seeks = excluded.seeks, offer_words = excluded.offer_words,
           adult_from = excluded.adult_from, changed_at = excluded.changed_at, agrees = excluded.agrees
         returning id, state`,
        [
          newId(),
          personId,
          goals,
          command.words ?? '',
          place,
          sorted(command.days),
          command.pace,
          command.groupSize,
          command.distanceMiles,
          sorted(command.needs),
          sorted(command.offers),
          sorted(command.seeks),
          command.offerWords ?? '',
          adultFrom(person.bornOn),
          tx.now,
          sorted(command.agrees),
        ],
      );
      await this.audit.record(tx, actor, { action: 'card:write', noun: 'card', nounId: row!.id, about: personId });
      return row!;
    });
  }

  /** Others nearby may now be shown the card, without a name. */
  open(actor: Actor, person: PersonId): Promise<{ id: CardId; state: CardState }> {
    return this.move(actor, person, 'open');
  }

  /** At once nobody is shown it. Answers given stay where they are and lead to nothing. */
  takeDown(actor: Actor, person: PersonId): Promise<{ id: CardId; state: CardState }> {
    return this.move(actor, person, 'take-down');
  }

  private async move(actor: Actor, person: PersonId, action: CardAction): Promise<{ id: CardId; state: CardState }> {
    requireAccess(actor, 'card:write', { person });
    return this.database.transaction(actor, async (tx) => {
      const card = await tx.row<{ id: CardId; state: CardState; place: string; miles: number }>(
        'select id, state, place, distance_miles as miles from card where person_id = $1 for update',
        [person],
      );
      if (!card) throw notFound('The card');
      const { to, event } = edgeOf('card', cardLifecycle, card.state, action);
      // Words of an ICB's own that have come to stand for a common goal meanwhile become that goal.
      const moved = await tx.run(
        `update card c set state = $3, changed_at = $4, goals = ${COMMON_GOALS}
         where c.id = $1 and c.state = $2`,
        [card.id, card.state, to, tx.now],
      );
      if (moved === 0) throw conflict('card-changed', 'This card has just been changed. Look at it again.');
      tx.write('insert into card_change (id, card_id, person_id, from_state, to_state, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6, $7)', [
        newId(),
        card.id,
        person,
        card.state,
        to,
        actor.id,
        tx.now,
      ]);
      const places = await placesNear(tx, card.place, card.miles);
      await announce(tx, { name: event!, about: { people: [person], places }, payload: { cardId: card.id, personId: person } });
      await this.audit.record(tx, actor, { action: `card:${action}`, noun: 'card', nounId: card.id, about: person });
      return { id: card.id, state: to };
    });
  }

  /** Adds goals that the person agreed to, within the eight a card may hold; the card must be there. In the transaction of another command. */
  async addGoals(tx: Tx, actor: Actor, person: PersonId, goals: readonly string[]): Promise<void> {
    const card = await tx.row<{ id: CardId; goals: string[] }>('select id, goals from card where person_id = $1 for update', [person]);
    if (!card) throw notFound('The card');
    const kept = await this.terms.kept(tx, person, [...card.goals, ...goals], card.goals);
    if (kept.length > MOST_GOALS)
      throw refused('too-many-goals', `A card holds ${MOST_GOALS} goals. Choose ${MOST_GOALS} or fewer, or take some off your card first.`);
    tx.write('update card set goals = $2, changed_at = $3 where id = $1', [card.id, kept, tx.now]);
    await this.audit.record(tx, actor, { action: 'card:write', noun: 'card', nounId: card.id, about: person });
  }
}

/** As many as `WriteCard` takes. */
const MOST_GOALS = 8;

async function requirePlace(tx: Tx, place: string | null): Promise<void> {
  const known = await tx.row('select 1 from place where district = $1', [place]);
  if (!known)
    throw invalid('place-not-known', 'Say roughly where you live.', [{ field: 'place', message: 'Enter the first part of a postcode near you, like M33.' }]);
}

const sorted = <T extends string>(codes: readonly T[] | undefined): T[] => [...new Set(codes)].sort();

/** Districts whose middle is within so many miles of a district's, itself included. */
async function placesNear(tx: Tx, district: string, miles: number): Promise<string[]> {
  const rows = await tx.rows<{ district: string }>(
    `select there.district from place here join place there on miles_between(here.lat, here.lon, there.lat, there.lon) <= $2 where here.district = $1 order by 1`,
    [district, miles],
  );
  return rows.map((row) => row.district);
}
