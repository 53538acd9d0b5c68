import pg from 'pg';
import type { Scope } from '../../src/kernel/index.js';
import { NO_SCOPE, systemActor } from '../../src/kernel/index.js';
import { loadConfig } from '../../src/platform/config/index.js';
import { SystemClock } from '../../src/platform/clock/index.js';
import type { Tx } from '../../src/platform/database/index.js';
import { appDataSource, Database } from '../../src/platform/database/index.js';
import type { EventPayload } from '../../src/platform/outbox/announce.js';
import { announceAll } from '../../src/platform/outbox/announce.js';
import { Delivery } from '../../src/platform/outbox/delivery.js';
import { EventHandlers } from '../../src/platform/outbox/handlers.js';
import { Relay } from '../../src/platform/outbox/relay.js';
import type { Queues } from '../../src/platform/queue/index.js';
import type { TestDatabase } from './database.js';
import { testDatabase } from './database.js';

/** One process of a site whose only room writes down, in the table `effect`, what reached it. Nothing in that table
 *  prevents a second row for one event, so a second effect would be seen. */
export interface OutboxHouse {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly handlers: EventHandlers;
  readonly delivery: Delivery;
  relayTo(queues: Queues): Relay;
  announce(name: string, payloads: readonly EventPayload[], about?: Partial<Scope>): Promise<void>;
  rows<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** How many effects there are for each handler and how many different events they tell of. */
  effects(): Promise<Record<string, { readonly rows: number; readonly events: number }>>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export const writeEffect = (tx: Tx, handler: string, eventId: string): Promise<number> =>
  tx.run('insert into effect (handler, event_id) values ($1, $2)', [handler, eventId]);

const tester = systemActor('test', NO_SCOPE);

export async function outboxHouse(): Promise<OutboxHouse> {
  const test = await testDatabase();
  await asOwner(
    test.adminUrl,
    'create table effect (handler text not null, event_id uuid not null); grant select, insert, delete on effect to commonpurse_app',
  );
  const source = await appDataSource(test.appUrl).initialize();
  const database = new Database(source, new SystemClock());
  const handlers = new EventHandlers();
  const delivery = new Delivery(database, handlers);
  const rows = <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => database.read(tester, (tx) => tx.rows<Row>(sql, parameters));
  return {
    test,
    database,
    handlers,
    delivery,
    rows,
    relayTo: (queues) =>
      new Relay(
        database,
        queues,
        handlers,
        delivery,
        loadConfig({ DATABASE_URL: test.appUrl, ENCRYPTION_KEYS: `test:${Buffer.alloc(32).toString('base64')}` }),
      ),
    announce: (name, payloads, about = {}) =>
      database.transaction(tester, (tx) =>
        announceAll(
          tx,
          payloads.map((payload) => ({ name, about, payload })),
        ),
      ),
    effects: async () => {
      const found = await rows<{ handler: string; rows: number; events: number }>(
        'select handler, count(*)::int as rows, count(distinct event_id)::int as events from effect group by handler order by handler',
      );
      return Object.fromEntries(found.map(({ handler, ...counts }) => [handler, counts]));
    },
    empty: async () => {
      await database.transaction(tester, async (tx) => {
        for (const table of ['effect', 'event_handled', 'outbox_event', 'job_run']) await tx.run(`delete from ${table}`);
      });
    },
    close: async () => {
      await source.destroy();
      await test.drop();
    },
  };
}

async function asOwner(adminUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
