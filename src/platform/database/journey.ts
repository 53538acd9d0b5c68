import type { Socket } from 'node:net';
import type { PoolClient } from 'pg';

/** What is asked of one connection in one turn of the event loop leaves as one packet: each packet wakes PostgreSQL, which costs more than
 *  many a question. Call it before asking. */
export function shareJourney(client: PoolClient): void {
  hold(client, process.nextTick);
}

/** The same for all that any request asks of it before the event loop turns. */
export function shareJourneyOfTurn(client: PoolClient): void {
  hold(client, setImmediate);
}

function hold(client: PoolClient, until: (then: () => void) => void): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  until(() => stream.uncork());
}
