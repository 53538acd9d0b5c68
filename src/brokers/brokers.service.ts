import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Grants, People, requireAccess } from '../identity/index.js';
import type { Actor, Id, LocalDate, PersonId } from '../kernel/index.js';
import { addDays, conflict, dayOf, newId, notFound, startOfDay, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { appointmentLifecycle } from './appointment.lifecycle.js';
import type { Cover } from './appointment.rules.js';
import { decideAppointment, rolesFor } from './appointment.rules.js';
import type { AppointBroker, DeclareConflict, EndAppointment, RegisterBroker } from './broker.dto.js';

export type AppointmentId = Id<'appointment'>;

interface Appointment {
  readonly id: AppointmentId;
  readonly personId: PersonId;
  readonly brokerId: PersonId;
  readonly covers: Cover[];
}

@Injectable()
export class Brokers {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /** Puts a broker on the public register. They see nobody until somebody appoints them. */
  async registerBroker(actor: Actor, command: RegisterBroker, key?: string): Promise<{ brokerId: PersonId }> {
    requireAccess(actor, 'person:register', { icb: command.icbId });
    const brokerId = newId<'person'>();
    return this.database.transaction(systemActor('brokers', { people: [brokerId], icbs: [command.icbId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'brokers.register', input: command }, async () => {
        await this.people.register(tx, actor, { id: brokerId, firstName: command.firstName, familyName: command.familyName });
        tx.write('insert into broker (person_id, shown_name, body_id, about, listed_on) values ($1, $2, $3, $4, $5)', [
          brokerId,
          `${command.firstName} ${command.familyName}`,
          command.bodyId ?? null,
          command.about ?? '',
          dayOf(tx.now),
        ]);
        await this.grants.give(tx, actor, { person: brokerId, role: 'broker', on: 'site', id: null, reason: 'on the register of brokers' });
        return { brokerId };
      }),
    );
  }

  /** The holder signs what the broker may see and do; it holds from this moment. Refuses: see decideAppointment. */
  async appoint(actor: Actor, person: PersonId, command: AppointBroker, key?: string): Promise<{ id: AppointmentId; untilDay: LocalDate }> {
    requireAccess(actor, 'appointment:make', { person });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'brokers.appoint', input: { person, ...command } }, async () => {
        await tx.row('select 1 from person where id = $1 for update', [person]);
        await this.endLapsed(tx, actor, person, command.brokerId);
        const known = await tx.row<{ isListed: boolean; isAppointed: boolean }>(
          `select exists (select 1 from broker where person_id = $2) as "isListed",
             exists (select 1 from appointment where person_id = $1 and broker_id = $2 and state = 'in-force') as "isAppointed"`,
          [person, command.brokerId],
        );
        const today = dayOf(tx.now);
        const { until, covers } = decideAppointment({
          person,
          broker: command.brokerId,
          signedBy: actor.id,
          covers: command.covers,
          today,
          until: command.untilDay,
          ...known!,
        });
        const id = newId<'appointment'>();
        tx.write(
          `insert into appointment (id, person_id, broker_id, covers, signed_by, signed_on, until_day, state, made_at) values ($1, $2, $3, $4, $5, $6, $7, 'in-force', $8)`,
          [id, person, command.brokerId, covers, actor.id, today, until, tx.now],
        );
        for (const role of rolesFor(covers)) {
          await this.grants.give(tx, actor, {
            person: command.brokerId,
            role,
            on: 'person',
            id: person,
            reason: `appointment ${id}`,
            until: startOfDay(addDays(until, 1)),
          });
        }
        await announce(tx, {
          name: 'appointmentMade',
          about: { people: [person, command.brokerId] },
          payload: { appointmentId: id, personId: person, brokerId: command.brokerId, covers },
        });
        await this.audit.record(tx, actor, { action: 'appointment:make', noun: 'appointment', nounId: id, about: person, facts: { covers: covers.join(' ') } });
        return { id, untilDay: until };
      }),
    );
  }

  /** Ends it in one step, at once: the broker's next request sees nothing. The holder may, without a reason; the broker may too. */
  async end(actor: Actor, id: AppointmentId, command: EndAppointment = {}): Promise<{ id: AppointmentId; state: 'ended' }> {
    return this.database.transaction(actor, async (tx) => {
      const appointment = await this.lock(tx, id);
      if (appointment.brokerId !== actor.id) requireAccess(actor, 'appointment:make', { person: appointment.personId });
      await this.close(tx, actor, appointment, command.why ?? '');
      return { id, state: 'ended' };
    });
  }

  /** Declares an interest of the broker in a provider; shown to everyone they work for (RULE 20). Said twice, it is there once; said again after it had
   *  ended, it is declared from now. */
  async declareConflict(actor: Actor, command: DeclareConflict): Promise<{ id: string }> {
    requireAccess(actor, 'conflict:declare', { site: true });
    return this.database.transaction(actor, async (tx) => {
      const row = await tx.row<{ id: string }>(
        `insert into broker_conflict (id, broker_id, provider_id, kind, words, declared_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (broker_id, provider_id, kind) do update set ended_on = null,
           declared_at = case when broker_conflict.ended_on is null then broker_conflict.declared_at else excluded.declared_at end returning id`,
        [newId(), actor.id, command.providerId, command.kind, command.words ?? '', tx.now],
      );
      await this.audit.record(tx, actor, {
        action: 'conflict:declare',
        noun: 'broker-conflict',
        nounId: row!.id,
        facts: { provider: command.providerId, kind: command.kind },
      });
      return row!;
    });
  }

  /** An interest that has ended stays on the register with its last day. */
  async endConflict(actor: Actor, id: string): Promise<void> {
    requireAccess(actor, 'conflict:declare', { site: true });
    await this.database.transaction(actor, async (tx) => {
      const ended = await tx.run('update broker_conflict set ended_on = $3 where id = $1 and broker_id = $2 and ended_on is null', [
        id,
        actor.id,
        dayOf(tx.now),
      ]);
      if (ended === 0) throw notFound('The declaration');
      await this.audit.record(tx, actor, { action: 'conflict:end', noun: 'broker-conflict', nounId: id });
    });
  }

  private async lock(tx: Tx, id: AppointmentId): Promise<Appointment> {
    const row = await tx.row<Appointment>('select id, person_id as "personId", broker_id as "brokerId", covers from appointment where id = $1 for update', [
      id,
    ]);
    if (!row) throw notFound('The appointment');
    return row;
  }

  private async close(tx: Tx, actor: Actor, appointment: Appointment, why: string): Promise<void> {
    const { to, event } = appointmentLifecycle['in-force'].end;
    const ended = await tx.run(`update appointment set state = $2, ended_at = $3 where id = $1 and state = 'in-force'`, [appointment.id, to, tx.now]);
    if (ended === 0) throw conflict('appointment-is-ended', 'This has already ended.');
    tx.write(
      `insert into appointment_change (id, appointment_id, person_id, broker_id, from_state, to_state, why, changed_by, changed_at) values ($1, $2, $3, $4, 'in-force', $5, $6, $7, $8)`,
      [newId(), appointment.id, appointment.personId, appointment.brokerId, to, why, actor.id, tx.now],
    );
    for (const role of rolesFor(appointment.covers)) {
      await this.grants.end(tx, actor, { person: appointment.brokerId, role, id: appointment.personId, why: `appointment ${appointment.id} ended` });
    }
    const { personId, brokerId } = appointment;
    await announce(tx, { name: event, about: { people: [personId, brokerId] }, payload: { appointmentId: appointment.id, personId, brokerId } });
    await this.audit.record(tx, actor, { action: 'appointment:end', noun: 'appointment', nounId: appointment.id, about: personId });
  }

  /** One whose last day has passed gives way to a new one. */
  private async endLapsed(tx: Tx, actor: Actor, person: PersonId, broker: PersonId): Promise<void> {
    const lapsed = await tx.row<Appointment>(
      `select id, person_id as "personId", broker_id as "brokerId", covers from appointment where person_id = $1 and broker_id = $2 and state = 'in-force' and until_day < $3 for update`,
      [person, broker, dayOf(tx.now)],
    );
    if (lapsed) await this.close(tx, actor, lapsed, 'its last day had passed');
  }
}
