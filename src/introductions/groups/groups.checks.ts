import type { Check } from '../../platform/index.js';
import { sqlCheck } from '../../platform/index.js';

const MEMBERS = `(select f.id as group_id, f.revealed_at, unnest(f.people) as person_id from found_group f
       union all select f.id, f.revealed_at, s.person_id from found_group f join group_stepped_back s on s.group_id = f.id) m`;

/** Truth 11, as queries over all proposed groups in scope. */
export const groupChecks: readonly Check[] = [
  sqlCheck(
    'groups-rest-on-yeses',
    11,
    'Everybody in a revealed group was asked and said yes last, and they were three or more.',
    `select 'group ' || m.group_id || ' lacks a yes from person ' || m.person_id as fault from ${MEMBERS}
     left join lateral (select choice from group_answer a where a.group_id = m.group_id and a.person_id = m.person_id and a.answered_at <= m.revealed_at order by a.id desc limit 1) newest on true
     where newest.choice is distinct from 'yes'
     union all select 'group ' || group_id || ' was revealed to ' || count(*) from ${MEMBERS} group by group_id having count(*) < 3`,
  ),
  sqlCheck(
    'groups-are-revealed-to-their-own',
    11,
    'What each person was asked says revealed for those in the group, and ended for all others, once its day has come.',
    `select 'ask ' || k.id || ' is ' || k.state || ' in a group that is ' || g.state as fault from group_ask k join group_proposal g on g.id = k.group_id
     left join ${MEMBERS} on m.group_id = k.group_id and m.person_id = k.person_id
     where k.state <> case when g.state = 'asked' then 'asked' when m.person_id is not null then 'revealed' else 'ended' end
     union all select 'group ' || g.id || ' is ' || g.state as fault from group_proposal g left join found_group f on f.id = g.id where (g.state = 'revealed') <> (f.id is not null)`,
  ),
  sqlCheck(
    'groups-are-asked-alike',
    11,
    'All who are asked together are asked the same, for the same days.',
    `select 'ask ' || k.id || ' differs from its group' as fault from group_ask k join group_proposal g on g.id = k.group_id
     where (k.place, k.goals, k.days, k.shown_from, k.answer_until, k.reveal_on) is distinct from (g.place, g.goals, g.days, g.shown_from, g.answer_until, g.reveal_on)
       or k.person_id <> all(g.people)`,
  ),
];
