import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';
import { brokenSeals, sentenceOf } from './seal-proof.js';

/** How long a batch may wait for its seal before somebody should look. Our judgement, November 2026: workers seal every few seconds. */
const SEALED_WITHIN_MINUTES = 15;

/** Truths 1 to 5, as queries over the whole ledger in scope; each reads a table once. */
export const ledgerChecks: readonly Check[] = [
  sqlCheck(
    'transfers-stay-in-their-book',
    1,
    'No transfer crosses books: its entry and both its accounts are of its own.',
    `select 'transfer ' || t.id || ' of book ' || t.book_id || ' touches an account or an entry of another book, or none' as fault
     from transfer t left join account d on d.id = t.debit_account_id left join account c on c.id = t.credit_account_id left join entry e on e.id = t.entry_id
     where d.book_id is distinct from t.book_id or c.book_id is distinct from t.book_id or e.book_id is distinct from t.book_id`,
  ),
  sqlCheck(
    'transfers-know-their-accounts',
    1,
    'Each transfer names the kinds of its two accounts as they are, and the line or share whose money moved.',
    `select 'transfer ' || t.id || ' says ' || t.debit_kind || ' / ' || t.credit_kind || ' but its accounts are ' || d.kind || ' / ' || c.kind as fault
     from transfer t join account d on d.id = t.debit_account_id join account c on c.id = t.credit_account_id where d.kind <> t.debit_kind or c.kind <> t.credit_kind
     union all
     select 'transfer ' || t.id || ' moves money of a line or pool but names no account of theirs' from transfer t left join account o on o.id = t.owner_account_id
     where (t.line_id is not null or t.pool_id is not null) and (o.subject_id, o.book_id) is distinct from (t.subject_id, t.book_id)`,
  ),
  sqlCheck(
    'transfers-are-as-their-entry',
    1,
    'A transfer is of its entry’s kind and days, and counts in a period that was open.',
    `select 'transfer ' || t.id || ' is not as its entry ' || e.id as fault from transfer t join entry e on e.id = t.entry_id
     where (t.kind, t.effective_on, t.booked_on, t.booked_at) is distinct from (e.kind, e.effective_on, e.booked_on, e.booked_at)`,
  ),
  sqlCheck(
    'accounts-fit-their-book',
    1,
    'An allocation book holds no bank money, and a cash book no agreed sums.',
    `select 'account ' || a.id || ' (' || a.kind || ') does not belong in the ' || b.basis || ' book ' || b.id as fault
     from account a join book b on b.id = a.book_id
     where (b.basis = 'allocation' and a.kind in ('bank', 'clearing', 'fees-due')) or (b.basis = 'cash' and a.kind in ('agreed', 'spent'))`,
  ),
  sqlCheck(
    'running-figures-are-sums',
    10,
    'The running figure of a line, a share or a debt is the sum of its rows.',
    `with legs as (
       select credit_account_id as account, amount_pence as net from transfer union all select debit_account_id, -amount_pence from transfer
     ), sums as (select account, sum(net) as net from legs group by account)
     select 'account ' || a.id || ' stands at ' || a.posted_pence || ' pence but its transfers make ' || coalesce(s.net, 0) as fault
     from account a left join sums s on s.account = a.id where a.kept and a.posted_pence <> coalesce(s.net, 0)`,
  ),
  sqlCheck(
    'owed-and-spent-are-sums',
    10,
    'What a line or share has on its way, owed and spent is the sum of its transfers.',
    `with sums as (
       select owner_account_id as account, sum(case when credit_kind = 'remitting' then amount_pence when debit_kind = 'remitting' then -amount_pence else 0 end) as remitting,
         sum(case when credit_kind = 'payable' then amount_pence when debit_kind = 'payable' then -amount_pence else 0 end) as payable,
         sum(case when kind = 'payment' then amount_pence when kind in ('payment-returned', 'refund') then -amount_pence else 0 end) as spent
       from transfer where owner_account_id is not null group by 1)
     select 'account ' || a.id || ' shows ' || concat_ws(', ', a.remitting_pence, a.payable_pence, a.spent_pence) || ' on its way, owed and spent but its transfers make '
         || concat_ws(', ', coalesce(s.remitting, 0), coalesce(s.payable, 0), coalesce(s.spent, 0)) as fault
     from account a left join sums s on s.account = a.id
     where (a.remitting_pence, a.payable_pence, a.spent_pence) is distinct from (coalesce(s.remitting, 0), coalesce(s.payable, 0), coalesce(s.spent, 0))`,
  ),
  sqlCheck(
    'reserved-is-what-is-left',
    2,
    'The money set aside in a line or share is what is left of its reservations.',
    `with sums as (select account_id, sum(left_pence) as left from reservation group by account_id)
     select 'account ' || a.id || ' has ' || a.reserved_pence || ' pence set aside but its reservations leave ' || coalesce(s.left, 0) as fault
     from account a left join sums s on s.account_id = a.id where a.guarded and a.reserved_pence <> coalesce(s.left, 0)`,
  ),
  sqlCheck(
    'reservations-add-up',
    2,
    'Each reservation is what was posted from it, what was ended, and what is left.',
    `with used as (
       select reservation_id, amount_pence from transfer where reservation_id is not null union all select reservation_id, amount_pence from reservation_end
     ), sums as (select reservation_id, sum(amount_pence) as used from used group by reservation_id)
     select 'reservation ' || r.id || ' of ' || r.amount_pence || ' pence: ' || coalesce(s.used, 0) || ' used and ' || r.left_pence || ' left' as fault
     from reservation r left join sums s on s.reservation_id = r.id where r.amount_pence <> coalesce(s.used, 0) + r.left_pence`,
  ),
  sqlCheck(
    'shares-belong-to-members',
    2,
    'Every share names its pool and whose it is; a pool has no money of its own.',
    `select 'account ' || id || ' is a share without owner or pool' as fault from account where kind = 'share' and (subject_id is null or pool_id is null)`,
  ),
  sqlCheck(
    'nothing-below-zero',
    3,
    'No line or share is below zero.',
    `select 'account ' || id || ' stands at ' || posted_pence || ' pence with ' || reserved_pence || ' set aside' as fault
     from account where guarded and (posted_pence < reserved_pence or reserved_pence < 0)`,
  ),
  sqlCheck(
    'corrections-name-what-they-correct',
    5,
    'A correction names an entry of its own book.',
    `select 'entry ' || e.id || ' is a correction of nothing in its book' as fault from entry e left join entry o on o.id = e.corrects_entry_id
     where e.kind = 'correction' and (o.id is null or o.book_id <> e.book_id)`,
  ),
  sqlCheck(
    'entries-are-not-empty',
    5,
    'Every entry moves, sets aside or frees some money.',
    `select 'entry ' || e.id || ' (' || e.reference || ') has no movements' as fault from entry e
     where not exists (select 1 from transfer t where t.entry_id = e.id) and not exists (select 1 from reservation r where r.entry_id = e.id)
       and not exists (select 1 from reservation_end x where x.entry_id = e.id)`,
  ),
  sqlCheck(
    'batches-are-whole',
    5,
    'Each batch has the entries it was written with, and every movement is of an entry.',
    `with counted as (select batch_id, count(*) as entries from entry group by batch_id)
     select 'batch ' || coalesce(b.id, c.batch_id) || ' was written with ' || coalesce(b.entries, 0) || ' entries and has ' || coalesce(c.entries, 0) as fault
     from ledger_batch b full join counted c on c.batch_id = b.id where b.entries is distinct from c.entries
     union all select 'reservation ' || r.id || ' is of no entry of its book' from reservation r left join entry e on e.id = r.entry_id where e.book_id is distinct from r.book_id
     union all select 'ending ' || x.id || ' is of no entry of its book' from reservation_end x left join entry e on e.id = x.entry_id where e.book_id is distinct from x.book_id`,
  ),
  sqlCheck(
    'accounts-are-what-they-are-named-for',
    2,
    'An account’s id is made of what it is for: whose it is cannot change.',
    `select 'account ' || id || ' (' || kind || ') is not what its id was made of' as fault from (
       select id, kind, sha256(convert_to(concat_ws('|', book_id, kind, coalesce(subject_id::text, ''), coalesce(line_id::text, ''), coalesce(plan_line_id::text, ''),
         coalesce(pool_id::text, ''), coalesce(channel, '')), 'UTF8')) as hash from account) a
     where encode(substring(set_byte(set_byte(hash, 6, (get_byte(hash, 6) & 15) | 128), 8, (get_byte(hash, 8) & 63) | 128) from 1 for 16), 'hex')::uuid <> id`,
  ),
  {
    name: 'seals-hold',
    truth: 5,
    claim: 'Every sealed batch is as it was sealed, and each seal follows the one before; the first broken one of each book is named.',
    find: async (tx) => {
      // Page by page along the indexes: each row is read once, and none is sorted with all others.
      await tx.rows(`select set_config('enable_nestloop', 'on', true)`);
      return (await brokenSeals(tx)).map(sentenceOf).slice(0, 100);
    },
  },
  sqlCheck(
    'seals-keep-up',
    5,
    `No batch waits longer than ${SEALED_WITHIN_MINUTES} minutes for its seal.`,
    `select 'book ' || book_id || ': ' || count(*) || ' batches wait for their seal, the first since ' || min(waits_since) as fault from unsealed_batch
     group by book_id having min(waits_since) < clock_timestamp() - interval '${SEALED_WITHIN_MINUTES} minutes'`,
  ),
  sqlCheck(
    'sealed-sums-are-sums',
    10,
    'What stands in an account without a running figure is the sum of its rows.',
    `with legs as (
       select t.book_id, l.account, case when l.kind in ('payable', 'remitting', 'receivable') then t.subject_id end as subject, l.net
         from transfer t join entry e on e.id = t.entry_id left join unsealed_batch u on u.batch_id = e.batch_id
         cross join lateral (values (t.debit_account_id, t.debit_kind, -t.amount_pence), (t.credit_account_id, t.credit_kind, t.amount_pence)) as l(account, kind, net)
         where u.batch_id is null and l.kind not in ('line', 'share')
       union all select book_id, account_id, subject_id, -net_pence from sealed_sum
     ) select 'account ' || account || ' of book ' || book_id || ' is summed wrongly by ' || -sum(net) || ' pence' as fault from legs group by book_id, account, subject having sum(net) <> 0`,
  ),
  sqlCheck(
    'closed-periods-stay',
    5,
    'What was booked up to a closed period still makes the sums it was closed with.',
    `with points as (
       select t.book_id, l.kind, t.booked_on as day, true as moves, sum(l.net) as net from transfer t
         cross join lateral (values (t.debit_kind, -t.amount_pence), (t.credit_kind, t.amount_pence)) as l(kind, net) group by 1, 2, 3
       union all select p.book_id, s.kind, p.until_day, false, s.net_pence from period_close p join closing_sum s on s.close_id = p.id
     ), running as (
       select *, coalesce(sum(net) filter (where moves) over (partition by book_id, kind order by day, moves rows unbounded preceding), 0) as now from points
     ) select 'book ' || book_id || ', closed before ' || day || ': ' || kind || ' stood at ' || net || ' pence and its rows now make ' || now as fault
       from running where not moves and net <> now
     union all
     select 'book ' || t.book_id || ', closed before ' || p.until_day || ': ' || t.kind || ' stood at nothing and has rows since' as fault
       from (select book_id, kind, min(day) as day from points where moves group by 1, 2) t join period_close p on p.book_id = t.book_id and p.until_day > t.day
       where not exists (select 1 from closing_sum s where s.close_id = p.id and s.kind = t.kind)`,
  ),
  sqlCheck(
    'periods-follow-each-other',
    5,
    'The periods of a book follow each other without a gap, and a book is open from where the last one ended.',
    `select 'book ' || b.id || ' is open from ' || coalesce(b.open_from::text, 'its first day') || ' but was closed before ' || coalesce(max(p.until_day)::text, 'no day') as fault
       from book b left join period_close p on p.book_id = b.id group by b.id, b.open_from having b.open_from is distinct from max(p.until_day)
     union all
     select 'book ' || p.book_id || ': the period from ' || p.from_day || ' follows none' from period_close p join book b on b.id = p.book_id
       where p.from_day <> b.opened_on and not exists (select 1 from period_close o where o.book_id = p.book_id and o.until_day = p.from_day)`,
  ),
  sqlCheck(
    'years-are-ready',
    5,
    'The ledger has a place for this financial year and the next.',
    `select 'the financial year from 1 April ' || year || ' has no place: run migrate' as fault
     from (select extract(year from current_date - interval '3 months')::int + ahead as year from generate_series(0, 1) as ahead) y where to_regclass('transfer_' || year) is null`,
  ),
];
