import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, Id, PersonId, ProviderId } from '../../kernel/index.js';
import { conflict, edgeOf, invalid, newId, notFound } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import { BrokerQueries } from '../brokers.queries.js';
import type { AnswerAdvice, RecordAdvice } from './advice.dto.js';
import type { AdviceAction, AdviceState } from './advice.lifecycle.js';
import { adviceLifecycle } from './advice.lifecycle.js';
import { decideAdvice } from './advice.rules.js';

export type AdviceId = Id<'advice'>;

interface AdviceRow {
  readonly id: AdviceId;
  readonly personId: PersonId;
  readonly brokerId: PersonId;
  readonly state: AdviceState;
}

/** Options put side by side for somebody, and what they chose. */
@Injectable()
export class AdviceDesk {
  constructor(
    private readonly database: Database,
    private readonly queries: BrokerQueries,
    private readonly audit: Audit,
  ) {}

  /** Records options as advice to a person who appointed the actor. Refuses: see decideAdvice; option-provider for one nobody lists. */
  async record(actor: Actor, person: PersonId, command: RecordAdvice, key?: string): Promise<{ id: AdviceId; state: AdviceState }> {
    requireAccess(actor, 'case:keep', { person });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'advice.record', input: { person, ...command } }, async () => {
        const named = command.options.flatMap(({ providerId }) => (providerId ? [providerId] : []));
        const interests = await this.queries.interestsIn(tx, actor.id as PersonId, named);
        const options = command.options.map((option) => ({ ...option, isRecommended: option.isRecommended ?? false }));
        decideAdvice(options, command.whyFew, new Set(interests.map((each) => each.providerId)));
        await this.requireListed(tx, named);
        const id = newId<'advice'>();
        tx.write(
          `insert into advice (id, person_id, broker_id, about, fee_pence, fee_for, why_few, state, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, 'open', $8)`,
          [id, person, actor.id, command.about, String(command.feePence), command.feeFor, command.whyFew ?? null, tx.now],
        );
        for (const [at, option] of options.entries())
          tx.write(
            `insert into advice_option (id, advice_id, person_id, place, kind, provider_id, what, cost_pence, per, good, bad, is_recommended)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
            [
              newId(),
              id,
              person,
              at + 1,
              option.kind,
              option.providerId ?? null,
              option.what,
              String(option.costPence),
              option.per,
              option.good,
              option.bad,
              option.isRecommended,
            ],
          );
        await this.audit.record(tx, actor, { action: 'advice:record', noun: 'advice', nounId: id, about: person, facts: { options: options.length } });
        return { id, state: 'open' as const };
      }),
    );
  }

  /** What the person chose, or that it is none of these, in their words: by themselves, by who represents them, or written down by the broker who put
   *  the options, which the person is shown. The newest counts. Refuses: advice-is-withdrawn, option-not-there. */
  async answer(actor: Actor, id: AdviceId, command: AnswerAdvice, key?: string): Promise<{ id: AdviceId; state: AdviceState }> {
    return this.database.transaction(actor, async (tx) => {
      const advice = await this.lock(tx, id);
      const { personId } = advice;
      if (!can(actor, 'case:answer', { person: personId })) this.requireOwn(actor, advice);
      return once(tx, actor, key === undefined ? undefined : { key, command: 'advice.answer', input: { id, ...command } }, async () => {
        if (command.optionId !== undefined) {
          const option = await tx.row('select 1 from advice_option where id = $1 and advice_id = $2', [command.optionId, id]);
          if (!option) throw invalid('option-not-there', 'Choose one of the options.', [{ field: 'optionId', message: 'Choose one of the options.' }]);
        }
        const edge = await this.move(tx, advice, 'answer');
        tx.write('insert into advice_answer (id, advice_id, person_id, option_id, words, written_by, written_at) values ($1, $2, $3, $4, $5, $6, $7)', [
          newId(),
          id,
          personId,
          command.optionId ?? null,
          command.words,
          actor.id,
          tx.now,
        ]);
        await announce(tx, {
          name: 'adviceAnswered',
          about: { people: [personId, advice.brokerId] },
          payload: { adviceId: id, personId, brokerId: advice.brokerId },
        });
        await this.audit.record(tx, actor, { action: 'advice:answer', noun: 'advice', nounId: id, about: personId });
        return { id, state: edge };
      });
    });
  }

  /** Options that nobody chose from yet are taken back by the broker who put them. */
  async withdraw(actor: Actor, id: AdviceId): Promise<{ id: AdviceId; state: AdviceState }> {
    return this.database.transaction(actor, async (tx) => {
      const advice = await this.lock(tx, id);
      this.requireOwn(actor, advice);
      const state = await this.move(tx, advice, 'withdraw');
      await this.audit.record(tx, actor, { action: 'advice:withdraw', noun: 'advice', nounId: id, about: advice.personId });
      return { id, state };
    });
  }

  private requireOwn(actor: Actor, advice: AdviceRow): void {
    requireAccess(actor, 'case:keep', { person: advice.personId });
    if (advice.brokerId !== actor.id) throw notFound('The advice');
  }

  private async requireListed(tx: Tx, named: readonly ProviderId[]): Promise<void> {
    const known = await tx.rows<{ id: ProviderId }>('select id from provider where id = any($1)', [named]);
    if (known.length < new Set(named).size) throw invalid('option-provider', 'Choose a provider from the directory.');
  }

  private async lock(tx: Tx, id: AdviceId): Promise<AdviceRow> {
    const row = await tx.row<AdviceRow>('select id, person_id as "personId", broker_id as "brokerId", state from advice where id = $1 for update', [id]);
    if (!row) throw notFound('The advice');
    return row;
  }

  private async move(tx: Tx, advice: AdviceRow, action: AdviceAction): Promise<AdviceState> {
    const { to } = edgeOf('advice', adviceLifecycle, advice.state, action);
    const moved = await tx.run('update advice set state = $2 where id = $1 and state = $3', [advice.id, to, advice.state]);
    if (moved === 0) throw conflict('advice-changed', 'This has changed. Look again.');
    return to;
  }
}
