import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, Id, LocalDate, PersonId } from '../../kernel/index.js';
import { addDays, dayOf, newId, notFound, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { CardId } from '../cards.service.js';
import type { AnswerSuggestion } from '../introduction.dto.js';
import { datesOf, FEWEST, REST_DAYS, revealsAt } from './group.rules.js';

export type GroupId = Id<'group'>;
export type GroupAskId = Id<'group-ask'>;

/** Open cards that suit each other, and what all of them have in common. */
export interface SuitableGroup {
  readonly cards: readonly string[];
  readonly goals: readonly string[];
  readonly days: readonly string[];
}

export interface GroupAnswerTaken {
  readonly id: GroupAskId;
  /** When answers are looked at: the same for everybody who is asked together. */
  readonly looksAt: string;
}

interface LiveAsk {
  readonly groupId: GroupId;
  readonly person: PersonId;
  readonly cardId: CardId;
  readonly revealOn: LocalDate;
}

/** Groups that are proposed, and what those who are asked say. Nobody sees who was asked, nor how many. */
@Injectable()
export class Groups {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Asks the people of each group, with one life of 15 days. Out of a group fall, unseen: cards no longer open or changed, people who do not agree to be
   *  asked, or are being asked about another group, or blocked one of them; and, when no broker proposes it, whoever was asked in the last
   *  six weeks. A group of fewer than three is not proposed. No answer is read. The transaction's scope names the places of the cards. */
  async propose(tx: Tx, groups: readonly SuitableGroup[], broker?: PersonId): Promise<void> {
    const today = dayOf(tx.now);
    const { answerUntil, revealOn } = datesOf(today);
    for (const group of groups) {
      await tx.rows('select 1 from card where id = any($1) order by id for update', [group.cards]);
      const asked = await tx.rows<{ card: CardId; person: PersonId; place: string }>(
        `with fit as (
           select c.id, c.person_id, c.place from card c
           where c.id = any($1) and c.state = 'open' and 'groups' = any(c.agrees) and c.goals @> $2 and c.days @> $3
             and not exists (select 1 from group_ask k where k.card_id = c.id and (k.reveal_on >= $4 or (not $5 and k.from_day > $6)))
         )
         select f.id as card, f.person_id as person, f.place from fit f
         where not exists (select 1 from person_block b join fit o on o.person_id = b.other_person_id where b.person_id = f.person_id) order by f.id`,
        [group.cards, group.goals, group.days, today, broker !== undefined, addDays(today, -REST_DAYS)],
      );
      if (asked.length < FEWEST) continue;
      const id = newId<'group'>();
      const place = await middleOf(
        tx,
        asked.map((each) => each.place),
      );
      tx.write(
        `insert into group_proposal (id, place, people, goals, days, proposed_by, state, shown_from, answer_until, reveal_on) values ($1, $2, $3, $4, $5, $6, 'asked', $7, $8, $9)`,
        [id, place, asked.map((each) => each.person).sort(), group.goals, group.days, broker ?? null, tx.now, answerUntil, revealOn],
      );
      tx.write(
        `insert into group_ask (id, group_id, person_id, card_id, place, miles, goals, days, state, shown_from, from_day, answer_until, reveal_on)
         select gen_random_uuid(), $1, c.person_id, c.id, $2, miles_between(here.lat, here.lon, there.lat, there.lon), $3, $4, 'asked', $5, $6, $7, $8
         from card c join place here on here.district = c.place join place there on there.district = $2 where c.id = any($9)`,
        [id, place, group.goals, group.days, tx.now, today, answerUntil, revealOn, asked.map((each) => each.card)],
      );
    }
  }

  /** Open cards in scope whose person agreed to be asked about groups and has not been in the last six weeks. */
  async mayBeAsked(tx: Tx): Promise<CardId[]> {
    const rows = await tx.rows<{ id: CardId }>(
      `select c.id from card c where c.state = 'open' and 'groups' = any(c.agrees)
         and not exists (select 1 from group_ask k where k.card_id = c.id and (k.reveal_on >= $1 or k.from_day > $2))`,
      [dayOf(tx.now), addDays(dayOf(tx.now), -REST_DAYS)],
    );
    return rows.map((row) => row.id);
  }

  /** Keeps an answer; the newest counts. Whatever others said, this does the same work and gives the same answer: it keeps no idempotency key and
   *  announces nothing. Refuses what this person is not, or no longer, asked (not-found). */
  async answer(actor: Actor, id: GroupAskId, command: AnswerSuggestion): Promise<GroupAnswerTaken> {
    const row = await this.database.read(actor, (tx) => tx.row<{ person: PersonId }>('select person_id as person from group_ask where id = $1', [id]));
    if (!row) throw notFound('The group');
    requireAccess(actor, 'introduction:answer', { person: row.person });
    return this.database.transaction(actor, async (tx) => {
      // The card's row is held, so that revealing waits for this answer or this answer for revealing.
      await tx.row('select 1 from card where person_id = $1 for update', [row.person]);
      const ask = await tx.row<LiveAsk>(
        `select k.group_id as "groupId", k.person_id as person, k.card_id as "cardId", k.reveal_on as "revealOn" from group_ask k join card c on c.id = k.card_id
         where k.id = $1 and k.state = 'asked' and k.shown_from <= $2 and k.answer_until >= $3 and c.state = 'open' and 'groups' = any(c.agrees)`,
        [id, tx.now, dayOf(tx.now)],
      );
      if (!ask) throw notFound('The group');
      tx.write('insert into group_answer (id, ask_id, group_id, person_id, choice, answered_by, answered_at) values ($1, $2, $3, $4, $5, $6, $7)', [
        newId(),
        id,
        ask.groupId,
        ask.person,
        command.answer,
        actor.id,
        tx.now,
      ]);
      await this.audit.record(tx, actor, { action: 'introduction:answer', noun: 'group-ask', nounId: id, about: ask.person });
      return { id, looksAt: revealsAt(ask.revealOn).toISOString() };
    });
  }

  /** Leaves a group that was revealed; no reason is asked or shown. The others see who is left. */
  async stepBack(actor: Actor, id: GroupId): Promise<{ id: GroupId }> {
    const group = await this.database.read(actor, (tx) =>
      tx.row<{ people: PersonId[]; place: string }>('select people, place from found_group where id = $1', [id]),
    );
    const side = group && sideIn(actor, group.people, 'introduction:answer');
    if (!side) throw notFound('The group');
    return this.database.transaction(systemActor('introductions.groups', { people: group.people, places: [group.place] }), async (tx) => {
      const left = await tx.run('update found_group set people = array_remove(people, $2) where id = $1 and $2 = any(people)', [id, side]);
      if (left === 0) throw notFound('The group');
      tx.write('insert into group_stepped_back (group_id, person_id, stepped_back_at) values ($1, $2, $3)', [id, side, tx.now]);
      await this.audit.record(tx, actor, { action: 'introduction:step-back', noun: 'group', nounId: id, about: side });
      return { id };
    });
  }
}

/** Whose side in a group the actor is on: their own first. */
export function sideIn(actor: Actor, people: readonly PersonId[], permission: string): PersonId | undefined {
  const own = people.filter((person) => person === actor.id);
  return [...own, ...people].find((person) => can(actor, permission, { person }));
}

/** Of these places the one from which the farthest of them is nearest: where the group is said to be. */
async function middleOf(tx: Tx, places: readonly string[]): Promise<string> {
  const row = await tx.row<{ district: string }>(
    `with p as (select * from place where district = any($1))
     select here.district from p here cross join p there group by here.district order by max(miles_between(here.lat, here.lon, there.lat, there.lon)), here.district limit 1`,
    [places],
  );
  return row!.district;
}
