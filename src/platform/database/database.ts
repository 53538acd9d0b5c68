import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import type { DataSource } from 'typeorm';
import { QueryFailedError } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Actor } from '../../kernel/index.js';
import { invariant } from '../../kernel/index.js';
import { Clock } from '../clock/index.js';
import { Asker } from './asker.js';
import { texts } from './columns.js';
import { inOrder } from './in-order.js';
import { shareJourney } from './journey.js';
import { Ringer } from './ringer.js';
import { scopeSettings, SET_SCOPE } from './scope.js';
import { statementOf } from './statement.js';
import { Tx } from './tx.js';

/** Deadlock and serialization failure: the whole function runs again in a new transaction. */
const RERUN = new Set(['40P01', '40001']);
const MOST_RUNS = 3;
/** What PostgreSQL says of every statement after one that failed. */
const ABORTED = '25P02';

/** Thrown by a transaction that met another one's work of the same moment, in a way only its room can tell: it runs again too. */
export class RunAgain extends Error {}

type Begin = 'begin' | 'begin read only' | 'begin isolation level repeatable read read only';

export const sqlStateOf = (error: unknown): string | undefined =>
  (error as { driverError?: { code?: string } }).driverError?.code ?? (error as { code?: string }).code;

/** Where transactions begin. Services open them; nothing in them calls a network or a queue. */
@Injectable()
export class Database {
  private readonly asker = new Asker(() => this.pool);
  private readonly ringer = new Ringer(async (channel) => this.pool.query(`select pg_notify($1, '')`, [channel])); // async: rung after the end, it has no pool

  constructor(
    readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` in one transaction that sees exactly the actor's scope. A deadlock or serialization failure reruns
   *  the whole of `work`, three times at most; any other throw rolls back and passes on. */
  transaction<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(actor, 'begin', work);
  }

  /** The same for questions: the database refuses writes. */
  read<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(actor, 'begin read only', work);
  }

  /** The same for a long answer read in many questions: all see the rows as they stood at the first. `work` is not run twice, since a part of
   *  its answer may have gone out. */
  readStill<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.once(actor, 'begin isolation level repeatable read read only', work);
  }

  /** What one function of ours in the database answers, as a transaction by itself that changes nothing: the scope and the call are one
   *  statement (`set_scope` comes first, since the call waits for its row), and the questions of a moment share their journeys. For what is
   *  asked so often that journeys are its cost; never for what may wait for a lock. */
  ask<Value>(actor: Actor, name: string, parameters: readonly unknown[]): Promise<Value> {
    return this.byItself(actor, name, parameters, (query) => this.asker.ask(query));
  }

  /** The same for a function that writes: one journey, on a connection of its own. */
  command<Value>(actor: Actor, name: string, parameters: readonly unknown[]): Promise<Value> {
    return this.byItself(actor, name, parameters, async (query) => (await this.pool.query<{ value: Value }>(query)).rows[0]!);
  }

  private byItself<Value>(actor: Actor, name: string, parameters: readonly unknown[], run: (query: QueryConfig) => Promise<{ value: Value }>): Promise<Value> {
    const text = `select ${name}(${parameters.map((_, n) => `$${n + 2}`).join(', ')}) as value from set_scope($1)`;
    const query = { name: `ask_${name}`, text, values: [texts(scopeSettings(actor.scope)), ...parameters] };
    return rerunning(async () => {
      try {
        return (await run(query)).value;
      } catch (error) {
        throw new QueryFailedError(text, [], error as Error);
      }
    });
  }

  /** The moment by this house's clock: what a question asked outside a transaction goes by. */
  now(): Date {
    return this.clock.now();
  }

  /** TypeORM makes and keeps the connections; transactions use them without its layers, whose time was more than PostgreSQL's own. */
  private get pool(): Pool {
    return (this.source.driver as PostgresDriver).master as Pool;
  }

  private run<T>(actor: Actor, begin: Begin, work: (tx: Tx) => Promise<T>): Promise<T> {
    return rerunning(() => this.once(actor, begin, work));
  }

  private async once<T>(actor: Actor, begin: Begin, work: (tx: Tx) => Promise<T>): Promise<T> {
    const settings = scopeSettings(actor.scope);
    const client = await this.pool.connect();
    client.on('error', ignore);
    const tx = new Tx(client, actor.scope, this.clock.now(), (channel) => this.ringer.ring(channel));
    let isBroken = true;
    let answer: T;
    try {
      answer = await inTransaction(client, settings, begin, tx, work);
      isBroken = false;
    } catch (error) {
      isBroken = await client.query('rollback').then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(isBroken);
    }
    tx.committed();
    await tx.dutiesDone();
    return answer;
  }
}

/** Runs again what a deadlock, a serialization failure or `RunAgain` undid, three times at most. */
async function rerunning<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MOST_RUNS || !(error instanceof RunAgain || RERUN.has(sqlStateOf(error) ?? ''))) throw error;
    }
  }
}

/** A lost connection fails the question in hand, which says so; the event would end the process. */
const ignore = (): void => undefined;

/** BEGIN, the scope and the first question of `work` travel together, and so does what `work` asked last (`Tx.withCommit`) with the commit;
 *  PostgreSQL takes them in order. */
async function inTransaction<T>(client: PoolClient, settings: readonly string[], begin: Begin, tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  shareJourney(client);
  const begun = Promise.all([client.query(begin), client.query(statementOf(SET_SCOPE, settings))]);
  begun.catch(ignore);
  const answer = await work(tx).catch(async (error: unknown) => {
    throw sqlStateOf(error) === ABORTED ? ((await tx.firstFailure()) ?? error) : error;
  });
  shareJourney(client);
  const asked = tx.end();
  const commit = client.query('commit');
  await inOrder([begun, ...asked, commit]);
  const { command } = await commit;
  invariant(command === 'COMMIT', 'a statement failed inside the transaction and the failure was passed over');
  return answer;
}
