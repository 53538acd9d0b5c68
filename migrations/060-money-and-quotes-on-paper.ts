import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inPeople, inPools, wall } from './policies.js';

/** Two more sheets of a pool's pack (056): putting money in, and choosing a quote. Each says who signed it and on which day, and counts once. */
export class MoneyAndQuotesOnPaper1700000000060 implements MigrationInterface {
  name = 'MoneyAndQuotesOnPaper1700000000060';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table contribution_paper (
        id uuid primary key,
        pool_id uuid not null,
        person_id uuid not null,
        agreement_id uuid not null references agreement,
        reference text not null unique,
        printed_at timestamptz not null,
        typed_at timestamptz check (typed_at >= printed_at),
        typed_by uuid,
        signed_by text check (signed_by in ('member', 'representative', 'nominee')),
        signed_on date,
        amount_pence bigint check (amount_pence > 0),
        contribution_id uuid unique references contribution,
        check (num_nonnulls(typed_at, typed_by, signed_by, signed_on, amount_pence, contribution_id) in (0, 6)),
        check (typed_by <> person_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      create index contribution_paper_by_pool on contribution_paper (pool_id, person_id);
      comment on table contribution_paper is 'A sheet to put money in: for one person, under one version of the agreement. Signed by them, or by who may use their money for them. Kept with the pool: 6 years after it ends.';
      ${wall('contribution_paper', `(${inPools('pool_id')} or ${inPeople('person_id')})`)}

      create table quote_paper (
        id uuid primary key,
        pool_id uuid not null,
        person_id uuid not null,
        agreement_id uuid not null references agreement,
        quote_ids uuid[] not null check (cardinality(quote_ids) between 1 and 20),
        reference text not null unique,
        printed_at timestamptz not null,
        typed_at timestamptz check (typed_at >= printed_at),
        typed_by uuid,
        signed_by text check (signed_by in ('member', 'representative')),
        signed_on date,
        quote_id uuid references quote check (quote_id = any (quote_ids)),
        choice text check (choice in ('yes', 'object')),
        check (num_nonnulls(typed_at, typed_by, signed_by, signed_on, quote_id, choice) in (0, 6)),
        check (typed_by <> person_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      create index quote_paper_by_pool on quote_paper (pool_id, person_id);
      comment on table quote_paper is 'A sheet to choose among the quotes that were on offer that day: for one person, under one version of the agreement. Kept with the purchase.';
      ${wall('quote_paper', inPools('pool_id'))}

      alter table quote_choice add column paper_id uuid references quote_paper;
      comment on column quote_choice.paper_id is 'The sheet from which the pool''s broker typed it in; null where the member, or who stands at their place, said it.';

      grant select, insert on contribution_paper, quote_paper to commonpurse_app;
      grant update (typed_at, typed_by, signed_by, signed_on, amount_pence, contribution_id) on contribution_paper to commonpurse_app;
      grant update (typed_at, typed_by, signed_by, signed_on, quote_id, choice) on quote_paper to commonpurse_app;
      grant update (paper_id) on quote_choice to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('alter table quote_choice drop column paper_id; drop table quote_paper, contribution_paper');
  }
}
