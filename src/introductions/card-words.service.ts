import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, Id, PersonId } from '../kernel/index.js';
import { conflict, invalid, newId, notFound } from '../kernel/index.js';
import { Database, once, Secrets } from '../platform/index.js';
import { Cards } from './cards.service.js';
import type { AgreeToGoals, SayInOwnWords } from './goal-term.dto.js';
import { GoalTerms } from './goal-terms.service.js';
import type { GoalTerm } from './goal-terms.js';
import { goalsHeard } from './goal-words.rules.js';

export type CardWordsId = Id<'card-words'>;

export interface CardWordsView {
  readonly id: CardWordsId;
  readonly words: string;
  /** Goals these words may mean, the likeliest first: asked about, never taken as said. */
  readonly offered: readonly GoalTerm[];
  /** Those the person said are right; null until they answered. */
  readonly agreed: readonly string[] | null;
  readonly saidAt: Date;
}

interface Row {
  readonly id: CardWordsId;
  readonly personId: PersonId;
  readonly words: Buffer;
  readonly offered: string[];
  readonly agreed: string[] | null;
  readonly saidAt: Date;
}

const COLUMNS = 'id, person_id as "personId", words, offered, agreed, said_at as "saidAt"';
const contextOf = (id: string): string => `card_words.words:${id}`;

/** What a person wants in their own words. The words are kept, encrypted; the goals we think they mean are asked about. */
@Injectable()
export class CardWords {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly terms: GoalTerms,
    private readonly cards: Cards,
    private readonly audit: Audit,
  ) {}

  /** Keeps the words and answers which goals they may mean. Nothing is put on the card by this. */
  async say(actor: Actor, person: PersonId, command: SayInOwnWords, key?: string): Promise<{ id: CardWordsId; offered: GoalTerm[] }> {
    requireAccess(actor, 'card:write', { person });
    const [vocabulary, offerable] = [await this.terms.vocabularyFor(actor, person), await this.terms.offeredTo(actor, person)];
    const offered = goalsHeard(command.words, vocabulary).flatMap(({ id }) => offerable.find((term) => term.id === id) ?? []);
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'card-words.say', input: { person, ...command } }, async () => {
        const id = newId<'card-words'>();
        tx.write('insert into card_words (id, person_id, words, offered, said_by, said_at) values ($1, $2, $3, $4, $5, $6)', [
          id,
          person,
          this.secrets.encrypt(command.words, contextOf(id)),
          offered.map((term) => term.id),
          actor.id,
          tx.now,
        ]);
        await this.audit.record(tx, actor, { action: 'card:say', noun: 'card-words', nounId: id, about: person });
        return { id, offered };
      }),
    );
  }

  /** Writes down which of the goals offered are right and puts them on the card, if there is one. Refuses: goal-not-offered, words-answered
   *  (said already, with another answer), too-many-goals. */
  async agree(actor: Actor, id: CardWordsId, command: AgreeToGoals): Promise<{ id: CardWordsId; agreed: string[]; onCard: boolean }> {
    return this.database.transaction(actor, async (tx) => {
      const row = await tx.row<Row>(`select ${COLUMNS} from card_words where id = $1 for update`, [id]);
      if (!row) throw notFound('The words');
      requireAccess(actor, 'card:write', { person: row.personId });
      const goals = [...new Set(command.goals)].sort();
      const [first] = goals.filter((goal) => !row.offered.includes(goal));
      if (first !== undefined)
        throw invalid('goal-not-offered', 'Choose from what we asked about.', [{ field: 'goals', message: 'Choose from what we asked about.' }]);
      if (row.agreed !== null && row.agreed.join() !== goals.join())
        throw conflict('words-answered', 'You have answered this already. You can change your card instead.');
      tx.write('update card_words set agreed = $2, agreed_at = coalesce(agreed_at, $3) where id = $1', [id, goals, tx.now]);
      const onCard = (await tx.row('select 1 from card where person_id = $1', [row.personId])) !== undefined;
      if (onCard && goals.length > 0) await this.cards.addGoals(tx, actor, row.personId, goals);
      await this.audit.record(tx, actor, { action: 'card:agree', noun: 'card-words', nounId: id, about: row.personId, facts: { goals: goals.length } });
      return { id, agreed: goals, onCard };
    });
  }

  /** What the person said, newest first, twenty at most. */
  async said(actor: Actor, person: PersonId): Promise<CardWordsView[]> {
    requireAccess(actor, 'card:read', { person });
    const offerable = await this.terms.offeredTo(actor, person);
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<Row>(`select ${COLUMNS} from card_words where person_id = $1 order by id desc limit 20`, [person]),
    );
    return rows.map(({ id, words, offered, agreed, saidAt }) => ({
      id,
      words: this.secrets.decrypt(words, contextOf(id)),
      offered: offered.flatMap((each) => offerable.find((term) => term.id === each) ?? []),
      agreed,
      saidAt,
    }));
  }
}
