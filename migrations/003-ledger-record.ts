/** Kinds of account that keep running figures on their row. */
export const KEPT = ['line', 'share', 'receivable'];

/** The parts of `ledger_record` that it does in two orders. */
const TAKES_TOO_MUCH = `exists (select 1 from (
      select account, sum_pence(amount) as amount from (
        select t.debit as account, t.amount from unnest(t_debit, t_amount, t_reservation) as t(debit, amount, reservation) where t.reservation is null
        union all select r.account, r.amount from unnest(r_account, r_amount) as r(account, amount)) taken group by account) d
      join account a on a.id = d.account where a.guarded and a.posted_pence - a.reserved_pence < d.amount)`;

const LOCK = `select count(*) into count from (select 1 from unnest(a_id, a_kind) as u(id, kind) join account a on a.id = u.id and a.kind = u.kind and a.book_id = the_book and a.kept
    order by a.id for no key update of a) locked;
  if count < cardinality(a_id) and count + (select count(*) from unnest(a_id, a_kind) as u(id, kind) where u.kind <> all('{${KEPT.join(',')}}')
      and exists (select 1 from account a where a.id = u.id and a.kind = u.kind and a.book_id = the_book)) < cardinality(a_id) then
    raise exception 'an account is not of this book or kind' using errcode = 'CP006'; end if;`;

const ENTRIES = `insert into ledger_batch (book_id, entries, made_at) values (the_book, cardinality(array_positions(outcomes, 'recorded')), now_at) returning id into batch;
  insert into unsealed_batch (batch_id, book_id) values (batch, the_book);
  insert into entry (id, book_id, batch_id, reference, kind, effective_on, booked_on, booked_at, corrects_entry_id, content_hash)
  select e.id, the_book, batch, e.reference, e.kind, e.day, greatest(e.day, e.book_on, opened), now_at, e.corrects, e.hash
    from unnest(e_id, e_reference, e_kind, e_day, e_book_on, e_corrects, e_hash, outcomes) as e(id, reference, kind, day, book_on, corrects, hash, outcome)
    where e.outcome = 'recorded';`;

const NEW_ACCOUNTS = `if new_accounts is not null then
    if exists (select 1 from jsonb_to_recordset(new_accounts) as a(kind text)
        where a.kind = any (case basis_here when 'cash' then '{agreed,spent}' else '{bank,clearing,fees-due}' end::text[])) then
      raise exception 'a kind of account that this book has none of' using errcode = 'CP006'; end if;
    insert into account (id, book_id, kind, guarded, kept, subject_id, line_id, plan_line_id, pool_id, channel, opened_at)
    select a.id, the_book, a.kind, k.guarded, k.kept, a.subject, a.line, a.plan_line, a.pool, a.channel, now_at
      from jsonb_to_recordset(new_accounts) as a(id uuid, kind text, subject uuid, line uuid, plan_line uuid, pool uuid, channel text) join account_kind k on k.kind = a.kind
      where not exists (select 1 from account old where old.id = a.id) order by a.id on conflict do nothing;
  end if;`;

const TRANSFERS = `insert into transfer (id, entry_id, book_id, kind, debit_account_id, credit_account_id, debit_kind, credit_kind, amount_pence, owner_account_id, subject_id, line_id,
      plan_line_id, pool_id, reservation_id, effective_on, booked_on, booked_at)
    select t.id, e_id[t.n], the_book, t.kind, t.debit, t.credit, t.debit_kind, t.credit_kind, t.amount, t.owner, t.subject, t.line, t.plan_line, t.pool, t.reservation,
        e_day[t.n], greatest(e_day[t.n], e_book_on[t.n], opened), now_at
      from unnest(t_n, t_id, t_kind, t_debit, t_credit, t_debit_kind, t_credit_kind, t_amount, t_owner, t_subject, t_line, t_plan_line, t_pool, t_reservation)
        as t(n, id, kind, debit, credit, debit_kind, credit_kind, amount, owner, subject, line, plan_line, pool, reservation)
      where every or outcomes[t.n] = 'recorded';`;

