import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, inIcbs, inPeople, inPools, inProviders, seesPerson, wall } from './policies.js';

/** Who there is, who may do what for whom, and who did or saw what: organisations, people, sign-in, grants, audit. */
export class People1700000000002 implements MigrationInterface {
  name = 'People1700000000002';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin raise exception '% is append-only: correct it by a new row', tg_table_name using errcode = 'CP003'; end $$;

      create table organisation (
        id uuid primary key,
        kind text not null check (kind in ('icb', 'council', 'money-holder', 'provider', 'broker-body', 'charity', 'group')),
        name text not null check (length(name) between 1 and 200),
        ods_code text unique,
        valid_from date not null,
        valid_until date check (valid_until > valid_from)
      );
      create table organisation_successor (
        predecessor_id uuid not null references organisation,
        successor_id uuid not null references organisation,
        from_day date not null,
        primary key (predecessor_id, successor_id), check (predecessor_id <> successor_id)
      );

      create table person (
        id uuid primary key,
        first_name text not null check (length(first_name) between 1 and 80),
        family_name text not null check (length(family_name) between 1 and 80),
        born_on date,
        died_on date,
        nhs_number bytea,
        nhs_number_lookup bytea unique,
        email bytea,
        phone bytea,
        place text,
        reach_by text not null default 'letter' check (reach_by in ('letter', 'email', 'text', 'phone')),
        reach_format text not null default 'standard' check (reach_format in ('standard', 'large-print', 'easy-read', 'audio', 'braille')),
        created_at timestamptz not null
      );
      comment on column person.nhs_number is 'Encrypted. Kept with the record: 8 years after last contact.';
      comment on column person.place is 'Postcode district, never an address.';

      create table responsibility (
        person_id uuid not null references person,
        icb_id uuid not null references organisation,
        from_day date not null,
        until_day date check (until_day > from_day),
        primary key (person_id, from_day),
        exclude using gist (person_id with =, daterange(from_day, until_day) with &&)
      );
      create index responsibility_by_icb on responsibility (icb_id, person_id);
      ${wall('responsibility', `(${inIcbs('icb_id')} or ${inPeople('person_id')})`)}
      ${wall('person', seesPerson('id'))}

      create table sign_in (
        person_id uuid primary key references person,
        username text not null unique check (username = lower(username) and length(username) between 3 and 200),
        password_hash text not null,
        wrong_in_a_row int not null default 0,
        locked_until timestamptz,
        changed_at timestamptz not null
      );
      create table session (
        token_hash bytea primary key,
        person_id uuid not null references person,
        began_at timestamptz not null,
        seen_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        device text
      );
      create index session_by_person on session (person_id, began_at);

      create table access_grant (
        id uuid primary key,
        person_id uuid not null references person,
        role text not null,
        on_kind text not null check (on_kind in ('site', 'icb', 'book', 'pool', 'person', 'provider')),
        on_id uuid check ((on_kind = 'site') = (on_id is null)),
        from_at timestamptz not null,
        until_at timestamptz check (until_at >= from_at),
        reason text not null,
        given_by text not null
      );
      create index access_grant_by_person on access_grant (person_id);
      create index access_grant_by_target on access_grant (on_id, role);
      ${wall(
        'access_grant',
        `(${inPeople('person_id')} or (on_kind = 'person' and ${inPeople('on_id')}) or (on_kind = 'icb' and ${inIcbs('on_id')})
          or (on_kind = 'book' and ${inBooks('on_id')}) or (on_kind = 'pool' and ${inPools('on_id')}) or (on_kind = 'provider' and ${inProviders('on_id')}))`,
      )}

      create table connection (
        person_id uuid not null references person,
        other_id uuid not null references person,
        kind text not null check (kind in ('family', 'household', 'friend', 'employer', 'business')),
        from_day date not null,
        until_day date,
        primary key (person_id, other_id, kind, from_day), check (person_id <> other_id)
      );
      ${wall('connection', `(${inPeople('person_id')} or ${inPeople('other_id')})`)}

      create table audit_event (
        id uuid primary key,
        at timestamptz not null,
        actor text not null,
        action text not null,
        about_person uuid,
        noun text not null,
        noun_id uuid,
        book_id uuid,
        pool_id uuid,
        why text,
        facts jsonb not null default '{}'
      );
      create index audit_by_person on audit_event (about_person, at desc) where about_person is not null;
      create index audit_by_noun on audit_event (noun_id, at desc);
      comment on table audit_event is 'Who did or saw what, about whom, and why. Kept as finance: 6 years and the current one.';
      alter table audit_event enable row level security;
      alter table audit_event force row level security;
      create policy add_audit_event on audit_event for insert with check (true);
      create policy read_audit_event on audit_event for select using (
        ${inPeople('about_person')} or ${inBooks('book_id')} or ${inPools('pool_id')} or ${seesPerson('about_person')});
      ${appendOnly('audit_event')}
      create function record_looks(ids uuid[], ats timestamptz[], actors text[], people uuid[], nouns text[], noun_ids uuid[], reasons text[]) returns int language sql as $$
        insert into audit_event (id, at, actor, action, about_person, noun, noun_id, why)
        select id, at, actor, 'record:viewed', person, noun, noun_id, reason from unnest(ids, ats, actors, people, nouns, noun_ids, reasons) as l(id, at, actor, person, noun, noun_id, reason);
        select cardinality(ids);
      $$;
      comment on function record_looks is 'Looks at people''s records by several readers, in one commit.';

      create function tell_actors() returns trigger language plpgsql as $$
      begin
        perform pg_notify('actors', '');
        return null;
      end $$;
      comment on function tell_actors() is 'Rings in every web process, which then forgets the actors it kept.';
      create trigger grant_changed after insert or update or delete on access_grant for each statement execute function tell_actors();
      create trigger session_ended after update of ended_at or delete on session for each statement execute function tell_actors();

      grant select on organisation, organisation_successor to commonpurse_app;
      grant insert, update on organisation, organisation_successor to commonpurse_app;
      grant select, insert, update on person, responsibility, sign_in, session, access_grant, connection to commonpurse_app;
      grant delete on session to commonpurse_app;
      grant select, insert on audit_event to commonpurse_app;
      grant execute on function record_looks to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      'drop table audit_event, connection, access_grant, session, sign_in, person, responsibility, organisation_successor, organisation; drop function refuse_change(); drop function tell_actors()',
    );
  }
}
