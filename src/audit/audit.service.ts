import { Injectable } from '@nestjs/common';
import type { Actor, BookId, PersonId, PoolId } from '../kernel/index.js';
import { newId, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, jsons, Lane, moments, texts, uuids } from '../platform/index.js';

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

/** Somebody's record, and why it was opened. */
export interface RecordSeen {
  readonly about: PersonId;
  readonly noun: string;
  readonly nounId?: string | undefined;
  readonly why: string;
}

interface Look {
  readonly at: Date;
  readonly actor: Pick<Actor, 'id'>;
  readonly seen: RecordSeen;
}

const MOST_LOOKS = 500;

@Injectable()
export class Audit {
  /** Looks share commits: reading would else cost a commit each. */
  private readonly looks: Lane<Look, undefined>;

  constructor(database: Database) {
    this.looks = new Lane(MOST_LOOKS, async (looks) => {
      await database.command(systemActor('audit', {}), 'record_looks', columnsOf(looks));
      return looks.map(() => undefined);
    });
  }

  /** Writes what was done beside the doing, in the same transaction and in no journey of its own. */
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
    if (deeds.length === 0) return;
    const facts = deeds.map(({ fact }) => fact);
    tx.write(
      `insert into audit_event (id, at, actor, action, about_person, noun, noun_id, book_id, pool_id, why, facts)
       select id, $1, actor, action, about, noun, noun_id, book, pool, why, facts
       from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[], $10::text[], $11::jsonb[])
         as f(id, actor, action, about, noun, noun_id, book, pool, why, facts)`,
      [
        tx.now,
        uuids(facts.map(() => newId())),
        texts(deeds.map(({ actor }) => actor.id)),
        texts(facts.map((f) => f.action)),
        uuids(facts.map((f) => f.about)),
        texts(facts.map((f) => f.noun)),
        uuids(facts.map((f) => f.nounId)),
        uuids(facts.map((f) => f.book)),
        uuids(facts.map((f) => f.pool)),
        texts(facts.map((f) => f.why)),
        jsons(facts.map((f) => f.facts ?? {})),
      ],
    );
  }

  /** Somebody's record was opened, and who for: written down before the answer is given, in a commit that other looks may share; when it
   *  cannot be written, there is no answer. A person looking at their own record is not written down. */
  async viewed(tx: Tx, actor: Actor, seen: RecordSeen): Promise<void> {
    tx.beforeAnswer(() => this.looked(actor, tx.now, seen));
  }

  /** The same for what was read by `Database.ask`: to be awaited before the answer is given. */
  async looked(actor: Actor, at: Date, seen: RecordSeen): Promise<void> {
    if (actor.id === seen.about) return;
    await this.looks.do({ at, actor, seen });
  }
}

/** What `record_looks` takes. */
const columnsOf = (looks: readonly Look[]): unknown[] => [
  uuids(looks.map(() => newId())),
  moments(looks.map(({ at }) => at)),
  texts(looks.map(({ actor }) => actor.id)),
  uuids(looks.map(({ seen }) => seen.about)),
  texts(looks.map(({ seen }) => seen.noun)),
  uuids(looks.map(({ seen }) => seen.nounId)),
  texts(looks.map(({ seen }) => seen.why)),
];
