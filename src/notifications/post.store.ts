import type { Actor, LocalDate, PersonId } from '../kernel/index.js';
import { dayOf, edgeOf, newId, statesAllowing } from '../kernel/index.js';
import type { EventPayload, Tx } from '../platform/index.js';
import { announce } from '../platform/index.js';
import type { NoticeFacts, NoticeId, NoticeKind } from './notice.types.js';
import type { PostAction, PostState } from './post.lifecycle.js';
import { POST } from './post.lifecycle.js';
import type { PostItemId, PostReason, RegisterRow } from './post.types.js';

export const REGISTER_COLUMNS = `item_id as "itemId", person_id as "personId", reference, by, format, state, attempts, not_before as "notBefore",
  claimed_until as "claimedUntil", posted_on as "postedOn", deliver_on as "deliverOn", reason, made_at as "madeAt"`;

/** A change of one item: what is done, and the columns that go with it. */
export interface PostChange {
  readonly action: PostAction;
  readonly reason?: PostReason;
  readonly postedOn?: LocalDate;
  readonly deliverOn?: LocalDate;
  /** Only by the worker that has it in hand: how often it had been handed over when it was claimed. */
  readonly attempt?: number;
}

/** What is done with paper alone. */
const LETTERS_ONLY: readonly PostAction[] = ['post', 'deliver', 'return'];

interface Changed {
  readonly personId: PersonId;
  readonly noticeId: NoticeId;
  readonly deliverOn: LocalDate | null;
  readonly kind: NoticeKind;
  readonly facts: NoticeFacts;
}

/** Takes one item along an edge, writes the step and announces it. False, and nothing done, when it does not stand where the edge
 *  begins (any more): somebody else was quicker. The transaction sees the person. */
export async function changePost(tx: Tx, actor: Pick<Actor, 'id'>, id: PostItemId, change: PostChange): Promise<boolean> {
  const { action } = change;
  for (const from of statesAllowing(POST, action)) {
    const { to, event } = edgeOf('post', POST, from, action);
    const row = await write(tx, id, from, to, change);
    if (!row) continue;
    tx.write('insert into post_step (id, item_id, person_id, at, actor, from_state, to_state, reason) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      newId(),
      id,
      row.personId,
      tx.now,
      actor.id,
      from,
      to,
      change.reason ?? null,
    ]);
    if (event) await announce(tx, { name: event, about: { people: [row.personId] }, payload: payloadOf(tx, id, to, row, change.reason) });
    return true;
  }
  return false;
}

async function write(tx: Tx, id: PostItemId, from: PostState, to: PostState, change: PostChange): Promise<Changed | undefined> {
  const { action, reason, postedOn, deliverOn, attempt } = change;
  return tx.row<Changed>(
    `update post_item i set state = $3, reason = $4, claimed_until = null, not_before = null,
       delivered_at = case when $3 = 'delivered' then $5::timestamptz when $3 = 'returned' then i.delivered_at end,
       posted_on = case when $3 = 'waiting' then null else coalesce($6::date, i.posted_on) end, deliver_on = case when $3 = 'waiting' then null else coalesce($7::date, i.deliver_on) end,
       attempts = case when $3 = 'waiting' then 0 else i.attempts end, by = case when $8 then 'letter' else i.by end
     from notice n where i.id = $1 and i.state = $2 and n.id = i.notice_id and ($9::int is null or (i.attempts = $9 and i.claimed_until is not null)) and (not $8 or i.by <> 'letter')
       and (not $10 or i.by = 'letter')
     returning i.person_id as "personId", i.notice_id as "noticeId", i.deliver_on as "deliverOn", n.kind, n.facts`,
    [id, from, to, reason ?? null, tx.now, postedOn ?? null, deliverOn ?? null, action === 'send-as-letter', attempt ?? null, LETTERS_ONLY.includes(action)],
  );
}

/** The payload names what the notice was about by its ids, so that a room below can begin a period without knowing the post. A period
 *  counts from `deliveredOn`. */
function payloadOf(tx: Tx, id: PostItemId, to: PostState, row: Changed, reason: PostReason | undefined): EventPayload {
  const ids = Object.fromEntries(Object.entries(row.facts).filter(([name, value]) => name.endsWith('Id') && typeof value === 'string'));
  return {
    ...ids,
    postItemId: id,
    noticeId: row.noticeId,
    personId: row.personId,
    kind: row.kind,
    ...(to === 'delivered' ? { deliveredOn: row.deliverOn ?? dayOf(tx.now) } : { reason: reason ?? null }),
  };
}

/** Rows of the register by their ids, in order. */
export const registered = (tx: Tx, ids: readonly PostItemId[]): Promise<RegisterRow[]> =>
  tx.rows<RegisterRow>(`select ${REGISTER_COLUMNS} from post_register where item_id = any($1) order by item_id`, [ids]);
