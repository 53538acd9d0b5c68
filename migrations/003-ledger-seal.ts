import { inBooks, wall } from './policies.js';

/** What sealing leaves beside the chain: the sums of accounts that keep no running figure, so that no account is hot for everyone and no
 *  question reads a whole book; and how far the nightly proof of the chains has come. */
export const SEAL_TABLES = `
create table sealed_sum (
  book_id uuid not null references book,
  account_id uuid not null,
  kind text not null,
  subject_id uuid,
  net_pence bigint not null,
  unique nulls not distinct (book_id, account_id, subject_id)
) with (fillfactor = 70);
comment on table sealed_sum is 'What the sealed batches of a book bring to an account: credits less debits. What is not sealed yet is added when asked. Written by ledger_seal alone.';
comment on column sealed_sum.subject_id is 'Of payable, remitting and receivable: whose money it is (the transfer''s subject); null for the others.';
${wall('sealed_sum', inBooks('book_id'))}

create table seal_watch (
  due_on date primary key,
  after_book uuid not null,
  after_n bigint not null,
  seals bigint not null default 0,
  faults text[] not null default '{}',
  finished_at timestamptz
);
comment on table seal_watch is 'The nightly proof of the chains, page by page: where it goes on after a stop, and what it found. Ids and counts only.';

grant select on sealed_sum to commonpurse_app;
grant select, insert, update on seal_watch to commonpurse_app;
`;

/** The transfers of each entry of `e`, looked up by the entry (`offset 0`: never turned into a join of sets). A join of sets reads the rows of the
 *  days once, but PostgreSQL expects next to none of a book that its figures do not know yet, and then goes through all entries for each of them:
 *  20,000 entries took more than 30 seconds. The days, known when it is planned, leave one part of the years they are in. */
const ITS_TRANSFERS = `cross join lateral (select * from transfer t where t.entry_id = e.id and t.book_id = the_book
        and t.booked_on >= days[1] and t.booked_on <= days[cardinality(days)] offset 0) t`;

/** How many entries are sealed or proved together, however few batches they came in: their bytes are held in memory. */
const ENTRIES_AT_ONCE = 20_000;

/** `ledger_canon(book, batches, days)`: the rows of batches of a book as the bytes that are hashed, one row a batch asked for: the batch itself, its
 *  entries by id, then transfers, reservations and endings by id; ids, kinds, amounts and days only. Each row is in PostgreSQL's binary form of rows
 *  (`record_send`: how many columns, then type, length and bytes of each), so no value can move to another column or row unseen. The one
 *  description of what a seal protects: sealing and proving both read it. `days` are those that the entries are booked on, known when it is
 *  planned: only their years, and the book's part of them, are read. Transfers and reservations are looked up entry by entry, whatever the
 *  planner knows of them.
 *  `ledger_seal(book, most)`: sets the next seals of a book's chain on batches that wait, in their order, and adds what they bring to the
 *  sums; answers how many. One sealer of a book at a time; writers are not held up.
 *  `ledger_seal_broken(after, most)`: proves the seals in scope that come after one, book by book, and answers the broken ones, and in a row
 *  of its own the last one looked at and how many it looked at.
 *  `ledger_waiting(book)`: what batches that wait for their seal bring to accounts but lines and shares, leg by leg: credits less debits, with
 *  whose money moved. Asked beside `sealed_sum` in one statement it counts each batch once (a stable function sees what its caller sees). */
