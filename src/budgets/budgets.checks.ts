import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

export const budgetChecks: readonly Check[] = [
  sqlCheck(
    'agreed-sums-are-in-the-ledger',
    10,
    'In an allocation book the ledger’s agreed sum of a line is the sum in budgets.',
    `with booked as (
       select t.line_id, sum(case when c.kind = 'line' then t.amount_pence else -t.amount_pence end) as agreed
       from transfer t join account c on c.id = t.credit_account_id where t.kind in ('agreed', 'agreed-less') group by t.line_id
     ) select 'budget line ' || l.id || ' is agreed at ' || l.agreed_pence || ' pence but the ledger has ' || coalesce(k.agreed, 0) as fault
     from budget_line l join book b on b.id = l.book_id and b.basis = 'allocation' left join booked k on k.line_id = l.id
     where l.agreed_pence <> coalesce(k.agreed, 0)`,
  ),
  sqlCheck(
    'lines-fit-their-books',
    2,
    'Notional lines lie in allocation books, the others in cash books (RULE 1).',
    `select 'budget line ' || l.id || ' is ' || l.managed || ' in a ' || b.basis || ' book' as fault
     from budget_line l join book b on b.id = l.book_id where (l.managed = 'notional') <> (b.basis = 'allocation')`,
  ),
];
