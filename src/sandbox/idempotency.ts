import { createHash } from 'node:crypto';
import type { Row, Store } from './store.js';
import { type Answer, keyInUse, keyReused } from './stripe-errors.js';

interface KeptAnswer extends Row, Answer {
  readonly fingerprint: string;
}

/** The first answer of each idempotency key, per account. Kept as long as the journal is (Stripe: 24 hours at least). */
export class Idempotency {
  private readonly running = new Set<string>();

  constructor(private readonly store: Store) {}

  /** Same method, path and parameters, in whatever order they came. */
  static fingerprint(method: string, path: string, body: string): string {
    const fields = [...new URLSearchParams(body)].map((pair) => JSON.stringify(pair)).sort();
    return createHash('sha256')
      .update(JSON.stringify([method, path, fields]))
      .digest('base64');
  }

  /** The kept answer, or null when the caller is to act now and then call `end`.
   *  Refuses the same key with another request (400), and while the first is at work (409). */
  begin(owner: string, key: string, fingerprint: string): Answer | null {
    const kept = this.store.part<KeptAnswer>('idempotency', owner).get(key);
    if (kept) {
      if (kept.fingerprint !== fingerprint) throw keyReused(key);
      return { status: kept.status, body: kept.body };
    }
    const running = `${owner} ${key}`;
    if (this.running.has(running)) throw keyInUse(key);
    this.running.add(running);
    return null;
  }

  /** Keeps the answer in the same transaction as what it answers. */
  keep(owner: string, key: string, fingerprint: string, answer: Answer): void {
    this.store.put<KeptAnswer>('idempotency', owner, { id: key, fingerprint, status: answer.status, body: answer.body });
  }

  end(owner: string, key: string): void {
    this.running.delete(`${owner} ${key}`);
  }
}
