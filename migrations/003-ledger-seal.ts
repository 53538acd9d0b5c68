/** `ledger_canon(batches)`: the rows of batches as the text that is hashed, one row a batch: entries by id, then transfers, reservations and
 *  endings by id; ids, kinds, amounts and days only. The one description of what a seal protects: sealing and checking both read it.
 *  `ledger_seal(book, most)`: sets the next seals of a book's chain on batches that wait, in their order; answers how many. One sealer of
 *  a book at a time; writers are not held up. */
export const SEAL_FUNCTION = `
create function ledger_canon(batches bigint[]) returns table (batch bigint, canon bytea) language sql stable as $$
  with e as (
    select batch_id, id, book_id, concat_ws('|', 'e', id, book_id, reference, kind, effective_on - date '2000-01-01', booked_on - date '2000-01-01',
      extract(epoch from booked_at), corrects_entry_id, encode(content_hash, 'hex')) as row from entry where batch_id = any(batches)
  ), rows as (
    select batch_id, 1 as place, id, row from e
    union all select e.batch_id, 2, t.id, concat_ws('|', 't', t.id, t.entry_id, t.debit_account_id, t.credit_account_id, t.amount_pence, t.owner_account_id,
      coalesce(t.reservation_id::text, '-'), t.subject_id, t.line_id, t.plan_line_id, t.pool_id) from e join transfer t on t.entry_id = e.id
    union all select e.batch_id, 3, r.id, concat_ws('|', 'r', r.id, r.entry_id, r.account_id, r.purpose_id, r.amount_pence, r.for_day - date '2000-01-01', r.ends_on - date '2000-01-01')
      from e join reservation r on r.entry_id = e.id
    union all select e.batch_id, 4, x.id, concat_ws('|', 'x', x.id, x.entry_id, x.reservation_id, x.amount_pence, x.ended_as) from e join reservation_end x on x.entry_id = e.id
  ) select batch_id, convert_to(string_agg(row, chr(10) order by place, id), 'UTF8') from rows group by batch_id
$$;

create function ledger_seal(the_book uuid, most int, now_at timestamptz) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  waiting bigint[];
  link record;
  head bytea;
  place bigint;
begin
  if not coalesce(the_book = any (nullif(current_setting('app.books', true), '')::uuid[]), false) then
    raise exception 'the book is not in scope' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended(the_book::text, 4));
  select array_agg(batch_id) into waiting from (select batch_id from unsealed_batch where book_id = the_book order by batch_id limit most) w;
  if waiting is null then return 0; end if;
  select n, hash into place, head from seal where book_id = the_book order by n desc limit 1;
  if place is null then place := 0; head := sha256(convert_to(the_book::text, 'UTF8')); end if;
  for link in select batch, canon from ledger_canon(waiting) order by batch loop
    place := place + 1;
    insert into seal (book_id, n, batch_id, before, hash, sealed_at) values (the_book, place, link.batch, head, sha256(head || link.canon), now_at) returning hash into head;
  end loop;
  delete from unsealed_batch where batch_id = any(waiting);
  return cardinality(waiting);
end $$;
grant execute on function ledger_canon, ledger_seal to commonpurse_app;
`;
