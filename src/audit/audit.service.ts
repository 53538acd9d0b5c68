import { Injectable } from '@nestjs/common';
import type { Actor, BookId, PersonId, PoolId } from '../kernel/index.js';
import { newId, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, Lane } from '../platform/index.js';

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

/** A fact, and who did it. */
export interface Deed {
  readonly actor: Pick<Actor, 'id'>;
  readonly fact: AuditFact;
}

interface Look extends Deed {
  readonly at: Date;
}

const MOST_LOOKS = 500;

@Injectable()
export class Audit {
  /** Looks share commits: reading would else cost a commit each. */
  private readonly looks: Lane<Look, undefined>;

  constructor(database: Database) {
    this.looks = new Lane(MOST_LOOKS, async (looks) => {
      await database.transaction(systemActor('audit', {}), (tx) => write(tx, looks));
      return looks.map(() => undefined);
    });
  }

  /** Writes what was done beside the doing, in the same transaction. */
  async record(tx: Tx, actor: Actor, fact: AuditFact): Promise<void> {
    await this.recordAll(tx, actor, [fact]);
  }

  async recordAll(tx: Tx, actor: Actor, facts: readonly AuditFact[]): Promise<void> {
    await this.recordDeeds(
      tx,
      facts.map((fact) => ({ actor, fact })),
    );
  }

  /** What several actors did in one transaction. */
  async recordDeeds(tx: Tx, deeds: readonly Deed[]): Promise<void> {
    await write(
      tx,
      deeds.map((deed) => ({ ...deed, at: tx.now })),
    );
  }

  /** Somebody's record was opened, and who for: written down before the answer is given, in a commit that other looks may share; when it
   *  cannot be written, there is no answer. A person looking at their own record is not written down. */
  async viewed(tx: Tx, actor: Actor, view: { about: PersonId; noun: string; nounId?: string; why: string }): Promise<void> {
    tx.beforeAnswer(() => this.looked(actor, tx.now, view));
  }

  /** The same for what was read by `Database.ask`: to be awaited before the answer is given. */
  async looked(actor: Actor, at: Date, view: { about: PersonId; noun: string; nounId?: string; why: string }): Promise<void> {
    if (actor.id === view.about) return;
    await this.looks.do({ at, actor, fact: { action: 'record:viewed', ...view } });
  }
}

async function write(tx: Tx, deeds: readonly Look[]): Promise<void> {
  if (deeds.length === 0) return;
  const facts = deeds.map(({ fact }) => fact);
  await tx.run(
    `insert into audit_event (id, at, actor, action, about_person, noun, noun_id, book_id, pool_id, why, facts)
     select id, at, actor, action, about, noun, noun_id, book, pool, why, facts
     from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[], $10::text[], $11::jsonb[])
       as f(id, at, actor, action, about, noun, noun_id, book, pool, why, facts)`,
    [
      facts.map(() => newId()),
      deeds.map(({ at }) => at),
      deeds.map(({ actor }) => actor.id),
      facts.map((f) => f.action),
      facts.map((f) => f.about ?? null),
      facts.map((f) => f.noun),
      facts.map((f) => f.nounId ?? null),
      facts.map((f) => f.book ?? null),
      facts.map((f) => f.pool ?? null),
      facts.map((f) => f.why ?? null),
      facts.map((f) => JSON.stringify(f.facts ?? {})),
    ],
  );
}
