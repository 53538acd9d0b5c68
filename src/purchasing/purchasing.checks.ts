import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';
import { GOES_ON } from '../pools/index.js';

const goesOn = GOES_ON.map((kind) => `'${kind}'`).join(', ');

export const purchasingChecks: readonly Check[] = [
  sqlCheck(
    'invoices-are-their-parts',
    4,
    'The parts of each invoice sum to it, and its VAT too, to the penny (RULE 30).',
    `select 'invoice ' || i.id || ' is ' || i.amount_pence || ' pence but its parts make ' || coalesce(sum(p.amount_pence), 0) as fault
     from invoice i left join invoice_part p on p.invoice_id = i.id where i.state <> 'received' group by i.id
     having coalesce(sum(p.amount_pence), 0) <> i.amount_pence or coalesce(sum(p.vat_pence), 0) <> i.vat_pence`,
  ),
  sqlCheck(
    'invoice-parts-are-in-the-ledger',
    4,
    'What the ledger moved from a share for an invoice is the part that the invoice names.',
    `with moved as (
       select e.reference, t.subject_id, t.line_id, t.plan_line_id, t.book_id, sum(t.amount_pence) as amount from entry e join transfer t on t.entry_id = e.id
       where e.kind = 'invoice' group by e.reference, t.subject_id, t.line_id, t.plan_line_id, t.book_id
     ) select 'invoice ' || p.invoice_id || ' takes ' || p.amount_pence || ' pence from share ' || p.share_id || ' but the ledger moved ' || coalesce(m.amount, 0) as fault
     from invoice_part p join pool_share s on s.id = p.share_id
     left join moved m on m.reference = 'invoice:' || p.invoice_id || ':split' and m.subject_id = coalesce(s.person_id, s.funder_id)
       and m.line_id is not distinct from s.line_id and m.plan_line_id is not distinct from s.plan_line_id and m.book_id = s.book_id
     where coalesce(m.amount, 0) <> p.amount_pence`,
  ),
  sqlCheck(
    'one-reservation-per-share-and-session',
    2,
    'What was set aside for a session in a share is one reservation, made for that session in that share.',
    `select 'session ' || p.session_id || ' and share ' || p.share_id || ': reservation ' || p.reservation_id || ' is for something else' as fault
     from session_part p join pool_share s on s.id = p.share_id left join reservation r on r.id = p.reservation_id
     where r.id is null or r.purpose_id <> p.session_id or r.amount_pence <> p.amount_pence or r.subject_id <> coalesce(s.person_id, s.funder_id)
       or r.line_id is distinct from s.line_id or r.book_id <> s.book_id`,
  ),
  sqlCheck(
    'sessions-cost-their-price',
    4,
    'What was set aside for each session is its price.',
    `select 'session ' || s.id || ' costs ' || p.price_pence || ' pence but ' || coalesce(sum(x.amount_pence), 0) || ' was set aside' as fault
     from purchase_session s join purchase p on p.id = s.purchase_id left join session_part x on x.session_id = s.id group by s.id, p.price_pence
     having coalesce(sum(x.amount_pence), 0) <> p.price_pence`,
  ),
  sqlCheck(
    'invoices-cost-no-more-than-agreed',
    4,
    'No invoice is more than the agreed price of its sessions.',
    `select 'invoice ' || i.id || ' is more than the price of its sessions' as fault from invoice i join purchase p on p.id = i.purchase_id
     join invoice_session x on x.invoice_id = i.id group by i.id, i.amount_pence, p.price_pence having i.amount_pence > p.price_pence * count(*)`,
  ),
  sqlCheck(
    'only-confirmed-sessions-are-invoiced',
    6,
    'Each invoiced session was confirmed by somebody it was for.',
    `select 'session ' || s.id || ' was invoiced without anybody confirming it' as fault from purchase_session s
     where s.state = 'invoiced' and not exists (select 1 from session_answer a where a.session_id = s.id and a.answer = 'confirmed')`,
  ),
  sqlCheck(
    'invoice-payments-are-its-parts',
    4,
    'Each book pays what its members owe of an invoice.',
    `select 'payment ' || y.id || ' is ' || y.amount_pence || ' pence but its parts of invoice ' || p.invoice_id || ' make ' || sum(p.amount_pence) as fault
     from invoice_part p join payment y on y.id = p.payment_id group by y.id, y.amount_pence, p.invoice_id having sum(p.amount_pence) <> y.amount_pence`,
  ),
  sqlCheck(
    'stops-buy-nothing-new',
    2,
    'While a pool or a part was stopped nothing was bought with it but renewed wages and what keeps people safe (features.md, C15).',
    `select 'purchase ' || p.id || ' was made while stop ' || f.id || ' was in force' as fault
     from purchase p join pool_freeze f on f.pool_id = p.pool_id and p.committed_at > f.began_at and (f.ended_at is null or p.committed_at < f.ended_at)
     where (f.person_id is null or exists (select 1 from purchase_session s join session_part x on x.session_id = s.id
         where s.purchase_id = p.id and x.person_id = f.person_id))
       and (p.kind not in (${goesOn}) or not exists (select 1 from purchase before
         where before.pool_id = p.pool_id and before.provider_id = p.provider_id and before.kind = p.kind and before.committed_at < p.committed_at))`,
  ),
  sqlCheck(
    'newcomers-parts-come-back',
    3,
    'What a newcomer paid of setting the group up came back to those who paid, to the penny, in one set of entries.',
    `select 'joining ' || joining_id || ' is out by ' || sum(amount_pence) || ' pence' as fault from joining_part group by joining_id having sum(amount_pence) <> 0
     union all
     select 'joining ' || p.joining_id || ' is not in the ledger' from joining_part p
     where p.amount_pence > 0 and not exists (select 1 from entry e where e.reference = 'joining:' || p.joining_id || ':set-up')`,
  ),
  sqlCheck(
    'paper-choices-are-what-was-signed',
    2,
    'What stands as typed in from a sheet with quotes is what that sheet says of that very person; each sheet was signed between its printing and its typing.',
    `select 'quote ' || c.quote_id || ': the choice of person ' || c.person_id || ' is not what their paper says' as fault from quote_choice c join quote_paper p on p.id = c.paper_id
     where p.typed_at is null or p.person_id <> c.person_id or p.pool_id <> c.pool_id or p.quote_id <> c.quote_id or p.choice <> c.choice
     union all
     select 'paper ' || p.reference || ' was signed on ' || p.signed_on || ', which cannot be' from quote_paper p
     where p.signed_on not between (p.printed_at at time zone 'Europe/London')::date and (p.typed_at at time zone 'Europe/London')::date`,
  ),
  sqlCheck(
    'sheets-say-what-was-typed',
    2,
    'What was typed in from the sheet of a session is of that session, and of people who came; a sheet that was typed in belongs to a session that took place.',
    `select 'answer ' || a.id || ' is not on its sheet' as fault from session_answer a join session_paper p on p.id = a.paper_id
     where p.session_id <> a.session_id or not a.person_id = any(p.came) or p.typed_at is null
     union all
     select 'sheet ' || p.reference || ' was typed in for a session that is still planned' from session_paper p join purchase_session s on s.id = p.session_id
     where p.typed_at is not null and s.state = 'planned'`,
  ),
];
