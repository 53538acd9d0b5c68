import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { BudgetLines } from '../budgets/index.js';
import type { PersonId } from '../kernel/index.js';
import { addDays, dayOf, NO_SCOPE, systemActor } from '../kernel/index.js';
import { Plans } from '../plans/index.js';
import type { JobContext, Tx } from '../platform/index.js';
import { announceAll, Database, EventHandlers, JobRegistry } from '../platform/index.js';

const CHUNK = 500;

/** "As soon as reasonably possible" (S.I. 2013/1617, reg. 6): the review is due after so many days. Our judgement, November 2026. */
export const REVIEW_AFTER_NOMINATION_DAYS = 14;

/** What ends on its day: plans that were stopped, and budget lines whose last day is over; and the review that is called for when a
 *  nomination ends. */
@Injectable()
export class CommissioningJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly handlers: EventHandlers,
    private readonly database: Database,
    private readonly plans: Plans,
    private readonly lines: BudgetLines,
  ) {}

  onModuleInit(): void {
    this.handlers.on('nominationEnded', 'commissioning.call-review', (tx, event) => this.callReview(tx, event.payload['personId'] as PersonId));
    this.registry.register({ name: 'commissioning-end', run: (context) => this.endDue(context) });
  }

  /** Nobody manages the money as the plan says any more: each agreed plan is looked at again, soon, and the ICB considers then whether to stop
   *  (RULE 4). Nothing of the person's stops meanwhile. */
  private async callReview(tx: Tx, personId: PersonId): Promise<void> {
    const dueOn = addDays(dayOf(tx.now), REVIEW_AFTER_NOMINATION_DAYS);
    const plans = await this.plans.reviewAllBy(tx, personId, dueOn);
    await announceAll(
      tx,
      plans.map(({ planId, icbId }) => ({
        name: 'reviewCalled',
        about: { people: [personId], icbs: [icbId] },
        payload: { planId, personId, icbId, why: 'nomination-ended', dueOn },
      })),
    );
  }

  /** Five hundred people a transaction. Run again it changes nothing. */
  private async endDue({ day, progress, log }: JobContext): Promise<void> {
    const nobody = systemActor('commissioning', NO_SCOPE);
    const total = Number((await this.database.read(nobody, (tx) => tx.row<{ n: bigint }>(`select count(*) as n from known_id where kind = 'person'`)))!.n);
    let [plans, lines, done] = [0, 0, 0];
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const from = after;
      const people = (
        await this.database.read(nobody, (tx) =>
          tx.rows<{ id: PersonId }>(`select id from known_id where kind = 'person' and id > $1 order by id limit ${CHUNK}`, [from]),
        )
      ).map((row) => row.id);
      if (people.length === 0) break;
      await this.database.transaction(systemActor('commissioning', { people }), async (tx) => {
        lines += await this.lines.endDue(tx, people, day);
        plans += (await this.plans.endDue(tx, people, day)).length;
      });
      progress((done += people.length), total);
      after = people.at(-1)!;
    }
    log(`${plans} plans and ${lines} budget lines ended`);
  }
}
