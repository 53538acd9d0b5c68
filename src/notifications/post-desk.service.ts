import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { conflict, notFound, systemActor } from '../kernel/index.js';
import type { CarrierState, MailboxMessage } from '../platform/index.js';
import { Carriers, Database, DemonstrationMailbox, once } from '../platform/index.js';
import type { PostAction } from './post.lifecycle.js';
import { changePost, REGISTER_COLUMNS, registered } from './post.store.js';
import type { PostBy, PostItemId, RegisterRow } from './post.types.js';

/** How much of one way stands where. */
export interface PostCount {
  readonly by: PostBy;
  readonly waiting: number;
  /** Waits for another try. */
  readonly again: number;
  readonly posted: number;
  readonly failed: number;
  readonly returned: number;
}

export interface PostOverview {
  readonly counts: readonly PostCount[];
  readonly carriers: readonly CarrierState[];
  /** The newest that failed, and emails and texts that nobody carries; no words, no names. */
  readonly failed: readonly RegisterRow[];
  readonly stuck: readonly RegisterRow[];
}

const SITE = { site: true } as const;
const MOST = 50;
const WAYS: readonly PostBy[] = ['letter', 'email', 'text', 'phone'];
const nobody = systemActor('post', {});

/** What operators see of the post and do about it: where it stands, what failed and why, and what was put right. */
@Injectable()
export class PostDesk {
  constructor(
    private readonly database: Database,
    private readonly carriers: Carriers,
    private readonly mailbox: DemonstrationMailbox,
    private readonly audit: Audit,
  ) {}

  async overview(actor: Actor): Promise<PostOverview> {
    requireAccess(actor, 'post:read', SITE);
    const carriers = this.carriers.states;
    const uncarried = carriers.filter((each) => each.carrier === null).map((each) => each.by);
    return this.database.read(nobody, async (tx) => {
      const counted = await tx.rows<PostCount>(
        `select by, count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'waiting' and attempts > 0)::int as again,
           count(*) filter (where state = 'posted')::int as posted, count(*) filter (where state = 'failed')::int as failed, count(*) filter (where state = 'returned')::int as returned
         from post_register where state <> 'delivered' group by by`,
      );
      const failed = await tx.rows<RegisterRow>(
        `select ${REGISTER_COLUMNS} from post_register where state = 'failed' and reason <> 'person-died' order by item_id desc limit ${MOST}`,
      );
      const stuck = await tx.rows<RegisterRow>(
        `select ${REGISTER_COLUMNS} from post_register where state = 'waiting' and by = any($1) order by item_id limit ${MOST}`,
        [uncarried],
      );
      const none = { waiting: 0, again: 0, posted: 0, failed: 0, returned: 0 };
      return { counts: WAYS.map((by) => ({ by, ...none, ...counted.find((each) => each.by === by) })), carriers, failed, stuck };
    });
  }

  /** What failed or came back waits again. Refuses (conflict) anything else. */
  tryAgain(actor: Actor, item: PostItemId, key?: string): Promise<{ itemId: PostItemId }> {
    return this.change(actor, item, 'try-again', key);
  }

  /** An email, text or call goes as a letter instead, once; how the person wants to be reached stays as it is. */
  sendAsLetter(actor: Actor, item: PostItemId, key?: string): Promise<{ itemId: PostItemId }> {
    return this.change(actor, item, 'send-as-letter', key);
  }

  /** Somebody phoned and read it out: it is delivered. Refuses (conflict) what is no call. */
  spoke(actor: Actor, item: PostItemId, key?: string): Promise<{ itemId: PostItemId }> {
    return this.change(actor, item, 'hand-over', key);
  }

  /** What lies in the demonstration mailbox, newest first. Refuses (not-found) where there is none. */
  async messages(actor: Actor): Promise<MailboxMessage[]> {
    requireAccess(actor, 'post:read', SITE);
    if (!this.hasMailbox) throw notFound();
    const rows = await this.database.read(nobody, (tx) =>
      tx.rows<RegisterRow>(
        `select ${REGISTER_COLUMNS} from post_register where by in ('email', 'text') and state = 'delivered' order by changed_at desc limit ${MOST}`,
      ),
    );
    const people = [...new Set(rows.map((row) => row.personId))];
    return this.database.transaction(systemActor('post', { people }), async (tx) => {
      for (const person of people) await this.audit.viewed(tx, actor, { about: person, noun: 'letter', why: 'to look into the demonstration mailbox' });
      return this.mailbox.newest(tx, MOST);
    });
  }

  get hasMailbox(): boolean {
    return (['email', 'text'] as const).some((by) => this.carriers.of(by) === this.mailbox);
  }

  private async change(actor: Actor, item: PostItemId, action: PostAction, key: string | undefined): Promise<{ itemId: PostItemId }> {
    requireAccess(actor, 'post:send', SITE);
    const row = (await this.database.read(nobody, (tx) => registered(tx, [item])))[0];
    if (!row) throw notFound('The letter');
    if (action === 'hand-over' && row.by !== 'phone') throw conflict('not-a-call', 'Only calls are marked in this way.');
    return this.database.transaction(systemActor('post', { people: [row.personId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: `notifications.${action}`, input: { item } }, async () => {
        if (!(await changePost(tx, actor, item, { action }))) throw conflict('post-moved-on', 'This has changed since you opened the page. Look again.');
        await this.audit.record(tx, actor, { action: `post:${action}`, noun: 'letter', nounId: item, about: row.personId });
        return { itemId: item };
      }),
    );
  }
}