/** What the accounts stand at: `of`, what was set aside and let go, where there is any. */
const figures = (
  of: string,
): string => `update account a set posted_pence = a.posted_pence + d.posted, reserved_pence = a.reserved_pence + d.reserved, remitting_pence = a.remitting_pence + d.remitting,
      payable_pence = a.payable_pence + d.payable, spent_pence = a.spent_pence + d.spent, version = a.version + 1
    from (
      select account, sum_pence(posted) as posted, sum_pence(reserved) as reserved, sum_pence(remitting) as remitting, sum_pence(payable) as payable, sum_pence(spent) as spent from (
        select n, debit as account, -amount as posted, case when reservation is null then 0 else -amount end as reserved, 0 as remitting, 0 as payable, 0 as spent
          from unnest(t_n, t_debit, t_amount, t_reservation) as t(n, debit, amount, reservation)
        union all select n, credit, amount, 0, 0, 0, 0 from unnest(t_n, t_credit, t_amount) as t(n, credit, amount)
        union all select n, owner, 0, 0,
            case when credit_kind = 'remitting' then amount when debit_kind = 'remitting' then -amount else 0 end,
            case when credit_kind = 'payable' then amount when debit_kind = 'payable' then -amount else 0 end,
            case kind when 'payment' then amount when 'payment-returned' then -amount when 'refund' then -amount else 0 end
          from unnest(t_n, t_kind, t_owner, t_debit_kind, t_credit_kind, t_amount) as t(n, kind, owner, debit_kind, credit_kind, amount) where owner is not null
        ${of}      ) legs where every or outcomes[n] = 'recorded' group by account) d
    where a.id = d.account and a.kept;`;

const ASIDE = `union all select n, account, 0, amount, 0, 0, 0 from unnest(r_n, r_account, r_amount) as r(n, account, amount)
        union all select x.n, r.account_id, 0, -e.amount_pence, 0, 0, 0 from unnest(x_n, x_id) as x(n, id) join reservation_end e on e.id = x.id join reservation r on r.id = e.reservation_id
      `;

/** Sums of pence that stay whole numbers of 64 bits, and refuse to pass them; PostgreSQL's own \`sum\` goes by way of \`numeric\`. */
export const SUM_PENCE = 'create or replace aggregate sum_pence(bigint) (sfunc = int8pl, stype = bigint, initcond = 0, parallel = safe, combinefunc = int8pl)';
export const LEDGER_LEG = 'create type ledger_leg as (n int, account uuid, free bigint)';

/** `ledger_record(…)`: many entries of one book in one call, each kind of row written by one set-based statement. The only writer of the
 *  ledger: the app's role may call it and read, nothing more. It comes as columns: `e_` entries, `t_` transfers, `r_` reservations, `x_` ends of
 *  reservations (`…_n` is the place of their entry), `a_` the accounts touched, and `new_accounts` those that may not exist yet.
 *  Answers one word an entry: recorded; replay (same reference and content: nothing changes); and, when asked to report each,
 *  not-enough-free and reference-reused, which else are raised for the whole:
 *  CP001: a guarded account would go below zero at some entry (detail: the account's id);
 *  CP002: a reference was used before with other content (detail: the reference);
 *  CP004: more than is left of a reservation; CP005: the period of the day asked for is closed;
 *  CP011: the book itself is closed, or there is none;
 *  CP006: an account is not of this book, or not of this kind; CP007: the reservation has ended, or is of another account.
 *  entry_reference_book_id_key: a reference was used since it was looked for: to be asked again.
 *  Every reference is looked for, then accounts that keep running figures are locked in id order, before anything is decided. Where there are only
 *  transfers, the first of them is new and enough is free, the rows are written first and the accounts locked last, so that others wait for them
 *  no longer than their figures and the commit take; should a reference have been used, or somebody have taken the money meanwhile, that is
 *  undone and decided again in the first order. Refuses a book outside the caller's scope. */
