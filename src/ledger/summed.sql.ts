/** Accounts without a running figure (bank, clearing, payable …) are what their sealed batches bring (`sealed_sum`, kept by the sealer) and
 *  what the batches that still wait for their seal bring (`ledger_waiting`). Both in one statement, so that a batch is counted once whenever
 *  it is sealed. */

/** Credits less debits of one account without a running figure: $1 its id, $2 its book. One row, one column `net`. */
export const SUMMED_ACCOUNT = `
  select (coalesce((select sum(net_pence) from sealed_sum where book_id = $2 and account_id = $1), 0)
    + coalesce((select sum(net) from ledger_waiting($2) where account = $1), 0))::bigint as net`;

/** Credits less debits by book and kind of account, of the books $1. Reads running figures and what waits; no closed year. */
export const SUMS_OF_BOOKS = `
  select book_id, kind, sum(net)::bigint as net from (
    select book_id, kind, posted_pence as net from account where book_id = any($1) and kept
    union all select book_id, kind, net_pence from sealed_sum where book_id = any($1) and kind <> 'receivable'
    union all select b.id, w.kind, w.net from unnest($1::uuid[]) as b(id) cross join lateral ledger_waiting(b.id) w where w.kind <> 'receivable'
  ) figures group by book_id, kind`;

/** What each subject owns in the book $1 and owes it. Lines and shares by whose account it is; what is owed to providers, on its way and
 *  owed by members by whose money the transfer moved; unallocated money is nobody's. */
export const OWNED_IN_BOOK = `
  with legs as (
    select subject_id as subject, kind, posted_pence as net from account where book_id = $1 and kept and kind <> 'receivable'
    union all select subject_id, kind, net_pence from sealed_sum where book_id = $1 and kind in ('payable', 'remitting', 'receivable', 'unallocated')
    union all select case when kind = 'unallocated' then null else subject end, kind, net from ledger_waiting($1) where kind in ('payable', 'remitting', 'receivable', 'unallocated')
  ) select subject, coalesce(sum(net) filter (where kind <> 'receivable'), 0)::bigint as owned, coalesce(-sum(net) filter (where kind = 'receivable'), 0)::bigint as owes
    from legs group by subject`;
