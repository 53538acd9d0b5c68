import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, Id, PersonId } from '../kernel/index.js';
import { newId, notFound, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';

export type BlockId = Id<'block'>;

/** How the one who blocks had met the other: as a card without a name, or by first name. */
export type SeenAs = 'card' | 'name';

export interface BlockView {
  readonly id: BlockId;
  /** Null for somebody who was only ever a card: then the day is all there is to know them by. */
  readonly firstName: string | null;
  readonly madeAt: Date;
}

interface OwnRow {
  readonly id: BlockId;
  readonly other: PersonId;
  readonly seenAs: SeenAs;
  readonly madeAt: Date;
}

const SHOWN = 200;

/** Whom a person does not want to meet. To the other it looks as if that card had been taken down and nobody answered; taken back, as if it
 *  were open again (truth 11). */
@Injectable()
export class Blocks {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Writes a block in the transaction of another command, which has looked whether the actor may answer for this person. Twice is once. */
  async put(tx: Tx, actor: Actor, person: PersonId, other: PersonId, seenAs: SeenAs): Promise<void> {
    // The card's row is held, so that pairing and revealing wait for this block or this block for them.
    await tx.row('select 1 from card where person_id = $1 for update', [person]);
    const id = newId<'block'>();
    tx.write('insert into person_block (id, person_id, other_person_id, seen_as, made_at) values ($1, $2, $3, $4, $5) on conflict do nothing', [
      id,
      person,
      other,
      seenAs,
      tx.now,
    ]);
    await this.audit.record(tx, actor, { action: 'card:block', noun: 'block', nounId: id, about: person });
  }

  /** Whom this person blocked, newest first. A name shows only where it had been told when they were blocked: one who was a card is not named
   *  here by what became known otherwise. */
  async blocksOf(actor: Actor, person: PersonId): Promise<BlockView[]> {
    requireAccess(actor, 'introduction:answer', { person });
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<OwnRow>(
        `select id, other_person_id as other, seen_as as "seenAs", made_at as "madeAt" from person_block where person_id = $1 order by made_at desc, id limit ${SHOWN}`,
        [person],
      ),
    );
    const people = rows.filter((row) => row.seenAs === 'name').map((row) => row.other);
    const named = await this.database.read(systemActor('introductions.blocked', { people }), (tx) =>
      tx.rows<{ id: PersonId; name: string }>('select id, first_name as name from person where id = any($1)', [people]),
    );
    const names = new Map(named.map((row) => [row.id, row.name]));
    return rows.map(({ id, other, seenAs, madeAt }) => ({ id, madeAt, firstName: seenAs === 'name' ? (names.get(other) ?? null) : null }));
  }

  /** Takes a block back; the other is told nothing. Refuses what is not, or no longer, this person's (not-found). */
  async takeBack(actor: Actor, id: BlockId): Promise<{ id: BlockId }> {
    return this.database.transaction(actor, async (tx) => {
      const block = await tx.row<{ person: PersonId }>('select person_id as person from person_block where id = $1', [id]);
      if (!block) throw notFound('The block');
      requireAccess(actor, 'introduction:answer', { person: block.person });
      await tx.row('select 1 from card where person_id = $1 for update', [block.person]);
      if ((await tx.run('delete from person_block where id = $1', [id])) === 0) throw notFound('The block');
      await this.audit.record(tx, actor, { action: 'card:unblock', noun: 'block', nounId: id, about: block.person });
      return { id };
    });
  }
}
