/** `ledger_record(batch, now)`: many entries in one call, each kind of row written by one set-based statement. `batch` holds `accounts`,
 *  `entries`, `reservations`, `transfers` and `ends`; rows of the last three name their entry by its place `n`.
 *  Answers one row an entry: recorded, or replay (same reference and content: nothing changes). Raises
 *  CP001: a guarded account would go below zero at some entry of the batch (detail: the account's id);
 *  CP002: a reference was used before with other content (detail: the reference);
 *  CP004: more than is left of a reservation (detail: the reservation's id).
 *  Accounts that keep a running figure are locked in id order before anything is decided. Runs as the caller, so every wall holds. */
export const RECORD_FUNCTION = `
create type ledger_leg as (n int, account uuid, posted bigint, reserved bigint);

create function ledger_record(batch jsonb, now_at timestamptz) returns table (n int, outcome text) language plpgsql as $$
#variable_conflict use_column
declare
  asked int := jsonb_array_length(batch->'entries');
  fresh int[];
  legs ledger_leg[];
  fault text;
begin
  with ask as (
    select * from jsonb_to_recordset(batch->'entries') as e(n int, id uuid, book uuid, reference text, kind text, day date, corrects uuid, hash text)
  ), made as (
    insert into entry (id, book_id, reference, kind, effective_on, booked_at, corrects_entry_id, content_hash)
    select id, book, reference, kind, day, now_at, corrects, decode(hash, 'hex') from ask order by book, reference
    on conflict (book_id, reference) do nothing returning id
  ) select coalesce(array_agg(ask.n), '{}') into fresh from ask join made on made.id = ask.id;

  if cardinality(fresh) < asked then
    select e.reference into fault
      from jsonb_to_recordset(batch->'entries') as e(n int, book uuid, reference text, hash text)
      left join entry old on old.book_id = e.book and old.reference = e.reference
      where e.n <> all(fresh) and (old.id is null or old.content_hash <> decode(e.hash, 'hex')) limit 1;
    if fault is not null then raise exception 'reference used with other content' using errcode = 'CP002', detail = fault; end if;
  end if;
  if cardinality(fresh) = 0 then
    return query select e.n, 'replay' from jsonb_to_recordset(batch->'entries') as e(n int);
    return;
  end if;

  insert into account (id, book_id, kind, subject_id, line_id, plan_line_id, pool_id, channel, opened_at)
  select a.id, a.book, a.kind, a.subject, a.line, a.plan_line, a.pool, a.channel, now_at
    from jsonb_to_recordset(batch->'accounts') as a(id uuid, book uuid, kind text, subject uuid, line uuid, plan_line uuid, pool uuid, channel text)
    where not exists (select 1 from account old where old.id = a.id) order by a.id on conflict do nothing;

  perform 1 from account where kept and id in (
      select debit from jsonb_to_recordset(batch->'transfers') as t(n int, debit uuid) where t.n = any(fresh)
      union select credit from jsonb_to_recordset(batch->'transfers') as t(n int, credit uuid) where t.n = any(fresh)
      union select account from jsonb_to_recordset(batch->'reservations') as r(n int, account uuid) where r.n = any(fresh)
      union select r.account_id from jsonb_to_recordset(batch->'ends') as e(n int, reservation uuid) join reservation r on r.id = e.reservation where e.n = any(fresh)
    ) order by id for no key update;

  insert into reservation (id, entry_id, book_id, account_id, subject_id, line_id, pool_id, purpose_id, amount_pence, left_pence, for_day, ends_on, made_at)
  select r.id, r.entry, a.book_id, r.account, a.subject_id, a.line_id, a.pool_id, r.purpose, r.amount, r.amount, r.for_day, r.ends_on, now_at
    from jsonb_to_recordset(batch->'reservations') as r(n int, id uuid, entry uuid, account uuid, purpose uuid, amount bigint, for_day date, ends_on date)
    join account a on a.id = r.account where r.n = any(fresh);

  with transfers as (
    select * from jsonb_to_recordset(batch->'transfers') as t(n int, debit uuid, credit uuid, amount bigint, reservation uuid) where t.n = any(fresh)
  ), ends as (
    select e.n, r.account_id, coalesce(e.amount, r.left_pence - coalesce((select sum(t.amount) from transfers t where t.reservation = r.id), 0))::bigint as amount
      from jsonb_to_recordset(batch->'ends') as e(n int, reservation uuid, amount bigint) join reservation r on r.id = e.reservation where e.n = any(fresh)
  ), moves as (
    select n, debit as account, -amount as posted, case when reservation is null then 0 else -amount end as reserved from transfers
    union all select n, credit, amount, 0 from transfers
    union all select r.n, r.account, 0, r.amount from jsonb_to_recordset(batch->'reservations') as r(n int, account uuid, amount bigint) where r.n = any(fresh)
    union all select n, account_id, 0, -amount from ends
  ) select array_agg(row(m.n, m.account, m.posted, m.reserved)::ledger_leg) into legs
      from (select n, account, sum(posted)::bigint as posted, sum(reserved)::bigint as reserved from moves group by n, account) m
      join account a on a.id = m.account and a.kept;

  select x.account into fault from (
      select l.account, a.posted_pence - a.reserved_pence + sum(l.posted - l.reserved) over (partition by l.account order by l.n) as free
        from unnest(legs) l join account a on a.id = l.account and a.guarded) x where x.free < 0 limit 1;
  if fault is not null then raise exception 'not enough free' using errcode = 'CP001', detail = fault; end if;

  insert into reservation_end (id, reservation_id, entry_id, book_id, subject_id, pool_id, amount_pence, ended_as, at)
  select e.id, r.id, e.entry, r.book_id, r.subject_id, r.pool_id,
      coalesce(e.amount, r.left_pence - coalesce((select sum(t.amount) from jsonb_to_recordset(batch->'transfers') as t(n int, amount bigint, reservation uuid)
        where t.reservation = r.id and t.n = any(fresh)), 0)), e.how, now_at
    from jsonb_to_recordset(batch->'ends') as e(n int, id uuid, entry uuid, reservation uuid, amount bigint, how text) join reservation r on r.id = e.reservation
    where e.n = any(fresh);

  with taken as (
    select reservation as id, amount from jsonb_to_recordset(batch->'transfers') as t(n int, reservation uuid, amount bigint) where t.n = any(fresh) and reservation is not null
    union all
    select e.reservation_id, e.amount_pence from reservation_end e
      where e.id in (select id from jsonb_to_recordset(batch->'ends') as x(n int, id uuid) where x.n = any(fresh))
  ) update reservation r set left_pence = r.left_pence - d.amount from (select id, sum(amount)::bigint as amount from taken group by id) d where r.id = d.id;

  insert into transfer (id, entry_id, book_id, kind, debit_account_id, credit_account_id, debit_kind, credit_kind, amount_pence, subject_id, line_id, plan_line_id, pool_id,
    reservation_id, effective_on, booked_at)
  select t.id, e.id, e.book, e.kind, t.debit, t.credit, t.debit_kind, t.credit_kind, t.amount, t.subject, t.line, t.plan_line, t.pool, t.reservation, e.day, now_at
    from jsonb_to_recordset(batch->'transfers') as t(n int, id uuid, debit uuid, credit uuid, debit_kind text, credit_kind text, amount bigint, subject uuid, line uuid, plan_line uuid, pool uuid, reservation uuid)
    join jsonb_to_recordset(batch->'entries') as e(n int, id uuid, book uuid, kind text, day date) on e.n = t.n
    where t.n = any(fresh) order by t.id;

  update account a set posted_pence = a.posted_pence + d.posted, reserved_pence = a.reserved_pence + d.reserved, version = a.version + 1
    from (select account, sum(posted)::bigint as posted, sum(reserved)::bigint as reserved from unnest(legs) group by account) d where a.id = d.account;

  return query select e.n, case when e.n = any(fresh) then 'recorded' else 'replay' end from jsonb_to_recordset(batch->'entries') as e(n int);
end $$;
`;
