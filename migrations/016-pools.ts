import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, inPeople, inPools, wall } from './policies.js';

/** People joining part of their budgets: pools, members, versions of the agreement, who assented, shares, contributions, leaving.
 *  A pool has no money of its own: a share is a ledger account of one member, for one budget line and plan line, in one book (RULE 15). */
export class Pools1700000000016 implements MigrationInterface {
  name = 'Pools1700000000016';

  async up(q: QueryRunner): Promise<void> {
    const ofPool = `(${inPools('pool_id')} or ${inPeople('person_id')})`;
    const ofAgreement = `agreement_id in (select a.id from agreement a where ${inPools('a.pool_id')})`;
    await q.query(`
      create table pool (
        id uuid primary key,
        name text not null check (length(name) between 1 and 100),
        purpose text not null check (length(purpose) between 1 and 1000),
        place text,
        introduction_id uuid,
        state text not null check (state in ('forming', 'agreeing', 'active', 'frozen', 'closing', 'closed')),
        money_holder_book_id uuid references book,
        broker_id uuid references person,
        proposed_by uuid not null,
        created_at timestamptz not null
      );
      comment on column pool.money_holder_book_id is 'The book that holds the shares of third-party and direct-payment lines; null while nobody holds money together. Set by the agreement in force.';
      comment on column pool.introduction_id is 'The introduction it grew from; null for people who know each other already.';
      ${wall('pool', inPools('id'))}

      create table pool_member (
        pool_id uuid not null references pool,
        person_id uuid not null references person,
        first_name text not null check (length(first_name) between 1 and 80),
        join_order int not null check (join_order > 0),
        founding boolean not null,
        state text not null check (state in ('invited', 'member', 'left')),
        invited_at timestamptz not null,
        joined_at timestamptz,
        left_on date,
        notice_until date,
        primary key (pool_id, person_id),
        unique (pool_id, join_order),
        check ((state = 'left') = (left_on is not null)),
        check (state = 'invited' or joined_at is not null or state = 'left')
      );
      create index pool_member_by_person on pool_member (person_id);
      comment on column pool_member.first_name is 'What members call each other; never the family name. Kept 6 years after leaving.';
      comment on column pool_member.notice_until is 'The first day on which a leaver owes nothing more.';
      ${wall('pool_member', ofPool)}

      create table pool_share (
        id uuid primary key,
        pool_id uuid not null,
        person_id uuid not null,
        line_id uuid not null references budget_line,
        plan_line_id uuid not null references plan_line,
        line_book_id uuid not null references book,
        book_id uuid not null references book,
        join_order int not null,
        made_at timestamptz not null,
        unique (pool_id, line_id, plan_line_id, book_id),
        unique (id, pool_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      comment on column pool_share.book_id is 'Where the share lies: the line''s own book, or the pool''s money-holder. A change of money-holder makes a new share.';
      ${wall('pool_share', `(${inPools('pool_id')} or ${inPeople('person_id')} or ${inBooks('book_id')})`)}

      create table agreement (
        id uuid primary key,
        pool_id uuid not null references pool,
        version int not null check (version > 0),
        terms jsonb not null,
        words text not null check (length(words) between 1 and 20000),
        content_hash bytea not null check (length(content_hash) = 32),
        state text not null check (state in ('draft', 'offered', 'in-force', 'superseded')),
        written_by text not null,
        offered_at timestamptz,
        in_force_at timestamptz,
        unique (pool_id, version)
      );
      create unique index one_agreement_in_force on agreement (pool_id) where state = 'in-force';
      create unique index one_agreement_offered on agreement (pool_id) where state = 'offered';
      comment on column agreement.content_hash is 'SHA-256 of terms and words: what exactly was assented to (RULE 16).';
      ${wall('agreement', inPools('pool_id'))}

      create function keep_agreement() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or (old.state <> 'draft' and (new.terms, new.words, new.content_hash, new.version, new.pool_id)
             is distinct from (old.terms, old.words, old.content_hash, old.version, old.pool_id))
        then raise exception 'an agreement that was offered is not rewritten: offer a new version' using errcode = 'CP003'; end if;
        return new;
      end $$;
      create trigger agreement_kept before update or delete on agreement for each row execute function keep_agreement();

      create table assent (
        agreement_id uuid not null references agreement,
        person_id uuid not null references person,
        content_hash bytea not null check (length(content_hash) = 32),
        format text not null check (format in ('standard', 'large-print', 'easy-read', 'audio', 'braille', 'spoken')),
        helped_by text check (length(helped_by) <= 200),
        given_by uuid not null,
        at timestamptz not null,
        primary key (agreement_id, person_id)
      );
      comment on table assent is 'Who assented to which version, in which format, and who helped them to understand it. Contracts: 6 years after the end.';
      ${wall('assent', `(${ofAgreement} or ${inPeople('person_id')})`)}
      ${appendOnly('assent')}

      create table contribution (
        id uuid primary key,
        pool_id uuid not null,
        share_id uuid not null,
        person_id uuid not null,
        amount_pence bigint not null check (amount_pence > 0),
        by text not null check (by in ('same-book', 'card', 'bacs-debit', 'bank', 'payer-file')),
        state text not null check (state in ('made', 'on-its-way', 'arrived', 'failed')),
        remittance_id uuid unique check ((by = 'same-book') = (remittance_id is null)),
        made_at timestamptz not null,
        arrived_at timestamptz,
        foreign key (share_id, pool_id) references pool_share (id, pool_id)
      );
      create index contribution_by_pool on contribution (pool_id, person_id);
      ${wall('contribution', `(${inPools('pool_id')} or ${inPeople('person_id')})`)}

      create table pool_exit (
        id uuid primary key,
        pool_id uuid not null references pool,
        person_id uuid not null references person,
        left_on date not null,
        notice_until date not null check (notice_until >= left_on),
        statement jsonb not null,
        returned_pence bigint not null check (returned_pence >= 0),
        made_at timestamptz not null,
        unique (pool_id, person_id, made_at)
      );
      comment on column pool_exit.statement is 'The exit statement as it stood when the member left: ids, days and pence. Kept as finance.';
      ${wall('pool_exit', inPeople('person_id'))}
      ${appendOnly('pool_exit')}

      create table pool_history (
        id uuid primary key,
        pool_id uuid not null,
        noun text not null check (noun in ('pool', 'member', 'agreement', 'contribution')),
        noun_id uuid not null,
        person_id uuid,
        action text not null,
        from_state text,
        to_state text not null,
        actor text not null,
        at timestamptz not null
      );
      create index pool_history_by_pool on pool_history (pool_id, id);
      comment on table pool_history is 'Written in the transaction that holds the pool and changes it. No foreign key: pools are never deleted, and each line of a busy pool would lock its one row again.';
      ${wall('pool_history', `(${inPools('pool_id')} or ${inPeople('person_id')})`)}
      ${appendOnly('pool_history')}

      grant select, insert on pool, pool_member, pool_share, agreement, assent, contribution, pool_exit, pool_history to commonpurse_app;
      grant update (state, money_holder_book_id, broker_id) on pool to commonpurse_app;
      grant update (state, joined_at, left_on, notice_until) on pool_member to commonpurse_app;
      grant update (state, offered_at, in_force_at) on agreement to commonpurse_app;
      grant update (state, arrived_at) on contribution to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table pool_history, pool_exit, contribution, assent, agreement, pool_share, pool_member, pool; drop function keep_agreement()');
  }
}
