import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { requireAccess } from '../../identity/index.js';
import type { Actor, Id, PersonId } from '../../kernel/index.js';
import { conflict, dayOf, edgeOf, invalid, newId, notFound, spokenReference, typedReference } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database, once } from '../../platform/index.js';
import type { NoteEdit } from '../visits/visit-note.rules.js';
import type { VisitNoteId } from '../visits/visits.service.js';
import { Visits } from '../visits/visits.service.js';
import type { TypePackBack } from './case.dto.js';
import type { PackAction, PackState } from './case.lifecycle.js';
import { packLifecycle } from './case.lifecycle.js';
import { PACK_QUESTIONS, requireCallDay } from './case.rules.js';

export type PaperPackId = Id<'paper-pack'>;

interface Pack {
  readonly id: PaperPackId;
  readonly personId: PersonId;
  readonly brokerId: string;
  readonly state: PackState;
  readonly noteId: VisitNoteId | null;
}

/** Sheets for a visit to somebody who would rather write on paper: printed, filled in by hand, and typed in as a note of the visit. */
@Injectable()
export class PaperPacks {
  constructor(
    private readonly database: Database,
    private readonly visits: Visits,
    private readonly audit: Audit,
  ) {}

  async make(actor: Actor, person: PersonId, key?: string): Promise<{ id: PaperPackId; reference: string }> {
    requireAccess(actor, 'case:keep', { person });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'packs.make', input: { person } }, async () => {
        const id = newId<'paper-pack'>();
        const reference = spokenReference('PCK', id);
        tx.write(`insert into paper_pack (id, person_id, broker_id, reference, state, made_on) values ($1, $2, $3, $4, 'out', $5)`, [
          id,
          person,
          actor.id,
          reference,
          dayOf(tx.now),
        ]);
        await this.audit.record(tx, actor, { action: 'pack:make', noun: 'paper-pack', nounId: id, about: person });
        return { id, reference };
      }),
    );
  }

  /** The pack of this code, one of the broker's own. Refuses: pack-code for what no pack of theirs bears. */
  async find(actor: Actor, code: string): Promise<{ id: PaperPackId; personId: PersonId }> {
    const reference = typedReference(code, 'PCK');
    const found = reference
      ? await this.database.read(actor, (tx) =>
          tx.row<{ id: PaperPackId; personId: PersonId }>('select id, person_id as "personId" from paper_pack where reference = $1 and broker_id::text = $2', [
            reference,
            actor.id,
          ]),
        )
      : undefined;
    if (!found) throw invalid('pack-code', 'No pack of yours has this code.', [{ field: 'code', message: 'Check the code. It looks like PCK-7K3M-9QXA.' }]);
    return found;
  }

  /** What is written on the sheets, typed in: it becomes a note of the visit on that day. Typed in twice, it is there once. Refuses:
   *  pack-empty, call-day, paper-pack-is-… by its state. */
  async typeBack(actor: Actor, id: PaperPackId, command: TypePackBack): Promise<{ id: PaperPackId; noteId: VisitNoteId }> {
    return this.database.transaction(actor, async (tx) => {
      const pack = await this.lock(tx, actor, id);
      if (pack.noteId) return { id, noteId: pack.noteId };
      requireCallDay(command.onDay, dayOf(tx.now));
      const edits = editsFrom(command);
      if (edits.length < 2) throw invalid('pack-empty', 'Type in what is on the sheets.', [{ field: 'matters', message: 'Type in what is on the sheets.' }]);
      const { noteId } = await this.visits.keepIn(tx, actor, pack.personId, newId<'visit-note'>(), edits);
      await this.move(tx, actor, pack, 'type-back', noteId);
      return { id, noteId };
    });
  }

  /** Sheets that will not come back. */
  async takeBack(actor: Actor, id: PaperPackId): Promise<{ id: PaperPackId; state: PackState }> {
    return this.database.transaction(actor, async (tx) => {
      const pack = await this.lock(tx, actor, id);
      await this.move(tx, actor, pack, 'take-back', null);
      return { id, state: 'taken-back' };
    });
  }

  private async lock(tx: Tx, actor: Actor, id: PaperPackId): Promise<Pack> {
    const row = await tx.row<Pack>(
      'select id, person_id as "personId", broker_id as "brokerId", state, note_id as "noteId" from paper_pack where id = $1 for update',
      [id],
    );
    if (!row || row.brokerId !== actor.id) throw notFound('The pack');
    requireAccess(actor, 'case:keep', { person: row.personId });
    return row;
  }

  private async move(tx: Tx, actor: Actor, pack: Pack, action: PackAction, note: VisitNoteId | null): Promise<void> {
    const { to } = edgeOf('paper-pack', packLifecycle, pack.state, action);
    const moved = await tx.run('update paper_pack set state = $2, ended_on = $3, note_id = $4 where id = $1 and state = $5', [
      pack.id,
      to,
      dayOf(tx.now),
      note,
      pack.state,
    ]);
    if (moved === 0) throw conflict('pack-changed', 'This has changed. Look again.');
    await this.audit.record(tx, actor, { action: `pack:${action}`, noun: 'paper-pack', nounId: pack.id, about: pack.personId });
  }
}

/** The day, who was there and what comes next as they are named in a note; what is written under a question as a paragraph of its own. */
function editsFrom(command: TypePackBack): NoteEdit[] {
  const named = { day: command.onDay, who: command.who, next: command.next };
  const fields = Object.entries(named).flatMap(([part, words]) => (words ? [{ part, words: words as string }] : []));
  const paragraphs = PACK_QUESTIONS.flatMap(({ field, asks }) => (command[field] ? [{ part: newId() as string, words: `${asks}: ${command[field]}` }] : []));
  return [...fields, ...paragraphs].map((each) => ({ id: newId(), base: [], ...each }));
}
