import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, BookId, OrganisationId, PersonId, ProviderId, Scope } from '../kernel/index.js';
import { invalid, newId, refused, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { requireAccess } from './access.js';
import { Grants } from './grants.service.js';
import { People } from './people.service.js';
import type { Role } from './roles.js';
import { SignIn } from './sign-in.service.js';
import type { StaffObject, StaffScope } from './staff-roles.js';
import { decideStaffGrant, readStaffName, STAFF_ROLES } from './staff-roles.js';

export interface StaffGrant {
  readonly role: Role;
  readonly object: StaffObject;
}

export interface NewStaff {
  /** First and family name. Left out: `username` is somebody's already, who gets one more role. */
  readonly name?: string | undefined;
  readonly username: string;
  /** For a new person: the first one. */
  readonly password?: string | undefined;
  readonly grant?: StaffGrant | undefined;
}

export interface StaffMember {
  readonly personId: PersonId;
  readonly name: string;
  readonly username: string | null;
  readonly role: Role;
  readonly on: StaffScope;
  readonly id: string | null;
  readonly from: Date;
  readonly until: Date | null;
}

/** How many people are looked through at once. */
const AT_ONCE = 10_000;
/** Without letters that are taken for one another when a password is read out. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password that nobody thought of: 16 letters and digits in fours, about 79 bits. */
export const firstPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]!).join('')).join('-');

/** Who works here: people with a sign-in and roles over bodies, books, providers or the installation. Kept by whoever runs the installation
 *  (`staff:keep`, which no role has: the operators' commands act as a part of the system). */
@Injectable()
export class Staff {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly grants: Grants,
    private readonly signIns: SignIn,
    private readonly audit: Audit,
  ) {}

  /** Adds a person with a sign-in, and their first role if one is named; or one more role to somebody who is here. The object of the role
   *  is one that the door has found. Refuses: username-taken, username-not-known, and see `decideStaffGrant`, `readStaffName`, `setPassword`. */
  async add(actor: Actor, staff: NewStaff): Promise<{ personId: PersonId; isNew: boolean }> {
    requireAccess(actor, 'staff:keep', { site: true });
    const known = await this.personOf(staff.username);
    if (staff.name !== undefined && known) throw refused('username-taken', 'This sign-in name is somebody’s already.');
    if (staff.name === undefined && !known) throw invalid('username-not-known', 'Nobody has this sign-in name. For somebody new, give their name as well.');
    const personId = known ?? newId<'person'>();
    await this.database.transaction(systemActor('identity', scopeOver(personId, staff.grant?.object)), async (tx) => {
      if (!known) await this.register(tx, actor, personId, staff);
      if (staff.grant) await this.give(tx, actor, personId, staff.grant);
      await this.audit.record(tx, actor, { action: 'staff:add', noun: 'person', nounId: personId, about: personId, facts: { isNew: !known } });
    });
    return { personId, isNew: !known };
  }

  /** Ends a role from now. Refuses: username-not-known, role-not-held. */
  async end(actor: Actor, username: string, { role, object }: StaffGrant): Promise<{ personId: PersonId }> {
    requireAccess(actor, 'staff:keep', { site: true });
    const personId = await this.personOf(username);
    if (!personId) throw invalid('username-not-known', 'Nobody has this sign-in name.');
    await this.database.transaction(systemActor('identity', scopeOver(personId, object)), async (tx) => {
      const hasEnded = await this.grants.end(tx, actor, { person: personId, role, id: object.id, why: 'their work there ended' });
      if (!hasEnded) throw refused('role-not-held', `This person does not have the role ${role} there.`);
    });
    return { personId };
  }

  /** The roles of staff in force today or later, of the people after one, by id; `next` is where to go on. */
  async list(actor: Actor, after?: PersonId): Promise<{ items: StaffMember[]; next: PersonId | null }> {
    requireAccess(actor, 'staff:keep', { site: true });
    const people = await this.database.read(systemActor('identity', {}), (tx) =>
      tx.rows<{ id: PersonId }>(`select id from known_id where kind = 'person' and ($1::uuid is null or id > $1) order by id limit ${AT_ONCE}`, [
        after ?? null,
      ]),
    );
    const items = await this.database.read(systemActor('identity', { people: people.map(({ id }) => id) }), (tx) =>
      tx.rows<StaffMember>(
        `select g.person_id as "personId", p.first_name || ' ' || p.family_name as name, s.username, g.role, g.on_kind as on, g.on_id as id, g.from_at as "from", g.until_at as until
         from access_grant g join person p on p.id = g.person_id left join sign_in s on s.person_id = g.person_id
         where g.role = any($1) and (g.until_at is null or g.until_at > $2) order by g.person_id, g.id`,
        [STAFF_ROLES, tx.now],
      ),
    );
    return { items, next: people.length === AT_ONCE ? people.at(-1)!.id : null };
  }

  private async personOf(username: string): Promise<PersonId | undefined> {
    return this.database.read(systemActor('identity', {}), (tx) => this.signIns.personWith(tx, username));
  }

  private async register(tx: Tx, actor: Actor, id: PersonId, { name, username, password }: NewStaff): Promise<void> {
    await this.people.register(tx, actor, { id, ...readStaffName(name ?? '') });
    await this.signIns.setPassword(tx, id, username, password ?? '', { mustChange: true });
  }

  private async give(tx: Tx, actor: Actor, person: PersonId, { role, object }: StaffGrant): Promise<void> {
    const here = await tx.rows<{ role: string }>(
      'select role from access_grant where person_id = $1 and on_kind = $2 and on_id is not distinct from $3 and (until_at is null or until_at > $4)',
      [person, object.on, object.id, tx.now],
    );
    decideStaffGrant(
      role,
      object,
      here.map((grant) => grant.role),
    );
    await this.grants.give(tx, actor, { person, role, on: object.on, id: object.id, reason: 'employed' });
  }
}

/** A person, and what they work for. */
function scopeOver(person: PersonId, object: StaffObject | undefined): Partial<Scope> {
  const ids = <T>(on: StaffScope): T[] => (object?.on === on && object.id ? [object.id as T] : []);
  return { people: [person], icbs: ids<OrganisationId>('icb'), books: ids<BookId>('book'), providers: ids<ProviderId>('provider') };
}
