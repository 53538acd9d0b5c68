import { Injectable } from '@nestjs/common';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, systemActor } from '../kernel/index.js';
import { Database } from '../platform/index.js';
import { PoolQueries } from '../pools/index.js';
import type { SessionId } from './purchase.rows.js';

/** What a member said of a session last. */
export interface SessionAnswerView {
  readonly firstName: string;
  readonly isMine: boolean;
  readonly answer: 'confirmed' | 'disputed';
  readonly why: string | null;
  readonly on: LocalDate;
  /** Typed in by the broker from a sheet. */
  readonly isFromPaper: boolean;
}

/** Members' latest answers about a session. */
@Injectable()
export class SessionAnswers {
  constructor(
    private readonly database: Database,
    private readonly pools: PoolQueries,
  ) {}

  /** A member sees their own answer; the pool's broker sees everyone's, to sort out what was not right. Nobody learns from us who complained. */
  async ofSession(actor: Actor, pool: PoolId, session: SessionId): Promise<SessionAnswerView[]> {
    requireAccess(actor, 'purchase:read', { pool });
    const seesAll = can(actor, 'pool:set-up', { pool });
    return this.database.read(systemActor('purchasing', { pools: [pool] }), async (tx) => {
      const names = new Map((await this.pools.membersOf(tx, pool)).map((member) => [member.personId, member.firstName]));
      const rows = await tx.rows<{ person: PersonId; answer: 'confirmed' | 'disputed'; why: string | null; at: Date; isFromPaper: boolean }>(
        `select distinct on (person_id) person_id as person, answer, why, at, paper_id is not null as "isFromPaper" from session_answer where session_id = $1 and pool_id = $2 order by person_id, at desc, id desc`,
        [session, pool],
      );
      return rows
        .filter((row) => seesAll || row.person === actor.id)
        .map((row) => ({
          firstName: names.get(row.person) ?? 'Somebody',
          isMine: row.person === actor.id,
          answer: row.answer,
          why: row.why,
          on: dayOf(row.at),
          isFromPaper: row.isFromPaper,
        }));
    });
  }
}
