import type { PoolClient, QueryResult } from 'pg';
import { QueryFailedError } from 'typeorm';
import type { Scope } from '../../kernel/index.js';
import { invariant, joinScopes, scopeOf } from '../../kernel/index.js';
import { shareJourney } from './journey.js';
import { scopeSettings, SET_SCOPE } from './scope.js';
import { statementOf } from './statement.js';

/** A database transaction whose scope is set. Whatever writes takes it as its first argument. Questions that do not wait for each other
 *  (`Promise.all`) travel together. */
export class Tx {
  private readonly whenCommitted: (() => void)[] = [];
  private readonly duties: (() => Promise<void>)[] = [];
  private readonly asked: Promise<unknown>[] = [];
  private readonly last: (() => Promise<unknown>)[] = [];
  private isEnding = false;

  constructor(
    private readonly client: PoolClient,
    private scope: Scope,
    /** The moment of the command or job, one for all it writes. */
    readonly now: Date,
    private readonly ringer: (channel: string) => void,
  ) {}

  /** Something for this process alone, once the commit is durable: forget what was kept, wake a loop. Never anything that matters. */
  afterCommit(work: () => void): void {
    this.whenCommitted.push(work);
  }

  /** Tells listeners of a channel, in any process, that there is something to look at: after the commit, and soon. They poll too. */
  ring(channel: string): void {
    this.afterCommit(() => this.ringer(channel));
  }

  /** Something that must be durable before the caller gets its answer, and may share a commit with others: runs after this transaction has
   *  ended well and given its connection back. When it fails, the caller gets the failure instead of the answer. */
  beforeAnswer(work: () => Promise<void>): void {
    this.duties.push(work);
  }

  /** Statements that were asked and whose answers decide only whether the transaction stands: nobody waits for them before the commit, which
   *  travels with them. What they lock is held no longer than they take. The first that fails is the transaction's failure. */
  withCommit(...asked: readonly Promise<unknown>[]): void {
    for (const each of asked) each.catch(ignore); // it is told when the commit is asked, or never needed after an earlier failure
    this.asked.push(...asked);
  }

  /** Writes without waiting for it: the statement travels with the next question, or with the commit. For rows that nobody counts and whose refusal
   *  nobody answers but by failing as a whole; later questions of this transaction see them. */
  write(sql: string, parameters: readonly unknown[] = []): void {
    this.goOn();
    this.withCommit(this.ask(sql, parameters));
  }

  /** What others wait for until the commit (a pool's accounts): asked after all else that travels with the commit. `ask` asks before it returns. */
  lastly(ask: () => Promise<unknown>): void {
    this.last.push(ask);
  }

  /** Called by `Database` just before it asks for the commit, which stands only when all these do. Nothing is asked after it. */
  end(): readonly Promise<unknown>[] {
    for (const ask of this.last) this.withCommit(ask());
    this.isEnding = true;
    return this.asked;
  }

  /** Called by `Database` when a statement failed only because an earlier one had: why that was, if nobody waited for it. */
  async firstFailure(): Promise<unknown> {
    return (await Promise.allSettled(this.asked)).find((each) => each.status === 'rejected')?.reason;
  }

  /** Called by `Database` after the commit. */
  committed(): void {
    for (const work of this.whenCommitted) work();
  }

  /** Called by `Database` when the connection is given back. */
  async dutiesDone(): Promise<void> {
    if (this.duties.length > 0) await Promise.all(this.duties.map((work) => work()));
  }

  /** Widens the scope for the rest of this transaction by rows that the actor was just authorised for: a co-ordinator who may see a
   *  person's budget sees the money of that person, and of no other. */
  async alsoSee(more: Partial<Scope>): Promise<void> {
    this.scope = joinScopes(this.scope, scopeOf(more));
    await this.ask(SET_SCOPE, scopeSettings(this.scope));
  }

  /** From here on exactly this: for what began with more, until it was known who may do what. What is asked after it travels with it. */
  async seeOnly(scope: Partial<Scope>): Promise<void> {
    this.scope = scopeOf(scope);
    await this.ask(SET_SCOPE, scopeSettings(this.scope));
  }

  /** All rows of a query. `bigint` columns arrive as BigInt, `date` as text, `timestamptz` as Date. */
  async rows<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.ask(sql, parameters)).rows as Row[];
  }

  /** The first row, or undefined. */
  async row<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, parameters))[0];
  }

  /** How many rows an INSERT, UPDATE or DELETE touched. */
  async run(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.ask(sql, parameters)).rowCount ?? 0;
  }

  /** The one value that a function of ours in the database answers. Its call is prepared: how to do it does not depend on how much is asked. */
  async call<Value>(name: string, parameters: readonly unknown[]): Promise<Value> {
    this.goOn();
    const text = `select ${name}(${parameters.map((_, n) => `$${n + 1}`).join(', ')}) as value`;
    try {
      const { rows } = await this.client.query({ name, text, values: parameters as unknown[] });
      return (rows as { value: Value }[])[0]!.value;
    } catch (error) {
      throw new QueryFailedError(text, parameters as unknown[], error as Error);
    }
  }

  private goOn(): void {
    invariant(!this.isEnding, 'nothing is asked of a transaction after its commit');
    shareJourney(this.client);
  }

  private async ask(sql: string, parameters: readonly unknown[]): Promise<QueryResult> {
    this.goOn();
    try {
      return await this.client.query(statementOf(sql, parameters));
    } catch (error) {
      throw new QueryFailedError(sql, parameters as unknown[], error as Error);
    }
  }
}

const ignore = (): void => undefined;
