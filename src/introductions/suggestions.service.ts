import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId } from '../kernel/index.js';
import { addDays, dayOf, newId, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { Blocks } from './blocks.service.js';
import type { CardId } from './cards.service.js';
import type { AnswerSuggestion } from './introduction.dto.js';
import { nextPairing } from './pairing.rules.js';
import type { LiveSuggestion, SuggestionId } from './suggestions.queries.js';
import { SuggestionQueries } from './suggestions.queries.js';

/** Our judgement, November 2026: four weeks to think, whatever is answered. */
export const SUGGESTION_DAYS = 28;

/** Two open cards that suit each other, and why. */
export interface SuitablePair {
  readonly a: CardId;
  readonly b: CardId;
  readonly score: number;
  readonly reasons: readonly string[];
}

export interface AnswerTaken {
  readonly id: SuggestionId;
  /** When answers are looked at next: the same for everybody. */
  readonly looksAt: string;
}

@Injectable()
export class Suggestions {
  constructor(
    private readonly database: Database,
    private readonly queries: SuggestionQueries,
    private readonly blocks: Blocks,
    private readonly audit: Audit,
  ) {}

  /** Suggests each pair to both sides, with one life of four weeks. Pairs suggested already and still live stay as they are (the
   *  constraint one_live_suggestion turns the new rows away); pairs with a block either way, or a card no longer open, are left out. The transaction's scope names the places of the cards.
   *  Answers how many pairs are new. */
  async propose(tx: Tx, pairs: readonly SuitablePair[]): Promise<number> {
    if (pairs.length === 0) return 0;
    const from: LocalDate = dayOf(tx.now);
    const rows = await tx.run(
      `with pairs as (
         select least(a, b) as a, greatest(a, b) as b, pair, score, reasons from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::jsonb[]) as p(a, b, pair, score, reasons)
       ), fresh as (
         select distinct on (a, b) * from pairs p
         where not exists (select 1 from card x join card y on x.id = p.a and y.id = p.b join person_block k on (k.person_id, k.other_person_id) in ((x.person_id, y.person_id), (y.person_id, x.person_id)))
         order by a, b
       ), sides as (
         select pair, a as own, b as other, score, reasons from fresh union all select pair, b, a, score, reasons from fresh
       )
       insert into suggestion (id, pair_id, card_id, other_card_id, person_id, other_place, score, reasons, shown_from, from_day, expires_on)
       select gen_random_uuid(), s.pair, s.own, s.other, mine.person_id, theirs.place, s.score, s.reasons, $6, $7, $8
       from sides s join card mine on mine.id = s.own and mine.state = 'open' join card theirs on theirs.id = s.other and theirs.state = 'open' and theirs.person_id <> mine.person_id
       order by s.own, s.other on conflict do nothing`,
      [
        pairs.map((p) => p.a),
        pairs.map((p) => p.b),
        pairs.map(() => newId()),
        pairs.map((p) => p.score),
        pairs.map((p) => JSON.stringify(p.reasons)),
        tx.now,
        from,
        addDays(from, SUGGESTION_DAYS),
      ],
    );
    return rows / 2;
  }

  /** Keeps an answer. The newest counts, until answers are looked at. Whatever the other side did, this does the same work and gives
   *  the same answer; it keeps no idempotency key and announces nothing, since both could be seen. Refuses what is not, or no longer,
   *  suggested to this person (not-found): expired, taken down and blocked are told apart by nobody. */
  async answer(actor: Actor, id: SuggestionId, command: AnswerSuggestion): Promise<AnswerTaken> {
    const { person, suggestion } = await this.find(actor, id);
    return this.database.transaction(actor, async (tx) => {
      // The card's row is held, so that pairing waits for this answer or this answer for pairing.
      await tx.row('select 1 from card where id = $1 for update', [suggestion.cardId]);
      tx.write(
        'insert into answer (id, suggestion_id, pair_id, card_id, other_card_id, person_id, choice, answered_by, answered_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [newId(), id, suggestion.pairId, suggestion.cardId, suggestion.otherCardId, person, command.answer, actor.id, tx.now],
      );
      await this.audit.record(tx, actor, { action: 'introduction:answer', noun: 'suggestion', nounId: id, about: person });
      return { id, looksAt: nextPairing(tx.now).toISOString() };
    });
  }

  /** At once neither is shown to the other; to the blocked it looks as if the card was taken down. */
  async block(actor: Actor, id: SuggestionId): Promise<{ id: SuggestionId }> {
    const { person, suggestion } = await this.find(actor, id);
    return this.database.transaction(actor, async (tx) => {
      await this.blocks.put(tx, actor, person, suggestion.otherPersonId, 'card');
      return { id };
    });
  }

  /** The live suggestion, and whose side the actor answers for. */
  private async find(actor: Actor, id: SuggestionId): Promise<{ person: PersonId; suggestion: LiveSuggestion }> {
    const row = await this.database.read(actor, (tx) => tx.row<{ person: PersonId }>('select person_id as person from suggestion where id = $1', [id]));
    if (!row) throw notFound('The suggestion');
    requireAccess(actor, 'introduction:answer', { person: row.person });
    const [suggestion] = await this.queries.live(actor, row.person, id);
    if (!suggestion) throw notFound('The suggestion');
    return { person: row.person, suggestion };
  }
}
