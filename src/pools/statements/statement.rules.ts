import { forbidden, refused } from '../../kernel/index.js';
import type { BookId, PoolId } from '../../kernel/index.js';
import type { ExitJson } from '../pool-exit.views.js';

export const STATEMENT_FORMAT = 'commonpurse.statement.1';

/** Who marks a paper: the money-holder's finance officer or the pool's broker sign it; its reader says that they have read it, which nothing waits for.
 *  Our judgement, November 2026, of "a signed final statement to each member and funder" (domain 2.3). */
export const SIDES = ['money-holder', 'broker', 'reader'] as const;
export type Side = (typeof SIDES)[number];

/** What a paper says, whole in itself: it is read years later, when the pool is gone. */
export interface StatementContent {
  readonly format: typeof STATEMENT_FORMAT;
  readonly kind: 'exit' | 'final';
  readonly pool: { readonly id: PoolId; readonly name: string };
  readonly of: { readonly kind: 'member' | 'funder'; readonly id: string; readonly name: string };
  /** Where the money lay, by budget line and service; a funder's has neither. */
  readonly shares: readonly { readonly book: BookId; readonly holder: string; readonly line: string | null; readonly service: string | null }[];
  readonly statement: ExitJson;
}

export interface MarkFacts {
  readonly contentHash: string;
  /** The sides the actor may mark. */
  readonly mayBe: readonly Side[];
  readonly marked: readonly Side[];
}

/** Whether a mark may be set. Refuses: forbidden; statement-changed (another paper than was read); marked-already. */
export function checkMark(facts: MarkFacts, side: Side, readHash: string): void {
  if (!facts.mayBe.includes(side)) throw forbidden();
  if (facts.contentHash !== readHash) throw refused('statement-changed', 'This is not the statement you read. Read it again first.');
  if (facts.marked.includes(side)) throw refused('marked-already', side === 'reader' ? 'You have said before that you read it.' : 'It is signed already.');
}
