import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { People, requireAccess } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { penceAsNumber, systemActor } from '../kernel/index.js';
import { PersonDepartures } from '../pools/index.js';
import { announce, Database, once } from '../platform/index.js';
import type { RecordDeath } from './person-changes.dto.js';
import { responsibleIcb } from './responsible-icb.js';

export interface DeathRecorded {
  readonly personId: PersonId;
  /** What went from pools back to the person's own lines, in pence. */
  readonly returnedPence: number;
  readonly pools: number;
}

/** The death of a budget holder. What the funder then takes back of their lines is a decision with its own reasons (`stop`, `reclaim`: reg. 15);
 *  what remains is the estate's. */
@Injectable()
export class Deaths {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly departures: PersonDepartures,
    private readonly audit: Audit,
  ) {}

  /** A care co-ordinator of the responsible ICB records it. The person leaves every pool: what was set aside for later days is free, nothing is
   *  charged for notice, and their shares go to the lines they came from. Refuses: death-recorded-already, day-of-death-wrong. */
  async record(actor: Actor, personId: PersonId, command: RecordDeath, key?: string): Promise<DeathRecorded> {
    const icb = await responsibleIcb(this.database, this.people, actor, personId);
    requireAccess(actor, 'death:record', { icb });
    const { pools, books } = await this.departures.scopeOf(personId);
    return this.database.transaction(systemActor('commissioning', { people: [personId], icbs: [icb], pools, books }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'commissioning.recordDeath', input: { personId, ...command } }, async () => {
        await this.people.recordDeath(tx, actor, personId, command.diedOn);
        const returned = await this.departures.died(tx, actor, personId, pools, command.diedOn);
        await announce(tx, { name: 'personDied', about: { people: [personId], icbs: [icb] }, payload: { personId, diedOn: command.diedOn } });
        await this.audit.record(tx, actor, {
          action: 'death:record',
          noun: 'person',
          nounId: personId,
          about: personId,
          facts: { returnedPence: penceAsNumber(returned) },
        });
        return { personId, returnedPence: penceAsNumber(returned), pools: pools.length };
      }),
    );
  }
}
