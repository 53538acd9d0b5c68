import { appendOnly, inBooks, wall } from './policies.js';

/** The tables of payments that face outwards: Stripe accounts and their events, files to banks and payers, reports from payers. */
export const PAYMENT_FILES = `
      create table stripe_account (
        book_id uuid primary key references book,
        secret_key bytea not null,
        webhook_secret bytea not null,
        added_by text not null,
        added_at timestamptz not null
      );
      comment on table stripe_account is 'A Stripe account belongs to a book, never to the platform. Both keys are encrypted.';
      ${wall('stripe_account', inBooks('book_id'))}

      create table stripe_address (
        address text primary key,
        book_id uuid not null references book
      );
      comment on table stripe_address is 'Which book a webhook address without a book in it serves. Ids only; read before any scope is known.';

      create table webhook_event (
        book_id uuid not null references book,
        stripe_event_id text not null check (length(stripe_event_id) between 3 and 200),
        type text not null,
        object_id text,
        received_at timestamptz not null,
        handled_at timestamptz,
        outcome text,
        primary key (book_id, stripe_event_id)
      );
      comment on table webhook_event is 'What Stripe told us of: ids and types only, never its contents. Kept 400 days.';
      ${wall('webhook_event', inBooks('book_id'))}

      create table debit_mandate (
        id uuid primary key,
        book_id uuid not null references book,
        subject_id uuid not null,
        stripe_payment_method_id text not null,
        stripe_customer_id text,
        made_at timestamptz not null,
        ended_at timestamptz
      );
      create unique index debit_mandate_in_force on debit_mandate (book_id, subject_id) where ended_at is null;
      ${wall('debit_mandate', inBooks('book_id'))}

      create table payment_file (
        id uuid primary key,
        book_id uuid not null references book,
        kind text not null check (kind in ('bank-csv', 'payer-csv')),
        name text not null,
        content bytea not null,
        sha256 bytea not null check (length(sha256) = 32),
        payment_count int not null check (payment_count > 0),
        total_pence bigint not null check (total_pence > 0),
        made_by text not null,
        made_at timestamptz not null,
        door_state text not null default 'to-download' check (door_state in ('to-download', 'submitting', 'submitted', 'refused')),
        door_note text,
        submitted_at timestamptz,
        unique (book_id, id)
      );
      comment on column payment_file.content is 'Encrypted, because it holds full account numbers; sha256 is of the clear bytes.';
      ${wall('payment_file', inBooks('book_id'))}
      alter table payment add foreign key (book_id, file_id) references payment_file (book_id, id);
      create index payment_by_file on payment (file_id) where file_id is not null;

      create table payer_report (
        id uuid primary key,
        book_id uuid not null references book,
        sha256 bytea not null,
        line_count int not null,
        imported_by text not null,
        imported_at timestamptz not null,
        unique (book_id, sha256)
      );
      create table payer_report_line (
        id uuid primary key,
        report_id uuid not null references payer_report,
        book_id uuid not null,
        reference text not null,
        status text not null check (status in ('paid', 'returned', 'rejected', 'received')),
        amount_pence bigint not null check (amount_pence > 0),
        day date not null,
        payment_id uuid references payment,
        remittance_id uuid references remittance,
        outcome text not null
      );
      create unique index payer_report_line_once on payer_report_line (book_id, reference, status) where status <> 'received';
      create index payer_report_line_received on payer_report_line (book_id, reference, day) where status = 'received';
      ${wall('payer_report', inBooks('book_id'))}
      ${wall('payer_report_line', inBooks('book_id'))}
      ${appendOnly('payer_report')}

      grant select, insert, update on stripe_account, stripe_address, webhook_event, debit_mandate, payment_file, payer_report_line to commonpurse_app;
      grant select, insert on payer_report to commonpurse_app;
`;
