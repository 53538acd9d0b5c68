import { Injectable } from '@nestjs/common';
import { People } from '../identity/index.js';
import type { PersonId } from '../kernel/index.js';
import { newId, notFound, spokenReference, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { DecisionNotices } from './decision-notices.js';
import type { NoticeFacts, NoticeId, NoticeKind } from './notice.types.js';
import { postOf } from './notices.wording.js';
import { changePost } from './post.store.js';
import type { PostItemId } from './post.types.js';

/** Letters, e-mails, texts and calls, each in the way and format the person asked for (RULE 40). They wait here for whoever carries them. */
@Injectable()
export class Post {
  constructor(
    private readonly people: People,
    private readonly decisions: DecisionNotices,
  ) {}

  /** Writes the post for a notice of a person, once. The transaction sees the person. */
  async write(tx: Tx, notice: NoticeId, personId: PersonId): Promise<void> {
    const [row, person] = await Promise.all([
      tx.row<{ kind: NoticeKind; facts: NoticeFacts }>('select kind, facts from notice where id = $1 and person_id = $2', [notice, personId]),
      this.people.find(tx, personId),
    ]);
    if (!row || !person || person.diedOn) return;
    const reason = (await this.decisions.reasons(tx, [row])).get(row.facts['decisionId']);
    const { subject, body } = postOf(row.kind, row.facts, person.reachFormat, reason);
    tx.write('update notice set format = $2 where id = $1', [notice, person.reachFormat]);
    const id = newId<'post-item'>();
    tx.write(
      `insert into post_item (id, notice_id, person_id, by, format, subject, body, state, made_at, reference) values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9) on conflict (notice_id) do nothing`,
      [id, notice, personId, person.reachBy, person.reachFormat, subject, body, tx.now, spokenReference('LET', id)],
    );
  }

  /** What became of an item that somebody else carried. A notice period starts from delivery. Refuses (not-found) what no longer waits. */
  async settle(tx: Tx, id: PostItemId, as: 'delivered' | 'failed'): Promise<void> {
    const isDone = await changePost(tx, systemActor('post', {}), id, as === 'delivered' ? { action: 'hand-over' } : { action: 'fail', reason: 'refused' });
    if (!isDone) throw notFound('The letter');
  }
}
