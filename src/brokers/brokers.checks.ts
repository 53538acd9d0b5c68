import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

export const brokerChecks: readonly Check[] = [
  sqlCheck(
    'ended-appointments-give-nothing',
    14,
    'No right rests on an appointment that has ended, and nobody is their own broker.',
    `select 'grant ' || g.id || ' still rests on appointment ' || a.id as fault from appointment a
     join access_grant g on g.reason = 'appointment ' || a.id and g.until_at > a.ended_at where a.state = 'ended'
     union all select 'appointment ' || id || ' was signed by the broker' from appointment where signed_by = broker_id`,
  ),
  sqlCheck(
    'notes-are-settled-or-say-so',
    14,
    'A visit note holds something, and says that it is to be settled exactly while two devices wrote different words over each other unseen.',
    `select 'note ' || n.id || ' is ' || n.state as fault from visit_note n where (n.state = 'to-settle') <> exists (
       select 1 from visit_note_edit e where e.note_id = n.id and not exists (select 1 from visit_note_edit l where l.note_id = n.id and l.part = e.part and e.id = any(l.base))
       group by e.part having count(distinct e.words) > 1)
     union all select 'note ' || n.id || ' holds nothing' from visit_note n where not exists (select 1 from visit_note_edit e where e.note_id = n.id)`,
  ),
  sqlCheck(
    'options-are-two-or-more',
    14,
    'Advice names two options at least, says why when something of RULE 22 is missing, and recommends no provider in which its broker had declared an interest.',
    `select 'advice ' || a.id || ' has ' || count(o.id) || ' options' as fault from advice a left join advice_option o on o.advice_id = a.id group by a.id
       having count(o.id) < 2 or (a.why_few is null and (count(o.id) < 3 or not bool_or(o.kind = 'community') or not bool_or(o.kind = 'nothing')))
     union all select 'advice ' || a.id || ' recommends what its broker has an interest in' from advice a join advice_option o on o.advice_id = a.id and o.is_recommended
       join broker_conflict c on c.broker_id = a.broker_id and c.provider_id = o.provider_id and c.declared_at <= a.recorded_at and c.ended_on is null
     union all select 'advice ' || a.id || ' is ' || a.state from advice a where (a.state = 'answered') <> exists (select 1 from advice_answer w where w.advice_id = a.id)`,
  ),
  sqlCheck(
    'brokers-write-about-who-appointed-them',
    14,
    'Whatever a broker wrote about a person is of a broker whom that person appointed.',
    ['visit_note', 'advice', 'phone_call', 'follow_up', 'paper_pack', 'hand_over']
      .map(
        (table) =>
          `select '${table} ' || w.id as fault from ${table} w where not exists (select 1 from appointment p where p.person_id = w.person_id and p.broker_id = w.broker_id)`,
      )
      .join(' union all '),
  ),
];
