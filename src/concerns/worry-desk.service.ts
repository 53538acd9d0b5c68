import { Injectable } from '@nestjs/common';
import { idsWith } from '../identity/index.js';
import type { Actor, Id } from '../kernel/index.js';
import { conflict, newId, notFound, scopeOf, statesAllowing } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, Secrets } from '../platform/index.js';
import { openCompartment, requireLead } from './compartment.js';
import type { CloseWorry, NoteWorry } from './worry.dto.js';
import type { WorryAction, WorryStage } from './worry.lifecycle.js';
import { WORRY } from './worry.lifecycle.js';

export type WorryId = Id<'worry'>;

export interface WorryAnswer {
  readonly worryId: WorryId;
  readonly stage: WorryStage;
}

interface NewStep {
  readonly what: 'taken' | 'noted' | 'closed' | 'opened-again';
  readonly words: string | null;
  readonly key: string | undefined;
}

/** What leads do about worries. Each step is written down in the compartment, signed by its lead; the general record of what was done,
 *  the outbox and the log say nothing of it, so that nobody learns that a worry exists. */
@Injectable()
export class WorryDesk {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** The actor is the named person who has it from now on. Refuses (conflict) what is closed, or theirs already. */
  take(actor: Actor, id: WorryId, key?: string): Promise<WorryAnswer> {
    return this.step(actor, id, { what: 'taken', words: null, key }, (tx) => {
      const home = idsWith(actor, 'worry:answer', 'icb')[0]!;
      return move(tx, id, 'take', 'taken_by = $3, taken_at = $4, icb_id = coalesce(icb_id, $5)', 'taken_by is distinct from $3', [actor.id, tx.now, home]);
    });
  }

  /** Writes down what was done. Refuses (conflict) unless it is taken. */
  note(actor: Actor, id: WorryId, command: NoteWorry, key?: string): Promise<WorryAnswer> {
    return this.step(actor, id, { what: 'noted', words: command.words, key }, async (_tx, stage) => {
      if (stage !== 'taken') throw stands(stage);
    });
  }

  /** Ends it, with how it ended and why. */
  close(actor: Actor, id: WorryId, command: CloseWorry, key?: string): Promise<WorryAnswer> {
    return this.step(actor, id, { what: 'closed', words: command.words, key }, (tx) =>
      move(tx, id, 'close', 'closed_at = $3, outcome = $4', 'true', [tx.now, command.outcome]),
    );
  }

  /** Something more came up: it is taken again, by whoever opens it. */
  openAgain(actor: Actor, id: WorryId, command: NoteWorry, key?: string): Promise<WorryAnswer> {
    return this.step(actor, id, { what: 'opened-again', words: command.words, key }, (tx) =>
      move(tx, id, 'open-again', 'taken_by = $3, taken_at = $4, closed_at = null, outcome = null', 'true', [actor.id, tx.now]),
    );
  }

  /** Authorises, opens the compartment, locks the worry if it is there for this lead, and does the step once: a repeat is found among the
   *  steps, because the house's own table of keys stands outside the compartment. */
  private step(actor: Actor, id: WorryId, step: NewStep, work: (tx: Tx, stage: WorryStage) => Promise<void>): Promise<WorryAnswer> {
    requireLead(actor, 'worry:answer');
    return this.database.transaction({ ...actor, scope: leadScope(actor) }, async (tx) => {
      await openCompartment(tx, actor);
      const row = await tx.row<{ stage: WorryStage }>('select stage from worry_desk where worry_id = $1 for update', [id]);
      if (!row) throw notFound('This worry');
      if (!(await this.wasDone(tx, actor, id, step))) {
        await work(tx, row.stage);
        await this.write(tx, actor, id, step);
      }
      return { worryId: id, stage: step.what === 'closed' ? 'closed' : 'taken' };
    });
  }

  /** True when this lead did this step under the same key before. Refuses (conflict) a key that stood for something else. */
  private async wasDone(tx: Tx, actor: Actor, id: WorryId, { what, words, key }: NewStep): Promise<boolean> {
    if (key === undefined) return false;
    const before = await tx.row<{ id: string; worryId: WorryId; what: string; words: Buffer | null }>(
      'select id, worry_id as "worryId", what, words from worry_step where by_person = $1 and intent = $2',
      [actor.id, key],
    );
    if (!before) return false;
    const said = before.words && this.secrets.decrypt(before.words, `worry_step.words:${before.id}`);
    if (before.worryId !== id || before.what !== what || said !== words)
      throw conflict('idempotency-key-reused', 'This key was already used for something else. Use a new key for a new request.');
    return true;
  }

  private async write(tx: Tx, actor: Actor, id: WorryId, { what, words, key }: NewStep): Promise<void> {
    const step = newId<'worry-step'>();
    tx.write('insert into worry_step (id, worry_id, at, by_person, what, words, intent) values ($1, $2, $3, $4, $5, $6, $7)', [
      step,
      id,
      tx.now,
      actor.id,
      what,
      words === null ? null : this.secrets.encrypt(words, `worry_step.words:${step}`),
      key ?? null,
    ]);
  }
}

/** A guarded change of where a worry stands; `only` is one more condition. Refuses (conflict) what stands elsewhere. */
async function move(tx: Tx, id: WorryId, action: WorryAction, set: string, only: string, values: readonly unknown[]): Promise<void> {
  const to = action === 'close' ? 'closed' : 'taken';
  const moved = await tx.run(`update worry_desk set stage = '${to}', ${set} where worry_id = $1 and stage = any($2) and ${only}`, [
    id,
    statesAllowing(WORRY, action),
    ...values,
  ]);
  if (moved === 0) throw stands((await tx.row<{ stage: WorryStage }>('select stage from worry_desk where worry_id = $1', [id]))?.stage);
}

/** A lead's work on worries sees nothing but their own grants and the names of people of their ICB. */
export const leadScope = (actor: Actor): Actor['scope'] => scopeOf({ people: [actor.id as never], icbs: actor.scope.icbs });

const STANDS: Readonly<Record<WorryStage, string>> = {
  unanswered: 'Nobody has taken this worry yet. Take it first.',
  taken: 'This worry is taken already.',
  closed: 'This worry is closed. Open it again first.',
};
const stands = (stage: WorryStage | undefined): Error => (stage ? conflict(`worry-is-${stage}`, STANDS[stage]) : notFound('This worry'));
