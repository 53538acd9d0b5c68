import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { People, requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import { conflict, dayOf, invalid, newId, notFound, refused, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once } from '../platform/index.js';
import type { AddGoalTerm } from './goal-term.dto.js';
import type { GoalTermFacts } from './goal-term.rules.js';
import { goalsKept, idOfOwnTerm } from './goal-term.rules.js';
import type { GoalTerm } from './goal-terms.js';
import { GOAL_TERMS, HEARD_AS } from './goal-terms.js';
import type { Vocabulary, WordedGoal } from './goal-words.rules.js';
import { vocabularyOf } from './goal-words.rules.js';

/** An ICB's own word, as those see it who look after the list. */
export interface OwnTermView extends GoalTerm {
  readonly heard: readonly string[];
  readonly sameAs: string | null;
  readonly retiredOn: LocalDate | null;
}

const CORE: readonly WordedGoal[] = GOAL_TERMS.map((term) => ({ ...term, heard: HEARD_AS.get(term.id) ?? [] }));
/** Made when first asked for, once for all who ask. */
let coreWords: Vocabulary | undefined;
/** In SQL, the goals of the card `c`, those that have come to stand for a common one as that one. */
export const COMMON_GOALS = 'array(select distinct coalesce(t.same_as, t.id) from unnest(c.goals) g join goal_term t on t.id = g order by 1)';
const OWN = `select t.id, t.words, t.area, t.same_as as "sameAs", t.retired_on as "retiredOn", o.heard from icb_goal_term o join goal_term t on t.id = o.term_id`;
/** Our judgement, November 2026: a list that people can read through. */
const MOST_OWN = 100;

/** The words for goals: a common core that nobody changes, and what each ICB adds to it in the words of its people. */
@Injectable()
export class GoalTerms {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly audit: Audit,
  ) {}

  /** Adds a word of the ICB's own: for a goal of the common core, or for a new one of an area. Refuses: goal-not-known (`sameAs`),
   *  goal-said-already (the same words), too-many-goals. */
  async add(actor: Actor, command: AddGoalTerm, key?: string): Promise<{ id: string }> {
    requireAccess(actor, 'goal-term:write', { icb: command.icbId });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'goal-terms.add', input: command }, async () => {
        const own = await this.own(tx, command.icbId);
        if (own.length >= MOST_OWN) throw refused('too-many-goals', `There are ${MOST_OWN} words already. Retire one first.`);
        const isSaid = [...GOAL_TERMS, ...own.filter((term) => term.retiredOn === null)].some((term) => alike(term.words, command.words));
        if (isSaid)
          throw invalid('goal-said-already', 'These words are in the list already.', [{ field: 'words', message: 'These words are in the list already.' }]);
        if (command.sameAs !== undefined) requireCore(command.sameAs);
        const id = idOfOwnTerm(command.words, newId());
        tx.write('insert into goal_term (id, words, area, icb_id, same_as) values ($1, $2, $3, $4, $5)', [
          id,
          command.words,
          command.area,
          command.icbId,
          command.sameAs ?? null,
        ]);
        tx.write('insert into icb_goal_term (term_id, icb_id, heard, made_by, made_at, changed_at) values ($1, $2, $3, $4, $5, $5)', [
          id,
          command.icbId,
          command.heard ?? [],
          actor.id,
          tx.now,
        ]);
        await this.audit.record(tx, actor, { action: 'goal-term:add', noun: 'goal-term', facts: { term: id, icb: command.icbId } });
        return { id };
      }),
    );
  }

  /** From now on the word stands for a goal of the common core: cards that are open and hold it are changed to that goal at once, others when
   *  they are next written or opened. Refuses: goal-not-known, and a word that stands for another already (goal-mapped). */
  async map(actor: Actor, id: string, sameAs: string): Promise<{ id: string; sameAs: string }> {
    requireCore(sameAs);
    await this.change(actor, id, 'map', async (tx) => {
      if ((await tx.run('update goal_term set same_as = $2 where id = $1 and same_as is null', [id, sameAs])) === 0)
        throw conflict('goal-mapped', 'This word stands for a goal of the common list already.');
    });
    await this.moveOpenCards(id);
    return { id, sameAs };
  }

  /** Offers the word to nobody any more. Cards that hold it keep it. */
  async retire(actor: Actor, id: string): Promise<{ id: string; retiredOn: LocalDate }> {
    let retiredOn: LocalDate | undefined;
    await this.change(actor, id, 'retire', async (tx) => {
      retiredOn = dayOf(tx.now);
      if ((await tx.run('update goal_term set retired_on = $2 where id = $1 and retired_on is null', [id, retiredOn])) === 0)
        throw conflict('goal-retired', 'This word is retired already.');
    });
    return { id, retiredOn: retiredOn! };
  }

  /** An ICB's own words, those in use first. */
  async ownTerms(actor: Actor, icb: OrganisationId): Promise<OwnTermView[]> {
    requireAccess(actor, 'goal-term:write', { icb });
    return this.database.read(actor, (tx) => this.own(tx, icb));
  }

  /** What a person may choose from: the common core and what their ICB adds that is a goal by itself, by area. */
  async offeredTo(actor: Actor, person: PersonId): Promise<GoalTerm[]> {
    requireAccess(actor, 'card:read', { person });
    const own = await this.ownOf(actor, person);
    const offered = [...GOAL_TERMS, ...own.filter((term) => term.sameAs === null).map(({ id, words, area }) => ({ id, words, area }))];
    return offered.sort((a, b) => (a.area === b.area ? (a.words < b.words ? -1 : 1) : a.area < b.area ? -1 : 1));
  }

  /** What to listen for in the words of this person. */
  async vocabularyFor(actor: Actor, person: PersonId): Promise<Vocabulary> {
    const own = await this.ownOf(actor, person);
    if (own.length === 0) return (coreWords ??= vocabularyOf(CORE));
    const goals = new Map(CORE.map((goal) => [goal.id, goal]));
    for (const term of own) {
      const id = term.sameAs ?? term.id;
      const goal = goals.get(id) ?? { id, words: term.words, heard: [] };
      goals.set(id, { ...goal, heard: [...goal.heard, ...(goal.words === term.words ? [] : [term.words]), ...term.heard] });
    }
    return vocabularyOf([...goals.values()]);
  }

  /** The goals a card keeps of those chosen; see `goalsKept`. The transaction's scope names the person. */
  async kept(tx: Tx, person: PersonId, chosen: readonly string[], held: readonly string[]): Promise<string[]> {
    const known = await tx.rows<GoalTermFacts>(
      'select id, icb_id as "icbId", same_as as "sameAs", retired_on as "retiredOn" from goal_term where id = any($1)',
      [chosen],
    );
    return goalsKept(chosen, { known, held, icb: await this.people.icbOf(tx, person), today: dayOf(tx.now) });
  }

  private own(tx: Tx, icb: string): Promise<OwnTermView[]> {
    return tx.rows<OwnTermView>(`${OWN} where o.icb_id = $1 order by (t.retired_on is not null), t.words limit ${2 * MOST_OWN}`, [icb]);
  }

  /** Words in use of the ICB responsible for a person: read by a named system actor, since no holder sees an ICB's own tables. */
  private async ownOf(actor: Actor, person: PersonId): Promise<OwnTermView[]> {
    const icb = await this.database.read(actor, (tx) => this.people.icbOf(tx, person));
    if (icb === undefined) return [];
    const own = await this.database.read(systemActor('introductions.goal-terms', { icbs: [icb] }), (tx) => this.own(tx, icb));
    return own.filter((term) => term.retiredOn === null);
  }

  private async change(actor: Actor, id: string, what: 'map' | 'retire', write: (tx: Tx) => Promise<void>): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      const row = await tx.row<{ icb: OrganisationId }>('select icb_id as icb from icb_goal_term where term_id = $1 for update', [id]);
      if (!row) throw notFound('The word');
      requireAccess(actor, 'goal-term:write', { icb: row.icb });
      await write(tx);
      tx.write('update icb_goal_term set changed_at = $2 where term_id = $1', [id, tx.now]);
      await this.audit.record(tx, actor, { action: `goal-term:${what}`, noun: 'goal-term', facts: { term: id, icb: row.icb } });
    });
  }

  /** Cards are changed with exactly their holders in scope, a hundred at a time; twice is once. */
  private async moveOpenCards(id: string): Promise<void> {
    const places = await this.database.read(systemActor('introductions.goal-terms', {}), (tx) => tx.rows<{ district: string }>('select district from place'));
    for (;;) {
      const holders = await this.database.read(systemActor('introductions.goal-terms', { places: places.map((place) => place.district) }), (tx) =>
        tx.rows<{ person: PersonId }>(`select person_id as person from card where state = 'open' and $1 = any(goals) limit 100`, [id]),
      );
      if (holders.length === 0) return;
      await this.database.transaction(systemActor('introductions.goal-terms', { people: holders.map((holder) => holder.person) }), (tx) =>
        tx.run(
          `update card c set goals = ${COMMON_GOALS}, changed_at = $2
           where c.person_id = any($3) and $1 = any(c.goals)`,
          [id, tx.now, holders.map((holder) => holder.person)],
        ),
      );
    }
  }
}

const alike = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

function requireCore(id: string): void {
  if (GOAL_TERMS.some((term) => term.id === id)) return;
  throw invalid('goal-not-known', 'Choose a goal of the common list.', [{ field: 'sameAs', message: 'Choose a goal of the common list.' }]);
}
