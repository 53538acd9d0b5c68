import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { People, requireAccess } from '../identity/index.js';
import type { Actor, OrganisationId, PersonId } from '../kernel/index.js';
import { conflict, invalid, newId, notFound, refused, systemActor } from '../kernel/index.js';
import { announce, Database, once, Secrets } from '../platform/index.js';
import type { AskNomination, TurnDownNomination } from './holder.dto.js';
import type { NominationState } from './nomination.lifecycle.js';
import type { NominationId } from './nomination.rows.js';
import { answerNomination, findNomination } from './nomination.rows.js';

export interface NominationAsked {
  readonly nominationId: NominationId;
  readonly state: NominationState;
}

/** Naming somebody to receive and manage one's direct payment: the person asks, the one they named agrees, and the ICB agrees or says why not
 *  (S.I. 2013/1617, reg. 6). Agreeing is `Nominees.nominate`. */
@Injectable()
export class Nominations {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  /** The person, or their representative, writes whom they want. Refuses: nominee-not-asked, person-died, nomination-waits. */
  async ask(actor: Actor, personId: PersonId, command: AskNomination, key?: string): Promise<NominationAsked> {
    requireAccess(actor, 'nominee:ask', { person: personId });
    const { name, contact, reason } = command;
    if (!command.hasAgreed) {
      const message = 'Ask them first. Tick this when they have said yes.';
      throw invalid('nominee-not-asked', message, [{ field: 'hasAgreed', message }]);
    }
    return this.database.transaction(systemActor('holders', { people: [personId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'nominations.ask', input: { personId, ...command } }, async () => {
        await tx.row('select 1 from person where id = $1 for update', [personId]);
        const person = await this.people.find(tx, personId);
        if (!person) throw notFound('The person');
        if (person.diedOn !== null) throw refused('person-died', 'This person has died.');
        if (await tx.row(`select 1 from nomination where person_id = $1 and state = 'asked'`, [personId]))
          throw conflict('nomination-waits', 'Somebody is named already, and the board has not answered yet. Take that back first.');
        const id = newId<'nomination'>();
        const hidden = (text: string, what: string): Buffer => this.secrets.encrypt(text, `nomination.${what}:${id}`);
        tx.write(`insert into nomination (id, person_id, state, name, contact, reason, asked_by, asked_at) values ($1, $2, 'asked', $3, $4, $5, $6, $7)`, [
          id,
          personId,
          hidden(name, 'name'),
          hidden(contact, 'contact'),
          reason,
          actor.id,
          tx.now,
        ]);
        await this.audit.record(tx, actor, { action: 'nominee:ask', noun: 'nomination', nounId: id, about: personId });
        return { nominationId: id, state: 'asked' as const };
      }),
    );
  }

  /** Whoever could have asked takes it back. Refuses: not-found; once it is answered, conflict. */
  async withdraw(actor: Actor, id: NominationId): Promise<NominationAsked> {
    const { personId } = await this.seen(actor, id, async (person) => requireAccess(actor, 'nominee:ask', { person }));
    return this.database.transaction(systemActor('holders', { people: [personId] }), async (tx) => {
      const state = await answerNomination(tx, { id, personId }, 'withdraw', { by: actor.id, words: null });
      await this.audit.record(tx, actor, { action: 'nominee:withdraw', noun: 'nomination', nounId: id, about: personId });
      return { nominationId: id, state };
    });
  }

  /** The ICB does not agree, and says why in words that the person reads. Refuses: not-found; once it is answered, conflict. */
  async turnDown(actor: Actor, id: NominationId, command: TurnDownNomination): Promise<NominationAsked> {
    const { personId, icb } = await this.seen(actor, id, async (person) => requireAccess(actor, 'nominee:record', { icb: await this.icbOf(person) }));
    return this.database.transaction(systemActor('holders', { people: [personId], icbs: icb ? [icb] : [] }), async (tx) => {
      const state = await answerNomination(tx, { id, personId }, 'turn-down', { by: actor.id, words: command.reason });
      await announce(tx, { name: 'nominationTurnedDown', about: { people: [personId] }, payload: { personId, nominationId: id } });
      await this.audit.record(tx, actor, { action: 'nominee:turn-down', noun: 'nomination', nounId: id, about: personId, why: command.reason });
      return { nominationId: id, state };
    });
  }

  /** The nomination, for whoever `allow` lets through; a door leads here by its id alone, so nothing is said of what may not be seen. */
  private async seen(
    actor: Actor,
    id: NominationId,
    allow: (person: PersonId) => Promise<void>,
  ): Promise<{ personId: PersonId; icb: OrganisationId | undefined }> {
    const row = await this.database.read(actor, (tx) => findNomination(tx, id));
    if (!row) throw notFound('The nomination');
    await allow(row.personId);
    return { personId: row.personId, icb: await this.icbOf(row.personId) };
  }

  private icbOf(person: PersonId): Promise<OrganisationId | undefined> {
    return this.database.read(systemActor('holders', { people: [person] }), (tx) => this.people.icbOf(tx, person));
  }
}
