import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Grants, People, requireAccess } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { dayOf, newId, refused, systemActor } from '../kernel/index.js';
import { announce, Database, once, sqlStateOf } from '../platform/index.js';
import type { RegisterHolder } from './holder.dto.js';

const UNIQUE_BROKEN = '23505';

/** Making a person known as a budget holder. */
@Injectable()
export class Holders {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /** Registers a holder with their NHS number, the ICB responsible for them from today, and their rights over their own record.
   *  Refuses: nhs-number-not-valid, nhs-number-known (also when another ICB's person has it, without saying whose). */
  async registerHolder(actor: Actor, command: RegisterHolder, key?: string): Promise<{ personId: PersonId }> {
    requireAccess(actor, 'person:register', { icb: command.icbId });
    const personId = newId<'person'>();
    // The person is in nobody's scope yet: this serves exactly the one new id.
    const system = systemActor('holders', { people: [personId], icbs: [command.icbId] });
    try {
      return await this.database.transaction(system, (tx) =>
        once(tx, actor, key === undefined ? undefined : { key, command: 'holders.register', input: command }, async () => {
          const { icbId, ...person } = command;
          await this.people.register(tx, actor, { id: personId, ...person });
          await this.people.makeResponsible(tx, personId, icbId, dayOf(tx.now));
          await this.grants.give(tx, actor, {
            person: personId,
            role: 'holder',
            on: 'person',
            id: personId,
            reason: 'a budget holder has rights over their own record',
          });
          await announce(tx, { name: 'holderRegistered', about: { people: [personId], icbs: [icbId] }, payload: { personId, icbId } });
          await this.audit.record(tx, actor, { action: 'holder:register', noun: 'person', nounId: personId, about: personId });
          return { personId };
        }),
      );
    } catch (error) {
      if (sqlStateOf(error) === UNIQUE_BROKEN) throw refused('nhs-number-known', 'A person with this NHS number is already here.');
      throw error;
    }
  }
}
