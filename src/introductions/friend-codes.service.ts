import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId } from '../kernel/index.js';
import { addDays, dayOf, newId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, Secrets } from '../platform/index.js';
import { codeOf, INVITATION_DAYS, typedCode } from './acquaintance-code.rules.js';
import { notOurCode, requireTriesLeft } from './invitation.rules.js';

export interface FriendCodeView {
  /** Null when there is none in force. */
  readonly code: string | null;
  readonly untilDay: LocalDate | null;
}

/** What a code that was typed in leads to. */
export interface FoundCode {
  readonly kind: 'invitation' | 'friend';
  readonly id: string;
  readonly personId: PersonId;
  /** To give the try back with, since the code was right. */
  readonly triedAt: Date;
}

/** Codes of people who know each other. A code is worked out from a salt in the row and a key of ours, so it can be shown again and is stored
 *  nowhere; it is found by a keyed hash. A stolen database holds no code. */
@Injectable()
export class FriendCodes {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  /** A person's own code, to give to somebody they know. */
  async codeFor(actor: Actor, person: PersonId): Promise<FriendCodeView> {
    requireAccess(actor, 'card:read', { person });
    return this.database.read(actor, async (tx) => {
      const row = await tx.row<{ salt: Buffer; untilDay: LocalDate }>(
        `select f.salt, f.until_day as "untilDay" from friend_code f where f.person_id = $1 and f.until_day > $2`,
        [person, dayOf(tx.now)],
      );
      const code = row && this.worked('friend', person, row.salt);
      // After a key of ours was dropped the code that we would show is no longer the one we would find.
      const isFound = code !== undefined && (await tx.row('select 1 from invitation_key where code_hash = $1', [this.hashOf(code)])) !== undefined;
      return isFound ? { code, untilDay: row!.untilDay } : { code: null, untilDay: null };
    });
  }

  /** Makes a code that holds for six weeks; the one before stops at once. */
  async make(actor: Actor, person: PersonId): Promise<FriendCodeView> {
    requireAccess(actor, 'card:write', { person });
    return this.database.transaction(actor, async (tx) => {
      const salt = randomBytes(16);
      const code = this.worked('friend', person, salt);
      const untilDay = addDays(dayOf(tx.now), INVITATION_DAYS);
      tx.write(
        `insert into friend_code (person_id, salt, until_day, made_at) values ($1, $2, $3, $4)
         on conflict (person_id) do update set salt = excluded.salt, until_day = excluded.until_day, made_at = excluded.made_at`,
        [person, salt, untilDay, tx.now],
      );
      tx.write(`delete from invitation_key where person_id = $1 and kind = 'friend'`, [person]);
      await this.keep(tx, { id: newId(), kind: 'friend', person, code, untilDay });
      await this.audit.record(tx, actor, { action: 'friend-code:make', noun: 'friend-code', about: person });
      return { code, untilDay };
    });
  }

  /** Remembers that a code leads here until its day; without a code, only the day. */
  async keep(tx: Tx, key: { id: string; kind: 'invitation' | 'friend'; person: PersonId; code: string | null; untilDay: LocalDate }): Promise<void> {
    tx.write('insert into invitation_key (id, kind, person_id, code_hash, until_day) values ($1, $2, $3, $4, $5)', [
      key.id,
      key.kind,
      key.person,
      key.code === null ? null : this.hashOf(key.code),
      key.untilDay,
    ]);
  }

  worked(kind: 'friend' | 'paper', id: string, salt: Buffer): string {
    return codeOf(this.secrets.lookup(`${kind}:${id}:${salt.toString('hex')}`, 'acquaintance-code'));
  }

  /** What a code leads to. Each try counts against whoever types it in, before it is looked at, so that tries made at once count too; a right
   *  one is given back by `forgive`. Refuses: code-not-known, too-many-tries. */
  async find(actor: Actor, typed: string): Promise<FoundCode> {
    const triedAt = await this.database.transaction(actor, async (tx) => {
      await tx.row('select 1 from person where id = $1 for update', [actor.id]);
      const row = await tx.row<{ wrong: number }>('select count(*)::int as wrong from code_try where person_id = $1 and tried_at > $2', [
        actor.id,
        new Date(tx.now.getTime() - 86_400_000),
      ]);
      requireTriesLeft(row!.wrong);
      tx.write('insert into code_try (person_id, tried_at) values ($1, $2)', [actor.id, tx.now]);
      return tx.now;
    });
    const code = typedCode(typed);
    if (code === undefined) throw notOurCode();
    const found = await this.database.read(actor, (tx) =>
      tx.row<Omit<FoundCode, 'triedAt'>>('select id, kind, person_id as "personId" from invitation_key where code_hash = $1 and until_day > $2', [
        this.hashOf(code),
        dayOf(tx.now),
      ]),
    );
    if (!found) throw notOurCode();
    return { ...found, triedAt };
  }

  /** Gives back the try of a right code. */
  async forgive(actor: Actor, triedAt: Date): Promise<void> {
    await this.database.transaction(actor, (tx) =>
      tx.run('delete from code_try where ctid = (select ctid from code_try where person_id = $1 and tried_at = $2 limit 1)', [actor.id, triedAt]),
    );
  }

  private hashOf(code: string): Buffer {
    return this.secrets.lookup(code, 'acquaintance-code-hash');
  }
}
