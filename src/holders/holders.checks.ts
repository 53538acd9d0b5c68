import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

export const holderChecks: readonly Check[] = [
  sqlCheck(
    'goals-stand-where-their-history-says',
    6,
    'A goal’s state is the one its last change led to; without a change it is open.',
    `select 'goal ' || g.id || ' is ' || g.state || ' but its history says ' || coalesce(c.to_state, 'open') as fault
     from goal g left join lateral (select to_state from goal_change c where c.goal_id = g.id order by c.id desc limit 1) c on true where g.state <> coalesce(c.to_state, 'open')`,
  ),
];
