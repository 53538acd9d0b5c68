import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

export const commissioningChecks: readonly Check[] = [
  sqlCheck(
    'cuts-rest-on-decisions',
    10,
    'What left the agreed sum of each line is what decisions of the ICB took from it (RULE 11).',
    `with cut as (
       select t.line_id, sum(t.amount_pence) as pence from transfer t where t.kind = 'agreed-less' and t.line_id is not null group by t.line_id
     ), decided as (
       select d.line_id, sum(d.taken_pence) as pence from decision d where d.kind in ('reduce', 'reclaim') group by d.line_id
     ) select 'budget line ' || coalesce(c.line_id, d.line_id) || ' lost ' || coalesce(c.pence, 0) || ' pence and decisions took ' || coalesce(d.pence, 0) as fault
     from cut c full join decided d on d.line_id = c.line_id where coalesce(c.pence, 0) <> coalesce(d.pence, 0)`,
  ),
  sqlCheck(
    'stopped-plans-hold-no-open-line',
    2,
    'A plan that has ended has no line from which something new could be bought (reg. 17).',
    `select 'plan ' || p.id || ' has ended and its line ' || l.id || ' is open' as fault from plan p join budget_line l on l.plan_id = p.id where p.state = 'ended' and l.state = 'open'`,
  ),
];
