import type { MigrationInterface, QueryRunner } from 'typeorm';
import { seesPerson, wall } from './policies.js';

/** What people say for themselves: a password of their own, and who is to look after their direct payment. */
export class OwnSay1700000000043 implements MigrationInterface {
  name = 'OwnSay1700000000043';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table sign_in add column must_change boolean not null default false;
      comment on column sign_in.must_change is 'The password is a first one, given by whoever runs the installation: nothing else is open until the person has chosen their own.';

      create table nomination (
        id uuid primary key,
        person_id uuid not null references person,
        state text not null check (state in ('asked', 'agreed', 'turned-down', 'withdrawn')),
        name bytea not null,
        contact bytea not null,
        reason text not null check (length(reason) between 1 and 1000),
        asked_by uuid not null references person,
        asked_at timestamptz not null,
        nominee_id uuid references person,
        answered_by uuid references person,
        answered_at timestamptz check (answered_at >= asked_at),
        answer text check (length(answer) between 1 and 2000),
        check ((state = 'agreed') = (nominee_id is not null)),
        check ((state = 'asked') = (answered_by is null)), check ((answered_by is null) = (answered_at is null)),
        check (answer is not null or state in ('asked', 'withdrawn'))
      );
      create unique index one_nomination_asked on nomination (person_id) where state = 'asked';
      create index nomination_by_person on nomination (person_id, id desc);
      comment on table nomination is 'Whom a person wants to receive and manage their direct payment (S.I. 2013/1617, reg. 6), and what the ICB answered. Kept with the record: 8 years after last contact.';
      comment on column nomination.name is 'Encrypted. As the person wrote it: who it is here is known when the ICB has agreed.';
      comment on column nomination.contact is 'Encrypted. How the ICB reaches them to ask whether they agree.';
      comment on column nomination.answer is 'The ICB''s reason; the person reads it.';
      ${wall('nomination', seesPerson('person_id'))}
      grant select, insert, update on nomination to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table nomination; alter table sign_in drop column must_change');
  }
}
