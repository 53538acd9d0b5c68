import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { requireAccess } from '../../identity/index.js';
import type { Actor, Id, PersonId } from '../../kernel/index.js';
import { conflict, dayOf, edgeOf, newId, notFound } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database, once } from '../../platform/index.js';
import type { LogCall, MakeFollowUp } from './case.dto.js';
import type { FollowUpAction, FollowUpState } from './case.lifecycle.js';
import { followUpLifecycle } from './case.lifecycle.js';
import { requireCallDay, requireNextDay } from './case.rules.js';

export type PhoneCallId = Id<'phone-call'>;
export type FollowUpId = Id<'follow-up'>;

/** Phone calls, and who does what next. */
@Injectable()
export class Cases {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Writes a call down: with whom, when, what was agreed, and what happens next if anything does. Refuses: call-day, follow-up-day. */
  async logCall(actor: Actor, person: PersonId, command: LogCall, key?: string): Promise<{ id: PhoneCallId; followUpId: FollowUpId | null }> {
    requireAccess(actor, 'case:keep', { person });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'cases.log-call', input: { person, ...command } }, async () => {
        requireCallDay(command.onDay, dayOf(tx.now));
        const id = newId<'phone-call'>();
        tx.write('insert into phone_call (id, person_id, broker_id, on_day, with_whom, agreed, logged_at) values ($1, $2, $3, $4, $5, $6, $7)', [
          id,
          person,
          actor.id,
          command.onDay,
          command.withWhom,
          command.agreed,
          tx.now,
        ]);
        await this.audit.record(tx, actor, { action: 'call:log', noun: 'phone-call', nounId: id, about: person });
        return { id, followUpId: command.next ? await this.insertNext(tx, actor, person, command.next, id) : null };
      }),
    );
  }

  /** Something to do that came up without a call. Refuses: follow-up-day. */
  async makeFollowUp(actor: Actor, person: PersonId, command: MakeFollowUp, key?: string): Promise<{ id: FollowUpId }> {
    requireAccess(actor, 'case:keep', { person });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'cases.follow-up', input: { person, ...command } }, async () => ({
        id: await this.insertNext(tx, actor, person, command, null),
      })),
    );
  }

  /** It is done, or it is no longer to be done. */
  async endFollowUp(actor: Actor, id: FollowUpId, action: FollowUpAction): Promise<{ id: FollowUpId; state: FollowUpState }> {
    return this.database.transaction(actor, async (tx) => {
      const row = await tx.row<{ person: PersonId; broker: string; state: FollowUpState }>(
        'select person_id as person, broker_id as broker, state from follow_up where id = $1 for update',
        [id],
      );
      if (!row || row.broker !== actor.id) throw notFound('This');
      requireAccess(actor, 'case:keep', { person: row.person });
      const { to } = edgeOf('follow-up', followUpLifecycle, row.state, action);
      const ended = await tx.run(`update follow_up set state = $2, ended_at = $3 where id = $1 and state = 'open'`, [id, to, tx.now]);
      if (ended === 0) throw conflict('follow-up-changed', 'This has changed. Look again.');
      await this.audit.record(tx, actor, { action: 'follow-up:end', noun: 'follow-up', nounId: id, about: row.person, facts: { state: to } });
      return { id, state: to };
    });
  }

  private async insertNext(tx: Tx, actor: Actor, person: PersonId, next: MakeFollowUp, call: PhoneCallId | null): Promise<FollowUpId> {
    requireNextDay(next.byDay, dayOf(tx.now));
    const id = newId<'follow-up'>();
    tx.write(
      `insert into follow_up (id, person_id, broker_id, call_id, what, waits_on, by_day, state, made_at) values ($1, $2, $3, $4, $5, $6, $7, 'open', $8)`,
      [id, person, actor.id, call, next.what, next.waitsOn, next.byDay, tx.now],
    );
    await this.audit.record(tx, actor, { action: 'follow-up:make', noun: 'follow-up', nounId: id, about: person });
    return id;
  }
}
