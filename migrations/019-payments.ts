import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PAYMENT_FILES } from './019-payment-files.js';
import { appendOnly, inBooks, inPeople, inPools, inProviders, wall } from './policies.js';

/** Money crossing a book's boundary: whom we pay, each payment with its parts and history, remittances, refunds and Stripe. */
export class Payments1700000000019 implements MigrationInterface {
  name = 'Payments1700000000019';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table payee (
        id uuid primary key,
        book_id uuid not null references book,
        kind text not null check (kind in ('provider', 'person', 'book')),
        subject_id uuid not null,
        person_id uuid references person,
        name text not null check (length(name) between 1 and 140),
        sort_code bytea,
        account_number bytea,
        account_last4 text check (account_last4 ~ '^[0-9]{4}$'),
        stripe_account_id text,
        state text not null check (state in ('entered', 'checked', 'stopped')),
        version int not null default 1,
        entered_by text not null,
        entered_at timestamptz not null,
        checked_by text,
        checked_at timestamptz,
        checked_how text check (checked_how in ('call-back', 'confirmation-of-payee', 'own-account')),
        usable_from timestamptz,
        stopped_reason text,
        unique (book_id, id),
        check (num_nulls(sort_code, account_number, account_last4) in (0, 3)),
        check (state <> 'checked' or num_nulls(checked_by, checked_at, checked_how, usable_from) = 0),
        constraint payee_checked_by_another check (checked_by is null or checked_how = 'own-account' or checked_by <> entered_by)
      );
      create unique index payee_of_subject on payee (book_id, subject_id) where state <> 'stopped';
      comment on table payee is 'Whom a book pays, and where. Bank details are encrypted; kept as finance: 6 years and the current one.';
      ${wall('payee', `(${inBooks('book_id')} or ${inPeople('person_id')})`, inBooks('book_id'))}

      create table payment_limit (
        book_id uuid not null references book,
        person_id uuid not null references person,
        limit_pence bigint not null check (limit_pence >= 0),
        set_by text not null,
        set_at timestamptz not null,
        primary key (book_id, person_id)
      );
      comment on table payment_limit is 'The largest single payment a person may approve from a book. No row means nothing (truth 7).';
      ${wall('payment_limit', inBooks('book_id'))}

      create table payment_setting (
        book_id uuid primary key references book,
        cooling_off_hours int not null default 24 check (cooling_off_hours between 0 and 720),
        payer_code text,
        account_name text check (length(account_name) between 1 and 140),
        sort_code bytea,
        account_number bytea,
        check (num_nulls(account_name, sort_code, account_number) in (0, 3))
      );
      comment on table payment_setting is 'How a book pays: the account its files draw on (encrypted), or the code of the payer''s own system.';
      ${wall('payment_setting', inBooks('book_id'))}

      create table payment (
        id uuid primary key,
        book_id uuid not null references book,
        direction text not null check (direction in ('out', 'in')),
        payee_id uuid,
        payee_subject_id uuid,
        amount_pence bigint not null check (amount_pence > 0),
        channel text check (channel in ('stripe', 'bank-file', 'payer-file', 'card', 'bacs-debit')),
        reference text not null unique,
        payee_reference text check (length(payee_reference) <= 140),
        purpose_noun text not null,
        purpose_id uuid not null,
        due_on date not null,
        state text not null check (state in ('planned', 'prepared', 'approved', 'sending', 'in-file', 'sent', 'settled', 'reconciled', 'held', 'returned', 'recalled',
          'failed', 'unknown', 'awaiting-payer', 'processing', 'succeeded')),
        attempt int not null default 1 check (attempt between 1 and 99),
        prepared_by uuid,
        prepared_at timestamptz,
        approved_by uuid,
        approved_at timestamptz,
        decided_alone boolean not null default false,
        reason text,
        posted_at timestamptz,
        sending_at timestamptz,
        file_id uuid,
        stripe_transfer_id text,
        stripe_checkout_id text,
        stripe_checkout_url text,
        stripe_payment_intent_id text,
        to_account jsonb,
        created_at timestamptz not null,
        changed_at timestamptz not null,
        unique (book_id, id),
        foreign key (book_id, payee_id) references payee (book_id, id),
        constraint payment_by_two_people check (approved_by is null or decided_alone or (prepared_by is not null and approved_by <> prepared_by)),
        check (direction = 'in' or state in ('planned', 'held', 'recalled', 'prepared') or approved_by is not null),
        check (direction = 'out' or to_account is not null)
      ) with (fillfactor = 70);
      create unique index payment_once_for_purpose on payment (book_id, purpose_noun, purpose_id) where direction = 'out' and state <> 'recalled';
      create index payment_by_state on payment (book_id, state, id);
      create index payment_by_purpose on payment (purpose_id);
      create index payment_by_payee on payment (payee_subject_id, id desc) where payee_subject_id is not null;
      create index payment_unposted on payment (book_id) where direction = 'out' and posted_at is null;
      create unique index payment_of_transfer on payment (stripe_transfer_id) where stripe_transfer_id is not null;
      comment on table payment is 'One sum crossing a book''s boundary. Kept as finance: 6 years and the current one.';
      comment on column payment.payee_reference is 'What the payee calls it: an invoice number. Goes into the payer''s file beside our own reference.';
      comment on column payment.posted_at is 'When its effect stood in the ledger: in file or sent; for remittances, arrived. Null again after a return.';
      comment on column payment.attempt is 'Raised each time a failed or returned payment is planned again; part of every outside key.';

