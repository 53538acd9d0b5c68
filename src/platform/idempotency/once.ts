import { createHash } from 'node:crypto';
import type { Actor } from '../../kernel/index.js';
import { conflict } from '../../kernel/index.js';
import type { Tx } from '../database/index.js';

export interface Intent {
  /** The `Idempotency-Key` header, or the hidden token of a form: one per intent, chosen by the caller. */
  readonly key: string;
  /** The command's name; the same key may serve one command only. */
  readonly command: string;
  /** All that the command was asked; compared by hash with the first time. */
  readonly input: unknown;
}

/** Gives a repeat the first answer and does nothing. Same key with other input is refused (`idempotency-key-reused`).
 *  Two at once: the second waits for the first's commit, on the row's unique key. Answers are stored as JSON.
 *  Without a key (`undefined`) the command simply runs. */
export async function once<Answer>(tx: Tx, actor: Actor, intent: Intent | undefined, work: () => Promise<Answer>): Promise<Answer> {
  if (!intent) return work();
  const hash = createHash('sha256').update(intent.command).update('\0').update(canonical(intent.input)).digest();
  const mine = await tx.run(
    `insert into idempotency_key (actor, key, command, input_hash, created_at) values ($1, $2, $3, $4, $5) on conflict (actor, key) do nothing`,
    [actor.id, intent.key, intent.command, hash, tx.now],
  );
  if (mine === 0) {
    const first = await tx.row<{ input_hash: Buffer; answer: Answer }>(`select input_hash, answer from idempotency_key where actor = $1 and key = $2`, [actor.id, intent.key]);
    if (!first || !hash.equals(first.input_hash)) throw conflict('idempotency-key-reused', 'This key was already used for something else. Use a new key for a new request.');
    return first.answer;
  }
  const answer = await work();
  await tx.run(`update idempotency_key set answer = $3 where actor = $1 and key = $2`, [actor.id, intent.key, JSON.stringify(answer ?? null)]);
  return answer;
}

/** JSON with sorted keys and BigInt as text, so that equal inputs hash alike. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}n`;
    if (inner && typeof inner === 'object' && !Array.isArray(inner)) return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
    return inner;
  });
}
