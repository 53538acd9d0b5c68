import type { Check } from '../../platform/index.js';
import { sqlCheck } from '../../platform/index.js';
import { MOST_DAYS } from './freeze.rules.js';

/** What must always be true of stops (features.md, C15). */
export const freezeChecks: readonly Check[] = [
  sqlCheck(
    'stops-have-reason-and-end',
    2,
    'A pool is stopped only by a stop in force, with a reason, an owner and a last day within the longest there is; and so is a member’s part.',
    `select 'pool ' || p.id || ' is ' || p.state || ', but has ' || count(f.id) || ' stops in force' as fault
     from pool p left join pool_freeze f on f.pool_id = p.id and f.person_id is null and f.state = 'in-force'
     group by p.id, p.state having (p.state = 'frozen') <> (count(f.id) = 1)
     union all
     select 'part of ' || m.person_id || ' in pool ' || m.pool_id || ' is marked otherwise than its stops say' from pool_member m
     where m.is_frozen <> exists (select 1 from pool_freeze f where f.pool_id = m.pool_id and f.person_id = m.person_id and f.state = 'in-force')
     union all
     select 'stop ' || f.id || ' lasts longer than ${MOST_DAYS} days' from pool_freeze f where f.last_day - f.began_on > ${MOST_DAYS}
     union all
     select 'stop ' || f.id || ' stands otherwise than was last said' from pool_freeze f
     left join lateral (select s.last_day, s.action from pool_freeze_step s where s.freeze_id = f.id order by s.id desc limit 1) last on true
     where last.last_day is distinct from f.last_day or (last.action = 'thaw') <> (f.state = 'ended')`,
  ),
  sqlCheck(
    'stops-were-kept',
    2,
    'While a pool or a part was stopped nothing was put into it.',
    `select 'contribution ' || c.id || ' was made while stop ' || f.id || ' was in force' as fault
     from contribution c join pool_freeze f on f.pool_id = c.pool_id and (f.person_id is null or f.person_id = c.person_id)
       and c.made_at > f.began_at and (f.ended_at is null or c.made_at < f.ended_at)`,
  ),
];
