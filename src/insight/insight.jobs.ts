import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import { NO_SCOPE, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, EventHandlers, JobRegistry } from '../platform/index.js';
import type { JobContext } from '../platform/index.js';
import { Reviews } from './reviews.service.js';
import { Tracking } from './tracking.service.js';

/** After these the numbers of the people named are worked out again. The ledger tells of every movement a few seconds after it, when it is
 *  sealed, whatever command made it; an agreed sum may change without one. */
const FIGURES_CHANGED = ['moneyMoved', 'budgetOpened', 'lineReduced'] as const;

const CHUNK = 500;

@Injectable()
export class InsightJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly tracking: Tracking,
    private readonly reviews: Reviews,
  ) {}

  onModuleInit(): void {
    for (const event of FIGURES_CHANGED)
      this.handlers.on(event, 'insight.track', async (tx, { about }) => {
        await this.tracking.track(tx, about.people ?? []);
      });
    this.handlers.on('reviewCalled', 'insight.remind-of-review', (tx, { payload }) =>
      this.reviews.called(tx, {
        planId: String(payload['planId']),
        personId: payload['personId'] as PersonId,
        icbId: payload['icbId'] as OrganisationId,
        step: String(payload['why']),
        dueOn: payload['dueOn'] as LocalDate,
      }),
    );
    this.registry.register({ name: 'insight-track', run: (context) => this.trackAll(context) });
    this.registry.register({ name: 'insight-reviews', run: (context) => this.remindAll(context) });
  }

  /** Nightly: proves every rollup against the ledger, then forecasts and alerts; five hundred people a transaction. */
  private async trackAll(context: JobContext): Promise<void> {
    let wrong = 0;
    let lines = 0;
    await this.inChunks(context, async (tx, people) => {
      const tracked = await this.tracking.track(tx, people);
      wrong += tracked.wrong;
      lines += tracked.lines;
      await this.tracking.foresee(tx, people, context.day);
    });
    context.log(`${lines} lines tracked; ${wrong} rollups had fallen behind`);
  }

  private async remindAll(context: JobContext): Promise<void> {
    let made = 0;
    const icbs = await this.database.read(systemActor('insight', NO_SCOPE), (tx) =>
      tx.rows<{ id: OrganisationId }>(`select id from organisation where kind = 'icb'`),
    );
    await this.inChunks(
      context,
      async (tx, people) => {
        made += await this.reviews.remind(tx, people, context.day);
      },
      icbs.map((icb) => icb.id),
    );
    context.log(`${made} reminders`);
  }

  private async inChunks(
    context: JobContext,
    work: (tx: Tx, people: PersonId[], day: LocalDate) => Promise<void>,
    icbs: readonly OrganisationId[] = [],
  ): Promise<void> {
    const nobody = systemActor('insight', NO_SCOPE);
    const total = Number((await this.database.read(nobody, (tx) => tx.row<{ n: bigint }>(`select count(*) as n from known_id where kind = 'person'`)))!.n);
    let after = '00000000-0000-0000-0000-000000000000';
    for (let done = 0; ; ) {
      const from = after;
      const people = (
        await this.database.read(nobody, (tx) =>
          tx.rows<{ id: PersonId }>(`select id from known_id where kind = 'person' and id > $1 order by id limit ${CHUNK}`, [from]),
        )
      ).map((row) => row.id);
      if (people.length === 0) return;
      await this.database.transaction(systemActor('insight', { people, icbs }), (tx) => work(tx, people, context.day));
      done += people.length;
      context.progress(done, total);
      after = people.at(-1)!;
    }
  }
}
