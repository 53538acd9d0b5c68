import { Injectable, Logger } from '@nestjs/common';
import type { Id, Scope } from '../../kernel/index.js';
import { invariant, NO_SCOPE, systemActor } from '../../kernel/index.js';
import { Database } from '../database/index.js';
import type { EventPayload, StoredEvent } from './announce.js';
import { EventHandlers } from './handlers.js';
import type { Subscription } from './handlers.js';

/** A row of `outbox_event` as it is read. */
export interface EventRow {
  readonly id: Id<'event'>;
  readonly name: string;
  readonly scope: Partial<Scope>;
  readonly payload: EventPayload;
  readonly occurred_at: Date;
}

export const EVENT_COLUMNS = 'id, name, scope, payload, occurred_at';

export const asEvent = (row: EventRow): StoredEvent => ({ id: row.id, name: row.name, about: row.scope, payload: row.payload, occurredAt: row.occurred_at });

/** Runs one handler for one event, so that a repeat changes nothing. */
@Injectable()
export class Delivery {
  private readonly log = new Logger('events');

  constructor(
    private readonly database: Database,
    private readonly handlers: EventHandlers,
  ) {}

  /** What a queue's worker calls. Throws when the handler throws, or when this process has no handler of that name: the job is
   *  then tried again, and a newer worker may know it. */
  async deliver(eventId: string, handler: string): Promise<void> {
    const event = await this.load(eventId);
    if (!event) {
      this.log.warn(`event ${eventId} is gone from the outbox; nothing is left to do for ${handler}`);
      return;
    }
    const subscription = this.handlers.find(event.name, handler);
    invariant(subscription, `nobody here handles ${event.name} as ${handler}`);
    await this.run(subscription, event);
  }

  /** True when the handler ran, false when it had run before. That comes seldom, so nobody waits to hear of it: the record is written first and
   *  travels with the handler's own first question; where there is one already, all that the handler did is undone with it. */
  async run(subscription: Subscription, event: StoredEvent): Promise<boolean> {
    const actor = systemActor(`event:${subscription.handler}`, event.about);
    if (subscription.outside) return this.runOutside(subscription.handler, event, () => subscription.handle(event));
    try {
      await this.database.transaction(actor, async (tx) => {
        tx.write(RECORD_HANDLED, [subscription.handler, event.id, tx.now]);
        await subscription.handle(tx, event);
      });
      return true;
    } catch (error) {
      if (wasHandled(error)) return false;
      throw error;
    }
  }

  /** No transaction is open during the call, so the record comes after it: a crash between the two repeats the call. */
  private async runOutside(handler: string, event: StoredEvent, call: () => Promise<void>): Promise<boolean> {
    const relay = systemActor('relay', NO_SCOPE);
    const before = await this.database.read(relay, (tx) => tx.row('select 1 from event_handled where handler = $1 and event_id = $2', [handler, event.id]));
    if (before) return false;
    await call();
    await this.database.transaction(relay, (tx) => tx.run(`${RECORD_HANDLED} on conflict (handler, event_id) do nothing`, [handler, event.id, tx.now]));
    return true;
  }

  private async load(eventId: string): Promise<StoredEvent | undefined> {
    const row = await this.database.read(systemActor('relay', NO_SCOPE), (tx) =>
      tx.row<EventRow>(`select ${EVENT_COLUMNS} from outbox_event where id = $1`, [eventId]),
    );
    return row && asEvent(row);
  }
}

/** A second worker at the same moment waits here for the first one's commit. */
const RECORD_HANDLED = 'insert into event_handled (handler, event_id, handled_at) values ($1, $2, $3)';

const wasHandled = (error: unknown): boolean => (error as { driverError?: { constraint?: string } }).driverError?.constraint === 'event_handled_pkey';