export const SEAL_FUNCTIONS = `
create function ledger_canon(the_book uuid, batches bigint[], days date[]) returns table (batch bigint, canon bytea) language sql stable as $$
  with e as materialized (
    select batch_id, id, record_send(row('entry'::text, id, book_id, reference, kind, effective_on, booked_on, booked_at, corrects_entry_id, content_hash)) as row
      from entry where batch_id = any(batches)
  ), rows as (
    select asked.batch as batch_id, 0 as place, null::uuid as id, (select record_send(row('batch'::text, id, book_id, entries, made_at)) from ledger_batch where id = asked.batch) as row
      from unnest(batches) as asked(batch)
    union all select batch_id, 1, id, row from e
    union all select e.batch_id, 2, t.id, record_send(row('transfer'::text, t.id, t.entry_id, t.kind, t.debit_account_id, t.credit_account_id, t.debit_kind, t.credit_kind, t.amount_pence,
      t.owner_account_id, t.reservation_id, t.subject_id, t.line_id, t.plan_line_id, t.pool_id, t.booked_on))
      from e ${ITS_TRANSFERS}
    union all select e.batch_id, 3, r.id, record_send(row('reservation'::text, r.id, r.entry_id, r.account_id, r.purpose_id, r.amount_pence, r.for_day, r.ends_on))
      from e cross join lateral (select * from reservation where entry_id = e.id offset 0) r
    union all select e.batch_id, 4, x.id, record_send(row('ending'::text, x.id, x.entry_id, x.reservation_id, x.amount_pence, x.ended_as))
      from e cross join lateral (select * from reservation_end where entry_id = e.id offset 0) x
  ) select batch_id, string_agg(row, ''::bytea order by place, id) from rows group by batch_id
$$;

create function ledger_seal(the_book uuid, most int, now_at timestamptz) returns int language plpgsql security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
#variable_conflict use_column
declare
  waiting bigint[];
  canons bytea[];
  days date[];
  head bytea;
  place bigint;
  before bytea[] := '{}';
  hashes bytea[] := '{}';
begin
  if not coalesce(the_book = any (nullif(current_setting('app.books', true), '')::uuid[]), false) then
    raise exception 'the book is not in scope' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended(the_book::text, 4));
  select array_agg(batch_id order by batch_id) into waiting from (
    select batch_id, sum(entries) over (order by batch_id) - entries as so_far
      from (select batch_id, coalesce((select entries from ledger_batch where id = batch_id), 1) as entries from unsealed_batch where book_id = the_book order by batch_id limit most) u
    ) w where so_far < ${ENTRIES_AT_ONCE};
  if waiting is null then return 0; end if;
  select array_agg(distinct booked_on) into days from entry where batch_id = any(waiting);
  select n, hash into place, head from seal where book_id = the_book order by n desc limit 1;
  if place is null then place := 0; head := sha256(convert_to(the_book::text, 'UTF8')); end if;
  select array_agg(canon order by batch) into canons from ledger_canon(the_book, waiting, days);
  for k in 1..cardinality(waiting) loop
    before := before || head;
    head := sha256(head || canons[k]);
    hashes := hashes || head;
  end loop;
  insert into seal (book_id, n, batch_id, before, hash, sealed_at)
  select the_book, place + k, batch, was, hash, now_at from unnest(waiting, before, hashes) with ordinality as s(batch, was, hash, k) order by k;
  with e as materialized (select id from entry where batch_id = any(waiting))
  insert into sealed_sum as old (book_id, account_id, kind, subject_id, net_pence)
  select the_book, account, kind, subject, sum(net) from (
      select leg.account, leg.kind, case when leg.kind in ('payable', 'remitting', 'receivable') then t.subject_id end as subject, leg.net
        from e ${ITS_TRANSFERS}
        cross join lateral (values (t.debit_account_id, t.debit_kind, -t.amount_pence), (t.credit_account_id, t.credit_kind, t.amount_pence)) as leg(account, kind, net)
        where leg.kind not in ('line', 'share')) legs
    group by account, kind, subject order by account, subject
    on conflict (book_id, account_id, subject_id) do update set net_pence = old.net_pence + excluded.net_pence;
  delete from unsealed_batch where book_id = the_book and batch_id = any(waiting);
  return cardinality(waiting);
end $$;

create function ledger_seal_broken(after_book uuid, after_n bigint, most int) returns table (book uuid, n bigint, fault text, count bigint) language plpgsql stable
  set plan_cache_mode = force_custom_plan set enable_seqscan = off set enable_nestloop = on as $$
#variable_conflict use_column
declare
  the_book uuid;
  page record;
  days date[];
  canons bytea[];
  looked bigint := 0;
begin
  loop
    select s.book_id into the_book from seal s where (s.book_id, s.n) > (after_book, after_n) order by s.book_id, s.n limit 1;
    exit when the_book is null or looked >= most;
    if the_book <> after_book then after_book := the_book; after_n := 0; end if;
    select array_agg(p.n order by batch_id) as places, array_agg(batch_id order by batch_id) as batches, array_agg(before order by batch_id) as befores,
        array_agg(hash order by batch_id) as hashes, array_agg(earlier order by batch_id) as earliers, array_agg(earlier_n order by batch_id) as earlier_places, max(p.n) as last into page
      from (
        select s.*, sum(s.entries) over (order by s.n) - s.entries as so_far from (
          select x.n, x.batch_id, x.before, x.hash, lag(x.hash) over (order by x.n) as earlier, lag(x.n) over (order by x.n) as earlier_n,
              coalesce((select entries from ledger_batch where id = x.batch_id), 1) as entries
            from (select * from seal where book_id = the_book and n >= after_n order by n limit most - looked + (after_n > 0)::int) x) s where s.n > after_n
      ) p where so_far < ${ENTRIES_AT_ONCE};
    select array_agg(distinct booked_on) into days from entry where batch_id = any(page.batches);
    select array_agg(canon order by batch) into canons from ledger_canon(the_book, page.batches, days);
    return query select the_book, held.n, held.fault, null::bigint from (
        select z.n, case
            when z.n > 1 and earlier_n is distinct from z.n - 1 then 'the seal before it is gone'
            when before <> coalesce(earlier, sha256(convert_to(the_book::text, 'UTF8'))) then 'it does not follow the seal before it'
            when canon is null then 'its batch ' || batch || ' is gone'
            when sha256(before || canon) <> hash then 'the rows of its batch ' || batch || ' are not what was sealed'
          end as fault
        from unnest(page.places, page.batches, page.befores, page.hashes, page.earliers, page.earlier_places, canons) as z(n, batch, before, hash, earlier, earlier_n, canon)) held
      where held.fault is not null;
    looked := looked + cardinality(page.batches);
    after_n := page.last;
  end loop;
  if looked > 0 then return query select after_book, after_n, null::text, looked; end if;
end $$;

create function ledger_waiting(the_book uuid) returns table (account uuid, kind text, subject uuid, net bigint) language plpgsql stable
  set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
#variable_conflict use_column
declare
  batches bigint[];
  days date[];
begin
  select array_agg(batch_id) into batches from unsealed_batch where book_id = the_book;
  if batches is null then return; end if;
  select array_agg(distinct booked_on) into days from entry where batch_id = any(batches);
  return query
    with e as materialized (select id from entry where batch_id = any(batches))
    select leg.account, leg.kind, t.subject_id, leg.net from e ${ITS_TRANSFERS}
      cross join lateral (values (t.debit_account_id, t.debit_kind, -t.amount_pence), (t.credit_account_id, t.credit_kind, t.amount_pence)) as leg(account, kind, net)
      where leg.kind not in ('line', 'share');
end $$;
grant execute on function ledger_canon, ledger_seal, ledger_seal_broken, ledger_waiting to commonpurse_app;
`;
