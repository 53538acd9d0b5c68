import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId, ProviderId } from '../kernel/index.js';
import { dayOf } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { AppointmentState } from './appointment.lifecycle.js';
import type { Cover } from './appointment.rules.js';
import type { ConflictKind } from './broker.dto.js';
import type { AppointmentId } from './brokers.service.js';

export interface BrokerView {
  readonly id: PersonId;
  readonly name: string;
  readonly body: string | null;
  readonly about: string;
  /** People served in the year before `servedOn`, to the nearest 5; null for few (RULE 34), or not counted yet. */
  readonly served: number | null;
  readonly servedOn: LocalDate | null;
}

export interface AppointmentView {
  readonly id: AppointmentId;
  readonly brokerId: PersonId;
  readonly brokerName: string;
  readonly covers: readonly Cover[];
  readonly signedOn: LocalDate;
  readonly untilDay: LocalDate | null;
  readonly state: AppointmentState;
}

export interface CaseView {
  readonly appointmentId: AppointmentId;
  readonly personId: PersonId;
  readonly firstName: string;
  readonly familyName: string;
  readonly place: string | null;
  readonly reachBy: string;
  readonly reachFormat: string;
  readonly covers: readonly Cover[];
  readonly signedOn: LocalDate;
  readonly untilDay: LocalDate | null;
}

export interface ConflictView {
  readonly id: string;
  readonly providerId: ProviderId;
  readonly providerName: string | null;
  readonly kind: ConflictKind;
  readonly words: string;
  readonly declaredAt: Date;
  readonly endedOn: LocalDate | null;
}

/** An interest of a broker in a provider, to be shown before anything is said of that provider (RULE 20). */
export interface InterestView {
  readonly providerId: ProviderId;
  readonly providerName: string;
  readonly kind: ConflictKind;
  readonly words: string;
}

const PAGE = 50;

@Injectable()
export class BrokerQueries {
  constructor(private readonly database: Database) {}

  /** The public register, by id; 50 a page. */
  async register(actor: Actor, page: { after?: string | undefined } = {}): Promise<{ items: BrokerView[]; next: string | null }> {
    const items = await this.database.read(actor, (tx) =>
      tx.rows<BrokerView>(
        `select b.person_id as id, b.shown_name as name, o.name as body, b.about, b.served_shown as served, b.served_on as "servedOn" from broker b left join organisation o on o.id = b.body_id
         where $1::uuid is null or b.person_id > $1 order by b.person_id limit $2`,
        [page.after ?? null, PAGE],
      ),
    );
    return { items, next: items.length === PAGE ? items.at(-1)!.id : null };
  }

  /** A person's appointments, those in force first. */
  async appointmentsOf(actor: Actor, person: PersonId): Promise<AppointmentView[]> {
    requireAccess(actor, 'person:read', { person });
    return this.database.read(actor, (tx) =>
      tx.rows<AppointmentView>(
        `select a.id, a.broker_id as "brokerId", b.shown_name as "brokerName", a.covers, a.signed_on as "signedOn", a.until_day as "untilDay",
           case when a.until_day < $2 then 'ended' else a.state end as state
         from appointment a join broker b on b.person_id = a.broker_id where a.person_id = $1 order by (a.state = 'in-force') desc, a.id desc limit 50`,
        [person, dayOf(tx.now)],
      ),
    );
  }

  /** The people who appointed the actor and still do, with how to reach each (RULE 40); nobody else (RULE 21). 50 a page. */
  async caseload(actor: Actor, page: { after?: string | undefined } = {}): Promise<{ items: CaseView[]; next: string | null }> {
    requireAccess(actor, 'caseload:read', { site: true });
    const items = await this.database.read(actor, (tx) =>
      tx.rows<CaseView>(
        `select a.id as "appointmentId", p.id as "personId", p.first_name as "firstName", p.family_name as "familyName", p.place, p.reach_by as "reachBy", p.reach_format as "reachFormat",
           a.covers, a.signed_on as "signedOn", a.until_day as "untilDay"
         from appointment a join person p on p.id = a.person_id
         where a.broker_id = $1 and a.state = 'in-force' and (a.until_day is null or a.until_day >= $2) and ($3::uuid is null or a.id > $3) order by a.id limit $4`,
        [actor.id, dayOf(tx.now), page.after ?? null, PAGE],
      ),
    );
    return { items, next: items.length === PAGE ? items.at(-1)!.appointmentId : null };
  }

  /** What a broker has declared, ended ones last. */
  async conflictsOf(actor: Actor, broker: PersonId): Promise<ConflictView[]> {
    return this.database.read(actor, (tx) => this.declared(tx, broker));
  }

  /** True when a broker has an interest in a provider today: they may neither recommend nor approve it (RULE 20). */
  async isConflicted(tx: Tx, broker: PersonId, provider: ProviderId): Promise<boolean> {
    const row = await tx.row('select 1 from broker_conflict where broker_id = $1 and provider_id = $2 and (ended_on is null or ended_on > $3) limit 1', [
      broker,
      provider,
      dayOf(tx.now),
    ]);
    return row !== undefined;
  }

  /** A broker's interests in any of these providers: those of today, and those that were in force at a moment. Its last day counts. To be shown before what is said of them. */
  async interestsIn(tx: Tx, broker: PersonId, providers: readonly ProviderId[], at: Date = tx.now): Promise<InterestView[]> {
    return tx.rows<InterestView>(
      `select c.provider_id as "providerId", p.name as "providerName", c.kind, c.words from broker_conflict c join provider p on p.id = c.provider_id
       where c.broker_id = $1 and c.provider_id = any($2) and (c.ended_on is null or c.ended_on >= $3) order by p.name, c.kind`,
      [broker, [...new Set(providers)], dayOf(at)],
    );
  }

  /** The same for pages and other rooms: interests are shown to everybody (RULE 20). */
  async interestsOf(actor: Actor, broker: PersonId, providers: readonly ProviderId[]): Promise<InterestView[]> {
    return providers.length === 0 ? [] : this.database.read(actor, (tx) => this.interestsIn(tx, broker, providers));
  }

  /** Of these people, those for whom a broker looks after the card today, with each such broker. The transaction's scope names the people. */
  async cardBrokersOf(tx: Tx, people: readonly PersonId[]): Promise<{ personId: PersonId; brokerId: PersonId }[]> {
    return tx.rows(
      `select person_id as "personId", broker_id as "brokerId" from appointment
       where person_id = any($1) and state = 'in-force' and 'card' = any(covers) and (until_day is null or until_day >= $2)`,
      [people, dayOf(tx.now)],
    );
  }

  private declared(tx: Tx, broker: PersonId): Promise<ConflictView[]> {
    return tx.rows<ConflictView>(
      `select c.id, c.provider_id as "providerId", p.name as "providerName", c.kind, c.words, c.declared_at as "declaredAt", c.ended_on as "endedOn"
       from broker_conflict c left join provider p on p.id = c.provider_id where c.broker_id = $1 order by (c.ended_on is not null), c.id limit 100`,
      [broker],
    );
  }
}
