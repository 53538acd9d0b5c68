import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

export const planChecks: readonly Check[] = [
  sqlCheck(
    'agreed-plans-have-outcomes',
    2,
    'An agreed plan has outcomes and costed lines (RULE 6).',
    `select 'plan ' || p.id || ' is agreed but has no costed line' as fault from plan p where p.state = 'agreed' and not exists (select 1 from plan_line l where l.plan_id = p.id)`,
  ),
];
