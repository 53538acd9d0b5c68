import { Injectable } from '@nestjs/common';
import type { PersonId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';

export interface Look {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly noun: string;
  readonly why: string | null;
}

@Injectable()
export class AuditQueries {
  /** Who looked at a person's information or did something with it, newest first; keyed pages. Their own doings are left out. */
  async looksAt(tx: Tx, person: PersonId, page: { before?: string | undefined; limit: number }): Promise<Look[]> {
    return tx.rows<Look>(
      `select id, at, actor, action, noun, why from audit_event
       where about_person = $1 and actor <> $1::text and actor not like 'system:%' and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [person, page.before ?? null, page.limit],
    );
  }
}