      create table payment_part (
        payment_id uuid not null references payment,
        n int not null check (n >= 0),
        book_id uuid not null,
        subject_id uuid,
        line_id uuid,
        plan_line_id uuid,
        pool_id uuid,
        place int not null,
        amount_pence bigint not null check (amount_pence > 0),
        refunded_pence bigint not null default 0,
        primary key (payment_id, n),
        foreign key (book_id, payment_id) references payment (book_id, id),
        constraint refund_within_part check (refunded_pence >= 0 and refunded_pence <= amount_pence)
      );
      create index payment_part_by_subject on payment_part (subject_id);
      create index payment_part_by_pool on payment_part (pool_id) where pool_id is not null;
      ${wall('payment_part', `(${inBooks('book_id')} or ${inPeople('subject_id')} or ${inPools('pool_id')})`, inBooks('book_id'))}
      ${wall('payment', `(${inBooks('book_id')} or ${inProviders('payee_subject_id')} or exists (select 1 from payment_part x where x.payment_id = payment.id))`, inBooks('book_id'))}

      create function payment_parts_add_up() returns trigger language plpgsql as $$
      declare want bigint; have bigint;
      begin
        select amount_pence into want from payment where id = new.id;
        select coalesce(sum(amount_pence), 0) into have from payment_part where payment_id = new.id;
        if want is distinct from have then raise exception 'the parts of payment % make % pence, not %', new.id, have, want using errcode = '23514'; end if;
        return null;
      end $$;
      create constraint trigger payment_is_its_parts after insert on payment deferrable initially deferred for each row execute function payment_parts_add_up();

      create table payment_history (
        id uuid primary key,
        payment_id uuid not null references payment,
        book_id uuid not null,
        at timestamptz not null,
        from_state text,
        to_state text not null,
        action text not null,
        actor text not null,
        reason text
      );
      create index payment_history_by_payment on payment_history (payment_id, id);
      ${wall('payment_history', `(${inBooks('book_id')} or exists (select 1 from payment x where x.id = payment_history.payment_id))`, inBooks('book_id'))}
      ${appendOnly('payment_history')}

      create table remittance (
        id uuid primary key,
        from_book_id uuid not null references book,
        to_book_id uuid not null references book check (to_book_id <> from_book_id),
        from_account jsonb not null,
        to_account jsonb not null,
        subject_id uuid,
        line_id uuid,
        plan_line_id uuid,
        pool_id uuid,
        amount_pence bigint not null check (amount_pence > 0),
        channel text not null check (channel in ('card', 'bacs-debit', 'bank', 'payer-file')),
        carries text not null check (carries in ('contribution', 'return', 'refund')),
        reference text not null unique,
        state text not null check (state in ('on-the-way', 'arrived', 'closed', 'failed')),
        pay_in_id uuid,
        pay_out_id uuid,
        sent_on date not null,
        arrived_on date,
        changed_at timestamptz not null
      );
      create index remittance_on_the_way on remittance (to_book_id, reference) where state = 'on-the-way';
      create index remittance_by_subject on remittance (subject_id);
      create unique index remittance_of_pay_in on remittance (pay_in_id) where pay_in_id is not null;
      create unique index remittance_of_pay_out on remittance (pay_out_id) where pay_out_id is not null;
      comment on table remittance is 'Money going from one book to another: a pay-out of one and a pay-in of the other under one id.';
      ${wall('remittance', `(${inBooks('from_book_id')} or ${inBooks('to_book_id')} or ${inPeople('subject_id')} or ${inPools('pool_id')})`, `(${inBooks('from_book_id')} or ${inBooks('to_book_id')})`)}

      create table refund (
        id uuid primary key,
        book_id uuid not null references book,
        amount_pence bigint not null check (amount_pence > 0),
        via text not null check (via in ('bank', 'stripe', 'payer')),
        reference text not null,
        received_on date not null,
        recorded_by text not null,
        recorded_at timestamptz not null,
        unique (book_id, reference)
      );
      create table refund_part (
        refund_id uuid not null references refund,
        n int not null,
        book_id uuid not null,
        payment_id uuid not null references payment,
        payment_n int not null,
        subject_id uuid,
        pool_id uuid,
        amount_pence bigint not null check (amount_pence > 0),
        remittance_id uuid references remittance,
        primary key (refund_id, n)
      );
      create index refund_part_by_payment on refund_part (payment_id);
      ${wall('refund_part', `(${inBooks('book_id')} or ${inPeople('subject_id')} or ${inPools('pool_id')})`, inBooks('book_id'))}
      ${wall('refund', `(${inBooks('book_id')} or exists (select 1 from refund_part x where x.refund_id = refund.id))`, inBooks('book_id'))}
      ${appendOnly('refund')}
      ${appendOnly('refund_part')}
      ${PAYMENT_FILES}

      grant select, insert on payment_history, refund, refund_part to commonpurse_app;
      grant select, insert, update on payee, payment_limit, payment_setting, payment, payment_part, remittance to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`drop table payer_report_line, payer_report, payment_file, debit_mandate, webhook_event, stripe_address, stripe_account, refund_part, refund, remittance,
      payment_history, payment, payment_part, payment_setting, payment_limit, payee cascade; drop function payment_parts_add_up()`);
  }
}
