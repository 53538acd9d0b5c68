import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Role } from '../identity/index.js';
import { can, idsWith, People, requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import { dayOf, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, Secrets } from '../platform/index.js';
import type { NominationState } from './nomination.lifecycle.js';
import type { NominationId } from './nomination.rows.js';

/** Somebody who acts for a person today. */
export interface AuthorityView {
  readonly personId: PersonId;
  readonly name: string;
  /** The right itself: `nominee`, `representative`, `carer`, or a broker's. */
  readonly as: Role;
  readonly since: LocalDate;
  /** The day on which it ends by itself; null when it has no end. */
  readonly until: LocalDate | null;
  /** They hold the person's direct-payment account by this right, and pay from it. */
  readonly holdsAccount: boolean;
  /** Whether whoever asks may end it. */
  readonly mayEnd: boolean;
}

/** Whom the person asked for, and what became of it. */
export interface NominationView {
  readonly id: NominationId;
  readonly state: NominationState;
  readonly name: string;
  readonly contact: string;
  readonly reason: string;
  readonly askedOn: LocalDate;
  readonly answer: string | null;
  readonly answeredOn: LocalDate | null;
}

export interface Authorities {
  readonly items: readonly AuthorityView[];
  readonly nominations: readonly NominationView[];
  /** What whoever asks may do here. */
  readonly may: { readonly ask: boolean; readonly record: boolean };
}

/** A nomination that waits for the ICB's answer. */
export interface WaitingNomination {
  readonly personId: PersonId;
  readonly firstName: string;
  readonly familyName: string;
  readonly askedOn: LocalDate;
}

interface GrantRow {
  readonly personId: PersonId;
  readonly as: Role;
  readonly from: Date;
  readonly until: Date | null;
  readonly id: string;
}

const ACTING: readonly Role[] = ['representative', 'nominee', 'person-broker', 'broker-goals', 'broker-card', 'broker-plan', 'broker-pools', 'carer'];
const MOST = 50;

/** Who acts for a person, since when, on what. */
@Injectable()
export class AuthorityQueries {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  /** All of them for the person, their representative and the staff of their ICB; a nominee is shown their own right alone. Refuses the rest:
   *  not-found, or forbidden to those with some other right over the person. A look by another is written down. */
  async of(actor: Actor, personId: PersonId): Promise<Authorities> {
    const icb = await this.icbOf(personId);
    const may = { ask: can(actor, 'nominee:ask', { person: personId }), record: can(actor, 'nominee:record', { icb }) };
    const isNominee = actor.grants.some((grant) => grant.role === 'nominee' && grant.id === personId);
    if (!may.ask && !may.record && !isNominee) requireAccess(actor, 'nominee:ask', { person: personId, icb });
    const sees = may.ask || may.record;
    return this.database.read(systemActor('holders', { people: [personId] }), async (tx) => {
      await this.audit.viewed(tx, actor, { about: personId, noun: 'authority', why: 'to see who acts for the person' });
      const grants = (await this.grantsOver(tx, personId)).filter((grant) => sees || (grant.personId === actor.id && grant.as === 'nominee'));
      await tx.alsoSee({ people: grants.map((grant) => grant.personId) });
      const holding = await this.holding(tx, grants);
      const found = await this.people.named(
        tx,
        grants.map((grant) => grant.personId),
      );
      const names = new Map(found.map((person) => [person.id, `${person.firstName} ${person.familyName}`]));
      const mayEnd = (grant: GrantRow): boolean =>
        grant.as === 'nominee' && (may.record || grant.personId === actor.id || can(actor, 'nominee:end', { person: personId }));
      return {
        items: grants.map((grant) => ({
          personId: grant.personId,
          name: names.get(grant.personId) ?? 'Somebody',
          as: grant.as,
          since: dayOf(grant.from),
          until: grant.until && dayOf(grant.until),
          holdsAccount: holding.has(grant.id),
          mayEnd: mayEnd(grant),
        })),
        nominations: sees ? await this.nominationsOf(tx, personId) : [],
        may,
      };
    });
  }

  /** Nominations that wait for an answer of the actor's ICBs, the oldest first. */
  async waiting(actor: Actor, limit: number): Promise<WaitingNomination[]> {
    const icbs = idsWith(actor, 'nominee:record', 'icb') as OrganisationId[];
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<Omit<WaitingNomination, 'askedOn'> & { askedAt: Date }>(
        `select n.person_id as "personId", p.first_name as "firstName", p.family_name as "familyName", n.asked_at as "askedAt"
         from nomination n join person p on p.id = n.person_id join responsibility r on r.person_id = n.person_id
         where n.state = 'asked' and r.icb_id = any($1) and r.from_day <= $2 and (r.until_day is null or r.until_day > $2) order by n.id limit $3`,
        [icbs, dayOf(tx.now), limit],
      ),
    );
    return rows.map(({ askedAt, ...row }) => ({ ...row, askedOn: dayOf(askedAt) }));
  }

  private grantsOver(tx: Tx, person: PersonId): Promise<GrantRow[]> {
    return tx.rows(
      `select id, person_id as "personId", role as as, from_at as "from", until_at as until from access_grant
       where on_kind = 'person' and on_id = $1 and person_id <> $1 and role = any($2) and from_at <= $3 and (until_at is null or until_at > $3)
       order by array_position($2, role), id limit ${MOST}`,
      [person, ACTING, tx.now],
    );
  }

  /** The rights by which somebody holds the person's account. */
  private async holding(tx: Tx, grants: readonly GrantRow[]): Promise<Set<string>> {
    const rows = await tx.rows<{ basis: string }>(
      `select rests_on as basis from access_grant where rests_on = any($1) and role = 'account-holder' and (until_at is null or until_at > $2)`,
      [grants.map((grant) => grant.id), tx.now],
    );
    return new Set(rows.map((row) => row.basis));
  }

  private async nominationsOf(tx: Tx, person: PersonId): Promise<NominationView[]> {
    const rows = await tx.rows<{
      id: NominationId;
      state: NominationState;
      name: Buffer;
      contact: Buffer;
      reason: string;
      askedAt: Date;
      answer: string | null;
      answeredAt: Date | null;
    }>(
      `select id, state, name, contact, reason, asked_at as "askedAt", answer, answered_at as "answeredAt" from nomination
       where person_id = $1 and state <> 'withdrawn' order by id desc limit ${MOST}`,
      [person],
    );
    return rows.map(({ name, contact, askedAt, answeredAt, ...row }) => ({
      ...row,
      name: this.secrets.decrypt(name, `nomination.name:${row.id}`),
      contact: this.secrets.decrypt(contact, `nomination.contact:${row.id}`),
      askedOn: dayOf(askedAt),
      answeredOn: answeredAt && dayOf(answeredAt),
    }));
  }

  private icbOf(person: PersonId): Promise<OrganisationId | undefined> {
    return this.database.read(systemActor('holders', { people: [person] }), (tx) => this.people.icbOf(tx, person));
  }
}
