import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPeople, wall } from './policies.js';

/** Brokers, the appointments that let them act for a holder, and what they have declared (RULES 20 and 21). */
export class Brokers1700000000012 implements MigrationInterface {
  name = 'Brokers1700000000012';

  async up(q: QueryRunner): Promise<void> {
    const ofEither = `(${inPeople('person_id')} or ${inPeople('broker_id')})`;
    await q.query(`
      create table broker (
        person_id uuid primary key references person,
        shown_name text not null check (length(shown_name) between 1 and 160),
        body_id uuid references organisation,
        about text not null default '',
        listed_on date not null
      );
      comment on table broker is 'The public register: name and what they do, so that people can choose and dismiss.';

      create table appointment (
        id uuid primary key,
        person_id uuid not null references person,
        broker_id uuid not null references broker (person_id) check (broker_id <> person_id),
        covers text[] not null check (cardinality(covers) > 0 and covers <@ array['goals', 'card', 'plan', 'pools']),
        signed_by uuid not null references person check (signed_by <> broker_id),
        signed_on date not null,
        until_day date check (until_day > signed_on),
        state text not null check (state in ('in-force', 'ended')),
        made_at timestamptz not null,
        ended_at timestamptz check ((state = 'ended') = (ended_at is not null)),
        unique (id, person_id)
      );
      create unique index one_appointment_in_force on appointment (person_id, broker_id) where state = 'in-force';
      create index appointment_by_broker on appointment (broker_id) where state = 'in-force';
      comment on column appointment.covers is 'What the person signed for: the broker sees and does no more than this (RULE 21).';
      ${wall('appointment', ofEither)}

      create table appointment_change (
        id uuid primary key,
        appointment_id uuid not null,
        person_id uuid not null,
        broker_id uuid not null,
        from_state text not null,
        to_state text not null,
        why text not null default '',
        changed_by text not null,
        changed_at timestamptz not null,
        foreign key (appointment_id, person_id) references appointment (id, person_id)
      );
      ${wall('appointment_change', ofEither)}
      ${appendOnly('appointment_change')}

      create table broker_conflict (
        id uuid primary key,
        broker_id uuid not null references broker (person_id),
        provider_id uuid not null,
        kind text not null check (kind in ('ownership', 'employment', 'family', 'referral-fee', 'also-provider')),
        words text not null default '',
        declared_at timestamptz not null,
        ended_on date,
        unique (broker_id, provider_id, kind)
      );
      comment on table broker_conflict is 'Interests a broker has declared, shown to everyone they work for (RULE 20).';

      grant select, insert on broker, appointment, appointment_change, broker_conflict to commonpurse_app;
      grant update (state, ended_at) on appointment to commonpurse_app;
      grant update (ended_on) on broker_conflict to commonpurse_app;
      grant update (shown_name, about, body_id) on broker to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table broker_conflict, appointment_change, appointment, broker');
  }
}
