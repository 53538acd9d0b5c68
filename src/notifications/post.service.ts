import { Injectable } from '@nestjs/common';
import { People } from '../identity/index.js';
import type { Id, PersonId } from '../kernel/index.js';
import { newId, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce } from '../platform/index.js';
import type { NoticeFacts, NoticeId, NoticeKind } from './notice.types.js';
import { postOf } from './notices.wording.js';

export type PostItemId = Id<'post-item'>;

/** Letters, e-mails, texts and calls, each in the way and format the person asked for (RULE 40). They wait here for whoever carries them. */
@Injectable()
export class Post {
  constructor(private readonly people: People) {}

  /** Writes the post for a notice, once. The transaction sees the person. */
  async write(tx: Tx, notice: NoticeId): Promise<void> {
    const row = await tx.row<{ personId: PersonId; kind: NoticeKind; facts: NoticeFacts }>(
      'select person_id as "personId", kind, facts from notice where id = $1',
      [notice],
    );
    const person = row && (await this.people.find(tx, row.personId));
    if (!row || !person || person.diedOn) return;
    const { subject, body } = postOf(row.kind, row.facts, person.reachFormat);
    await tx.run('update notice set format = $2 where id = $1', [notice, person.reachFormat]);
    await tx.run(
      `insert into post_item (id, notice_id, person_id, by, format, subject, body, state, made_at) values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8) on conflict (notice_id) do nothing`,
      [newId(), notice, row.personId, person.reachBy, person.reachFormat, subject, body, tx.now],
    );
  }

  /** Whoever carries the post says what became of it. A notice period starts from delivery. Refuses (not-found) what no longer waits. */
  async settle(tx: Tx, id: PostItemId, as: 'delivered' | 'failed'): Promise<void> {
    const row = await tx.row<{ personId: PersonId; noticeId: NoticeId }>(
      `update post_item set state = $2, delivered_at = case when $2 = 'delivered' then $3::timestamptz end where id = $1 and state = 'waiting' returning person_id as "personId", notice_id as "noticeId"`,
      [id, as, tx.now],
    );
    if (!row) throw notFound('The letter');
    await announce(tx, {
      name: as === 'delivered' ? 'postDelivered' : 'postFailed',
      about: { people: [row.personId] },
      payload: { postItemId: id, noticeId: row.noticeId, personId: row.personId },
    });
  }
}
