import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, inPeople, inPools, wall } from './policies.js';
import { KEPT, LEDGER_LEG, RECORD_FUNCTION, SUM_PENCE } from './003-ledger-record.js';
import { SEAL_FUNCTIONS, SEAL_TABLES } from './003-ledger-seal.js';
import { YEARS_FUNCTION } from './003-ledger-years.js';

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
        open_from date,
        closed_on date,
        check (num_nonnulls(organisation_id, holder_id) = 1),
        check (open_from >= opened_on)
      );
      comment on table book is 'The accounts of one money-holder: a body, or a person with a direct-payment account.';
      comment on column book.open_from is 'The first day that still takes entries, when a period was closed: all before it is closed. What comes late is booked here, with its true date kept beside.';
      ${wall('book', `(organisation_id is not null or ${inBooks('id')} or ${inPeople('holder_id')})`, inBooks('id'))}

      create table account_kind (
        kind text primary key,
        guarded boolean not null,
        kept boolean not null,
        unique (kind, guarded, kept)
      );
      insert into account_kind select kind, kind in ('line', 'share'), kind = any('{${KEPT.join(',')}}')
        from unnest(array['agreed', 'bank', 'clearing', 'line', 'share', 'payable', 'remitting', 'spent', 'unallocated', 'receivable', 'fees-due']) as kind;
      comment on table account_kind is 'The chart. A table, and neither a check nor generated columns of account: PostgreSQL reads those anew in every statement that changes an account.';
      comment on column account_kind.guarded is 'Never goes below zero.';
      comment on column account_kind.kept is 'Keeps running figures on its row.';

      create table account (
        id uuid primary key,
        book_id uuid not null references book,
        kind text not null,
        subject_id uuid,
        line_id uuid,
        plan_line_id uuid,
        pool_id uuid,
        channel text,
        guarded boolean not null,
        kept boolean not null,
        posted_pence bigint not null default 0,
        reserved_pence bigint not null default 0,
        remitting_pence bigint not null default 0,
        payable_pence bigint not null default 0,
        spent_pence bigint not null default 0,
        version bigint not null default 0,
        opened_at timestamptz not null,
        unique nulls not distinct (subject_id, line_id, plan_line_id, pool_id, kind, channel, book_id),
        foreign key (kind, guarded, kept) references account_kind (kind, guarded, kept),
        constraint account_never_below_zero check (reserved_pence >= 0 and (not guarded or posted_pence >= reserved_pence)),
        check (kind <> 'line' or (line_id is not null and subject_id is not null and pool_id is null)),
        check (kind <> 'share' or (pool_id is not null and subject_id is not null))
      ) with (fillfactor = 60);
      create index account_by_subject on account (subject_id) where guarded;
      create index account_by_line on account (line_id) where line_id is not null;
      create index account_by_book on account (book_id) where kept;
      create index account_by_pool on account (pool_id) where pool_id is not null;
      comment on column account.posted_pence is 'Posted credits less posted debits; kept for lines, shares and receivables (a debt is below zero), 0 for others, which are summed.';
      comment on column account.reserved_pence is 'Sum of what is left of open reservations; free = posted - reserved.';
      comment on column account.spent_pence is 'Of lines and shares: what left them and was sent or instructed, less returns and refunds. Beside it what is on its way to another book (remitting) and what is owed for invoices (payable).';
      ${wall('account', mayRead, inBooks('book_id'))}

      create table ledger_batch (
        id bigint generated always as identity primary key,
        book_id uuid not null references book,
        entries int not null check (entries > 0),
        made_at timestamptz not null
      );
      create index ledger_batch_by_book on ledger_batch (book_id, id);
      comment on table ledger_batch is 'The entries that one commit brought to one book; what a seal is set on.';
      ${wall('ledger_batch', inBooks('book_id'))}
      ${appendOnly('ledger_batch')}

      create table unsealed_batch (
        batch_id bigint not null references ledger_batch,
        book_id uuid not null,
        waits_since timestamptz not null default clock_timestamp(),
        primary key (book_id, batch_id)
      );
      comment on table unsealed_batch is 'Batches that wait for their seal; a row goes when its seal is set. Ids only: the sealer asks which books have any before it has a scope.';
      comment on column unsealed_batch.waits_since is 'By the clock of the database, whatever the entries say: the check that nothing waits long reads it.';

      create table seal (
        book_id uuid not null references book,
        n bigint not null check (n > 0),
        batch_id bigint not null unique references ledger_batch,
        before bytea not null,
        hash bytea not null,
        sealed_at timestamptz not null,
        primary key (book_id, n)
      );
      comment on table seal is 'One link a batch: hash = SHA-256 of the hash before it and of the rows of the batch (ledger_canon). Each book has its own chain.';
      ${wall('seal', inBooks('book_id'))}
      ${appendOnly('seal')}

      create table entry (
        id uuid primary key,
        book_id uuid not null,
        batch_id bigint not null,
        reference text not null check (length(reference) between 3 and 200),
        kind text not null,
        effective_on date not null,
        booked_on date not null check (booked_on >= effective_on),
        booked_at timestamptz not null,
        corrects_entry_id uuid references entry,
        content_hash bytea not null,
        unique (reference, book_id)
      );
      create index entry_by_batch on entry (batch_id);
      comment on table entry is 'One event of one book. Not partitioned by date, so that a retry after 31 March meets its first answer.';
      comment on column entry.effective_on is 'The day it is true in the world.';
      comment on column entry.booked_on is 'The day whose period it counts in: the true day, or the first open day of the book when that is later.';
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
        unique (account_id, purpose_id),
        foreign key (account_id) references account
      ) with (fillfactor = 70);
      create index reservation_open on reservation (ends_on) where left_pence > 0;
      create index reservation_by_purpose on reservation (purpose_id);
      create index reservation_by_entry on reservation (entry_id);
      ${wall('reservation', mayRead, inBooks('book_id'))}

      create table reservation_end (
        id uuid primary key,
        reservation_id uuid not null references reservation,
        entry_id uuid not null,
        book_id uuid not null,
        subject_id uuid,
        pool_id uuid,
        amount_pence bigint not null check (amount_pence > 0),
        ended_as text not null check (ended_as in ('void', 'expired')),
        at timestamptz not null
      );
      create index reservation_end_by_reservation on reservation_end (reservation_id);
      create index reservation_end_by_entry on reservation_end (entry_id);
      ${wall('reservation_end', mayRead, inBooks('book_id'))}
      ${appendOnly('reservation_end')}

      create table transfer (
        id uuid not null,
        entry_id uuid not null,
        book_id uuid not null,
        kind text not null,
        debit_account_id uuid not null,
        credit_account_id uuid not null check (credit_account_id <> debit_account_id),
        debit_kind text not null,
        credit_kind text not null,
        amount_pence bigint not null check (amount_pence > 0),
        owner_account_id uuid,
        subject_id uuid,
        line_id uuid,
        plan_line_id uuid,
        pool_id uuid,
        reservation_id uuid,
        effective_on date not null,
        booked_on date not null,
        booked_at timestamptz not null
      ) partition by range (booked_on);
      create index transfer_debits on transfer (debit_account_id, id);
      create index transfer_credits on transfer (credit_account_id, id);
      create index transfer_by_entry on transfer (entry_id);
      create index transfer_by_line on transfer (line_id, id) where line_id is not null;
      create index transfer_by_reservation on transfer (reservation_id) where reservation_id is not null;
      create index transfer_by_day on transfer using brin (booked_on, booked_at) with (pages_per_range = 32, autosummarize = on);
      comment on table transfer is 'One debit account, one credit account, one positive amount, in one book. Kept as finance: 6 years and the current one.';
      comment on column transfer.owner_account_id is 'The line or share whose money moved; its row keeps what is on its way, owed and spent.';
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

      grant select, insert on book to commonpurse_app;
      grant select on account_kind, account, entry, transfer, reservation, reservation_end, ledger_batch, unsealed_batch, seal to commonpurse_app;
      grant update (closed_on, open_from, name) on book to commonpurse_app;
    `);
    await q.query(YEARS_FUNCTION);
    await q.query('select ledger_year(year) from generate_series(2022, 2028) as year');
    await q.query(LEDGER_LEG);
    await q.query(SUM_PENCE);
    await q.query(RECORD_FUNCTION);
    await q.query(SEAL_TABLES);
    await q.query(SEAL_FUNCTIONS);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      `drop function ledger_record, ledger_decide, ledger_seal, ledger_seal_broken, ledger_waiting, ledger_canon, ledger_year; drop aggregate sum_pence(bigint); drop type ledger_leg;
       drop table seal_watch, sealed_sum, transfer, reservation_end, reservation, entry, seal, unsealed_batch, ledger_batch, account, account_kind, book; drop function keep_reservation()`,
    );
  }
}
