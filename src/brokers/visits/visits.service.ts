import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { requireAccess } from '../../identity/index.js';
import type { Actor, Id, LocalDate, PersonId } from '../../kernel/index.js';
import { conflict, dayOf, invalid, isLocalDate, notFound, refused } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { SendEdits } from './visit.dto.js';
import { hasCircle, isUnsettled, mergedNote, type NoteEdit, saysSomething, wordsIn } from './visit-note.rules.js';

export type VisitNoteId = Id<'visit-note'>;
export type VisitNoteState = 'kept' | 'to-settle';

/** What was kept: a device may forget these edits now. */
export interface EditsKept {
  readonly noteId: VisitNoteId;
  readonly state: VisitNoteState;
  readonly kept: readonly string[];
}

/** Our judgement, November 2026: a note with more changes than this is several notes. */
const MOST_EDITS = 1_000;

/** A broker's notes of visits, written on several devices that may be out of reach of each other. */
@Injectable()
export class Visits {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Keeps edits of a note, whose id the device chose; the first begin it. Sent twice they are there once, and their order does not matter
   *  (see mergedNote). Refuses: edit-id-used (the id is that of other words), visit-day, note-empty, edit-circle, note-too-long; and not-found for a note of somebody else. */
  async keep(actor: Actor, person: PersonId, note: VisitNoteId, command: SendEdits): Promise<EditsKept> {
    return this.database.transaction(actor, (tx) => this.keepIn(tx, actor, person, note, command.edits));
  }

  /** The same beside what else is done with it. */
  async keepIn(tx: Tx, actor: Actor, person: PersonId, note: VisitNoteId, edits: readonly NoteEdit[]): Promise<EditsKept> {
    requireAccess(actor, 'case:keep', { person });
    for (const edit of edits) requireDay(edit);
    const day = await this.lock(tx, actor, person, note);
    const before = await editsOf(tx, note);
    const fresh = freshOf(before, edits);
    const all = [...before, ...fresh];
    if (all.length === 0) throw invalid('note-empty', 'Write something first.');
    if (all.length > MOST_EDITS) throw refused('note-too-long', 'This note has too many changes. Begin another one.');
    if (hasCircle(all)) throw invalid('edit-circle', 'An edit cannot be written over itself.');
    const parts = mergedNote(all);
    const state: VisitNoteState = parts.some(isUnsettled) ? 'to-settle' : 'kept';
    if (fresh.length > 0) {
      await this.write(tx, note, person, fresh);
      tx.write('update visit_note set state = $2, on_day = $3, changed_at = $4 where id = $1', [note, state, wordsIn(parts, 'day') || day, tx.now]);
      await this.audit.record(tx, actor, { action: 'visit:write', noun: 'visit-note', nounId: note, about: person, facts: { edits: fresh.length } });
    }
    return { noteId: note, state, kept: edits.map(({ id }) => id) };
  }

  /** The note, begun if it is not there yet; nobody else's. Answers its day. */
  private async lock(tx: Tx, actor: Actor, person: PersonId, note: VisitNoteId): Promise<LocalDate> {
    tx.write(
      `insert into visit_note (id, person_id, broker_id, on_day, state, begun_at, changed_at) values ($1, $2, $3, $4, 'kept', $5, $5) on conflict (id) do nothing`,
      [note, person, actor.id, dayOf(tx.now), tx.now],
    );
    const mine = await tx.row<{ day: LocalDate }>('select on_day as day from visit_note where id = $1 and person_id = $2 and broker_id = $3 for update', [
      note,
      person,
      actor.id,
    ]);
    if (!mine) throw notFound('The note');
    return mine.day;
  }

  private async write(tx: Tx, note: VisitNoteId, person: PersonId, edits: readonly NoteEdit[]): Promise<void> {
    for (const { id, part, base, words } of edits) {
      const kept = await tx.run(
        'insert into visit_note_edit (id, note_id, person_id, part, base, words, kept_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing',
        [id, note, person, part, base, words, tx.now],
      );
      // The id is that of an edit of another note.
      if (kept === 0) throw idUsed();
    }
  }
}

/** All edits of a note that arrived. */
export const editsOf = (tx: Tx, note: string): Promise<NoteEdit[]> =>
  tx.rows<NoteEdit>('select id, part, base::text[] as base, words from visit_note_edit where note_id = $1', [note]);

/** Those that are new and change something; the same edit again is nothing, other words under its id are refused. */
function freshOf(before: readonly NoteEdit[], sent: readonly NoteEdit[]): NoteEdit[] {
  const known = new Map(before.map((edit) => [edit.id, edit]));
  const fresh: NoteEdit[] = [];
  for (const { id, part, base, words } of sent) {
    const first = known.get(id);
    if (first && (first.part !== part || first.words !== words)) throw idUsed();
    const edit = { id, part, base: [...base], words };
    if (first || !saysSomething(edit, known)) continue;
    known.set(id, edit);
    fresh.push(edit);
  }
  return fresh;
}

const idUsed = () => conflict('edit-id-used', 'Other words were kept under this id. Nothing was changed; send yours under a new one.');

function requireDay({ part, words }: NoteEdit): void {
  if (part === 'day' && !isLocalDate(words))
    throw invalid('visit-day', 'Enter a real date, like 27 3 2027.', [{ field: 'day', message: 'Enter a real date, like 27 3 2027.' }]);
}
