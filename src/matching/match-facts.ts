import type { PersonId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { Apart } from './group-rounds.rules.js';
import type { MatchCard } from './matching.rules.js';

/** A MatchCard of the table `card c`: the one place that says how a card is read for matching. */
export const MATCH_CARD = `c.id, c.place, c.goals, c.days, c.pace, c.group_size as "groupSize", c.distance_miles as "distanceMiles", c.needs, c.offers, c.seeks,
  c.adult_from as "adultFrom"`;

/** A block by the person of a card, whose other card may lie outside what a transaction sees. */
export interface CardBlock {
  readonly by: string;
  readonly blocked: PersonId;
}

/** The open cards of some places. */
export const openCardsOf = (tx: Tx, places: readonly string[]): Promise<MatchCard[]> =>
  tx.rows<MatchCard>(`select ${MATCH_CARD} from card c where c.state = 'open' and c.place = any($1) order by c.place, c.id`, [places]);

/** An open card with those in scope that have a goal and a day in common with it. */
export const cardsAround = (tx: Tx, card: string): Promise<MatchCard[]> =>
  tx.rows<MatchCard>(
    `select ${MATCH_CARD} from card mine join card c on c.state = 'open' and (c.id = mine.id or (c.goals && mine.goals and c.days && mine.days))
     where mine.id = $1 and mine.state = 'open'`,
    [card],
  );

/** Whom the people of these cards blocked: the one place where matching reads blocks. */
export const blocksOf = (tx: Tx, cards: readonly { readonly id: string }[]): Promise<CardBlock[]> =>
  tx.rows<CardBlock>(
    'select c.id as by, k.other_person_id as blocked from card c join person_block k on k.person_id = c.person_id where c.id = any($1) order by 1, 2',
    [cards.map((card) => card.id)],
  );

/** The same by cards, of those blocked whose card is in scope. */
export async function apart(tx: Tx, blocks: readonly CardBlock[]): Promise<Apart[]> {
  const people = [...new Set(blocks.map((block) => block.blocked))];
  const rows =
    people.length === 0 ? [] : await tx.rows<{ id: string; person: PersonId }>('select id, person_id as person from card where person_id = any($1)', [people]);
  const cards = new Map(rows.map((row) => [row.person, row.id]));
  return blocks.flatMap(({ by, blocked }) => (cards.has(blocked) ? [[by, cards.get(blocked)!] as const] : []));
}
