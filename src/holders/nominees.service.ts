import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, Grants, People, requireAccess, SignIn } from '../identity/index.js';
import type { Actor, OrganisationId, PersonId } from '../kernel/index.js';
import { conflict, dayOf, invalid, notFound, refused, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import type { EndNomination, Nominate } from './holder.dto.js';
import { answerNomination } from './nomination.rows.js';

export interface Nomination {
  readonly personId: PersonId;
  readonly nomineeId: PersonId;
}

/** Who receives and manages somebody's direct payment because that person asked them to (S.I. 2013/1617, reg. 6). */
@Injectable()
export class Nominees {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly grants: Grants,
    private readonly signIns: SignIn,
    private readonly audit: Audit,
  ) {}

  /** Records a nomination that the person made, the nominee agreed to and the ICB agrees to: staff of the ICB write it down. Refuses:
   *  nominee-not-known, day-to-come, nominee-is-the-person, person-died, nominated-already. */
  async nominate(actor: Actor, personId: PersonId, command: Nominate, key?: string): Promise<Nomination> {
    const icb = await this.icbOf(personId);
    requireAccess(actor, 'nominee:record', { icb });
    const { reason, nominationId } = command;
    const nomineeId = await this.named(command);
    if (nomineeId === personId) throw refused('nominee-is-the-person', 'A nominee is somebody else than the person.');
    return this.database.transaction(systemActor('holders', { people: [personId, nomineeId], ...(icb ? { icbs: [icb] } : {}) }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'nominees.nominate', input: { personId, ...command } }, async () => {
        await tx.row('select 1 from person where id = $1 for update', [personId]);
        const both = await this.people.named(tx, [personId, nomineeId]);
        if (both.length < 2) throw notFound('The person');
        if (command.nomineeAgreedOn > dayOf(tx.now)) throw fault('day-to-come', 'nomineeAgreedOn', 'They agreed today or before.');
        if (both.some((each) => each.diedOn !== null)) throw refused('person-died', 'This person has died.');
        if (await this.grants.inForce(tx, { person: nomineeId, role: 'nominee', id: personId }))
          throw conflict('nominated-already', 'They are the nominee already.');
        await this.grants.give(tx, actor, { person: nomineeId, role: 'nominee', on: 'person', id: personId, reason });
        if (nominationId) await answerNomination(tx, { id: nominationId, personId }, 'agree', { by: actor.id, words: reason, nominee: nomineeId });
        await this.audit.record(tx, actor, {
          action: 'nominee:record',
          noun: 'person',
          nounId: nomineeId,
          about: personId,
          why: reason,
          facts: { nomineeAgreedOn: command.nomineeAgreedOn },
        });
        return { personId, nomineeId };
      }),
    );
  }

  /** Ends a nomination at once, and with it every right that came with it: the nominee's next request sees neither the person nor the
   *  account, and pays nothing. The ICB is to look at the plan again (RULE 4): the rooms above hear of it. By the person, who withdraws it in
   *  writing; by the nominee; or by staff of the ICB. Refuses: not-found when there is none. */
  async end(actor: Actor, personId: PersonId, nomineeId: PersonId, command: EndNomination): Promise<Nomination> {
    const mayEnd = actor.id === nomineeId || can(actor, 'nominee:end', { person: personId });
    const icb = await this.icbOf(personId);
    if (!mayEnd) requireAccess(actor, 'nominee:record', { icb });
    return this.database.transaction(systemActor('holders', { people: [personId, nomineeId] }), async (tx) => {
      const hasEnded = await this.grants.end(tx, actor, { person: nomineeId, role: 'nominee', id: personId, why: command.reason });
      if (!hasEnded) throw notFound('The nomination');
      await announce(tx, {
        name: 'nominationEnded',
        about: { people: [personId, nomineeId], icbs: icb ? [icb] : [] },
        payload: { personId, nomineeId, icbId: icb ?? null },
      });
      await this.audit.record(tx, actor, { action: 'nominee:end', noun: 'person', nounId: nomineeId, about: personId, why: command.reason });
      return { personId, nomineeId };
    });
  }

  /** By id, or by the name they sign in with. */
  private async named({ nomineeId, username }: Nominate): Promise<PersonId> {
    if (nomineeId) return nomineeId;
    const found = username ? await this.database.read(systemActor('holders', {}), (tx: Tx) => this.signIns.personWith(tx, username)) : undefined;
    if (!found) throw fault('nominee-not-known', 'username', 'Nobody signs in with this name. Check it letter by letter.');
    return found;
  }

  /** The ICB responsible today; none for who is nobody here, which then nobody may do anything for. */
  private icbOf(person: PersonId): Promise<OrganisationId | undefined> {
    return this.database.read(systemActor('holders', { people: [person] }), (tx) => this.people.icbOf(tx, person));
  }
}

const fault = (code: string, field: string, message: string): Error => invalid(code, message, [{ field, message }]);
