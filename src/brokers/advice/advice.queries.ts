import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, Pence, PersonId, ProviderId } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { InterestView } from '../brokers.queries.js';
import { BrokerQueries } from '../brokers.queries.js';
import { readsAs } from '../reader.js';
import type { AdviceState } from './advice.lifecycle.js';
import type { OptionKind, Per } from './advice.rules.js';
import type { AdviceId } from './advice.service.js';

export interface AdviceListing {
  readonly id: AdviceId;
  readonly about: string;
  readonly brokerName: string;
  readonly state: AdviceState;
  readonly recordedAt: Date;
}

export interface OptionView {
  readonly id: string;
  readonly kind: OptionKind;
  readonly providerId: ProviderId | null;
  readonly providerName: string | null;
  readonly what: string;
  readonly cost: Pence;
  readonly per: Per;
  readonly good: string;
  readonly bad: string;
  readonly isRecommended: boolean;
}

export interface AdviceView extends AdviceListing {
  readonly personId: PersonId;
  readonly brokerId: PersonId;
  readonly isMine: boolean;
  readonly fee: Pence;
  readonly feeFor: string;
  readonly whyFew: string | null;
  /** The broker's interests in the providers among the options, those declared later too. */
  readonly interests: readonly InterestView[];
  readonly options: readonly OptionView[];
  readonly answer: { readonly optionId: string | null; readonly words: string; readonly byBroker: boolean; readonly writtenAt: Date } | null;
}

const FACTS = `a.id, a.about, b.shown_name as "brokerName", a.state, a.recorded_at as "recordedAt"`;
const PAGE = 50;

/** Options and what was chosen: the person reads all, a broker their own (RULE 21). Looks of others are written down. */
@Injectable()
export class AdviceQueries {
  constructor(
    private readonly database: Database,
    private readonly brokers: BrokerQueries,
    private readonly audit: Audit,
  ) {}

  async adviceOf(actor: Actor, person: PersonId, page: { after?: string | undefined } = {}): Promise<{ items: AdviceListing[]; next: string | null }> {
    const as = readsAs(actor, person);
    const items = await this.database.transaction(actor, async (tx) => {
      await this.audit.viewed(tx, actor, { about: person, noun: 'advice', why: 'to see which options were recorded' });
      return tx.rows<AdviceListing>(
        `select ${FACTS} from advice a join broker b on b.person_id = a.broker_id
         where a.person_id = $1 and ($2 = 'person' or a.broker_id::text = $3) and ($4::uuid is null or a.id < $4) order by a.id desc limit $5`,
        [person, as, actor.id, page.after ?? null, PAGE],
      );
    });
    return { items, next: items.length === PAGE ? items.at(-1)!.id : null };
  }

  async one(actor: Actor, person: PersonId, id: AdviceId): Promise<AdviceView> {
    const as = readsAs(actor, person);
    return this.database.transaction(actor, async (tx) => {
      const row = await tx.row<Omit<AdviceView, 'interests' | 'options' | 'answer'>>(
        `select ${FACTS}, a.person_id as "personId", a.broker_id as "brokerId", a.broker_id::text = $4 as "isMine", a.fee_pence as fee, a.fee_for as "feeFor", a.why_few as "whyFew"
         from advice a join broker b on b.person_id = a.broker_id where a.id = $1 and a.person_id = $2 and ($3 = 'person' or a.broker_id::text = $4)`,
        [id, person, as, actor.id],
      );
      if (!row) throw notFound('The advice');
      await this.audit.viewed(tx, actor, { about: person, noun: 'advice', nounId: id, why: 'to read the options' });
      const options = await tx.rows<OptionView>(
        `select o.id, o.kind, o.provider_id as "providerId", p.name as "providerName", o.what, o.cost_pence as cost, o.per, o.good, o.bad, o.is_recommended as "isRecommended"
         from advice_option o left join provider p on p.id = o.provider_id where o.advice_id = $1 order by o.place`,
        [id],
      );
      const named = options.flatMap(({ providerId }) => (providerId ? [providerId] : []));
      return {
        ...row,
        interests: await this.brokers.interestsIn(tx, row.brokerId, named, row.recordedAt),
        options,
        answer: await this.newest(tx, id, row.brokerId),
      };
    });
  }

  private async newest(tx: Tx, id: AdviceId, broker: PersonId): Promise<AdviceView['answer']> {
    const row = await tx.row<NonNullable<AdviceView['answer']>>(
      `select option_id as "optionId", words, written_by = $2 as "byBroker", written_at as "writtenAt" from advice_answer where advice_id = $1 order by id desc limit 1`,
      [id, broker],
    );
    return row ?? null;
  }
}
