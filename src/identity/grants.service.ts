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
    await tx.run(
      'insert into access_grant (id, person_id, role, on_kind, on_id, from_at, until_at, reason, given_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [id, grant.person, grant.role, grant.on, grant.id, grant.from ?? tx.now, grant.until ?? null, grant.reason, actor.id],
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

  /** Ends a person's role for a target at once. Ending what was never given does nothing. */
  async end(tx: Tx, actor: Actor, grant: { person: PersonId; role: Role; id: string | null; why: string }): Promise<void> {
    const ended = await tx.run(
      `update access_grant set until_at = greatest(from_at, $4) where person_id = $1 and role = $2 and on_id is not distinct from $3 and (until_at is null or until_at > $4)`,
      [grant.person, grant.role, grant.id, tx.now],
    );
    tx.afterCommit(() => this.cache.forget());
    if (ended > 0)
      await this.audit.record(tx, actor, {
        action: 'grant:end',
        noun: 'grant',
        about: grant.person,
        why: grant.why,
        facts: { role: grant.role, id: grant.id },
      });
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
