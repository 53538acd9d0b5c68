import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

/** Truths 7 and 8 over pay runs in scope. */
export const financeChecks: readonly Check[] = [
  sqlCheck(
    'pay-runs-add-up',
    8,
    'Every line of a pay run is in exactly one state, and the states’ totals add up to the run.',
    `select 'pay run ' || r.id || ' of ' || r.total_pence || ' pence in ' || r.line_count || ' lines has lines of ' || coalesce(sum(l.amount_pence), 0) || ' in ' || count(l.id) as fault
     from pay_run r left join pay_run_line l on l.run_id = r.id and l.state in ('included', 'held', 'dropped') group by r.id, r.total_pence, r.line_count
     having coalesce(sum(l.amount_pence), 0) <> r.total_pence or count(l.id) <> r.line_count`,
  ),
  sqlCheck(
    'pay-run-lines-are-their-payments',
    8,
    'A line says what its payment says.',
    `select 'line ' || l.id || ' says ' || l.amount_pence || ' pence, its payment ' || p.amount_pence as fault from pay_run_line l join payment p on p.id = l.payment_id
     where l.amount_pence <> p.amount_pence or l.book_id <> p.book_id`,
  ),
  sqlCheck(
    'payments-are-in-one-run',
    8,
    'No payment is in two open runs.',
    `select 'payment ' || payment_id || ' is in ' || count(*) || ' open runs' as fault from pay_run_line where state <> 'dropped' and not run_ended group by payment_id having count(*) > 1`,
  ),
  sqlCheck(
    'runs-by-two-people',
    7,
    'Every approved run has a maker and another person as its checker.',
    `select 'pay run ' || id || ' (' || state || ') was not decided by two people' as fault from pay_run
     where state in ('approved', 'released') and (maker_id is null or checker_id is null or maker_id = checker_id)`,
  ),
  sqlCheck(
    'approved-lines-are-approved',
    7,
    'Every included line of an approved run was approved as a payment, with the run.',
    `select 'line ' || l.id || ' of approved run ' || r.id || ' has a payment that nobody approved' as fault from pay_run r join pay_run_line l on l.run_id = r.id
     where r.state in ('approved', 'released') and l.state = 'included'
       and not exists (select 1 from payment_history h where h.payment_id = l.payment_id and h.action = 'approve' and h.at = r.approved_at)`,
  ),
  sqlCheck(
    'accounts-held-by-authority',
    7,
    'Whoever holds another person’s account has authority for it: a right that came with a nomination ended with it.',
    `select 'grant ' || g.id || ' over book ' || g.on_id || ' outlives what it rests on' as fault from access_grant g join access_grant basis on basis.id = g.rests_on
     where coalesce(g.until_at, 'infinity') > coalesce(basis.until_at, 'infinity')`,
  ),
];
