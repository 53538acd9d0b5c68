import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, Id, PersonId, PoolId } from '../kernel/index.js';
import { conflict, edgeOf, newId, notFound, refused, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { Blocks } from './blocks.service.js';
import type { SendMessage, SetStep, StepBack } from './introduction.dto.js';
import type { IntroductionAction, IntroductionState } from './introduction.lifecycle.js';
import { introductionLifecycle } from './introduction.lifecycle.js';
import { otherOf, sideOf } from './sides.js';

export type IntroductionId = Id<'introduction'>;

interface Introduction {
  readonly id: IntroductionId;
  readonly personA: PersonId;
  readonly personB: PersonId;
  readonly state: IntroductionState;
}

/** What two people do after both said yes. */
@Injectable()
export class Introductions {
  constructor(
    private readonly database: Database,
    private readonly blocks: Blocks,
    private readonly audit: Audit,
  ) {}

  /** Ends it, for both, with no reason asked or shown. With `block` they are never suggested to each other again. */
  async stepBack(actor: Actor, id: IntroductionId, command: StepBack = {}): Promise<{ id: IntroductionId; state: IntroductionState }> {
    return this.database.transaction(actor, async (tx) => {
      const introduction = await this.lock(tx, id);
      const side = sideOf(actor, introduction, 'introduction:answer');
      await this.move(tx, introduction, 'step-back');
      if (command.block) await this.blocks.put(tx, actor, side, otherOf(introduction, side), 'name');
      await this.audit.record(tx, actor, { action: 'introduction:step-back', noun: 'introduction', nounId: id, about: side });
      return { id, state: 'stepped-back' };
    });
  }

  /** Never to be suggested to each other, nor asked by the other, again. What goes on is ended first, as by stepping back; the other learns no more than
   *  that. A pool that grew from it stays. */
  async block(actor: Actor, id: IntroductionId): Promise<{ id: IntroductionId }> {
    return this.database.transaction(actor, async (tx) => {
      const introduction = await this.lock(tx, id);
      const side = sideOf(actor, introduction, 'introduction:answer');
      if (introduction.state === 'introduced') {
        await this.move(tx, introduction, 'step-back');
        await this.audit.record(tx, actor, { action: 'introduction:step-back', noun: 'introduction', nounId: id, about: side });
      }
      await this.blocks.put(tx, actor, side, otherOf(introduction, side), 'name');
      return { id };
    });
  }

  /** Puts a day to a step: meet, a trial, a look back. Either may, and may change it. */
  async setStep(actor: Actor, id: IntroductionId, command: SetStep): Promise<{ id: IntroductionId; kind: string; onDay: string }> {
    return this.database.transaction(actor, async (tx) => {
      const introduction = await this.lock(tx, id);
      const side = sideOf(actor, introduction, 'introduction:answer');
      requireOngoing(introduction.state);
      tx.write(
        `insert into introduction_step (introduction_id, person_a, person_b, kind, on_day, words, set_by, set_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (introduction_id, kind) do update set on_day = excluded.on_day, words = excluded.words, set_by = excluded.set_by, set_at = excluded.set_at`,
        [id, introduction.personA, introduction.personB, command.kind, command.onDay, command.words ?? '', actor.id, tx.now],
      );
      await this.audit.record(tx, actor, { action: 'introduction:step', noun: 'introduction', nounId: id, about: side, facts: { kind: command.kind } });
      return { id, kind: command.kind, onDay: command.onDay };
    });
  }

  /** Sends words to the other of the two. Refuses once somebody stepped back. */
  async send(actor: Actor, id: IntroductionId, command: SendMessage, key?: string): Promise<{ id: string; sentAt: string }> {
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'introductions.send', input: { id, ...command } }, async () => {
        const introduction = await this.lock(tx, id);
        const side = sideOf(actor, introduction, 'message:send');
        requireOngoing(introduction.state);
        const messageId = newId<'message'>();
        tx.write('insert into message (id, introduction_id, person_a, person_b, from_person, words, sent_at) values ($1, $2, $3, $4, $5, $6, $7)', [
          messageId,
          id,
          introduction.personA,
          introduction.personB,
          side,
          command.words,
          tx.now,
        ]);
        await announce(tx, {
          name: 'messageSent',
          about: { people: [introduction.personA, introduction.personB] },
          payload: { introductionId: id, messageId, toPersonId: otherOf(introduction, side) },
        });
        await this.audit.record(tx, actor, { action: 'message:send', noun: 'message', nounId: messageId, about: side });
        return { id: messageId, sentAt: tx.now.toISOString() };
      }),
    );
  }

  /** Introduces two who know each other and both said so, by an invitation; a step back of before is over. In the transaction of the room's
   *  own command, whose scope names both. */
  async meetKnown(tx: Tx, met: { from: PersonId; to: PersonId; invitation: string }): Promise<IntroductionId> {
    const [personA, personB] = [met.from, met.to].sort() as [PersonId, PersonId];
    const before = await tx.row<{ id: IntroductionId }>('select id from introduction where person_a = $1 and person_b = $2', [personA, personB]);
    const id = before?.id ?? (newId<'introduction'>() as IntroductionId);
    if (before) {
      await this.move(tx, await this.lock(tx, id), 'meet-again', null, [personA, personB]);
      tx.write('update introduction set invitation_id = $2, made_at = $3 where id = $1', [id, met.invitation, tx.now]);
    } else {
      tx.write(
        `insert into introduction (id, person_a, person_b, reasons, state, made_at, invitation_id) values ($1, $2, $3, '["known"]', 'introduced', $4, $5)`,
        [id, personA, personB, tx.now, met.invitation],
      );
      await announce(tx, { name: 'introductionMade', about: { people: [personA, personB] }, payload: { introductionId: id, personIds: [personA, personB] } });
    }
    await this.audit.recordAll(
      tx,
      systemActor('introductions.invitations', {}),
      [personA, personB].map((about) => ({ action: 'introduction:make', noun: 'introduction', nounId: id, about })),
    );
    return id;
  }

  /** The two have made a pool: called by the room of pools, in its transaction, whose scope names one of them at least. */
  async becamePool(tx: Tx, actor: Actor, id: IntroductionId, pool: PoolId): Promise<void> {
    const introduction = await this.lock(tx, id);
    await this.move(tx, introduction, 'become-pool', pool);
    await this.audit.record(tx, actor, { action: 'introduction:become-pool', noun: 'introduction', nounId: id, pool });
  }

  private async lock(tx: Tx, id: IntroductionId): Promise<Introduction> {
    const row = await tx.row<Introduction>(`select id, person_a as "personA", person_b as "personB", state from introduction where id = $1 for update`, [id]);
    if (!row) throw notFound('The introduction');
    return row;
  }

  private async move(
    tx: Tx,
    introduction: Introduction,
    action: IntroductionAction,
    pool: PoolId | null = null,
    personIds: readonly PersonId[] = [],
  ): Promise<void> {
    const { to, event } = edgeOf('introduction', introductionLifecycle, introduction.state, action);
    const moved = await tx.run('update introduction set state = $3, pool_id = $4 where id = $1 and state = $2', [
      introduction.id,
      introduction.state,
      to,
      pool,
    ]);
    if (moved === 0) throw conflict('introduction-changed', 'This has just been changed. Look at it again.');
    tx.write(
      'insert into introduction_change (id, introduction_id, person_a, person_b, from_state, to_state, changed_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [newId(), introduction.id, introduction.personA, introduction.personB, introduction.state, to, tx.now],
    );
    await announce(tx, {
      name: event!,
      about: { people: [introduction.personA, introduction.personB], pools: pool ? [pool] : [] },
      payload: { introductionId: introduction.id, poolId: pool, ...(personIds.length > 0 ? { personIds } : {}) },
    });
  }
}

function requireOngoing(state: IntroductionState): void {
  if (state === 'stepped-back') throw refused('stepped-back', 'One of you has stepped back, so this has ended.');
}