export const RECORD_FUNCTION = `
create or replace function ledger_record(the_book uuid, now_at timestamptz, report_each boolean,
  e_id uuid[], e_reference text[], e_kind text[], e_day date[], e_book_on date[], e_corrects uuid[], e_hash bytea[],
  t_n int[], t_id uuid[], t_kind text[], t_debit uuid[], t_credit uuid[], t_debit_kind text[], t_credit_kind text[], t_amount bigint[],
  t_owner uuid[], t_subject uuid[], t_line uuid[], t_plan_line uuid[], t_pool uuid[], t_reservation uuid[],
  r_n int[], r_id uuid[], r_account uuid[], r_purpose uuid[], r_amount bigint[], r_for_day date[], r_ends_on date[],
  x_n int[], x_id uuid[], x_reservation uuid[], x_amount bigint[], x_as text[],
  a_id uuid[], a_kind text[], new_accounts jsonb
) returns text[] language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
#variable_conflict use_column
declare
  opened date;
  closed date;
  basis_here text;
  outcomes text[];
  every boolean; -- each is to be recorded
  is_plain boolean; -- transfers alone: nothing set aside is made, used or ended
  legs ledger_leg[];
  fault text;
  batch bigint;
  count int;
begin
  if not coalesce(the_book = any (nullif(current_setting('app.books', true), '')::uuid[]), false) then
    raise exception 'the book is not in scope' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock_shared(hashtextextended(the_book::text, 3));
  select coalesce(open_from, opened_on), closed_on, basis into opened, closed, basis_here from book where id = the_book;
  if opened is null or closed is not null then raise exception 'the book is closed' using errcode = 'CP011'; end if;
  if opened > any (e_book_on) then
    raise exception 'the period is closed' using errcode = 'CP005', detail = opened::text; end if;

  is_plain := cardinality(r_n) = 0 and cardinality(x_n) = 0 and cardinality(array_remove(t_reservation, null)) = 0;
  if is_plain and not exists (select 1 from entry where reference = e_reference[1] and book_id = the_book) and not ${TAKES_TOO_MUCH} then
    begin
      outcomes := array_fill('recorded'::text, array[cardinality(e_id)]);
      every := true;
      ${NEW_ACCOUNTS}
      ${ENTRIES}
      ${TRANSFERS}
      ${LOCK}
      ${figures('')}
      return outcomes;
    exception when check_violation or unique_violation then -- not all is new, or others took it: nothing of it stays, and each is looked at in its order
      get stacked diagnostics fault = constraint_name;
      if fault is distinct from 'account_never_below_zero' and fault is distinct from 'entry_reference_book_id_key' then raise; end if;
    end;
  end if;

  -- Asked one by one on purpose: as a join, PostgreSQL may read the whole book when it was planned while the book was small.
  select array_agg(case when old is null then 'recorded' when old = hash then 'replay' else 'reference-reused' end order by n),
      min(reference) filter (where old <> hash), count(old) = 0 into outcomes, fault, every
    from (select u.*, (select e.content_hash from entry e where e.reference = u.reference and e.book_id = the_book) as old
      from unnest(e_reference, e_hash) with ordinality as u(reference, hash, n)) asked;
  if fault is not null and not report_each then raise exception 'reference used with other content' using errcode = 'CP002', detail = fault; end if;
  if not every and not ('recorded' = any(outcomes)) then return outcomes; end if;

  ${NEW_ACCOUNTS}
  if cardinality(x_reservation) > 0 then
    perform 1 from account where id = any(a_id || (select coalesce(array_agg(account_id), '{}') from reservation where id = any(x_reservation)))
      and kept order by id for no key update;
  end if;
  ${LOCK}

  if ${TAKES_TOO_MUCH} then
    -- All together take more than is free: look at each in its order, with what the earlier ones bring.
    with moves as (
      select t.n, t.debit as account, case when t.reservation is null then -t.amount else 0 end as free from unnest(t_n, t_debit, t_amount, t_reservation) as t(n, debit, amount, reservation)
      union all select t.n, t.credit, t.amount from unnest(t_n, t_credit, t_amount) as t(n, credit, amount)
      union all select r.n, r.account, -r.amount from unnest(r_n, r_account, r_amount) as r(n, account, amount)
      union all select x.n, r.account_id, coalesce(x.amount, r.left_pence - coalesce((select sum(t.amount) from unnest(t_amount, t_reservation) as t(amount, reservation) where t.reservation = r.id), 0))
        from unnest(x_n, x_reservation, x_amount) as x(n, reservation, amount) join reservation r on r.id = x.reservation
    ) select array_agg(row(m.n, m.account, m.free)::ledger_leg order by m.n) into legs
        from (select n, account, sum(free)::bigint as free from moves where outcomes[n] = 'recorded' group by n, account) m join account a on a.id = m.account and a.guarded;
    if report_each then
      outcomes := ledger_decide(legs, outcomes);
      every := every and not ('not-enough-free' = any(outcomes));
    else
      select x.account into fault from (
          select l.account, a.posted_pence - a.reserved_pence + sum(l.free) over (partition by l.account order by l.n) as free
            from unnest(legs) l join account a on a.id = l.account) x where x.free < 0 limit 1;
      if fault is not null then raise exception 'not enough free' using errcode = 'CP001', detail = fault; end if;
    end if;
  end if;
  if not every and not ('recorded' = any(outcomes)) then return outcomes; end if;

  ${ENTRIES}

  if cardinality(r_n) > 0 then
    insert into reservation (id, entry_id, book_id, account_id, subject_id, line_id, pool_id, purpose_id, amount_pence, left_pence, for_day, ends_on, made_at)
    select r.id, e_id[r.n], the_book, r.account, a.subject_id, a.line_id, a.pool_id, r.purpose, r.amount, r.amount, r.for_day, r.ends_on, now_at
      from unnest(r_n, r_id, r_account, r_purpose, r_amount, r_for_day, r_ends_on) as r(n, id, account, purpose, amount, for_day, ends_on)
      join account a on a.id = r.account where every or outcomes[r.n] = 'recorded' order by r.id;
  end if;
  if cardinality(x_n) > 0 then
    insert into reservation_end (id, reservation_id, entry_id, book_id, subject_id, pool_id, amount_pence, ended_as, at)
    select x.id, r.id, e_id[x.n], the_book, r.subject_id, r.pool_id,
        coalesce(x.amount, r.left_pence - coalesce((select sum(t.amount) from unnest(t_n, t_amount, t_reservation) as t(n, amount, reservation)
          where t.reservation = r.id and (every or outcomes[t.n] = 'recorded')), 0)), x.how, now_at
      from unnest(x_n, x_id, x_reservation, x_amount, x_as) as x(n, id, reservation, amount, how) join reservation r on r.id = x.reservation and r.book_id = the_book
      where every or outcomes[x.n] = 'recorded' order by x.id;
  end if;
  if cardinality(x_n) > 0 or exists (select 1 from unnest(t_reservation) as t(reservation) where reservation is not null) then
    if exists (select 1 from unnest(t_n, t_debit, t_reservation, t_amount) as t(n, debit, reservation, amount)
        left join reservation r on r.id = t.reservation and r.account_id = t.debit
        where t.reservation is not null and (every or outcomes[t.n] = 'recorded')
          and (r.id is null or (r.left_pence < t.amount and exists (select 1 from reservation_end e where e.reservation_id = r.id and e.id <> all(x_id))))) then
      raise exception 'the reservation has ended, or is of another account' using errcode = 'CP007'; end if;
    update reservation r set left_pence = r.left_pence - d.amount from (
        select id, sum(amount)::bigint as amount from (
          select t.reservation as id, t.amount from unnest(t_n, t_reservation, t_amount) as t(n, reservation, amount) where t.reservation is not null and (every or outcomes[t.n] = 'recorded')
          union all select e.reservation_id, e.amount_pence from reservation_end e where e.id = any(x_id)) taken group by id) d
      where r.id = d.id;
  end if;

  if cardinality(t_n) > 0 then
    ${TRANSFERS}
  end if;

  ${figures(ASIDE)}
  return outcomes;
end $$;

create or replace function ledger_decide(legs ledger_leg[], outcomes text[]) returns text[] language plpgsql as $$
#variable_conflict use_column
declare
  ids uuid[];
  free bigint[];
  leg record;
  mine int[] := '{}';
  change bigint[] := '{}';
  at int := null;
  enough boolean := true;
begin
  select array_agg(id order by id), array_agg(posted_pence - reserved_pence order by id) into ids, free
    from account where id in (select l.account from unnest(legs) l);
  for leg in select l.n, l.free, p.place from unnest(legs) l join unnest(ids) with ordinality as p(id, place) on p.id = l.account
      union all select null, 0, 0 order by 1 nulls last loop
    if leg.n is distinct from at then
      if at is not null then
        if enough then
          for i in 1..cardinality(mine) loop free[mine[i]] := free[mine[i]] + change[i]; end loop;
        else outcomes[at] := 'not-enough-free'; end if;
      end if;
      at := leg.n; mine := '{}'; change := '{}'; enough := true;
    end if;
    exit when leg.n is null;
    mine := mine || leg.place::int; change := change || leg.free;
    if free[leg.place::int] + leg.free < 0 then enough := false; end if;
  end loop;
  return outcomes;
end $$;
revoke execute on function ledger_decide from public;
revoke execute on function ledger_record from public;
grant execute on function ledger_record to commonpurse_app;
`;
