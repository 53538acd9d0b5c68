import type { Check } from '../../platform/index.js';
import { sqlCheck } from '../../platform/index.js';
import { LEAST_VOICES } from './review.rules.js';

export const reviewChecks: readonly Check[] = [
  sqlCheck(
    'nobody-leaves-without-voices',
    2,
    'What the others’ voices brought about rests on three voices at least; that somebody left, on two thirds of all the others, and on an exit statement.',
    `with voices as (select s.id, s.stage, s.outcome, s.others, count(v.id) as said, count(v.id) filter (where v.says = 'leave') as further
       from pool_review_stage s left join pool_review_voice v on v.stage_id = s.id where s.state = 'closed' group by s.id)
     select 'stage ' || id || ' came to ' || outcome || ' with ' || said || ' voices' as fault from voices where outcome <> 'too-few' and said < ${LEAST_VOICES}
     union all
     select 'stage ' || id || ' asks somebody to leave with ' || further || ' voices of ' || others from voices where stage = 'leave' and outcome = 'go-further' and further * 3 < others * 2
     union all
     select 'review ' || r.id || ' ended a membership that nobody asked to end' from pool_review r where r.state = 'left' and not exists (
       select 1 from pool_review_stage s where s.review_id = r.id and s.stage = 'leave' and s.outcome = 'go-further')
     union all
     select 'review ' || r.id || ' ended a membership without an exit statement' from pool_review r
     where r.state = 'left' and not exists (select 1 from pool_exit x where x.pool_id = r.pool_id and x.person_id = r.person_id)`,
  ),
  sqlCheck(
    'stages-come-in-order',
    2,
    'Talking comes first, and each step further was asked for by the voices of the one before.',
    `with steps as (select s.*, array_position(array['talk', 'conditions', 'pause', 'leave'], s.stage) as step,
       lag(array_position(array['talk', 'conditions', 'pause', 'leave'], s.stage)) over w as step_before, lag(s.outcome) over w as outcome_before
       from pool_review_stage s window w as (partition by s.review_id order by s.place))
     select 'stage ' || id || ' passes over a step' as fault from steps
     where (step_before is null and step <> 1) or step > step_before + case when outcome_before = 'go-further' then 1 else 0 end`,
  ),
  sqlCheck(
    'voices-are-the-others',
    2,
    'Nobody speaks in a talk about themselves, or after it has closed, and every voice is counted once.',
    `select 'voice ' || v.id || ' is about its own author' as fault from pool_review_voice v join pool_review r on r.id = v.review_id where r.person_id = v.person_id
     union all
     select 'voice ' || v.id || ' came after its stage had closed' from pool_review_voice v join pool_review_stage s on s.id = v.stage_id where v.at > s.closed_at
     union all
     select 'stage ' || s.id || ' says that ' || s.given || ' have spoken' from pool_review_stage s
     where s.given <> (select count(*) from pool_review_voice v where v.stage_id = s.id)`,
  ),
];
