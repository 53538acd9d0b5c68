import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, LocalDate, PersonId } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';
import { readsAs } from '../reader.js';
import { mergedNote, type NotePart } from './visit-note.rules.js';
import type { VisitNoteId, VisitNoteState } from './visits.service.js';
import { editsOf } from './visits.service.js';

export interface VisitListing {
  readonly id: VisitNoteId;
  readonly onDay: LocalDate;
  readonly brokerName: string;
  readonly state: VisitNoteState;
  readonly changedAt: Date;
  /** The beginning of the note. */
  readonly beginning: string;
}

export interface VisitView extends Omit<VisitListing, 'beginning'> {
  readonly personId: PersonId;
  readonly isMine: boolean;
  readonly parts: readonly NotePart[];
}

const PAGE = 50;
const FACTS = `n.id, n.person_id as "personId", n.on_day as "onDay", b.shown_name as "brokerName", n.state, n.changed_at as "changedAt", n.broker_id = $2 as "isMine"`;

/** Notes of visits. The person, and who represents them, reads all that are about them; a broker only their own (RULE 21). Every look of
 *  somebody else is written down. */
@Injectable()
export class VisitQueries {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Newest first, 50 a page. */
  async notesOf(actor: Actor, person: PersonId, page: { after?: string | undefined } = {}): Promise<{ items: VisitListing[]; next: string | null }> {
    const as = readsAs(actor, person);
    const items = await this.database.transaction(actor, async (tx) => {
      await this.audit.viewed(tx, actor, { about: person, noun: 'visit-note', why: 'to see the notes of visits' });
      return tx.rows<VisitListing>(
        `select n.id, n.on_day as "onDay", b.shown_name as "brokerName", n.state, n.changed_at as "changedAt",
           coalesce((select left(e.words, 120) from visit_note_edit e where e.note_id = n.id and e.part not in ('day', 'who', 'next') and e.words <> ''
             and not exists (select 1 from visit_note_edit l where l.note_id = n.id and l.part = e.part and e.id = any(l.base)) order by e.part, e.id limit 1), '') as beginning
         from visit_note n join broker b on b.person_id = n.broker_id
         where n.person_id = $1 and ($2 = 'person' or n.broker_id::text = $3) and ($4::uuid is null or n.id < $4) order by n.id desc limit $5`,
        [person, as, actor.id, page.after ?? null, PAGE],
      );
    });
    return { items, next: items.length === PAGE ? items.at(-1)!.id : null };
  }

  /** One note with all its parts, what was written before included. */
  async note(actor: Actor, person: PersonId, id: VisitNoteId): Promise<VisitView> {
    const as = readsAs(actor, person);
    return this.database.transaction(actor, async (tx) => {
      const row = await tx.row<Omit<VisitView, 'parts'>>(
        `select ${FACTS} from visit_note n join broker b on b.person_id = n.broker_id where n.id = $1 and n.person_id = $3 and ($4 = 'person' or n.broker_id = $2)`,
        [id, actor.id, person, as],
      );
      if (!row) throw notFound('The note');
      await this.audit.viewed(tx, actor, { about: person, noun: 'visit-note', nounId: id, why: 'to read a note of a visit' });
      return { ...row, parts: mergedNote(await editsOf(tx, id)) };
    });
  }
}
