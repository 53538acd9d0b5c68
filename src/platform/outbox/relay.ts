import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { NO_SCOPE, notFound, systemActor } from '../../kernel/index.js';
import { CONFIG } from '../config/index.js';
import type { Config } from '../config/index.js';
import type { Tx } from '../database/index.js';
import { Bell, Database } from '../database/index.js';
import { Queues } from '../queue/index.js';
import type { NewJob, QueueName } from '../queue/index.js';
import { asEvent, Delivery, EVENT_COLUMNS } from './delivery.js';
import type { EventRow } from './delivery.js';
import { EventHandlers } from './handlers.js';

const BATCH = 500;
const POLL_MS = 1_000;
/** How long a relayed event is kept after all its effects are recorded. Our judgement, November 2026. */
export const KEPT_DAYS = 30;

const relayActor = systemActor('relay', NO_SCOPE);

/** Hands each outbox event to its handlers, at least once. */
@Injectable()
export class Relay implements OnModuleDestroy {
  private readonly log = new Logger('relay');
  private bell: Bell | undefined;
  private loop: Promise<void> | undefined;
  private isStopping = false;
  private isRung = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly handlers: EventHandlers,
    private readonly delivery: Delivery,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Queues one batch of waiting events, one job for each event and handler; says how many events it took. Several relays may run
   *  at once: each takes rows that no other holds. This is the one transaction of ours that calls a queue inside: an event is
   *  marked only after its jobs are safely added, and it locks nothing but the outbox rows themselves. A crash between the two
   *  adds the jobs again, under the same ids, and the handlers' records make the repeat harmless. */
  runOnce(): Promise<number> {
    return this.database.transaction(relayActor, async (tx) => {
      const rows = await waiting(tx, BATCH, 'for update skip locked');
      await this.addJobs(rows);
      markRelayed(tx, rows);
      return rows.length;
    });
  }

  /** Begins to relay, woken by `NOTIFY outbox`, and by a poll of one second for whatever was missed. */
  start(): void {
    if (this.loop) return;
    this.isStopping = false;
    if (this.config.databaseUrl) this.bell = new Bell(this.config.databaseUrl, 'outbox', () => this.ring());
    void this.bell?.start();
    this.loop = this.relayUntilStopped();
  }

  /** Ends after the batch in hand. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.ring();
    await this.loop;
    await this.bell?.stop();
    this.loop = undefined;
    this.bell = undefined;
  }

  onModuleDestroy(): Promise<void> {
    return this.stop();
  }

  /** Handles every waiting event here and now, in order and without a queue, and the events these announce, until none is left.
   *  For tests, the seed and the demonstration. The first handler to throw ends it; its event stays waiting. Not for use beside a
   *  running relay. Says how many events there were. */
  async drainEvents(): Promise<number> {
    for (let count = 0, done: EventRow[] = []; ; ) {
      const rows = await this.database.transaction(relayActor, (tx) => {
        markRelayed(tx, done);
        return waiting(tx, BATCH);
      });
      if (rows.length === 0) return count;
      done = [];
      try {
        for (const row of rows) {
          for (const subscription of this.handlers.of(row.name)) await this.delivery.run(subscription, asEvent(row));
          done.push(row);
        }
      } catch (error) {
        await this.database.transaction(relayActor, async (tx) => markRelayed(tx, done));
        throw error;
      }
      count += rows.length;
    }
  }

  /** Queues an event again for every handler; those that are recorded do nothing. For operators, after a queue was lost or a
   *  handler was added. Refuses an event that is not there (not-found). */
  async replay(eventId: string): Promise<void> {
    const row = await this.database.read(relayActor, (tx) => tx.row<EventRow>(`select ${EVENT_COLUMNS} from outbox_event where id = $1`, [eventId]));
    if (!row) throw notFound('This event');
    await this.addJobs([row]);
  }

  /** Removes events relayed before `cutoff` once every handler of theirs is recorded; one with an effect missing stays, however
   *  old, because it can still be replayed. Says how many went. */
  async sweep(cutoff: Date): Promise<number> {
    const pairs = this.handlers.knownEvents.flatMap((event) => this.handlers.of(event).map(({ handler }) => [event, handler] as const));
    const gone = await this.database.transaction(relayActor, (tx) =>
      tx.rows(
        `with gone as (
           delete from outbox_event e where relayed_at < $1 and not exists (
             select 1 from unnest($2::text[], $3::text[]) as due(event, handler)
             where due.event = e.name and not exists (select 1 from event_handled h where h.handler = due.handler and h.event_id = e.id))
           returning id),
         records as (delete from event_handled h using gone where h.event_id = gone.id)
         select id from gone`,
        [cutoff, pairs.map(([event]) => event), pairs.map(([, handler]) => handler)],
      ),
    );
    return gone.length;
  }

  private async relayUntilStopped(): Promise<void> {
    while (!this.isStopping) {
      this.isRung = false;
      try {
        if ((await this.runOnce()) > 0) continue;
      } catch (error) {
        this.log.error(`could not relay; trying again soon: ${(error as Error).message}`);
        this.isRung = false;
      }
      await this.rungOrTime();
    }
  }

  private ring(): void {
    this.isRung = true;
    this.wake();
  }

  private async rungOrTime(): Promise<void> {
    if (this.isRung || this.isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }

  private async addJobs(rows: readonly EventRow[]): Promise<void> {
    const jobs: Record<Extract<QueueName, 'events' | 'money'>, NewJob[]> = { events: [], money: [] };
    for (const row of rows) {
      for (const { handler, outside } of this.handlers.of(row.name)) {
        jobs[outside ? 'money' : 'events'].push({ name: handler, id: jobIdOf(row.id, handler), data: { event: row.id, handler } });
      }
    }
    await this.queues.addBulk('events', jobs.events);
    await this.queues.addBulk('money', jobs.money);
  }
}

/** A queue takes no colon in a job's id. */
const jobIdOf = (eventId: string, handler: string): string => `evt-${eventId}-${handler.replaceAll(':', '.')}`;

/** What waits, oldest first. It lies in its index behind what was relayed since the last vacuum; only a scan in the order of the index clears
 *  that away in passing, while the plan that PostgreSQL likes better looks each of those events up again at every poll. */
function waiting(tx: Tx, limit: number, locking: '' | 'for update skip locked' = ''): Promise<EventRow[]> {
  tx.write(`select set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)`);
  return tx.rows<EventRow>(`select ${EVENT_COLUMNS} from outbox_event where relayed_at is null order by seq limit ${limit} ${locking}`);
}

function markRelayed(tx: Tx, rows: readonly EventRow[]): void {
  if (rows.length > 0) tx.write('update outbox_event set relayed_at = $2 where id = any($1::uuid[])', [rows.map(({ id }) => id), tx.now]);
}
