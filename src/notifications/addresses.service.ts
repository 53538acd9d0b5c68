import { Injectable } from '@nestjs/common';
import type { PersonId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Secrets } from '../platform/index.js';
import type { PostItemId } from './post.types.js';

export interface PostalAddress {
  /** Null: nobody has written it down. */
  readonly lines: readonly string[] | null;
  /** A letter came back since it was last put right: post nothing there. */
  readonly isFlagged: boolean;
}

export const NO_ADDRESS: PostalAddress = { lines: null, isFlagged: false };

/** Where letters to people go, encrypted. The transaction sees the people. */
@Injectable()
export class Addresses {
  constructor(private readonly secrets: Secrets) {}

  async of(tx: Tx, people: readonly PersonId[]): Promise<Map<PersonId, PostalAddress>> {
    const rows = await tx.rows<{ id: PersonId; sealed: Buffer | null; flagged: boolean }>(
      'select person_id as id, sealed, gone_away_at is not null as flagged from postal_address where person_id = any($1)',
      [people],
    );
    return new Map(
      rows.map(({ id, sealed, flagged }) => [id, { lines: sealed ? this.secrets.decrypt(sealed, sealOf(id)).split('\n') : null, isFlagged: flagged }]),
    );
  }

  /** Writes an address down, or puts it right, which takes the flag away. `by` is who did it. */
  async put(tx: Tx, person: PersonId, lines: readonly string[], by: string): Promise<void> {
    tx.write(
      `insert into postal_address (person_id, sealed, changed_at, changed_by) values ($1, $2, $3, $4)
       on conflict (person_id) do update set sealed = excluded.sealed, changed_at = excluded.changed_at, changed_by = excluded.changed_by, gone_away_at = null, gone_away_item = null`,
      [person, this.secrets.encrypt(lines.join('\n'), sealOf(person)), tx.now, by],
    );
  }

  /** A letter came back: the person is not where we write to. */
  async flag(tx: Tx, person: PersonId, item: PostItemId, by: string): Promise<void> {
    tx.write(
      `insert into postal_address (person_id, changed_at, changed_by, gone_away_at, gone_away_item) values ($1, $2, $3, $2, $4)
       on conflict (person_id) do update set gone_away_at = coalesce(postal_address.gone_away_at, excluded.gone_away_at), gone_away_item = excluded.gone_away_item`,
      [person, tx.now, by, item],
    );
  }
}

const sealOf = (person: string): string => `postal_address.sealed:${person}`;
