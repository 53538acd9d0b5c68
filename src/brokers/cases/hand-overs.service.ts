import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { requireAccess } from '../../identity/index.js';
import type { Actor, Id, PersonId } from '../../kernel/index.js';
import { dayOf, newId, notFound } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database, once } from '../../platform/index.js';
import { readsAs } from '../reader.js';
import type { CommentHandOver, CommentKind, WriteHandOver } from './case.dto.js';

export type HandOverId = Id<'hand-over'>;

export interface HandOverView {
  readonly id: HandOverId;
  readonly brokerName: string;
  readonly isMine: boolean;
  /** The appointment it is of is over: now it is for who comes next. */
  readonly isOver: boolean;
  readonly words: string;
  readonly writtenAt: Date;
  readonly comments: readonly { readonly kind: CommentKind; readonly words: string; readonly writtenAt: Date }[];
}

/** What the next broker should know: written while the broker still helps, read by the person from then on, and by another broker when the one
 *  who wrote it no longer helps. Whoever is dismissed writes nothing any more: what was written last stands. */
@Injectable()
export class HandOvers {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Writes the note anew; what stood before is kept, and no longer shown. */
  async write(actor: Actor, person: PersonId, { words }: WriteHandOver, key?: string): Promise<{ id: HandOverId }> {
    requireAccess(actor, 'case:keep', { person });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'hand-overs.write', input: { person, words } }, async () => {
        const appointment = await tx.row<{ id: string }>(
          `select id from appointment where person_id = $1 and broker_id = $2 and state = 'in-force' for update`,
          [person, actor.id],
        );
        if (!appointment) throw notFound('The appointment');
        const id = newId<'hand-over'>();
        tx.write('insert into hand_over (id, person_id, broker_id, appointment_id, words, written_at) values ($1, $2, $3, $4, $5, $6)', [
          id,
          person,
          actor.id,
          appointment.id,
          words,
          tx.now,
        ]);
        await this.audit.record(tx, actor, { action: 'hand-over:write', noun: 'hand-over', nounId: id, about: person });
        return { id };
      }),
    );
  }

  /** What the person, or who represents them, says of it: shown with it wherever it is read. */
  async comment(actor: Actor, id: HandOverId, { kind, words }: CommentHandOver, key?: string): Promise<{ id: HandOverId }> {
    return this.database.transaction(actor, async (tx) => {
      const row = await tx.row<{ person: PersonId }>('select person_id as person from hand_over where id = $1', [id]);
      if (!row) throw notFound('The note');
      requireAccess(actor, 'case:answer', { person: row.person });
      return once(tx, actor, key === undefined ? undefined : { key, command: 'hand-overs.comment', input: { id, kind, words } }, async () => {
        tx.write('insert into hand_over_comment (id, hand_over_id, person_id, kind, words, written_by, written_at) values ($1, $2, $3, $4, $5, $6, $7)', [
          newId(),
          id,
          row.person,
          kind,
          words,
          actor.id,
          tx.now,
        ]);
        await this.audit.record(tx, actor, { action: 'hand-over:comment', noun: 'hand-over', nounId: id, about: row.person });
        return { id };
      });
    });
  }

  /** The newest note of each appointment, newest first. A broker reads their own, and those of brokers who no longer help. */
  async of(actor: Actor, person: PersonId): Promise<HandOverView[]> {
    const as = readsAs(actor, person);
    return this.database.transaction(actor, async (tx) => {
      const notes = await tx.rows<Omit<HandOverView, 'comments'>>(
        `select * from (
           select distinct on (h.appointment_id) h.id, b.shown_name as "brokerName", h.broker_id::text = $3 as "isMine", h.words, h.written_at as "writtenAt",
             (a.state = 'ended' or coalesce(a.until_day < $4, false)) as "isOver"
           from hand_over h join appointment a on a.id = h.appointment_id join broker b on b.person_id = h.broker_id
           where h.person_id = $1 order by h.appointment_id, h.id desc) n
         where $2 = 'person' or "isMine" or "isOver" order by id desc limit 20`,
        [person, as, actor.id, dayOf(tx.now)],
      );
      if (notes.length > 0) await this.audit.viewed(tx, actor, { about: person, noun: 'hand-over', why: 'to know what a broker before wrote' });
      const comments = await this.commentsOf(
        tx,
        notes.map(({ id }) => id),
      );
      return notes.map((note) => ({ ...note, comments: comments.filter((each) => each.handOverId === note.id) }));
    });
  }

  private commentsOf(tx: Tx, ids: readonly HandOverId[]): Promise<{ handOverId: HandOverId; kind: CommentKind; words: string; writtenAt: Date }[]> {
    return tx.rows(
      'select hand_over_id as "handOverId", kind, words, written_at as "writtenAt" from hand_over_comment where hand_over_id = any($1) order by id limit 200',
      [ids],
    );
  }
}
