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

/** `ledger_canon(book, batches)`: the rows of batches of a book as the text that is hashed, one row a batch: the batch itself, its entries by
 *  id, then transfers, reservations and endings by id. Ids, kinds, amounts and days only; what is empty keeps its place, so that no value can
 *  move to another column unseen. The one description of what a seal protects: sealing and proving both read it. It looks only at the
 *  financial years that the entries are booked in, and at the book's part of them.
 *  `ledger_seal(book, most)`: sets the next seals of a book's chain on batches that wait, in their order, and adds what they bring to the
 *  sums; answers how many. One sealer of a book at a time; writers are not held up.
 *  `ledger_seal_broken(after, most)`: proves the seals in scope that come after one, book by book, and answers the broken ones, and in a row
 *  of its own the last one looked at and how many it looked at. */
export const SEAL_FUNCTIONS = `
create function ledger_canon(the_book uuid, batches bigint[]) returns table (batch bigint, canon bytea) language sql stable as $$
  with e as materialized (
    select batch_id, id, booked_on, concat('e|', id, '|', book_id, '|', length(reference), ':', reference, '|', kind, '|', effective_on - date '2000-01-01', '|', booked_on - date '2000-01-01',
      '|', extract(epoch from booked_at), '|', corrects_entry_id, '|', encode(content_hash, 'hex')) as row from entry where batch_id = any(batches)
  ), rows as (
    select id as batch_id, 0 as place, null::uuid as id, concat('b|', id, '|', book_id, '|', entries, '|', extract(epoch from made_at)) as row from ledger_batch where id = any(batches)
    union all select batch_id, 1, id, row from e
    union all select e.batch_id, 2, t.id, concat('t|', t.id, '|', t.entry_id, '|', t.kind, '|', t.debit_account_id, '|', t.credit_account_id, '|', t.debit_kind, '|', t.credit_kind, '|',
      t.amount_pence, '|', t.owner_account_id, '|', t.reservation_id, '|', t.subject_id, '|', t.line_id, '|', t.plan_line_id, '|', t.pool_id, '|', t.booked_on - date '2000-01-01')
      from e join transfer t on t.entry_id = e.id
      where t.book_id = the_book and t.booked_on >= (select min(booked_on) from e) and t.booked_on <= (select max(booked_on) from e)
    union all select e.batch_id, 3, r.id, concat('r|', r.id, '|', r.entry_id, '|', r.account_id, '|', r.purpose_id, '|', r.amount_pence, '|', r.for_day - date '2000-01-01', '|', r.ends_on - date '2000-01-01')
      from e join reservation r on r.entry_id = e.id
    union all select e.batch_id, 4, x.id, concat('x|', x.id, '|', x.entry_id, '|', x.reservation_id, '|', x.amount_pence, '|', x.ended_as) from e join reservation_end x on x.entry_id = e.id
  ) select batch_id, convert_to(string_agg(row, chr(10) order by place, id), 'UTF8') from rows group by batch_id
$$;

create function ledger_seal(the_book uuid, most int, now_at timestamptz) returns int language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
#variable_conflict use_column
declare
  waiting bigint[];
  link record;
  head bytea;
  place bigint;
  before bytea[] := '{}';
  hashes bytea[] := '{}';
begin
  if not coalesce(the_book = any (nullif(current_setting('app.books', true), '')::uuid[]), false) then
    raise exception 'the book is not in scope' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended(the_book::text, 4));
  select array_agg(batch_id) into waiting from (select batch_id from unsealed_batch where book_id = the_book order by batch_id limit most) w;
  if waiting is null then return 0; end if;
  select n, hash into place, head from seal where book_id = the_book order by n desc limit 1;
  if place is null then place := 0; head := sha256(convert_to(the_book::text, 'UTF8')); end if;
  for link in with c as materialized (select batch, canon from ledger_canon(the_book, waiting))
      select w.batch, c.canon from unnest(waiting) with ordinality as w(batch, n) left join c on c.batch = w.batch order by w.n loop
    before := before || head;
    head := sha256(head || coalesce(link.canon, ''));
    hashes := hashes || head;
  end loop;
  insert into seal (book_id, n, batch_id, before, hash, sealed_at)
  select the_book, place + k, batch, was, hash, now_at from unnest(waiting, before, hashes) with ordinality as s(batch, was, hash, k) order by k;
  with e as materialized (select id, booked_on from entry where batch_id = any(waiting))
  insert into sealed_sum as old (book_id, account_id, kind, subject_id, net_pence)
  select the_book, account, kind, subject, sum(net) from (
      select leg.account, leg.kind, case when leg.kind in ('payable', 'remitting', 'receivable') then t.subject_id end as subject, leg.net
        from e join transfer t on t.entry_id = e.id
        cross join lateral (values (t.debit_account_id, t.debit_kind, -t.amount_pence), (t.credit_account_id, t.credit_kind, t.amount_pence)) as leg(account, kind, net)
        where t.book_id = the_book and t.booked_on >= (select min(booked_on) from e) and t.booked_on <= (select max(booked_on) from e) and leg.kind not in ('line', 'share')) legs
    group by account, kind, subject order by account, subject
    on conflict (book_id, account_id, subject_id) do update set net_pence = old.net_pence + excluded.net_pence;
  delete from unsealed_batch where book_id = the_book and batch_id = any(waiting);
  return cardinality(waiting);
end $$;

create function ledger_seal_broken(after_book uuid, after_n bigint, most int) returns table (book uuid, n bigint, fault text, count bigint) language plpgsql stable
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set enable_nestloop = on as $$
#variable_conflict use_column
declare
  the_book uuid;
  batches bigint[];
  looked bigint := 0;
begin
  loop
    select s.book_id into the_book from seal s where (s.book_id, s.n) > (after_book, after_n) order by s.book_id, s.n limit 1;
    exit when the_book is null or looked >= most;
    if the_book <> after_book then after_book := the_book; after_n := 0; end if;
    select array_agg(p.batch_id), max(p.n) into batches, n from (
      select s.batch_id, s.n from seal s where s.book_id = the_book and s.n > after_n order by s.n limit most - looked) p;
    return query
      with c as materialized (select batch, canon from ledger_canon(the_book, batches)), held as (
        select s.n, case
            when s.n > 1 and before.hash is null then 'the seal before it is gone'
            when s.before <> coalesce(before.hash, sha256(convert_to(the_book::text, 'UTF8'))) then 'it does not follow the seal before it'
            when c.canon is null then 'its batch ' || s.batch_id || ' is gone'
            when sha256(s.before || c.canon) <> s.hash then 'the rows of its batch ' || s.batch_id || ' are not what was sealed'
          end as fault
        from seal s left join seal before on before.book_id = the_book and before.n = s.n - 1 left join c on c.batch = s.batch_id
        where s.book_id = the_book and s.n > after_n and s.n <= ledger_seal_broken.n)
      select the_book, held.n, held.fault, null::bigint from held where held.fault is not null;
    looked := looked + cardinality(batches);
    after_n := n;
  end loop;
  if looked > 0 then return query select after_book, after_n, null::text, looked; end if;
end $$;
grant execute on function ledger_canon, ledger_seal, ledger_seal_broken to commonpurse_app;
`;
