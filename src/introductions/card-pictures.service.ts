import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { Database } from '../platform/index.js';

export const PAGE_VERSIONS = ['words', 'pictures'] as const;
export type PageVersion = (typeof PAGE_VERSIONS)[number];

/** Whether a person looks for others in words or in pictures, and each answer they gave in pictures, kept as it was given. */
@Injectable()
export class CardPictures {
  constructor(private readonly database: Database) {}

  /** Words, until the person chose otherwise. */
  async versionOf(actor: Actor, person: PersonId): Promise<PageVersion> {
    requireAccess(actor, 'card:read', { person });
    const row = await this.database.read(actor, (tx) => tx.row<{ version: PageVersion }>('select version from page_choice where person_id = $1', [person]));
    return row?.version ?? 'words';
  }

  async choose(actor: Actor, person: PersonId, version: PageVersion): Promise<void> {
    requireAccess(actor, 'card:write', { person });
    await this.database.transaction(actor, (tx) =>
      tx.run(
        `insert into page_choice (person_id, version, chosen_by, chosen_at) values ($1, $2, $3, $4)
         on conflict (person_id) do update set version = excluded.version, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at`,
        [person, version, actor.id, tx.now],
      ),
    );
  }

  /** Question to answer; both are codes of the pages. */
  async answersOf(actor: Actor, person: PersonId): Promise<ReadonlyMap<string, string>> {
    requireAccess(actor, 'card:read', { person });
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<{ question: string; answer: string }>('select question, answer from picture_answer where person_id = $1 limit 200', [person]),
    );
    return new Map(rows.map((row) => [row.question, row.answer]));
  }

  /** Keeps one answer; the newest counts. */
  async answer(actor: Actor, person: PersonId, question: string, answer: string): Promise<void> {
    requireAccess(actor, 'card:write', { person });
    await this.database.transaction(actor, (tx) =>
      tx.run(
        `insert into picture_answer (person_id, question, answer, answered_by, answered_at) values ($1, $2, $3, $4, $5)
         on conflict (person_id, question) do update set answer = excluded.answer, answered_by = excluded.answered_by, answered_at = excluded.answered_at`,
        [person, question, answer, actor.id, tx.now],
      ),
    );
  }

  /** Forgets all answers in pictures; the card stays as it is. */
  async startAgain(actor: Actor, person: PersonId): Promise<void> {
    requireAccess(actor, 'card:write', { person });
    await this.database.transaction(actor, (tx) => tx.run('delete from picture_answer where person_id = $1', [person]));
  }
}
