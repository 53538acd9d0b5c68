import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, wall } from './policies.js';

/** The auditor's door: samples drawn from a book, what of them was opened and why, and the order in which a whole book is read out. */
export class Auditors1700000000035 implements MigrationInterface {
  name = 'Auditors1700000000035';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table audit_sample (
        id uuid primary key,
        book_id uuid not null references book,
        auditor_id uuid not null references person,
        seed text not null check (length(seed) between 1 and 60),
        kind text,
        from_day date not null,
        until_day date not null check (until_day > from_day),
        size int not null check (size between 1 and 100),
        population int not null check (population >= 0),
        drawn_at timestamptz not null,
        unique (book_id, id)
      );
      create index audit_sample_by_book on audit_sample (book_id, id desc);
      comment on table audit_sample is 'A random sample of the transfers of a book. The seed, the days and the size give the same sample again. Kept as finance: 6 years and the current one.';
      ${wall('audit_sample', inBooks('book_id'))}
      ${appendOnly('audit_sample')}

      create table audit_sample_item (
        sample_id uuid not null,
        n int not null check (n > 0),
        book_id uuid not null,
        transfer_id uuid not null,
        primary key (sample_id, n),
        unique (sample_id, transfer_id),
        foreign key (book_id, sample_id) references audit_sample (book_id, id)
      );
      ${wall('audit_sample_item', inBooks('book_id'))}
      ${appendOnly('audit_sample_item')}

      create table audit_opening (
        id uuid primary key,
        sample_id uuid not null,
        n int not null,
        book_id uuid not null,
        auditor_id uuid not null references person,
        why text not null check (length(why) between 10 and 500),
        opened_at timestamptz not null,
        shown_until timestamptz not null check (shown_until > opened_at),
        foreign key (sample_id, n) references audit_sample_item (sample_id, n)
      );
      create index audit_opening_by_item on audit_opening (sample_id, n, id desc);
      comment on table audit_opening is 'An auditor opened one sampled item and saw whose money it is; the person sees that too. Kept as finance.';
      ${wall('audit_opening', inBooks('book_id'))}
      ${appendOnly('audit_opening')}

      grant select, insert on audit_sample, audit_sample_item, audit_opening to commonpurse_app;

      create index if not exists ledger_batch_by_book on ledger_batch (book_id, id);
      create index if not exists reservation_by_entry on reservation (entry_id);
      create index if not exists reservation_end_by_entry on reservation_end (entry_id);
      create index payer_report_line_by_payment on payer_report_line (payment_id) where payment_id is not null;
      create index payer_report_line_by_remittance on payer_report_line (remittance_id) where remittance_id is not null;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`drop table audit_opening, audit_sample_item, audit_sample;
      drop index if exists ledger_batch_by_book, reservation_by_entry, reservation_end_by_entry, payer_report_line_by_payment, payer_report_line_by_remittance`);
  }
}
