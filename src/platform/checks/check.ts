import type { Tx } from '../database/index.js';

/** One thing that must always be true. Run nightly, by `npm run cli -- check`, and after integration tests, with every id in scope. */
export interface Check {
  /** Kebab-case, unique: `books-balance`. */
  readonly name: string;
  /** The number of the truth in the design it guards. */
  readonly truth: number;
  /** The claim, as a sentence. */
  readonly claim: string;
  /** What breaks it: one sentence a fault, with ids, at most a hundred. Empty when the claim holds. */
  find(tx: Tx): Promise<string[]>;
}

/** A check whose query returns one row a fault, with a column `fault`. */
export const sqlCheck = (name: string, truth: number, claim: string, sql: string): Check => ({
  name,
  truth,
  claim,
  find: async (tx) => (await tx.rows<{ fault: string }>(`select fault from (${sql}) faults limit 100`)).map((row) => row.fault),
});
