import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPools, seesPerson, wall } from './policies.js';

const KINDS = `'pool-stopped', 'pool-stop-ending', 'pool-goes-on', 'part-stopped', 'part-stop-ending', 'part-goes-on'`;

/** Stops of a pool, or of one member's part of it: why, by whom, until when, and everything that was said on the way. */
export class Freezes1700000000052 implements MigrationInterface {
  name = 'Freezes1700000000052';

  async up(q: QueryRunner): Promise<void> {
    // A stop of the pool is the group's to read; one of a part is the person's, and of those who look after them.
    const seen = `((person_id is null and ${inPools('pool_id')}) or (person_id is not null and ${seesPerson('person_id')}))`;
    await q.query(`
      create table pool_freeze (
        id uuid primary key,
        pool_id uuid not null references pool,
        person_id uuid references person,
        side text not null check (side in ('group', 'own', 'icb')),
        state text not null check (state in ('in-force', 'ended')),
        reason text not null check (length(reason) between 1 and 1000),
        owner text not null,
        owner_role text not null,
        began_at timestamptz not null,
        began_on date not null,
        last_day date not null,
        warned_at timestamptz,
        ended_at timestamptz,
        ended_how text check (ended_how in ('expired', 'lifted', 'over')),
        check ((side = 'group') = (person_id is null)),
        check (last_day >= began_on),
        check ((state = 'ended') = (ended_at is not null) and (state = 'ended') = (ended_how is not null)),
        unique (id, pool_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      create unique index one_freeze_of_pool on pool_freeze (pool_id) where state = 'in-force' and person_id is null;
      create unique index one_freeze_of_part on pool_freeze (pool_id, person_id, side) where state = 'in-force' and person_id is not null;
      create index pool_freeze_by_pool on pool_freeze (pool_id, id desc);
      create index pool_freeze_by_person on pool_freeze (person_id, id desc) where person_id is not null;
      create index pool_freeze_due on pool_freeze (last_day) where state = 'in-force';
      comment on table pool_freeze is 'Nothing new is bought or put in until after the last day. Of a whole pool, or of one member''s part. Kept with the pool: 6 years after it ends.';
      comment on column pool_freeze.side is 'Who may lift it: the group; the person and who represents them; or the board that is responsible for the person.';
      ${wall('pool_freeze', seen)}

      create table pool_freeze_step (
        id uuid primary key,
        freeze_id uuid not null,
        pool_id uuid not null,
        person_id uuid references person,
        action text not null check (action in ('freeze', 'extend', 'thaw')),
        reason text not null check (length(reason) between 1 and 1000),
        by text not null,
        role text not null,
        last_day date not null,
        at timestamptz not null,
        foreign key (freeze_id, pool_id) references pool_freeze (id, pool_id)
      );
      create index pool_freeze_step_by_freeze on pool_freeze_step (freeze_id, id);
      comment on table pool_freeze_step is 'Each time a stop was begun, made longer or ended: why, by whom and until when.';
      ${wall('pool_freeze_step', seen)}
      ${appendOnly('pool_freeze_step')}

      alter table pool_member add column is_frozen boolean not null default false;
      comment on column pool_member.is_frozen is 'Whether a stop of this member''s part is in force: read with the member, where money goes in or is set aside.';

      alter table quote add column kind text not null default 'activity' check (kind in ('activity', 'wages', 'safety'));
      alter table purchase add column kind text not null default 'activity' check (kind in ('activity', 'wages', 'safety'));
      comment on column quote.kind is 'Wages and what keeps people safe may be renewed while a pool is stopped.';

      insert into notice_kind select unnest(array[${KINDS}]);

      grant select, insert on pool_freeze, pool_freeze_step to commonpurse_app;
      grant update (state, reason, last_day, warned_at, ended_at, ended_how) on pool_freeze to commonpurse_app;
      grant update (is_frozen) on pool_member to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind in (${KINDS});
      alter table notice force row level security;
      delete from notice_kind where kind in (${KINDS});
      alter table purchase drop column kind;
      alter table quote drop column kind;
      alter table pool_member drop column is_frozen;
      drop table pool_freeze_step, pool_freeze;
    `);
  }
}
