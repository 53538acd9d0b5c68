import { createHash } from 'node:crypto';
import type { Actor } from '../kernel/index.js';
import type { Database } from '../platform/index.js';

/** What is in a district, without ids and times: names, sums, states. Two seeds that agree here are the same district. */
const FACTS: readonly string[] = [
  `select 'person', first_name, family_name, born_on, place, reach_by, reach_format from person`,
  `select 'line', p.first_name, p.family_name, l.managed, l.agreed_pence, l.from_day, l.state from budget_line l join person p on p.id = l.person_id`,
  `select 'plan', p.first_name, p.family_name, x.state, x.review_on, x.ends_on from plan x join person p on p.id = x.person_id`,
  `select 'decision', p.first_name, p.family_name, d.kind, d.ground, d.amount_pence, d.taken_pence, d.on_day, d.decided_on from decision d join person p on p.id = d.person_id`,
  `select 'goal', p.first_name, p.family_name, g.matters, g.state from goal g join person p on p.id = g.person_id`,
  `select 'card', p.first_name, p.family_name, c.state, c.goals, c.days from card c join person p on p.id = c.person_id`,
  `select 'introduction', a.first_name, a.family_name, b.first_name, b.family_name, i.state from introduction i
     join person a on a.id = least(i.person_a, i.person_b) join person b on b.id = greatest(i.person_a, i.person_b)`,
  `select 'provider', name, kind, state from provider`,
  `select 'service', p.name, s.name, s.state from provider_service s join provider p on p.id = s.provider_id`,
  `select 'quote', o.name, p.name, q.price_pence, q.state from quote q join pool o on o.id = q.pool_id join provider p on p.id = q.provider_id`,
  `select 'member', o.name, o.state, m.first_name, m.join_order, m.state from pool_member m join pool o on o.id = m.pool_id`,
  `select 'agreement', o.name, a.version, a.state from agreement a join pool o on o.id = a.pool_id`,
  `select 'funder share', o.name, g.name, b.name, f.promised_pence, f.ends_on, f.state from funder_share f join pool o on o.id = f.pool_id
     join organisation g on g.id = f.funder_id join book b on b.id = f.book_id`,
  `select 'money holder change', o.name, b.name, c.state, x.amount_pence from money_holder_change c
     join pool o on o.id = c.pool_id join book b on b.id = c.to_book_id left join money_holder_part x on x.change_id = c.id`,
  `select 'contribution', o.name, p.first_name, c.amount_pence, c.state from contribution c join pool o on o.id = c.pool_id join person p on p.id = c.person_id`,
  `select 'session', o.name, s.number, s.day, s.state from purchase_session s join pool o on o.id = s.pool_id`,
  `select 'invoice', i.number, i.amount_pence, i.state from invoice i`,
  `select 'part', i.number, p.first_name, x.amount_pence from invoice_part x join invoice i on i.id = x.invoice_id join person p on p.id = x.person_id`,
  `select 'payment', b.name, y.direction, y.channel, y.amount_pence, y.state, y.attempt from payment y join book b on b.id = y.book_id`,
  `select 'run', b.name, r.state, r.total_pence, r.line_count from pay_run r join book b on b.id = r.book_id`,
  `select 'line state', l.booked_on, l.amount_pence, l.direction, s.state from line_state s join statement_line l on l.id = s.line_id`,
  `select 'account', b.name, a.kind, p.first_name, a.posted_pence, a.reserved_pence from account a join book b on b.id = a.book_id left join person p on p.id = a.subject_id where a.kind in ('line', 'share')`,
];

/** One hash for each kind of fact, so that two districts that differ say where. The actor must see everything. */
export function fingerprint(database: Database, everything: Actor): Promise<Record<string, string>> {
  return database.read(everything, async (tx) => {
    const prints: Record<string, string> = {};
    for (const sql of FACTS) {
      const [, kind, columns, from] = /^select '([a-z ]+)', (.*?) (from .*)$/s.exec(sql)!;
      const rows = (await tx.rows<{ fact: string }>(`select row(${columns})::text as fact ${from}`)).map((row) => row.fact);
      prints[kind!] = `${rows.length}:${createHash('sha256').update(rows.sort().join('\n')).digest('hex').slice(0, 16)}`;
    }
    return prints;
  });
}
