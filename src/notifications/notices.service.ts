import { Injectable } from '@nestjs/common';
import { idsWith } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { newId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announceAll, Database } from '../platform/index.js';
import { PoolQueries } from '../pools/index.js';
import { DecisionNotices } from './decision-notices.js';
import type { NewNotice, NoticeFacts, NoticeId, NoticeKind } from './notice.types.js';
import { wordingOf } from './notices.wording.js';
import type { Wording } from './wording.facts.js';

export interface NoticeView {
  readonly id: NoticeId;
  readonly personId: PersonId;
  readonly kind: NoticeKind;
  readonly facts: NoticeFacts;
  readonly wording: Wording;
  readonly madeAt: Date;
  readonly isRead: boolean;
}

const PAGE = 30;
/** The address of an inbox belongs to the person and to who stands in for them; helpers with less do not read it. */
const READS = 'person:change';

/** What people are told: made by events, read in the inbox, never sent twice. */
@Injectable()
export class Notices {
  constructor(
    private readonly database: Database,
    private readonly pools: PoolQueries,
    private readonly decisions: DecisionNotices,
  ) {}

  /** Writes notices in the caller's transaction, whatever its scope: anybody may be told something, only they read it. */
  async tell(tx: Tx, notices: readonly NewNotice[]): Promise<void> {
    const rows = notices.map((notice) => ({ id: newId<'notice'>(), ...notice }));
    if (rows.length === 0) return;
    tx.write(
      `insert into notice (id, person_id, kind, facts, made_at) select id, person, kind, facts, $1 from unnest($2::uuid[], $3::uuid[], $4::text[], $5::jsonb[]) as n(id, person, kind, facts)`,
      [tx.now, rows.map((row) => row.id), rows.map((row) => row.personId), rows.map((row) => row.kind), rows.map((row) => JSON.stringify(row.facts))],
    );
    await announceAll(
      tx,
      rows.map((row) => ({ name: 'noticeMade', about: { people: [row.personId] }, payload: { noticeId: row.id, personId: row.personId } })),
    );
  }

  /** The actor's own notices and those of people they stand in for, newest first. Keyed by id, 30 a page. */
  async inboxOf(actor: Actor, page: { before?: string | undefined } = {}): Promise<{ items: NoticeView[]; next: string | null }> {
    const names = new Map((await this.pools.mine(actor)).map((pool) => [pool.id as string, pool.name]));
    const { rows, reasons } = await this.database.read(actor, async (tx) => {
      const found = await tx.rows<Omit<NoticeView, 'wording'> & { format: string }>(
        `select id, person_id as "personId", kind, facts, format, made_at as "madeAt", read_at is not null as "isRead" from notice
         where person_id = any($1) and ($2::uuid is null or id < $2) order by id desc limit ${PAGE}`,
        [readable(actor), page.before ?? null],
      );
      return { rows: found, reasons: await this.decisions.reasons(tx, found) };
    });
    const items = rows.map(({ format, ...row }) => ({
      ...row,
      wording: wordingOf(row.kind, row.facts, format, { pool: names.get(String(row.facts['poolId'])), reason: reasons.get(row.facts['decisionId']) }),
    }));
    return { items, next: items.length === PAGE ? items.at(-1)!.id : null };
  }

  /** How many the actor has not read. */
  async unreadOf(actor: Actor): Promise<number> {
    const row = await this.database.read(actor, (tx) =>
      tx.row<{ n: number }>('select count(*)::int as n from notice where person_id = any($1) and read_at is null', [readable(actor)]),
    );
    return row!.n;
  }

  /** Marks these as read; ids of others' notices do nothing. Answers how many were new. */
  async markRead(actor: Actor, ids: readonly NoticeId[]): Promise<number> {
    return this.database.transaction(actor, (tx) =>
      tx.run('update notice set read_at = $3 where id = any($1) and person_id = any($2) and read_at is null', [ids, readable(actor), tx.now]),
    );
  }
}

const readable = (actor: Actor): string[] => [...new Set([actor.id, ...idsWith(actor, READS, 'person')])];
