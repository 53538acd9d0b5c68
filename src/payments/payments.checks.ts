import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

/** Truths 4, 6, 7 and 10 over payments, remittances and refunds in scope. */
export const paymentsChecks: readonly Check[] = [
  sqlCheck(
    'payments-are-their-parts',
    4,
    'The parts of every payment add up to it, and no more than that came back of any part.',
    `select 'payment ' || p.id || ' of ' || p.amount_pence || ' pence has parts of ' || coalesce(sum(x.amount_pence), 0) as fault
     from payment p left join payment_part x on x.payment_id = p.id group by p.id, p.amount_pence having coalesce(sum(x.amount_pence), 0) <> p.amount_pence`,
  ),
  sqlCheck(
    'refunds-are-their-parts',
    4,
    'The parts of every refund add up to it, and to what the payments say was refunded.',
    `select 'refund ' || r.id || ' of ' || r.amount_pence || ' pence has parts of ' || coalesce(sum(x.amount_pence), 0) as fault
     from refund r left join refund_part x on x.refund_id = r.id group by r.id, r.amount_pence having coalesce(sum(x.amount_pence), 0) <> r.amount_pence
     union all
     select 'part ' || p.n || ' of payment ' || p.payment_id || ' says ' || p.refunded_pence || ' pence came back, its refunds say ' || coalesce(s.sum, 0)
     from payment_part p left join (select payment_id, payment_n, sum(amount_pence) as sum from refund_part group by payment_id, payment_n) s
       on s.payment_id = p.payment_id and s.payment_n = p.n where p.refunded_pence <> coalesce(s.sum, 0)`,
  ),
  sqlCheck(
    'payments-post-once',
    6,
    'Each payment that left stands in the ledger once, by its whole amount; no other does.',
    `select 'payment ' || p.id || ' (' || p.state || ') left with ' || p.amount_pence || ' pence and the ledger says ' || coalesce(s.net, 0) as fault
     from payment p left join (
       select split_part(e.reference, ':', 2) as id, sum(case when t.kind = 'payment' then t.amount_pence else -t.amount_pence end) as net
       from entry e join transfer t on t.entry_id = e.id where e.kind in ('payment', 'payment-returned') and e.reference like 'payment:%' group by 1
     ) s on s.id = p.id::text
     where p.direction = 'out' and p.purpose_noun <> 'remittance' and coalesce(s.net, 0) <> case when p.posted_at is null then 0 else p.amount_pence end`,
  ),
  sqlCheck(
    'pay-ins-post-once',
    6,
    'Each pay-in that succeeded stands in its share once, by its whole amount; no other does.',
    `select 'pay-in ' || p.id || ' (' || p.state || ') of ' || p.amount_pence || ' pence stands in the ledger with ' || coalesce(s.sum, 0) as fault
     from payment p left join (
       select split_part(e.reference, ':', 2) as id, sum(t.amount_pence) as sum from entry e join transfer t on t.entry_id = e.id
       where e.kind in ('remittance-received', 'pay-in') and e.reference like 'payment:%:succeeded' group by 1
     ) s on s.id = p.id::text
     where p.direction = 'in' and coalesce(s.sum, 0) <> case when p.posted_at is null then 0 else p.amount_pence end`,
  ),
  sqlCheck(
    'remittances-post-once',
    6,
    'The sender of a remittance shows it closed exactly when it has booked the arrival, and the receiver booked it once.',
    `select 'remittance ' || r.id || ' is ' || r.state || ' and its sender has ' || case when a.id is null then 'not ' else '' end || 'booked the arrival' as fault
     from remittance r left join entry a on a.book_id = r.from_book_id and a.reference = 'remittance:' || r.id || ':arrived'
     where r.from_book_id in (select id from book) and (r.state = 'closed') <> (a.id is not null)
     union all
     select 'remittance ' || r.id || ' is ' || r.state || ' and its receiver has booked it ' || count(e.id) || ' times'
     from remittance r left join entry e on e.book_id = r.to_book_id and e.reference in ('remittance:' || r.id || ':received', 'payment:' || r.pay_in_id || ':succeeded')
     group by r.id, r.state having count(e.id) <> case when r.state in ('arrived', 'closed') then 1 else 0 end`,
  ),
  sqlCheck(
    'paid-by-two-people',
    7,
    'Every payment that left a book was decided by two different people, or by the holder of the book alone.',
    `select 'payment ' || p.id || ' (' || p.state || ') was not decided by two people' as fault from payment p join book b on b.id = p.book_id
     where p.direction = 'out' and p.state in ('approved', 'sending', 'in-file', 'sent', 'settled', 'reconciled', 'unknown')
       and (p.approved_by is null or p.prepared_by is null or (p.approved_by = p.prepared_by and not (p.decided_alone and b.holder_id is not null)))`,
  ),
  sqlCheck(
    'payees-checked-by-two',
    7,
    'Bank details in use were entered by one person and checked by another, outside people’s own books.',
    `select 'payee ' || y.id || ' was not checked by a second person' as fault from payee y join book b on b.id = y.book_id
     where y.state = 'checked' and (y.checked_by is null or (y.checked_by = y.entered_by and b.holder_id is null))`,
  ),
  sqlCheck(
    'files-are-their-payments',
    8,
    'The totals of every payment file are those of the payments in it that did not come back.',
    `select 'file ' || f.id || ' says ' || f.total_pence || ' pence in ' || f.payment_count || ' and holds ' || coalesce(sum(p.amount_pence), 0) || ' in ' || count(p.id) as fault
     from payment_file f left join payment p on p.file_id = f.id group by f.id, f.total_pence, f.payment_count
     having coalesce(sum(p.amount_pence), 0) > f.total_pence or count(p.id) > f.payment_count`,
  ),
  sqlCheck(
    'sent-is-in-clearing',
    10,
    'What payments say has left each book is what the ledger says was paid.',
    `select 'book ' || b.id || ': payments say ' || coalesce(p.sum, 0) || ' pence left, the ledger ' || coalesce(l.net, 0) as fault
     from book b
     left join (select book_id, sum(amount_pence) as sum from payment where direction = 'out' and purpose_noun <> 'remittance' and posted_at is not null group by book_id) p on p.book_id = b.id
     left join (select t.book_id, sum(case when t.kind = 'payment' then t.amount_pence else -t.amount_pence end) as net from transfer t join entry e on e.id = t.entry_id
       where t.kind in ('payment', 'payment-returned') and e.reference like 'payment:%' group by t.book_id) l on l.book_id = b.id
     where coalesce(p.sum, 0) <> coalesce(l.net, 0)`,
  ),
];
