import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, wall } from './policies.js';
import { MATCHES } from './021-matches.js';

/** Bank statements as they came, line by line, and what each line turned out to be. */
export class Reconciliation1700000000021 implements MigrationInterface {
  name = 'Reconciliation1700000000021';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table bank_account (
        id uuid primary key,
        book_id uuid not null references book,
        name text not null check (length(name) between 1 and 140),
        reference text not null unique,
        sort_code text not null check (sort_code ~ '^[0-9]{6}$'),
        account_number bytea not null,
        account_lookup bytea not null,
        account_last4 text not null check (account_last4 ~ '^[0-9]{4}$'),
        opened_on date not null,
        opening_pence bigint not null,
        closing_pence bigint not null,
        closing_on date not null,
        statement_count int not null default 0,
        closed_on date,
        unique (book_id, id)
      );
      create unique index bank_account_open on bank_account (account_lookup) where closed_on is null;
      create unique index bank_account_of_book on bank_account (book_id) where closed_on is null;
      comment on table bank_account is 'The account in which a cash book''s money lies; one open account a book, as the book has one account of kind bank.';
      comment on column bank_account.account_number is 'Encrypted. account_lookup is a keyed hash of sort code and number.';
      comment on column bank_account.closing_pence is 'What the last imported statement closed with, on closing_on; the next one opens with it.';
      ${wall('bank_account', inBooks('book_id'))}

      create table statement (
        id uuid primary key,
        book_id uuid not null,
        bank_account_id uuid not null,
        upload_id uuid not null references upload,
        number int not null check (number > 0),
        format text not null check (format in ('camt.053', 'bank-csv')),
        bank_number text check (length(bank_number) <= 200),
        from_day date not null,
        until_day date not null check (until_day >= from_day),
        opening_pence bigint not null,
        closing_pence bigint not null,
        line_count int not null check (line_count >= 0),
        known_count int not null check (known_count >= 0),
        imported_by text not null,
        imported_at timestamptz not null,
        unique (bank_account_id, number),
        unique (book_id, id),
        foreign key (book_id, bank_account_id) references bank_account (book_id, id)
      );
      comment on column statement.opening_pence is 'What the account stood at before the lines that this import brought.';
      comment on column statement.known_count is 'Lines of the file that an earlier import had brought already.';
      ${wall('statement', inBooks('book_id'))}
      ${appendOnly('statement')}

      create table statement_line (
        id uuid primary key,
        book_id uuid not null,
        bank_account_id uuid not null,
        statement_id uuid not null,
        place int not null check (place >= 0),
        line_key bytea not null check (length(line_key) = 32),
        booked_on date not null,
        value_on date not null,
        direction text not null check (direction in ('credit', 'debit')),
        amount_pence bigint not null check (amount_pence > 0),
        reference text,
        bank_reference text,
        counterparty text,
        words text not null,
        parts jsonb,
        unique (bank_account_id, line_key),
        unique (statement_id, place),
        foreign key (book_id, bank_account_id) references bank_account (book_id, id),
        foreign key (book_id, statement_id) references statement (book_id, id)
      );
      create index statement_line_by_day on statement_line (bank_account_id, booked_on);
      comment on table statement_line is 'A booked line as the bank wrote it; never changed. Kept as finance: 6 years and the current one.';
      comment on column statement_line.line_key is 'What makes it this line and no other: day, sum, words, and which of its equals it is (RULE 24).';
      ${wall('statement_line', inBooks('book_id'))}
      ${appendOnly('statement_line')}

      create function statement_adds_up() returns trigger language plpgsql as $$
      declare moved bigint; counted bigint; before bigint;
      begin
        select coalesce(sum(case when direction = 'credit' then amount_pence else -amount_pence end), 0), count(*) into moved, counted from statement_line where statement_id = new.id;
        if new.opening_pence + moved <> new.closing_pence or counted <> new.line_count then
          raise exception 'statement % does not add up: % and % make not %', new.id, new.opening_pence, moved, new.closing_pence using errcode = '23514';
        end if;
        select case when new.number = 1 then (select opening_pence from bank_account where id = new.bank_account_id)
          else (select closing_pence from statement where bank_account_id = new.bank_account_id and number = new.number - 1) end into before;
        if before is distinct from new.opening_pence then
          raise exception 'statement % opens with % and the one before closed with %', new.id, new.opening_pence, before using errcode = '23514';
        end if;
        return null;
      end $$;
      create constraint trigger statement_is_whole after insert on statement deferrable initially deferred for each row execute function statement_adds_up();

      create table line_state (
        line_id uuid primary key references statement_line,
        book_id uuid not null,
        bank_account_id uuid not null,
        state text not null check (state in ('new', 'matched', 'break', 'unallocated')),
        changed_at timestamptz not null
      ) with (fillfactor = 80);
      create index line_state_open on line_state (bank_account_id, line_id) where state <> 'matched';
      comment on table line_state is 'What became of each line: new until the matcher has looked, then exactly one of the others.';
      ${wall('line_state', inBooks('book_id'))}
      ${MATCHES}

      grant select, insert on bank_account, statement, statement_line, line_state to commonpurse_app;
      grant update (closing_pence, closing_on, statement_count, closed_on, name) on bank_account to commonpurse_app;
      grant update (state, changed_at) on line_state to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      `drop table book_proof, break, line_match_item, line_match_line, line_match, line_state, statement_line, statement, bank_account; drop function statement_adds_up(), keep_match()`,
    );
  }
}
