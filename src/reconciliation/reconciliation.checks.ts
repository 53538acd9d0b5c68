import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

/** Truths 9 and 10, over all statements in scope. */
export const reconciliationChecks: readonly Check[] = [
  sqlCheck(
    'statements-add-up',
    9,
    'Opening + lines = closing for every statement.',
    `select 'statement ' || s.id || ': ' || s.opening_pence || ' and ' || coalesce(x.moved, 0) || ' make not ' || s.closing_pence as fault
     from statement s left join (select statement_id, sum(case when direction = 'credit' then amount_pence else -amount_pence end) as moved, count(*) as lines from statement_line group by statement_id) x on x.statement_id = s.id
     where s.opening_pence + coalesce(x.moved, 0) <> s.closing_pence or coalesce(x.lines, 0) <> s.line_count`,
  ),
  sqlCheck(
    'statements-follow-each-other',
    9,
    'Every statement opens with what the one before closed with, and the account stands at the last.',
    `with chain as (
       select s.id, s.opening_pence, coalesce(lag(s.closing_pence) over w, a.opening_pence) as before, s.number, row_number() over w as place
       from statement s join bank_account a on a.id = s.bank_account_id window w as (partition by s.bank_account_id order by s.number)
     )
     select 'statement ' || id || ' opens with ' || opening_pence || ' pence, and ' || before || ' came before it' as fault from chain where opening_pence <> before or number <> place
     union all
     select 'bank account ' || a.id || ' stands at ' || a.closing_pence || ' pence, and its statements make ' || a.opening_pence + coalesce(x.moved, 0)
     from bank_account a left join (select bank_account_id, sum(case when direction = 'credit' then amount_pence else -amount_pence end) as moved from statement_line group by bank_account_id) x on x.bank_account_id = a.id
     where a.closing_pence <> a.opening_pence + coalesce(x.moved, 0)`,
  ),
  sqlCheck(
    'every-line-is-one-thing',
    9,
    'Every line looked at is matched, unallocated or a break, and exactly one of them.',
    `select 'line ' || l.id || ' is ' || coalesce(s.state, 'nothing') || ' with ' || count(distinct x.match_id) || ' matches and ' || count(distinct b.id) || ' open breaks' as fault
     from statement_line l left join line_state s on s.line_id = l.id left join line_match_line x on x.line_id = l.id and x.live left join break b on b.line_id = l.id and b.ended_at is null
     group by l.id, s.state
     having not coalesce(case s.state when 'matched' then count(distinct x.match_id) = 1 and count(b.id) = 0 when 'unallocated' then count(distinct x.match_id) = 1 and count(b.id) = 0
       when 'break' then count(x.match_id) = 0 and count(distinct b.id) = 1 when 'new' then count(x.match_id) = 0 and count(b.id) = 0 end, false)`,
  ),
  sqlCheck(
    'matches-are-their-lines',
    9,
    'What is matched is the same to the penny on both sides.',
    `select 'match ' || m.id || ' of ' || m.amount_pence || ' pence has lines of ' || l.sum || ' and items of ' || i.sum as fault from line_match m
     join (select x.match_id, sum(l.amount_pence) as sum from line_match_line x join statement_line l on l.id = x.line_id group by x.match_id) l on l.match_id = m.id
     join (select match_id, sum(amount_pence) as sum from line_match_item group by match_id) i on i.match_id = m.id
     where m.amount_pence <> l.sum or m.amount_pence <> i.sum`,
  ),
  sqlCheck(
    'bank-is-the-statement',
    10,
    'In each cash book the ledger’s bank is what the last statement closed with, less the lines that are still open.',
    `with ledger as (
       select a.book_id, sum(case when t.debit_account_id = a.id then t.amount_pence else -t.amount_pence end) as net
       from account a join transfer t on t.debit_account_id = a.id or t.credit_account_id = a.id where a.kind = 'bank' group by a.book_id
     ), open as (
       select s.bank_account_id, sum(case when l.direction = 'credit' then l.amount_pence else -l.amount_pence end) as net
       from line_state s join statement_line l on l.id = s.line_id where s.state in ('new', 'break') group by s.bank_account_id
     )
     select 'book ' || b.book_id || ': the ledger has ' || coalesce(g.net, 0) || ' pence at the bank, the statement ' || b.closing_pence || ', open lines ' || coalesce(o.net, 0) as fault
     from bank_account b left join ledger g on g.book_id = b.book_id left join open o on o.bank_account_id = b.id
     where b.closed_on is null and coalesce(g.net, 0) <> b.closing_pence - coalesce(o.net, 0)`,
  ),
  sqlCheck(
    'cash-is-what-people-own',
    10,
    'Bank and clearing = lines, shares, payable, remitting and unallocated, less receivable and fees due.',
    `with legs as (
       select debit_account_id as account, amount_pence as net from transfer union all select credit_account_id, -amount_pence from transfer
     ), sums as (select a.book_id, sum(l.net) as net from legs l join account a on a.id = l.account group by a.book_id)
     select 'book ' || b.id || ' is out by ' || s.net || ' pence' as fault from book b join sums s on s.book_id = b.id where s.net <> 0`,
  ),
];
