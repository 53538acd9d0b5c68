import { Injectable } from '@nestjs/common';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Actor } from '../../kernel/index.js';
import { Clock } from '../clock/index.js';
import { beginWithScope } from './scope.js';
import { Tx } from './tx.js';

/** Deadlock and serialization failure: the whole function runs again in a new transaction. */
const RERUN = new Set(['40P01', '40001']);
const MOST_RUNS = 3;

export const sqlStateOf = (error: unknown): string | undefined =>
  (error as { driverError?: { code?: string } }).driverError?.code ?? (error as { code?: string }).code;

/** Where transactions begin. Services open them; nothing in them calls a network or a queue. */
@Injectable()
export class Database {
  constructor(
    readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` in one transaction that sees exactly the actor's scope. A deadlock or serialization failure reruns
   *  the whole of `work`, three times at most; any other throw rolls back and passes on. */
  transaction<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(actor, false, work);
  }

  /** The same for questions: the database refuses writes. */
  read<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(actor, true, work);
  }

  private async run<T>(actor: Actor, readOnly: boolean, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(actor, readOnly, work);
      } catch (error) {
        if (attempt === MOST_RUNS || !RERUN.has(sqlStateOf(error) ?? '')) throw error;
      }
    }
  }

  private async once<T>(actor: Actor, readOnly: boolean, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    await runner.connect();
    try {
      await begin(runner, beginWithScope(actor.scope, readOnly));
      const tx = new Tx(runner, this.clock.now());
      const answer = await work(tx);
      await runner.commitTransaction();
      tx.committed();
      return answer;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** BEGIN and the scope travel together, so TypeORM is told that its transaction has begun (tried with TypeORM 1.1). */
async function begin(runner: QueryRunner, sql: string): Promise<void> {
  await runner.query(sql);
  const state = runner as unknown as { isTransactionActive: boolean; transactionDepth: number };
  state.isTransactionActive = true;
  state.transactionDepth = 1;
}
