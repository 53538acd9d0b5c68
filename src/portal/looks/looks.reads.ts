import { Injectable } from '@nestjs/common';
import type { Look } from '../../audit/index.js';
import { AuditQueries } from '../../audit/index.js';
import { People, requireAccess } from '../../identity/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { isId, systemActor } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';

const PAGE = 50;

/** Who looked at a person's own record, with names: a right of the person alone. */
@Injectable()
export class LooksReads {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditQueries,
    private readonly people: People,
  ) {}

  async of(actor: Actor, before: string | undefined): Promise<{ looks: readonly Look[]; names: ReadonlyMap<string, string>; next: string | null }> {
    const person = actor.id as PersonId;
    if (actor.grants.some((grant) => grant.on === 'person' && grant.id === person)) requireAccess(actor, 'looks:read', { person });
    const looks = await this.database.read(actor, (tx) => this.audit.looksAt(tx, person, { before, limit: PAGE }));
    // Those who looked are in nobody's scope but their own: exactly these are served, by name alone.
    const ids = [...new Set(looks.map((look) => look.actor))].filter((id) => isId(id)) as unknown as PersonId[];
    const people = await this.database.read(systemActor('looks', { people: ids }), (tx) => this.people.named(tx, ids));
    return {
      looks,
      names: new Map(people.map((each) => [each.id as string, `${each.firstName} ${each.familyName}`])),
      next: looks.length === PAGE ? looks.at(-1)!.id : null,
    };
  }
}
