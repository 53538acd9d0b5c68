import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inPeople, inPools, wall } from './policies.js';

/** What people pledge towards something, before any of it is put in: rounds with a sum and a day, and each member's pledge. */
export class Pledges1700000000050 implements MigrationInterface {
  name = 'Pledges1700000000050';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table pledge_round (
        id uuid primary key,
        pool_id uuid not null references pool,
        purpose text not null check (length(purpose) between 1 and 300),
        words text not null check (length(words) <= 4000),
        threshold_pence bigint not null check (threshold_pence > 0),
        smallest_pence bigint check (smallest_pence > 0),
        most_pence bigint check (most_pence > 0),
        free_until date not null,
        reach_by date not null check (reach_by >= free_until),
        extend_to date check (extend_to > reach_by),
        ending text not null check (ending in ('extend', 'shrink', 'release')),
        state text not null check (state in ('open', 'extended', 'reached', 'shrunk', 'released', 'withdrawn')),
        called_pence bigint check (called_pence > 0),
        raised_by uuid not null,
        raised_at timestamptz not null,
        closed_at timestamptz,
        check ((ending = 'extend') = (extend_to is not null)),
        check ((ending = 'shrink') = (smallest_pence is not null)),
        check (smallest_pence < threshold_pence),
        check (state <> 'extended' or extend_to is not null),
        check ((state in ('open', 'extended')) = (closed_at is null)),
        check ((state in ('reached', 'shrunk')) = (called_pence is not null)),
        unique (id, pool_id)
      );
      create index pledge_round_by_pool on pledge_round (pool_id, id desc);
      create index pledge_round_due on pledge_round (free_until) where state in ('open', 'extended');
      comment on table pledge_round is 'A sum that a group hopes to bring together by a day, and what becomes of it otherwise, named beforehand. Kept with the pool: 6 years after it ends.';
      comment on column pledge_round.free_until is 'The last day on which a pledge can be made smaller or taken back; firm from the next day on.';
      comment on column pledge_round.called_pence is 'What became contributions, all in one transaction.';
      ${wall('pledge_round', inPools('pool_id'))}

      create table pledge (
        id uuid primary key,
        round_id uuid not null,
        pool_id uuid not null,
        person_id uuid not null references person,
        line_id uuid not null references budget_line,
        plan_line_id uuid not null references plan_line,
        book_id uuid not null references book,
        amount_pence bigint not null check (amount_pence > 0),
        by text check (by in ('card', 'bacs-debit', 'bank')),
        reservation_id uuid not null unique references reservation,
        state text not null check (state in ('open', 'called', 'changed', 'taken-back', 'released')),
        because text check (because in ('not-reached', 'withdrawn', 'line-suspended', 'line-ended', 'not-possible', 'left', 'died', 'pool-stopped')),
        contribution_id uuid unique references contribution,
        helped_by text check (length(helped_by) <= 200),
        given_by uuid not null,
        given_at timestamptz not null,
        ended_at timestamptz,
        check ((state = 'open') = (ended_at is null)),
        check ((state = 'called') = (contribution_id is not null)),
        check ((state = 'released') = (because is not null)),
        foreign key (round_id, pool_id) references pledge_round (id, pool_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      create unique index one_open_pledge on pledge (round_id, person_id) where state = 'open';
      create index pledge_by_round on pledge (round_id, person_id, id desc);
      create index pledge_open_by_line on pledge (line_id) where state = 'open';
      create index pledge_open_by_member on pledge (pool_id, person_id) where state = 'open';
      comment on table pledge is 'What a member pledged, from which line and for which service of their plan. A change is a new row: what was said before stays. Kept as finance.';
      comment on column pledge.reservation_id is 'The money itself, set aside in the line as long as the pledge is open.';
      ${wall('pledge', `(${inPools('pool_id')} or ${inPeople('person_id')})`)}

      create function keep_pledge_threshold() returns trigger language plpgsql as $$
      begin
        if new.threshold_pence <> old.threshold_pence and exists (select 1 from pledge where round_id = old.id and state in ('open', 'called'))
        then raise exception 'people have pledged towards this sum: ask them anew' using errcode = 'CP003'; end if;
        return new;
      end $$;
      create trigger pledge_threshold_kept before update on pledge_round for each row execute function keep_pledge_threshold();

      insert into notice_kind values ('pledge-asked'), ('pledge-reached'), ('pledge-not-reached'), ('pledge-released');

      grant select, insert on pledge_round, pledge to commonpurse_app;
      grant update (state, threshold_pence, called_pence, closed_at) on pledge_round to commonpurse_app;
      grant update (state, because, contribution_id, ended_at) on pledge to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind in ('pledge-asked', 'pledge-reached', 'pledge-not-reached', 'pledge-released');
      alter table notice force row level security;
      delete from notice_kind where kind in ('pledge-asked', 'pledge-reached', 'pledge-not-reached', 'pledge-released');
      drop table pledge, pledge_round;
      drop function keep_pledge_threshold();
    `);
  }
}
