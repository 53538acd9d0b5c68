import type { Pool, PoolClient, QueryConfig } from 'pg';
import { shareJourneyOfTurn } from './journey.js';

/** Connections that questions may share at once. Our judgement, November 2026: PostgreSQL works on two while a third is being filled. */
const SEATS = 3;

interface Seat {
  readonly client: Promise<PoolClient>;
  readonly onError: () => void;
  open: number;
  isBroken: boolean;
}

/** Questions that are a transaction each by themselves. Those of one turn of the event loop travel together, over few connections: each packet
 *  and each sleeping process that is woken costs more than a question by key. PostgreSQL takes them one after another, each in its own
 *  transaction (a Sync follows each), so no scope outlives its question. A connection goes back to the pool when nobody asks. */
export class Asker {
  private readonly seats: Seat[] = [];

  constructor(private readonly pool: () => Pool) {}

  async ask<Row extends object>(query: QueryConfig): Promise<Row> {
    const seat = this.seat();
    seat.open += 1;
    try {
      const client = await seat.client;
      shareJourneyOfTurn(client);
      return (await client.query<Row>(query)).rows[0]!;
    } catch (error) {
      // Anything but the refusal of one question: PostgreSQL is closing this connection, though the event of it is still to come.
      if ((error as { severity?: string }).severity !== 'ERROR') this.broke(seat);
      throw error;
    } finally {
      seat.open -= 1;
      if (seat.open === 0) this.leave(seat);
    }
  }

  /** The emptiest that there is, or another one while there may be. */
  private seat(): Seat {
    const emptiest = this.seats.reduce<Seat | undefined>((best, each) => (best && best.open <= each.open ? best : each), undefined);
    if (emptiest && this.seats.length === SEATS) return emptiest;
    const seat: Seat = { client: this.pool().connect(), onError: () => this.broke(seat), open: 0, isBroken: false };
    seat.client.then((client) => client.on('error', seat.onError), seat.onError);
    this.seats.push(seat);
    return seat;
  }

  /** Nobody else sits down there; those who sit get the error of their own question. */
  private broke(seat: Seat): void {
    seat.isBroken = true;
    this.remove(seat);
  }

  private leave(seat: Seat): void {
    this.remove(seat);
    seat.client.then(
      (client) => {
        client.off('error', seat.onError);
        client.release(seat.isBroken);
      },
      () => undefined,
    );
  }

  private remove(seat: Seat): void {
    const at = this.seats.indexOf(seat);
    if (at >= 0) this.seats.splice(at, 1);
  }
}
