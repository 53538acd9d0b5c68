import { Injectable } from '@nestjs/common';
import type { LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import { addMonths, dayOf, newId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announceAll } from '../platform/index.js';
import { remindersDue } from './forecast.rules.js';

interface ReminderRow {
  readonly id: string;
  readonly planId: string;
  readonly personId: PersonId;
  readonly icbId: OrganisationId;
  /** `60 days` from the first payment, or why it is called for: `nomination-ended`. */
  readonly step: string;
  readonly dueOn: LocalDate;
}

/** Reminders of reviews, counted from the first payment (RULE 10). A late review blocks no payment. */
@Injectable()
export class Reviews {
  /** Reminds of what is due for these people; each step once. Answers how many reminders were new. */
  async remind(tx: Tx, people: readonly PersonId[], day: LocalDate): Promise<number> {
    const plans = await tx.rows<{ planId: string; personId: PersonId; icbId: OrganisationId; firstPaidOn: LocalDate }>(
      `select p.id as "planId", p.person_id as "personId", p.icb_id as "icbId", min(l.first_paid_on) as "firstPaidOn"
       from plan p join budget_line l on l.plan_id = p.id and l.person_id = p.person_id and l.first_paid_on is not null
       where p.person_id = any($1) and p.state = 'agreed'
         and not exists (select 1 from decision d where d.plan_id = p.id and d.kind = 'review' and d.decided_on > $2::date - 300)
       group by p.id`,
      [people, day],
    );
    const due = plans.flatMap((plan) => remindersDue(plan.firstPaidOn, day, addMonths).map((step) => ({ id: newId(), ...plan, ...step })));
    return this.write(tx, day, due);
  }

  /** Something calls for a review before its time: whoever looks after the plan sees it among the reviews that are due, until one is recorded. */
  async called(tx: Tx, review: Omit<ReminderRow, 'id'>): Promise<void> {
    await this.write(tx, dayOf(tx.now), [{ id: newId(), ...review }]);
  }

  /** Answers how many were new. */
  private async write(tx: Tx, day: LocalDate, due: readonly ReminderRow[]): Promise<number> {
    const made = await tx.rows<{ id: string }>(
      `insert into review_reminder (id, person_id, icb_id, plan_id, step, review_due_on, reminded_on)
       select id, person, icb, plan, step, due, $1 from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::date[]) as r(id, person, icb, plan, step, due)
       on conflict (plan_id, review_due_on, step) do nothing returning id`,
      [
        day,
        due.map((r) => r.id),
        due.map((r) => r.personId),
        due.map((r) => r.icbId),
        due.map((r) => r.planId),
        due.map((r) => r.step),
        due.map((r) => r.dueOn),
      ],
    );
    const fresh = new Set(made.map((row) => row.id));
    await announceAll(
      tx,
      due
        .filter((r) => fresh.has(r.id))
        .map((r) => ({
          name: 'reviewDue',
          about: { people: [r.personId], icbs: [r.icbId] },
          payload: { planId: r.planId, personId: r.personId, icbId: r.icbId, step: r.step, dueOn: r.dueOn },
        })),
    );
    return made.length;
  }
}
