import { Injectable } from '@nestjs/common';
import { can, idsWith, People, requireAccess } from '../identity/index.js';
import type { ReachBy, ReachFormat } from '../identity/index.js';
import type { Actor, Id, LocalDate, OrganisationId, Pence, PersonId } from '../kernel/index.js';
import { dayOf, forbidden, joinScopes, scopeOf, systemActor } from '../kernel/index.js';
import { Organisations } from '../organisations/index.js';
import type { Tx } from '../platform/index.js';
import { AS_NAMES, Database } from '../platform/index.js';

export interface IcbPerson {
  readonly id: PersonId;
  readonly firstName: string;
  readonly familyName: string;
  readonly bornOn: LocalDate | null;
  readonly diedOn: LocalDate | null;
  readonly place: string | null;
  readonly reachBy: ReachBy;
  readonly reachFormat: ReachFormat;
  readonly hasAgreedPlan: boolean;
  readonly hasDraft: boolean;
  /** What is agreed on open lines, in pence. */
  readonly agreed: Pence;
}

/** A plan that waits for a decision of the ICB: a draft to agree, or an agreed plan to fund. */
export interface WaitingPlan {
  readonly planId: Id<'plan'>;
  readonly personId: PersonId;
  readonly firstName: string;
  readonly familyName: string;
  readonly state: 'draft' | 'agreed';
  readonly since: LocalDate;
}

export interface DecisionView {
  readonly id: Id<'decision'>;
  readonly kind: string;
  readonly planId: Id<'plan'> | null;
  readonly reason: string;
  readonly statute: string;
  readonly decidedBy: PersonId;
  readonly decidedOn: LocalDate;
}

