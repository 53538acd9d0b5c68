import type { Check } from '../../platform/index.js';
import { sqlCheck } from '../../platform/index.js';

/** What keeps people's own money apart from what funders gave (features.md, A14). */
export const ownMoneyChecks: readonly Check[] = [
  sqlCheck(
    'own-money-is-real',
    2,
    'People’s own money lies in books of cash alone: an allocation book holds none.',
    `select 'own money ' || l.id || ' is kept in the ' || b.basis || ' book ' || b.id as fault from own_line l join book b on b.id = l.book_id where b.basis <> 'cash'
     union all
     select 'own money ' || l.id || ' stands in the ' || b.basis || ' book ' || b.id from own_line l join account a on a.line_id = l.id join book b on b.id = a.book_id where b.basis <> 'cash'`,
  ),
  sqlCheck(
    'own-money-is-no-funders',
    2,
    'A line of own money is no budget line: no plan is named with it, nothing was agreed for it, and no figure of a funder holds it.',
    `select 'own money ' || l.id || ' is a budget line too' as fault from own_line l join budget_line b on b.id = l.id
     union all
     select 'account ' || a.id || ' holds own money for a service of a plan' from own_line l join account a on a.line_id = l.id where a.plan_line_id is not null
     union all
     select 'account ' || a.id || ' holds money of a line that is ' || a.subject_id || '’s, but it is ' || l.person_id || '’s own' from own_line l join account a on a.line_id = l.id
       where a.guarded and a.subject_id is distinct from l.person_id
     union all
     select 'transfer ' || t.id || ' counts own money as agreed by a funder' from own_line l join transfer t on t.line_id = l.id where t.kind in ('agreed', 'agreed-less')
     union all
     select 'share ' || s.id || ' of ' || s.person_id || ' is of the own money of ' || l.person_id from pool_share s join own_line l on l.id = s.own_line_id where s.person_id <> l.person_id`,
  ),
  sqlCheck(
    'own-money-that-came-is-told',
    2,
    'Own money that a member put into a pool is in the ledger as a contribution of theirs, of its sum; and what came by card is in their line, once.',
    `select 'own money ' || u.id || ' of ' || u.amount_pence || ' pence is told as put in, but no contribution says so' as fault from own_top_up u
       left join contribution c on c.id = u.contribution_id and c.person_id = u.person_id and c.pool_id = u.pool_id and c.amount_pence = u.amount_pence
       left join pool_share s on s.id = c.share_id and s.own_line_id = u.line_id
     where u.state in ('in-pool', 'taken-back') and s.id is null
     union all
     select 'own money ' || u.id || ' is told as come, but its pay-in is ' || p.state from own_top_up u join payment p on p.id = u.payment_id
     where u.state in ('in-pool', 'kept', 'taken-back') and p.posted_at is null
     union all
     select 'contribution ' || c.id || ' is of own money that nobody asked to put in' from contribution c join pool_share s on s.id = c.share_id and s.own_line_id is not null
     where not exists (select 1 from own_top_up u where u.contribution_id = c.id)`,
  ),
  sqlCheck(
    'own-money-goes-home',
    2,
    'What is paid out as somebody’s own money is paid to that person, out of their own line.',
    `select 'payment ' || p.id || ' takes own money of ' || x.subject_id || ' to ' || p.payee_subject_id as fault from payment p join payment_part x on x.payment_id = p.id
       left join own_line l on l.id = x.line_id and l.book_id = p.book_id and l.person_id = x.subject_id
     where p.purpose_noun = 'own-money' and (l.id is null or p.payee_subject_id is distinct from x.subject_id)`,
  ),
];
