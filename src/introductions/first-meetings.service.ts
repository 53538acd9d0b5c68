import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { notFound, refused } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, Secrets } from '../platform/index.js';
import type { PlanMeeting } from './invitation.dto.js';
import type { IntroductionId } from './introductions.service.js';
import type { TwoPeople } from './sides.js';
import { sideOf } from './sides.js';

/** The plan of a first meeting as one side sees it. Where and when is the step `meet` of the introduction. */
export interface MeetingPlan {
  /** Who comes with this side, and with the other. */
  readonly company: string;
  readonly othersCompany: string;
  /** How this side gets home; of the other side we say nothing. */
  readonly wayHome: string;
}

const contextOf = (id: string, person: string): string => `way_home.words:${id}:${person}`;

/** Who comes with each of two people the first time they meet, and how each gets home. */
@Injectable()
export class FirstMeetings {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  /** Writes this side's part. Refuses no-day-yet: a day and a place come first. */
  async plan(actor: Actor, id: IntroductionId, command: PlanMeeting): Promise<MeetingPlan> {
    return this.database.transaction(actor, async (tx) => {
      const pair = await tx.row<TwoPeople & { state: string }>(
        'select person_a as "personA", person_b as "personB", state from introduction where id = $1 for update',
        [id],
      );
      if (!pair) throw notFound('The introduction');
      const side = sideOf(actor, pair, 'introduction:answer');
      if (pair.state === 'stepped-back') throw refused('stepped-back', 'One of you has stepped back, so this has ended.');
      const column = side === pair.personA ? 'company_a' : 'company_b';
      const kept = await tx.run(`update introduction_step set ${column} = $2 where introduction_id = $1 and kind = 'meet'`, [id, command.company ?? '']);
      if (kept === 0) throw refused('no-day-yet', 'Choose a day and a place for the first meeting first.');
      tx.write(
        `insert into way_home (introduction_id, person_id, words, set_by, set_at) values ($1, $2, $3, $4, $5)
         on conflict (introduction_id, person_id) do update set words = excluded.words, set_by = excluded.set_by, set_at = excluded.set_at`,
        [id, side, this.secrets.encrypt(command.wayHome ?? '', contextOf(id, side)), actor.id, tx.now],
      );
      await this.audit.record(tx, actor, { action: 'introduction:plan-meeting', noun: 'introduction', nounId: id, about: side });
      return this.read(tx, id, side);
    });
  }

  /** This side's plan; empty words where nothing is said yet. */
  async planOf(actor: Actor, id: IntroductionId, person: PersonId): Promise<MeetingPlan> {
    requireAccess(actor, 'introduction:read', { person });
    return this.database.read(actor, (tx) => this.read(tx, id, person));
  }

  private async read(tx: Tx, id: IntroductionId, side: PersonId): Promise<MeetingPlan> {
    const row = await tx.row<{ company: string; othersCompany: string; wayHome: Buffer | null }>(
      `select case when i.person_a = $2 then s.company_a else s.company_b end as company, case when i.person_a = $2 then s.company_b else s.company_a end as "othersCompany", w.words as "wayHome"
       from introduction i left join introduction_step s on s.introduction_id = i.id and s.kind = 'meet' left join way_home w on w.introduction_id = i.id and w.person_id = $2
       where i.id = $1 and $2 in (i.person_a, i.person_b)`,
      [id, side],
    );
    if (!row) throw notFound('The introduction');
    return {
      company: row.company ?? '',
      othersCompany: row.othersCompany ?? '',
      wayHome: row.wayHome ? this.secrets.decrypt(row.wayHome, contextOf(id, side)) : '',
    };
  }
}