/** A word of a name as a pattern of its beginning. */
const beginning = (word: string): string => `${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Each word of a name as a pattern of its beginning; four at most. */
const wordsOf = (name: string): string[] =>
  name
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 4)
    .map(beginning);

/** Each of the words ($3) begins the first or the family name. */
const CALLED = `not exists (select 1 from unnest($3::text[]) as w(beginning) where not (p.first_name ilike w.beginning or p.family_name ilike w.beginning))`;
const BY_NAME = `p.family_name ${AS_NAMES}, p.first_name ${AS_NAMES}, p.id`;
/** Those who come after one of them ($4), in that order. */
const AFTER = `($4::uuid is null or (${BY_NAME}) > (select l.family_name ${AS_NAMES}, l.first_name ${AS_NAMES}, l.id from person l where l.id = $4))`;

/** Somebody in a pool, as far as who may stop their part of it needs to know them. */
export type PersonInPool = Pick<IcbPerson, 'id' | 'firstName' | 'familyName' | 'bornOn'>;

const MOST_FOUND = 20;
const CALLED_AT_ONCE = 500;

/** People of these ICBs today whose names begin so, by family name, after one of them. */
const peopleCalled = (tx: Tx, icbs: readonly OrganisationId[], words: readonly string[], after: PersonId | null): Promise<PersonInPool[]> =>
  tx.rows(
    `select p.id, p.first_name as "firstName", p.family_name as "familyName", p.born_on as "bornOn" from responsibility r join person p on p.id = r.person_id
     where r.icb_id = any($1) and r.from_day <= $2 and (r.until_day is null or r.until_day > $2) and ${CALLED} and ${AFTER}
     order by ${BY_NAME} limit ${CALLED_AT_ONCE}`,
    [icbs, dayOf(tx.now), words, after],
  );

/** The people an ICB is responsible for today, for its own officers. */
@Injectable()
export class IcbPeople {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly organisations: Organisations,
  ) {}

  /** By family name; each word of `name` begins the first or the family name. `after` is the id of the last one shown. Refuses those who look
   *  after no ICB's people (forbidden). Opening one of them is what is written down, not the list. */
  async list(
    actor: Actor,
    page: { name?: string | undefined; after?: string | undefined; limit: number },
  ): Promise<{ items: IcbPerson[]; next: string | null }> {
    const words = wordsOf(page.name ?? '');
    const items = await this.database.read(actor, async (tx) =>
      tx.rows<IcbPerson>(
        `with page as (
         select p.id, p.first_name, p.family_name, p.born_on, p.died_on, p.place, p.reach_by, p.reach_format from responsibility r join person p on p.id = r.person_id
         where r.icb_id = any($1) and r.from_day <= $2 and (r.until_day is null or r.until_day > $2) and ${CALLED} and ${AFTER}
         order by ${BY_NAME} limit $5
       ) select page.id, first_name as "firstName", family_name as "familyName", born_on as "bornOn", died_on as "diedOn", place, reach_by as "reachBy", reach_format as "reachFormat",
           exists (select 1 from plan x where x.person_id = page.id and x.state = 'agreed') as "hasAgreedPlan",
           exists (select 1 from plan x where x.person_id = page.id and x.state = 'draft') as "hasDraft",
           coalesce((select sum(l.agreed_pence) from budget_line l where l.person_id = page.id and l.state = 'open'), 0)::bigint as agreed
         from page order by family_name ${AS_NAMES}, first_name ${AS_NAMES}, page.id`,
        [await this.icbsOf(tx, actor, 'person:read'), dayOf(tx.now), words, page.after ?? null, page.limit],
      ),
    );
    return { items, next: items.length === page.limit ? items.at(-1)!.id : null };
  }

  /** People of the board who are in a pool today, for who may stop one's part of it and sees nothing else of them: nobody without a name that begins with two letters at least, and
   *  twenty at most; `hasMore` says that there are others. Refuses those who look after no ICB's people (forbidden). Opening one of them is what is written down, not the list. */
  async inPools(actor: Actor, name: string): Promise<{ items: PersonInPool[]; hasMore: boolean }> {
    const words = wordsOf(name);
    const icbs = await this.database.read(actor, (tx) => this.icbsOf(tx, actor, 'pool-part:freeze'));
    const found: PersonInPool[] = [];
    if (!words.some((word) => word.length > 2)) return { items: found, hasMore: false };
    // Membership is seen through the person, so those who are called so are asked some at a time, until enough are in a pool.
    for (let after: PersonId | null = null; found.length <= MOST_FOUND; ) {
      const named: readonly PersonInPool[] = await this.database.read(actor, (tx) => peopleCalled(tx, icbs, words, after));
      const members = await this.members(named.map((person) => person.id));
      found.push(...named.filter((person) => members.has(person.id)));
      if (named.length < CALLED_AT_ONCE) break;
      after = named.at(-1)!.id;
    }
    return { items: found.slice(0, MOST_FOUND), hasMore: found.length > MOST_FOUND };
  }

  private async members(people: readonly PersonId[]): Promise<ReadonlySet<PersonId>> {
    const rows = await this.database.read(systemActor('insight', { people }), (tx) =>
      tx.rows<{ id: PersonId }>(`select distinct person_id as id from pool_member where person_id = any($1) and state = 'member'`, [people]),
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Plans that wait for a decision, the longest waiting first. */
  async waiting(actor: Actor, limit: number): Promise<WaitingPlan[]> {
    return this.database.read(actor, async (tx) => {
      const rows = await tx.rows<Omit<WaitingPlan, 'since'> & { madeAt: Date; agreedOn: LocalDate | null }>(
        `select x.id as "planId", x.person_id as "personId", p.first_name as "firstName", p.family_name as "familyName", x.state, x.made_at as "madeAt", x.agreed_on as "agreedOn"
         from plan x join person p on p.id = x.person_id
         where x.icb_id = any($1) and (x.state = 'draft' or (x.state = 'agreed' and not exists (select 1 from budget b where b.plan_id = x.id)))
         order by x.made_at, x.id limit $2`,
        [await this.icbsOf(tx, actor, 'plan:agree'), limit],
      );
      return rows.map(({ madeAt, agreedOn, ...row }) => ({ ...row, since: row.state === 'agreed' && agreedOn ? agreedOn : dayOf(madeAt) }));
    });
  }

  /** What the ICB decided about a person, the newest first. */
  async decisionsOf(actor: Actor, person: PersonId): Promise<DecisionView[]> {
    return this.database.read(actor, async (tx) => {
      requireAccess(actor, 'plan:read', { person, icb: await this.people.icbOf(tx, person) });
      return tx.rows<DecisionView>(
        `select id, kind, plan_id as "planId", reason, statute, decided_by as "decidedBy", decided_on as "decidedOn" from decision where person_id = $1 order by id desc limit 100`,
        [person],
      );
    });
  }

  /** The officer with one person's money in scope as well: rows about money are seen through person and book, and an officer may read the
   *  budgets of the people the ICB is responsible for. Refuses everybody else (not-found). */
  async reader(actor: Actor, person: PersonId): Promise<Actor> {
    const icb = await this.database.read(actor, (tx) => this.people.icbOf(tx, person));
    if (!can(actor, 'budget:read', { person })) requireAccess(actor, 'budget:read', { icb });
    return { ...actor, scope: joinScopes(actor.scope, scopeOf({ people: [person] })) };
  }

  private icbsOf(tx: Tx, actor: Actor, permission: string): Promise<OrganisationId[]> {
    const icbs = idsWith(actor, permission, 'icb') as OrganisationId[];
    if (icbs.length === 0) throw forbidden();
    return this.organisations.withPredecessors(tx, icbs);
  }
}
