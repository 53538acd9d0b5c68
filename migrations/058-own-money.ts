import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inBooks, inPeople, inPools, wall } from './policies.js';

const KINDS = `'own-money-kept', 'own-money-home'`;

/** Money of a person's own, from no budget (domain EXPECT 8, features.md A14): a line of theirs with one money-holder, in a table of its own, so that
 *  nothing that is added up by plan or funder can hold it; what they bring in for a pool; and shares that such a line is behind. */
export class OwnMoney1700000000058 implements MigrationInterface {
  name = 'OwnMoney1700000000058';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table own_line (
        id uuid primary key,
        person_id uuid not null references person,
        book_id uuid not null references book,
        reference text not null unique,
        opened_at timestamptz not null,
        unique (person_id, book_id)
      );
      create index own_line_by_book on own_line (book_id, id);
      comment on table own_line is 'A person''s own money with one money-holder. Its account in the ledger is a line, named by this id; no plan, budget or funder is behind it. Kept as finance.';
      comment on column own_line.reference is 'What the person quotes when they pay by bank transfer; people can read it aloud.';
      ${wall('own_line', `(${inPeople('person_id')} or ${inBooks('book_id')})`)}
      grant select, insert on own_line to commonpurse_app;

      alter table pool_share drop constraint pool_share_line_id_fkey, drop constraint member_shares_have_a_line,
        add column budget_line_id uuid generated always as (case when plan_line_id is not null then line_id end) stored references budget_line,
        add column own_line_id uuid generated always as (case when plan_line_id is null then line_id end) stored references own_line,
        add constraint member_shares_have_a_line check (num_nonnulls(person_id, line_id, line_book_id) in (0, 3) and (plan_line_id is null or line_id is not null));
      create unique index one_share_of_own_money on pool_share (pool_id, own_line_id, book_id) where own_line_id is not null;
      comment on column pool_share.line_id is 'A budget line; or, where no plan line is named, the person''s own money.';

      create table own_top_up (
        id uuid primary key,
        pool_id uuid not null references pool,
        person_id uuid not null,
        line_id uuid not null references own_line,
        book_id uuid not null references book,
        amount_pence bigint not null check (amount_pence > 0),
        by text not null check (by in ('here', 'card', 'bacs-debit', 'bank')),
        payment_id uuid unique references payment check ((by in ('card', 'bacs-debit')) = (payment_id is not null)),
        state text not null check (state in ('asked', 'in-pool', 'kept', 'failed', 'withdrawn', 'taken-back')),
        contribution_id uuid unique references contribution check ((state in ('in-pool', 'taken-back')) = (contribution_id is not null)),
        because text check ((state = 'kept') = (because is not null)),
        pays_from_now boolean not null default false,
        asked_by uuid not null,
        asked_at timestamptz not null,
        arrived_at timestamptz,
        ended_at timestamptz check ((state = 'asked') = (ended_at is null)),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      create index own_top_up_by_member on own_top_up (pool_id, person_id, id desc);
      create index own_top_up_waiting on own_top_up (line_id, id) where state = 'asked';
      comment on table own_top_up is 'A member''s wish to put money of their own in, and what became of it: on its way, in the pool, or kept for them by the money-holder.';
      comment on column own_top_up.because is 'Why money that came could not go into the pool: the code of the refusal.';
      ${wall('own_top_up', `(${inPools('pool_id')} or ${inPeople('person_id')} or ${inBooks('book_id')})`)}
      grant select, insert on own_top_up to commonpurse_app;
      grant update (state, contribution_id, because, arrived_at, ended_at) on own_top_up to commonpurse_app;

      grant update (pays) on pool_member to commonpurse_app;
      comment on column pool_member.pays is 'False for somebody who was asked to join without putting money in, until they put in money of their own and say that they pay their part: they have a voice as everybody has, and no part of any price.';

      insert into notice_kind select unnest(array[${KINDS}]);
    `);
  }

  /** Goes back only where nobody has put own money in: what the ledger moved cannot be made not to have happened. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind in (${KINDS});
      alter table notice force row level security;
      delete from notice_kind where kind in (${KINDS});
      revoke update (pays) on pool_member from commonpurse_app;
      drop table own_top_up;
      drop index one_share_of_own_money;
      alter table pool_share drop constraint member_shares_have_a_line, drop column budget_line_id, drop column own_line_id,
        add constraint pool_share_line_id_fkey foreign key (line_id) references budget_line,
        add constraint member_shares_have_a_line check (num_nonnulls(person_id, line_id, plan_line_id, line_book_id) in (0, 4));
      comment on column pool_share.line_id is null;
      drop table own_line;
    `);
  }
}
