import type { Check } from '../../platform/index.js';
import { sqlCheck } from '../../platform/index.js';

export const paperChecks: readonly Check[] = [
  sqlCheck(
    'paper-assents-are-to-what-was-printed',
    2,
    'Each sheet of an agreement that was typed in is an assent of that very person to the very content that was printed (RULE 16); what was taken back is in no version in force.',
    `select 'paper ' || p.reference || ' was typed in but is no assent to what was printed' as fault from agreement_paper p where p.typed_at is not null and not exists (
       select 1 from assent x where x.agreement_id = p.agreement_id and x.person_id = p.person_id and x.content_hash = p.content_hash)
     union all
     select 'person ' || t.person_id || ' took back their assent to agreement ' || t.agreement_id || ', which is in force' from assent_taken_back t
     join agreement a on a.id = t.agreement_id join pool_member m on m.pool_id = a.pool_id and m.person_id = t.person_id where a.state = 'in-force' and m.state = 'member'`,
  ),
  sqlCheck(
    'paper-money-is-what-was-signed',
    2,
    'Each sheet to put money in that was typed in is one contribution of that very person to that very pool, of the sum that was typed, signed between the printing and the typing.',
    `select 'paper ' || p.reference || ' was typed in but is no such contribution' as fault from contribution_paper p where p.typed_at is not null and (
       (p.signed_on not between (p.printed_at at time zone 'Europe/London')::date and (p.typed_at at time zone 'Europe/London')::date)
       or not exists (select 1 from contribution c where c.id = p.contribution_id and c.pool_id = p.pool_id and c.person_id = p.person_id and c.amount_pence = p.amount_pence))`,
  ),
];
