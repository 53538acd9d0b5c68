import type { QueryRunner } from 'typeorm';

/** A database transaction whose scope is set. Whatever writes takes it as its first argument. */
export class Tx {
  constructor(
    private readonly runner: QueryRunner,
    /** The moment of the command or job, one for all it writes. */
    readonly now: Date,
  ) {}

  private readonly whenCommitted: (() => void)[] = [];

  /** Something for this process alone, once the commit is durable: forget what was kept, wake a loop. Never anything that matters. */
  afterCommit(work: () => void): void {
    this.whenCommitted.push(work);
  }

  /** Called by `Database` after the commit. */
  committed(): void {
    for (const work of this.whenCommitted) work();
  }

  /** All rows of a query. `bigint` columns arrive as BigInt, `date` as text, `timestamptz` as Date. */
  async rows<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.runner.query(sql, parameters as unknown[], true);
    return result.records as Row[];
  }

  /** The first row, or undefined. */
  async row<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, parameters))[0];
  }

  /** How many rows an INSERT, UPDATE or DELETE touched. */
  async run(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    const result = await this.runner.query(sql, parameters as unknown[], true);
    return result.affected ?? 0;
  }
}
