import { Injectable } from '@nestjs/common';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, LocalDate, PersonId } from '../../kernel/index.js';
import { addDays, dayOf, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { Day } from '../introduction.dto.js';
import type { Choice } from '../pairing.rules.js';
import type { GoalWords } from '../suggestions.queries.js';
import type { GroupAskId, GroupId } from './groups.service.js';

/** What a group is about, said alike to everybody in it. */
export interface GroupFacts {
  readonly near: string;
  readonly goals: readonly GoalWords[];
  readonly days: readonly Day[];
}

/** A group a person is asked about: not who, and not how many. */
export interface GroupAskView extends GroupFacts {
  readonly id: GroupAskId;
  /** Whole miles from where this person's card says they are. */
  readonly miles: number;
  readonly answerUntil: LocalDate;
  readonly revealOn: LocalDate;
  /** False when the two weeks are over and the day of revealing has not come. */
  readonly mayAnswer: boolean;
  /** What this person answered last; `no` is no longer listed. */
  readonly myAnswer: Exclude<Choice, 'no'> | null;
}

/** A group this person said yes to, of which nothing came. Why, nobody is told. */
export interface EndedGroupView extends GroupFacts {
  readonly id: GroupAskId;
  readonly revealOn: LocalDate;
}

export interface FoundGroupView extends GroupFacts {
  readonly id: GroupId;
  readonly revealedAt: Date;
  /** The others, by first name: a pool is proposed with these ids. */
  readonly others: readonly { readonly personId: PersonId; readonly firstName: string }[];
}

export interface GroupsView {
  readonly asked: readonly GroupAskView[];
  readonly ended: readonly EndedGroupView[];
  readonly found: readonly FoundGroupView[];
}

type AskRow = Omit<GroupAskView, 'myAnswer'> & { readonly state: 'asked' | 'ended'; readonly choice: Choice | null };
type FoundRow = Omit<FoundGroupView, 'others'> & { readonly people: PersonId[] };

/** For so many days it is said that a group came to nothing. Our judgement, November 2026. */
const SAID_DAYS = 14;
const SHOWN = 50;
const ABOUT = (of: string): string =>
  `(select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'words', t.words) order by t.id), '[]') from goal_term t where t.id = any(${of}.goals)) as goals, ${of}.days`;

/** Groups as one person sees them. Nothing here depends on what others were asked or answered before the day of revealing. */
@Injectable()
export class GroupQueries {
  constructor(private readonly database: Database) {}

  async groupsOf(actor: Actor, person: PersonId): Promise<GroupsView> {
    requireAccess(actor, 'card:read', { person });
    const { rows, found } = await this.database.read(actor, async (tx) => ({ rows: await this.asks(tx, person), found: await this.foundRows(tx, person) }));
    return {
      asked: rows.flatMap(({ state, choice, ...ask }) =>
        state === 'asked' && choice !== 'no' && (ask.mayAnswer || choice === 'yes') ? [{ ...ask, myAnswer: choice }] : [],
      ),
      ended: rows.flatMap(({ state, choice, id, near, goals, days, revealOn }) =>
        state === 'ended' && choice === 'yes' ? [{ id, near, goals, days, revealOn }] : [],
      ),
      found: can(actor, 'introduction:read', { person }) ? await this.named(person, found) : [],
    };
  }

  /** Those a person was put together with, each once, for starting a pool. Nobody, for whoever may not see them. */
  async companionsOf(actor: Actor, person: PersonId): Promise<readonly FoundGroupView[]> {
    if (!can(actor, 'introduction:read', { person })) return [];
    return this.named(person, await this.database.read(actor, (tx) => this.foundRows(tx, person)));
  }

  private asks(tx: Tx, person: PersonId): Promise<AskRow[]> {
    const today = dayOf(tx.now);
    return tx.rows<AskRow>(
      `select k.id, p.name as near, k.miles, k.answer_until as "answerUntil", k.reveal_on as "revealOn", k.answer_until >= $3 as "mayAnswer", k.state, a.choice, ${ABOUT('k')}
       from group_ask k join card c on c.id = k.card_id join place p on p.district = k.place
       left join lateral (select choice from group_answer g where g.ask_id = k.id order by g.id desc limit 1) a on true
       where k.person_id = $1 and k.shown_from <= $2
         and ((k.state = 'asked' and c.state = 'open' and 'groups' = any(c.agrees)) or (k.state = 'ended' and k.reveal_on > $4))
       order by k.reveal_on desc, k.id limit ${SHOWN}`,
      [person, tx.now, today, addDays(today, -SAID_DAYS)],
    );
  }

  private foundRows(tx: Tx, person: PersonId): Promise<FoundRow[]> {
    return tx.rows<FoundRow>(
      `select f.id, f.people, p.name as near, f.revealed_at as "revealedAt", ${ABOUT('f')} from found_group f join place p on p.district = f.place
       where f.people @> array[$1::uuid] order by f.id desc limit ${SHOWN}`,
      [person],
    );
  }

  /** First names of exactly the people revealed. */
  private async named(person: PersonId, rows: readonly FoundRow[]): Promise<FoundGroupView[]> {
    const people = [...new Set(rows.flatMap((row) => row.people))];
    const names = await this.database.read(systemActor('introductions.groups', { people }), (tx) =>
      tx.rows<{ id: PersonId; firstName: string }>('select id, first_name as "firstName" from person where id = any($1)', [people]),
    );
    return rows.map(({ people: members, ...group }) => ({
      ...group,
      others: names
        .filter((each) => each.id !== person && members.includes(each.id))
        .map((each) => ({ personId: each.id, firstName: each.firstName }))
        .sort((a, b) => (a.firstName < b.firstName ? -1 : 1)),
    }));
  }
}
