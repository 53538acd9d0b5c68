import { Injectable } from '@nestjs/common';
import type { Actor, BookId, PersonId, PoolId } from '../kernel/index.js';
import { newId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';

/** What was done or seen. Ids, codes and numbers only. */
export interface AuditFact {
  /** `pool:contribute`, `record:viewed`: the permission used, or what happened. */
  readonly action: string;
  readonly noun: string;
  readonly nounId?: string | undefined;
  /** Whose record it is, when it is somebody's. */
  readonly about?: PersonId | undefined;
  readonly book?: BookId | undefined;
  readonly pool?: PoolId | undefined;
  readonly why?: string | undefined;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}

@Injectable()
export class Audit {
  /** Writes what was done beside the doing, in the same transaction. */
  async record(tx: Tx, actor: Actor, fact: AuditFact): Promise<void> {
    await this.recordAll(tx, actor, [fact]);
  }

  async recordAll(tx: Tx, actor: Actor, facts: readonly AuditFact[]): Promise<void> {
    if (facts.length === 0) return;
    await tx.run(
      `insert into audit_event (id, at, actor, action, about_person, noun, noun_id, book_id, pool_id, why, facts)
       select id, $1, $2, action, about, noun, noun_id, book, pool, why, facts
       from unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[], $10::text[], $11::jsonb[])
         as f(id, action, about, noun, noun_id, book, pool, why, facts)`,
      [tx.now, actor.id, facts.map(() => newId()), facts.map((f) => f.action), facts.map((f) => f.about ?? null), facts.map((f) => f.noun), facts.map((f) => f.nounId ?? null),
        facts.map((f) => f.book ?? null), facts.map((f) => f.pool ?? null), facts.map((f) => f.why ?? null), facts.map((f) => JSON.stringify(f.facts ?? {}))]);
  }

  /** Somebody's record was opened, and who for. A person looking at their own record is not written down. */
  async viewed(tx: Tx, actor: Actor, view: { about: PersonId; noun: string; nounId?: string; why: string }): Promise<void> {
    if (actor.id === view.about) return;
    await this.record(tx, actor, { action: 'record:viewed', ...view });
  }
}
