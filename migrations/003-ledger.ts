import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, inPeople, inPools, wall } from './policies.js';
import { RECORD_FUNCTION } from './003-ledger-record.js';

/** Books, accounts, entries, transfers, reservations. Transfers never cross books (composite keys); guarded accounts never go
 *  below zero (CHECK); nothing is updated or deleted but the running figures of an account and what is left of a reservation. */
export class Ledger1700000000003 implements MigrationInterface {
  name = 'Ledger1700000000003';

  async up(q: QueryRunner): Promise<void> {
    const mayRead = `(${inBooks('book_id')} or ${inPeople('subject_id')} or ${inPools('pool_id')})`;
    await q.query(`
      create table book (
        id uuid primary key,
        basis text not null check (basis in ('allocation', 'cash')),
        name text not null,
        organisation_id uuid references organisation,
        holder_id uuid references person,
        opened_on date not null,
        closed_on date,
        check (num_nonnulls(organisation_id, holder_id) = 1)
      );
      comment on table book is 'The accounts of one money-holder: a body, or a person with a direct-payment account.';
      ${wall('book', `(organisation_id is not null or ${inBooks('id')} or ${inPeople('holder_id')})`, inBooks('id'))}

      create table account (
        id uuid primary key,
        book_id uuid not null references book,
        kind text not null check (kind in ('agreed', 'bank', 'clearing', 'line', 'share', 'payable', 'remitting', 'spent', 'unallocated', 'receivable', 'fees-due')),
        subject_id uuid,
        line_id uuid,
        plan_line_id uuid,
        pool_id uuid,
        channel text,
        guarded boolean not null generated always as (kind in ('line', 'share')) stored,
        kept boolean not null generated always as (kind in ('line', 'share', 'receivable')) stored,
        posted_pence bigint not null default 0,
        reserved_pence bigint not null default 0,
        version bigint not null default 0,
        opened_at timestamptz not null,
        unique (book_id, id),
        unique nulls not distinct (book_id, kind, subject_id, line_id, plan_line_id, pool_id, channel),
        constraint account_never_below_zero check (reserved_pence >= 0 and (not guarded or posted_pence >= reserved_pence)),
        check (kind <> 'line' or (line_id is not null and subject_id is not null and pool_id is null)),
        check (kind <> 'share' or (pool_id is not null and subject_id is not null))
      ) with (fillfactor = 60);
      create index account_by_subject on account (subject_id) where guarded;
      create index account_by_line on account (line_id) where line_id is not null;
      create index account_by_pool on account (pool_id) where pool_id is not null;
      comment on column account.posted_pence is 'Posted credits less posted debits; kept for lines, shares and receivables (a debt is below zero), 0 for others, which are summed.';
      comment on column account.reserved_pence is 'Sum of what is left of open reservations; free = posted - reserved.';
      ${wall('account', mayRead, inBooks('book_id'))}

      create table entry (
        id uuid primary key,
        book_id uuid not null references book,
        reference text not null check (length(reference) between 3 and 200),
        kind text not null,
        effective_on date not null,
        booked_at timestamptz not null,
        corrects_entry_id uuid references entry,
        content_hash bytea not null,
        unique (book_id, reference),
        unique (book_id, id)
      );
      ${wall('entry', inBooks('book_id'))}
      ${appendOnly('entry')}

      create table reservation (
        id uuid primary key,
        entry_id uuid not null,
        book_id uuid not null,
        account_id uuid not null,
        subject_id uuid,
        line_id uuid,
        pool_id uuid,
        purpose_id uuid not null,
        amount_pence bigint not null check (amount_pence > 0),
        left_pence bigint not null constraint reservation_never_overdrawn check (left_pence >= 0 and left_pence <= amount_pence),
        for_day date not null,
        ends_on date not null check (ends_on >= for_day),
        made_at timestamptz not null,
        unique (id, account_id),
        unique (account_id, purpose_id),
        foreign key (book_id, entry_id) references entry (book_id, id),
        foreign key (book_id, account_id) references account (book_id, id)
      ) with (fillfactor = 70);
      create index reservation_open on reservation (ends_on) where left_pence > 0;
      create index reservation_by_purpose on reservation (purpose_id);
      ${wall('reservation', mayRead, inBooks('book_id'))}

      create table reservation_end (
        id uuid primary key,
        reservation_id uuid not null references reservation,
        entry_id uuid not null references entry,
        book_id uuid not null,
        subject_id uuid,
        pool_id uuid,
        amount_pence bigint not null check (amount_pence > 0),
        ended_as text not null check (ended_as in ('void', 'expired')),
        at timestamptz not null
      );
      create index reservation_end_by_reservation on reservation_end (reservation_id);
      ${wall('reservation_end', mayRead, inBooks('book_id'))}
      ${appendOnly('reservation_end')}

      create table transfer (
        id uuid primary key,
        entry_id uuid not null,
        book_id uuid not null,
        kind text not null,
        debit_account_id uuid not null,
        credit_account_id uuid not null check (credit_account_id <> debit_account_id),
        debit_kind text not null,
        credit_kind text not null,
        amount_pence bigint not null check (amount_pence > 0),
        subject_id uuid,
        line_id uuid,
        plan_line_id uuid,
        pool_id uuid,
        reservation_id uuid,
        effective_on date not null,
        booked_at timestamptz not null,
        foreign key (book_id, entry_id) references entry (book_id, id),
        foreign key (book_id, debit_account_id) references account (book_id, id),
        foreign key (book_id, credit_account_id) references account (book_id, id),
        foreign key (reservation_id, debit_account_id) references reservation (id, account_id)
      );
      create index transfer_debits on transfer (debit_account_id, id);
      create index transfer_credits on transfer (credit_account_id, id);
      create index transfer_by_entry on transfer (entry_id);
      create index transfer_by_line on transfer (line_id, id) where line_id is not null;
      create index transfer_by_reservation on transfer (reservation_id) where reservation_id is not null;
      comment on table transfer is 'One debit account, one credit account, one positive amount, in one book. Kept as finance: 6 years and the current one.';
      comment on column transfer.debit_kind is 'The kind of the debited account, kept here (and credit_kind) because whoever may see a transfer need not see the accounts of its book: a holder''s own figures.';
      comment on column transfer.subject_id is 'Opaque id of the person or funder whose money moved; null for money nobody owns yet.';
      ${wall('transfer', mayRead, inBooks('book_id'))}
      ${appendOnly('transfer')}

      create function keep_reservation() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'UPDATE' or new.left_pence > old.left_pence
          or (new.id, new.entry_id, new.book_id, new.account_id, new.purpose_id, new.amount_pence, new.for_day, new.ends_on)
             is distinct from (old.id, old.entry_id, old.book_id, old.account_id, old.purpose_id, old.amount_pence, old.for_day, old.ends_on)
        then raise exception 'a reservation only shrinks' using errcode = 'CP003'; end if;
        return new;
      end $$;
      create trigger reservation_kept before update or delete on reservation for each row execute function keep_reservation();
      create trigger reservation_never_emptied before truncate on reservation for each statement execute function refuse_change();
      create trigger account_never_emptied before delete or truncate on account for each statement execute function refuse_change();

      grant select, insert on book, account, entry, transfer, reservation, reservation_end to commonpurse_app;
      grant update (posted_pence, reserved_pence, version) on account to commonpurse_app;
      grant update (left_pence) on reservation to commonpurse_app;
      grant update (closed_on, name) on book to commonpurse_app;
    `);
    await q.query(RECORD_FUNCTION);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      'drop function ledger_record(jsonb, timestamptz); drop type ledger_leg; drop table transfer, reservation_end, reservation, entry, account, book; drop function keep_reservation()',
    );
  }
}
