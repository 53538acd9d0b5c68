import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly } from './policies.js';

/** The desk of those who keep people safe. Worries stay in a compartment of their own: a transaction sees into it only after it named
 *  its reader in `app.safeguarding`, and then only the ICBs for which that person is safeguarding lead today. Being at work for the
 *  same ICB, or having every other id in scope, shows nothing: no row and no count (truth 11). */
export class Worries1700000000033 implements MigrationInterface {
  name = 'Worries1700000000033';

  async up(q: QueryRunner): Promise<void> {
    const reader = `(select nullif(current_setting('app.safeguarding', true), '')::uuid)`;
    const mine = '(icb_id in (select icbs_kept_safe()) or (icb_id is null and exists (select 1 from icbs_kept_safe())))';
    const onDesk = (column: string): string => `exists (select 1 from worry_desk d where d.worry_id = ${column})`;
    const forced = (table: string): string => `alter table ${table} enable row level security; alter table ${table} force row level security;`;
    await q.query(`
      create function icbs_kept_safe() returns setof uuid language sql stable as $$
        with recursive kept as (
          select g.on_id as id from access_grant g
          where g.person_id = ${reader} and g.role = 'safeguarding-lead' and g.on_kind = 'icb' and (g.until_at is null or g.until_at > now())
          union select s.predecessor_id from organisation_successor s join kept on kept.id = s.successor_id
        ) select id from kept
      $$;
      comment on function icbs_kept_safe() is 'The ICBs, with their predecessors, whose worries the named reader may see. Nobody named: none.';

      create table worry_desk (
        worry_id uuid primary key references worry,
        icb_id uuid references organisation,
        stage text not null default 'unanswered' check (stage in ('unanswered', 'taken', 'closed')),
        raised_at timestamptz not null,
        taken_by uuid references person,
        taken_at timestamptz check (taken_at >= raised_at),
        closed_at timestamptz check (closed_at >= taken_at),
        outcome text check (outcome in ('no-further-action', 'advice-given', 'support-changed', 'council-told', 'police-told', 'other')),
        check ((stage = 'unanswered') = (taken_by is null)), check ((taken_by is null) = (taken_at is null)),
        check ((stage = 'closed') = (closed_at is not null)), check ((closed_at is null) = (outcome is null))
      );
      create index worry_desk_open on worry_desk (icb_id, worry_id desc) where stage <> 'closed';
      comment on table worry_desk is 'Where each worry stands. Kept 7 years, as the worry.';
      comment on column worry_desk.icb_id is 'Whose lead answers: the ICB responsible for whoever raised it. Null, and so shown to every lead, until somebody takes it.';
      ${forced('worry_desk')}
      create policy read_worry_desk on worry_desk for select using ${mine};
      create policy add_worry_desk on worry_desk for insert with check (stage = 'unanswered' and taken_by is null);
      create policy change_worry_desk on worry_desk for update using ${mine} with check (${mine} and icb_id is not null);

      drop policy read_worry on worry;
      create policy read_worry on worry for select using (${onDesk('worry.id')});

      create table worry_step (
        id uuid primary key,
        worry_id uuid not null references worry_desk,
        at timestamptz not null,
        by_person uuid not null references person,
        what text not null check (what in ('taken', 'noted', 'closed', 'opened-again')),
        words bytea,
        intent text check (length(intent) between 1 and 200),
        unique (by_person, intent)
      );
      create index worry_step_by_worry on worry_step (worry_id, id);
      comment on table worry_step is 'What was done about a worry, by whom. Kept 7 years.';
      comment on column worry_step.words is 'Encrypted.';
      comment on column worry_step.intent is 'The key of the request: a repeat finds its step here, since the table of keys stands outside the compartment.';
      ${forced('worry_step')}
      create policy read_worry_step on worry_step for select using (${onDesk('worry_step.worry_id')});
      create policy add_worry_step on worry_step for insert with check (by_person = ${reader} and ${onDesk('worry_step.worry_id')});
      ${appendOnly('worry_step')}

      create table worry_look (
        id uuid primary key,
        worry_id uuid references worry_desk,
        at timestamptz not null,
        by_person uuid not null references person
      );
      create index worry_look_by_worry on worry_look (worry_id, id desc);
      comment on table worry_look is 'Who looked at a worry, or at the list of them (no worry named). The compartment’s own record: the general one says nothing. Kept 7 years.';
      ${forced('worry_look')}
      create policy read_worry_look on worry_look for select using (case when worry_id is null then by_person = ${reader} and exists (select 1 from icbs_kept_safe()) else ${onDesk('worry_look.worry_id')} end);
      create policy add_worry_look on worry_look for insert with check (by_person = ${reader} and (worry_id is null or ${onDesk('worry_look.worry_id')}));
      ${appendOnly('worry_look')}

      alter table worry no force row level security;
      insert into worry_desk (worry_id, raised_at) select id, raised_at from worry;
      alter table worry force row level security;

      grant select on worry to commonpurse_app;
      grant select, insert on worry_desk, worry_step, worry_look to commonpurse_app;
      grant update (icb_id, stage, taken_by, taken_at, closed_at, outcome) on worry_desk to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop policy read_worry on worry; drop table worry_look, worry_step, worry_desk; drop function icbs_kept_safe();
      create policy read_worry on worry for select using (false); revoke select on worry from commonpurse_app;
    `);
  }
}
