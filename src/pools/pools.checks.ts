import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';
import { MOST_CARRIED } from './decisions/decision.rules.js';
import { freezeChecks } from './freezes/freeze.checks.js';
import { holderPlanChecks } from './holder-plans/holder-plan.checks.js';
import { paperChecks } from './papers/paper.checks.js';
import { ownMoneyChecks } from './own-money/own-money.checks.js';
import { reviewChecks } from './reviews/review.checks.js';
import { statementChecks } from './statements/statement.checks.js';

export const poolChecks: readonly Check[] = [
  sqlCheck(
    'pool-money-is-its-members',
    2,
    'What the ledger holds in shares of a pool is the sum of its members’ and funders’ shares: nothing is nobody’s (RULE 15).',
    `with each as (
       select s.pool_id, sum(a.posted_pence) as posted from pool_share s
       join account a on a.kind = 'share' and a.pool_id = s.pool_id and a.subject_id = s.person_id and a.line_id = s.line_id and a.plan_line_id is not distinct from s.plan_line_id and a.book_id = s.book_id
       group by s.pool_id
       union all
       select s.pool_id, sum(a.posted_pence) from pool_share s
       join account a on a.kind = 'share' and a.pool_id = s.pool_id and a.subject_id = s.funder_id and a.line_id is null and a.book_id = s.book_id
       group by s.pool_id
     ), known as (select pool_id, sum(posted) as posted from each group by pool_id),
     held as (select pool_id, sum(posted_pence) as posted from account where kind = 'share' group by pool_id)
     select 'pool ' || h.pool_id || ' holds ' || h.posted || ' pence but its members’ shares make ' || coalesce(k.posted, 0) as fault
     from held h left join known k on k.pool_id = h.pool_id where h.posted <> coalesce(k.posted, 0)`,
  ),
  sqlCheck(
    'assent-before-money',
    2,
    'Whoever put money in had assented to a version of the agreement that came into force (RULE 16).',
    `select 'contribution ' || c.id || ' was made without assent' as fault from contribution c
     where not exists (select 1 from assent x join agreement a on a.id = x.agreement_id
       where a.pool_id = c.pool_id and x.person_id = c.person_id and a.in_force_at <= c.made_at)`,
  ),
  sqlCheck(
    'assents-are-to-what-was-offered',
    2,
    'Each assent is to the very content of its version.',
    `select 'assent of ' || x.person_id || ' to agreement ' || a.id || ' is to other content' as fault from assent x join agreement a on a.id = x.agreement_id where x.content_hash <> a.content_hash`,
  ),
  sqlCheck(
    'everyone-assented-to-what-is-in-force',
    2,
    'Each member of a pool assented to the version in force.',
    `select 'member ' || m.person_id || ' of pool ' || m.pool_id || ' never assented to agreement ' || a.id as fault
     from pool_member m join agreement a on a.pool_id = m.pool_id and a.state = 'in-force'
     where m.state = 'member' and not exists (select 1 from assent x where x.agreement_id = a.id and x.person_id = m.person_id)`,
  ),
  sqlCheck(
    'contributions-are-in-the-ledger',
    2,
    'What arrived in the same book was moved by the ledger, once.',
    `select 'contribution ' || c.id || ' of ' || c.amount_pence || ' pence is not in the ledger' as fault from contribution c join pool_share s on s.id = c.share_id
     where c.by = 'same-book' and not exists (select 1 from entry e join transfer t on t.entry_id = e.id
       where e.book_id = s.book_id and e.reference = 'contribution:' || c.id || ':made' and t.amount_pence = c.amount_pence)`,
  ),
  sqlCheck(
    'closed-pools-are-empty',
    13,
    'A closed pool holds nothing and owes nothing but what a bank sent back since, and whoever had money in it has a final statement that adds up.',
    `select 'pool ' || p.id || ' is closed but ' || a.posted_pence || ' pence stand in a share and ' || a.payable_pence || ' are owed' as fault
     from pool p join account a on a.pool_id = p.id and a.kind = 'share' where p.state = 'closed' and (a.posted_pence <> 0 or a.payable_pence <>
       (select coalesce(sum(t.amount_pence), 0) from transfer t where t.owner_account_id = a.id and t.kind = 'payment-returned' and a.payable_pence <> 0))
     union all
     select 'the final statement of ' || f.subject_id || ' in pool ' || f.pool_id || ' does not add up' from final_statement f
     where (f.statement->>'putInPence')::bigint - (select coalesce(sum((x->>'amountPence')::bigint), 0) from jsonb_array_elements(f.statement->'invoices') x)
       + (select coalesce(sum((x->>'amountPence')::bigint), 0) from jsonb_array_elements(f.statement->'refunds') x) <> (f.statement->>'returnedBeforePence')::bigint`,
  ),
  sqlCheck(
    'leavers-have-no-free-money',
    13,
    'A member who left has no free money in the pool but what a debt holds back.',
    `select 'person ' || s.person_id || ' left pool ' || s.pool_id || ' but ' || (a.posted_pence - a.reserved_pence) || ' pence are free in a share' as fault
     from pool_member m join pool_share s on s.pool_id = m.pool_id and s.person_id = m.person_id
     join account a on a.kind = 'share' and a.pool_id = s.pool_id and a.subject_id = s.person_id and a.line_id = s.line_id and a.plan_line_id is not distinct from s.plan_line_id and a.book_id = s.book_id
     where m.state = 'left' and a.posted_pence > a.reserved_pence
       and not exists (select 1 from account r where r.kind = 'receivable' and r.book_id = s.book_id and r.subject_id = s.person_id)
       and not exists (select 1 from outbox_event e where e.name in ('poolContributionArrived', 'shareFreed') and e.payload->>'poolId' = s.pool_id::text
         and not exists (select 1 from event_handled h where h.event_id = e.id and h.handler = 'pools.return-rest'))`,
  ),
  sqlCheck(
    'gifts-are-of-members',
    2,
    'Whatever is brought beside money is brought by somebody who is a member now.',
    `select 'gift ' || g.id || ' is still offered, but its member has left' as fault from pool_gift g join pool_member m using (pool_id, person_id)
     where g.state = 'offered' and m.state <> 'member'`,
  ),
  sqlCheck(
    'who-does-not-pay-has-no-share',
    2,
    'Nobody who is in a pool without putting money in has money or a part of a price in it.',
    `select 'member ' || m.person_id || ' of pool ' || m.pool_id || ' does not pay, but has a share' as fault from pool_member m join pool_share s using (pool_id, person_id) where not m.pays`,
  ),
  sqlCheck(
    'pledges-are-set-aside',
    2,
    'Every open pledge has its sum set aside in its member’s line, and nothing is set aside in a line but for an open pledge.',
    `select 'pledge ' || p.id || ' of ' || p.amount_pence || ' pence is not set aside' as fault from pledge p left join reservation r on r.id = p.reservation_id
       left join account a on a.id = r.account_id
     where p.state = 'open' and (r.left_pence is distinct from p.amount_pence or r.purpose_id <> p.id or a.kind <> 'line' or a.line_id <> p.line_id or a.subject_id <> p.person_id)
     union all
     select 'reservation ' || r.id || ' holds ' || r.left_pence || ' pence of a line for no open pledge' from reservation r join account a on a.id = r.account_id and a.kind = 'line'
     where r.left_pence > 0 and not exists (select 1 from pledge p where p.reservation_id = r.id and p.state = 'open')`,
  ),
  sqlCheck(
    'pledges-were-called-whole',
    2,
    'What was called of a round is its pledges, each of which became a contribution of its sum; nothing is pledged in a round that is over.',
    `select 'round ' || r.id || ' was called at ' || r.called_pence || ' pence but its pledges make ' || coalesce(sum(c.amount_pence), 0) as fault
     from pledge_round r left join pledge p on p.round_id = r.id and p.state = 'called'
       left join contribution c on c.id = p.contribution_id and c.person_id = p.person_id and c.amount_pence = p.amount_pence
     where r.called_pence is not null group by r.id having r.called_pence <> coalesce(sum(c.amount_pence), 0)
     union all
     select 'pledge ' || p.id || ' is open in a round that is over' from pledge p join pledge_round r on r.id = p.round_id where p.state = 'open' and r.state not in ('open', 'extended')
     union all
     select 'pledge ' || p.id || ' is open but its member has left' from pledge p join pool_member m using (pool_id, person_id) where p.state = 'open' and m.state <> 'member'`,
  ),
  sqlCheck(
    'votes-are-in-time',
    2,
    'Nobody voted after the last day of a question, or after it was decided.',
    `select 'vote ' || v.id || ' came after its question was over' as fault from pool_vote v join pool_decision d on d.id = v.decision_id
     where (v.at at time zone 'Europe/London')::date > d.closes_on or v.at > d.closed_at`,
  ),
  sqlCheck(
    'votes-are-not-collected',
    2,
    'Nobody brought the votes of more than two others, but for papers that a pool’s broker typed in; and who voted for another was asked to, or acts for them.',
    `with latest as (select distinct on (v.decision_id, v.person_id) v.*, p.broker_id from pool_vote v join pool p on p.id = v.pool_id order by v.decision_id, v.person_id, v.id desc)
     select 'person ' || brought_by || ' brought the votes of ' || count(*) || ' others to question ' || decision_id as fault
     from latest where brought_by <> person_id and not (way = 'paper' and brought_by = broker_id) group by decision_id, brought_by having count(*) > ${MOST_CARRIED}
     union all
     select 'vote ' || v.id || ' was brought by somebody who was not asked' from pool_vote v where v.way = 'proxy'
       and not exists (select 1 from pool_proxy x where x.decision_id = v.decision_id and x.person_id = v.person_id and x.to_person = v.brought_by and x.at <= v.at)`,
  ),
  sqlCheck(
    'outcomes-are-of-the-votes',
    2,
    'What came out of a question counts each member who voted once, and what ideas were given fits in the sum they share.',
    `select 'question ' || d.id || ' counts ' || (d.outcome->>'voted') || ' votes of ' || (d.outcome->>'members') || ' members' as fault from pool_decision d
     where d.outcome is not null and ((d.outcome->>'voted')::int > (d.outcome->>'members')::int or (d.budget_pence is null
       and (d.outcome->>'for')::int + (d.outcome->>'against')::int + (d.outcome->>'either')::int + (d.outcome->>'object')::int <> (d.outcome->>'voted')::int))
     union all
     select 'question ' || d.id || ' gives ideas more than there is' from pool_decision d
     where (d.outcome->'sharedOut'->'equalShares'->>'spent')::bigint > d.budget_pence or (d.outcome->'sharedOut'->'equalShares'->>'spent')::bigint <>
       (select coalesce(sum(i.cost_pence), 0) from pool_idea i where i.decision_id = d.id and d.outcome->'sharedOut'->'equalShares'->'funded' ? i.id::text)`,
  ),
  ...freezeChecks,
  ...ownMoneyChecks,
  ...holderPlanChecks,
  ...paperChecks,
  ...reviewChecks,
  ...statementChecks,
];
