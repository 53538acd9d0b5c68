import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inPeople, inPools, wall } from './policies.js';

/** Members who are in a pool without putting money in, and what people bring beside money: time, skills, places, transport. */
export class WithoutMoney1700000000051 implements MigrationInterface {
  name = 'WithoutMoney1700000000051';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table pool_member add column pays boolean not null default true;
      comment on column pool_member.pays is 'False for somebody who was asked to join without putting money in: they have a voice as everybody has, and no part of any price.';

      create table pool_gift (
        id uuid primary key,
        pool_id uuid not null references pool,
        person_id uuid not null references person,
        kind text not null check (kind in ('time', 'skill', 'space', 'transport')),
        words text not null check (length(words) between 1 and 300),
        from_day date not null,
        until_day date check (until_day >= from_day),
        state text not null check (state in ('offered', 'taken-back', 'ended')),
        helped_by text check (length(helped_by) <= 200),
        given_by uuid not null,
        offered_at timestamptz not null,
        ended_at timestamptz,
        check ((state = 'offered') = (ended_at is null)),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      create index pool_gift_offered on pool_gift (pool_id, id) where state = 'offered';
      comment on table pool_gift is 'What members bring beside money; never on the ledger. Kept with the pool: 6 years after it ends.';
      ${wall('pool_gift', `(${inPools('pool_id')} or ${inPeople('person_id')})`)}

      grant select, insert on pool_gift to commonpurse_app;
      grant update (state, ended_at) on pool_gift to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table pool_gift; alter table pool_member drop column pays');
  }
}
