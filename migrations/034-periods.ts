import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, wall } from './policies.js';

/** `ledger_close(…)`: closes a book's accounts before a day, in one transaction, with no writer of the book between. Answers the id of the
 *  close. Raises CP008: the day is not after the last one closed; CP009: the day is not over; CP010: a batch of the period waits for its
 *  seal; CP011: the book itself is closed, or there is none. */
const CLOSE_FUNCTION = `
create function ledger_close(the_close uuid, the_book uuid, until date, today date, actor text, now_at timestamptz) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  opened date;
  is_closed boolean;
begin
  if not coalesce(the_book = any (nullif(current_setting('app.books', true), '')::uuid[]), false) then
    raise exception 'the book is not in scope' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended(the_book::text, 3));
  select coalesce(open_from, opened_on), closed_on is not null into opened, is_closed from book where id = the_book;
  if opened is null or is_closed then raise exception 'the book is closed' using errcode = 'CP011'; end if;
  if until <= opened then raise exception 'closed before' using errcode = 'CP008', detail = opened::text; end if;
  if until > today then raise exception 'the last day is not over' using errcode = 'CP009'; end if;
  if exists (select 1 from unsealed_batch u join entry e on e.batch_id = u.batch_id where u.book_id = the_book and e.booked_on < until) then
    raise exception 'a batch of the period waits for its seal' using errcode = 'CP010'; end if;

  insert into period_close (id, book_id, from_day, until_day, closed_by, closed_at, seals)
  select the_close, the_book, opened, until, actor, now_at, (select coalesce(max(n), 0) from seal where book_id = the_book);
  -- What stands today, less what was booked since: the days since a month's end are fewer than those before it.
  with moves as (
      select id as account_id, kind, posted_pence as net from account where book_id = the_book and kept
      union all select account_id, kind, net_pence from sealed_sum where book_id = the_book and kind <> 'receivable'
      union all select account, kind, net from ledger_waiting(the_book) where kind <> 'receivable'
      union all select leg.account, leg.kind, -leg.net from transfer t
        cross join lateral (values (t.debit_account_id, t.debit_kind, -t.amount_pence), (t.credit_account_id, t.credit_kind, t.amount_pence)) as leg(account, kind, net)
        where t.book_id = the_book and t.booked_on >= until
    ), closing as (select account_id, kind, sum(net)::bigint as net from moves group by account_id, kind
    ), sums as (
      insert into closing_sum (close_id, book_id, kind, net_pence) select the_close, the_book, kind, sum(net)::bigint from closing group by kind returning 1
    )
  insert into closing_balance (book_id, account_id, until_day, kind, net_pence)
  select the_book, account_id, until, kind, net from closing where net <> 0 and kind not in ('line', 'share', 'receivable');
  update book set open_from = until where id = the_book;
  return the_close;
end $$;
grant execute on function ledger_close to commonpurse_app;
`;

/** Closed periods. What is closed stays closed: late items are booked on the first open day, with their true day kept beside. */
export class Periods1700000000034 implements MigrationInterface {
  name = 'Periods1700000000034';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table period_close (
        id uuid primary key,
        book_id uuid not null references book,
        from_day date not null,
        until_day date not null check (until_day > from_day),
        closed_by text not null,
        closed_at timestamptz not null,
        seals bigint not null,
        unique (book_id, until_day),
        unique (book_id, from_day)
      );
      comment on table period_close is 'A closed period of a book: from the first day to the day before until_day. Kept as finance: 6 years and the current one.';
      comment on column period_close.closed_by is 'The id of the actor; ids only.';
      comment on column period_close.seals is 'How many seals the chain of the book had: all that was booked in the period lies below.';
      ${wall('period_close', inBooks('book_id'))}
      ${appendOnly('period_close')}

      create table closing_sum (
        close_id uuid not null references period_close,
        book_id uuid not null,
        kind text not null,
        net_pence bigint not null,
        primary key (close_id, kind)
      );
      comment on table closing_sum is 'What each kind of account stood at when the period ended: credits less debits of all that counts before it.';
      ${wall('closing_sum', inBooks('book_id'))}
      ${appendOnly('closing_sum')}

      create table closing_balance (
        book_id uuid not null,
        account_id uuid not null,
        until_day date not null,
        kind text not null,
        net_pence bigint not null,
        primary key (account_id, until_day)
      );
      comment on table closing_balance is 'What each account without a running figure stood at when a period ended, so that a question about a day reads its month and not its years.';
      ${wall('closing_balance', inBooks('book_id'))}
      ${appendOnly('closing_balance')}

      grant select on period_close, closing_sum, closing_balance to commonpurse_app;
      revoke update (open_from) on book from commonpurse_app;
    `);
    await q.query(CLOSE_FUNCTION);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop function ledger_close; drop table closing_balance, closing_sum, period_close; grant update (open_from) on book to commonpurse_app');
  }
}
