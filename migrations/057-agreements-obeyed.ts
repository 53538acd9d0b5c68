import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPeople, inPools, wall } from './policies.js';

/** What settings of an agreement need to be obeyed: a quote that sets the group up, a member who could not live with one, and when people were told
 *  that their agreement is to be looked at again. */
export class AgreementsObeyed1700000000057 implements MigrationInterface {
  name = 'AgreementsObeyed1700000000057';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table quote add column sets_up boolean not null default false;
      comment on column quote.sets_up is 'What it buys sets the group up: a newcomer may owe a part of it, as the agreement says.';
      alter table quote_choice add column choice text not null default 'yes' check (choice in ('yes', 'object'));
      grant update (choice, at) on quote_choice to commonpurse_app;
      alter table agreement add column review_told_at timestamptz;
      grant update (review_told_at) on agreement to commonpurse_app;
      create index agreement_review_due on agreement ((terms ->> 'reviewOn')) where state = 'in-force' and review_told_at is null;
      insert into notice_kind values ('agreement-review'), ('surplus-home');

      create table joining_part (
        joining_id uuid not null,
        pool_id uuid not null references pool,
        share_id uuid not null references pool_share,
        person_id uuid not null references person,
        amount_pence bigint not null check (amount_pence <> 0),
        at timestamptz not null,
        primary key (joining_id, share_id)
      );
      create unique index joining_part_once on joining_part (pool_id, person_id) where amount_pence > 0;
      comment on table joining_part is 'What a newcomer took over of the cost of setting up, and what came back to each who paid (below zero).';
      ${wall('joining_part', `(${inPools('pool_id')} or ${inPeople('person_id')})`)}
      ${appendOnly('joining_part')}
      grant select, insert on joining_part to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind in ('agreement-review', 'surplus-home');
      alter table notice force row level security;
      delete from notice_kind where kind in ('agreement-review', 'surplus-home');
      drop table joining_part;
      drop index agreement_review_due;
      alter table agreement drop column review_told_at;
      revoke update (choice, at) on quote_choice from commonpurse_app;
      alter table quote_choice drop column choice;
      alter table quote drop column sets_up;
    `);
  }
}
