import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

export const insightChecks: readonly Check[] = [
  sqlCheck(
    'rollups-are-figures',
    10,
    'The rollup of a line says what its accounts say.',
    `with held as (select line_id, sum(posted_pence - reserved_pence) as free from account where guarded and line_id is not null group by line_id)
     select 'rollup of line ' || r.line_id || ' says ' || r.free_pence || ' pence free, the ledger ' || coalesce(h.free, 0) as fault
     from line_rollup r left join held h on h.line_id = r.line_id
     where r.free_pence <> coalesce(h.free, 0) and r.at < now() - interval '1 day'`,
  ),
];
