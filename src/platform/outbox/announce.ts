import type { Id, Scope } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import type { Tx } from '../database/index.js';
import { texts, uuids, writtenJsons } from '../database/index.js';

/** What an event carries: ids, numbers and states; never names. */
export type EventPayload = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface NewEvent {
  /** A past participle: `poolContributionMade`. */
  readonly name: string;
  /** Exactly what a handler of this event may see: the scope of the rows it is about. */
  readonly about: Partial<Scope>;
  readonly payload: EventPayload;
}

export interface StoredEvent extends NewEvent {
  readonly id: Id<'event'>;
  readonly occurredAt: Date;
}

/** Writes the event with the change it tells of; the relay delivers it at least once, after the commit. */
export async function announce(tx: Tx, event: NewEvent): Promise<void> {
  await announceAll(tx, [event]);
}

export async function announceAll(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  tx.write(
    `insert into outbox_event (id, name, scope, payload, occurred_at)
     select id, name, scope, payload, $5 from unnest($1::uuid[], $2::text[], $3::json[], $4::json[]) as e(id, name, scope, payload)`,
    [
      uuids(events.map(() => newId())),
      texts(events.map((e) => e.name)),
      writtenJsons(events.map((e) => e.about)),
      writtenJsons(events.map((e) => e.payload)),
      tx.now,
    ],
  );
  tx.ring('outbox');
}
