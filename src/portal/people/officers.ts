import { Injectable } from '@nestjs/common';
import { Grants, People, seesNames } from '../../identity/index.js';
import type { Role } from '../../identity/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { spokenReference, systemActor } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';

/** Names of colleagues: of those alone who hold one of the roles for a body that the actor holds a role for. */
@Injectable()
export class Officers {
  constructor(
    private readonly database: Database,
    private readonly grants: Grants,
    private readonly people: People,
  ) {}

  /** Who hold a role for the target today, by name; the actor reads "You". The actor's right to the target is asked by the caller. */
  async of(actor: Actor, roles: readonly Role[], target: { readonly book?: string; readonly icb?: string }): Promise<Map<string, string>> {
    const id = target.book ?? target.icb!;
    const holders = await this.database.read(actor, async (tx) => {
      const lists = [];
      for (const role of roles) lists.push(...(await this.grants.holdersOf(tx, role, id)));
      return [...new Set(lists)];
    });
    if (target.book && !seesNames(actor, target.book)) return new Map(holders.map((id) => [id as string, `Finance officer ${spokenReference('PER', id)}`]));
    const named = await this.database.read(systemActor('portal', { people: holders }), (tx) => this.people.named(tx, holders as PersonId[]));
    return new Map(named.map((person) => [person.id as string, person.id === actor.id ? 'You' : `${person.firstName} ${person.familyName}`]));
  }
}
