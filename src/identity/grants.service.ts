import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, GrantScope, Id, PersonId } from '../kernel/index.js';
import { invariant, newId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { ActorCache } from './actor-cache.js';
import type { Role } from './roles.js';
import { ROLES } from './roles.js';

export interface NewGrant {
  readonly person: PersonId;
  readonly role: Role;
  readonly on: GrantScope;
  readonly id: string | null;
  /** Why: the appointment, the employment, the membership. Kept with the grant. */
  readonly reason: string;
  /** Left out: from now. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** The grant by whose authority this one is given: it ends no later than that. */
  readonly restsOn?: Id<'grant'> | undefined;
}

interface EndedGrant {
  readonly id: Id<'grant'>;
  readonly role: string;
  readonly on: string | null;
}

/** Who may do what for whom. Written by the room that knows the reason; ended, never deleted. */
@Injectable()
export class Grants {
  constructor(
    private readonly audit: Audit,
    private readonly cache: ActorCache,
  ) {}

  async give(tx: Tx, actor: Actor, grant: NewGrant): Promise<Id<'grant'>> {
    invariant((ROLES[grant.role].on as readonly string[]).includes(grant.on), `a grant of ${grant.role} cannot hold for a ${grant.on}`);
    const id = newId<'grant'>();
    tx.write(
      `insert into access_grant (id, person_id, role, on_kind, on_id, from_at, until_at, reason, given_by, rests_on)
       values ($1, $2, $3, $4, $5, $6, least($7, (select until_at from access_grant where id = $10)), $8, $9, $10)`,
      [id, grant.person, grant.role, grant.on, grant.id, grant.from ?? tx.now, grant.until ?? null, grant.reason, actor.id, grant.restsOn ?? null],
    );
    tx.afterCommit(() => this.cache.forget());
    await this.audit.record(tx, actor, {
      action: 'grant:give',
      noun: 'grant',
      nounId: id,
      about: grant.person,
      facts: { role: grant.role, on: grant.on, id: grant.id },
    });
    return id;
  }

  /** Ends a person's role for a target at once, and all that rests on it; answers whether there was one. Ending what was never given does
   *  nothing. */
  async end(tx: Tx, actor: Actor, grant: { person: PersonId; role: Role; id: string | null; why: string }): Promise<boolean> {
    const ended = await tx.rows<EndedGrant>(
      `update access_grant set until_at = greatest(from_at, $4) where person_id = $1 and role = $2 and on_id is not distinct from $3 and (until_at is null or until_at > $4)
       returning id, role, on_id as "on"`,
      [grant.person, grant.role, grant.id, tx.now],
    );
    tx.afterCommit(() => this.cache.forget());
    if (ended.length === 0) return false;
    await this.audit.record(tx, actor, {
      action: 'grant:end',
      noun: 'grant',
      about: grant.person,
      why: grant.why,
      facts: { role: grant.role, id: grant.id },
    });
    await this.endResting(tx, actor, grant, ended);
    return true;
  }

  /** Ends what was given to the same person by the authority of grants that have ended. */
  private async endResting(tx: Tx, actor: Actor, { person, why }: { person: PersonId; why: string }, bases: readonly EndedGrant[]): Promise<void> {
    await tx.alsoSee({ people: [person] }); // what they hold elsewhere may lie outside the scope of what ended
    const ended = await tx.rows<EndedGrant>(
      `update access_grant set until_at = greatest(from_at, $2) where rests_on = any($1) and (until_at is null or until_at > $2) returning id, role, on_id as "on"`,
      [bases.map(({ id }) => id), tx.now],
    );
    if (ended.length === 0) return;
    await this.audit.recordAll(
      tx,
      actor,
      ended.map(({ id, role, on }) => ({ action: 'grant:end', noun: 'grant', nounId: id, about: person, why, facts: { role, id: on } })),
    );
    await this.endResting(tx, actor, { person, why }, ended);
  }

  /** The grant by which a person has a role for a target now: of several, the one that lasts longest. */
  async inForce(tx: Tx, { person, role, id }: { person: PersonId; role: Role; id: string | null }): Promise<Id<'grant'> | undefined> {
    const row = await tx.row<{ id: Id<'grant'> }>(
      `select id from access_grant where person_id = $1 and role = $2 and on_id is not distinct from $3 and from_at <= $4 and (until_at is null or until_at > $4)
       order by until_at desc nulls first, id limit 1`,
      [person, role, id, tx.now],
    );
    return row?.id;
  }

  /** People with a role for a target today, in a stable order. */
  async holdersOf(tx: Tx, role: Role, id: string): Promise<PersonId[]> {
    const rows = await tx.rows<{ person: PersonId }>(
      `select distinct person_id as person from access_grant where role = $1 and on_id = $2 and from_at <= $3 and (until_at is null or until_at > $3) order by person_id`,
      [role, id, tx.now],
    );
    return rows.map((row) => row.person);
  }

  /** True when somebody has the role for one of the targets today. */
  async isHeld(tx: Tx, role: Role, ids: readonly string[]): Promise<boolean> {
    const row = await tx.row(
      'select 1 from access_grant where role = $1 and on_id = any($2) and from_at <= $3 and (until_at is null or until_at > $3) limit 1',
      [role, ids, tx.now],
    );
    return row !== undefined;
  }
}
