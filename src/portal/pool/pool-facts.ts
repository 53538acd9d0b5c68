import { Injectable } from '@nestjs/common';
import { can } from '../../identity/index.js';
import type { Actor, LocalDate, PoolId, ProviderId } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import type { PoolView } from '../../pools/index.js';
import { PoolQueries } from '../../pools/index.js';
import type { PurchaseView, QuoteView } from '../../purchasing/index.js';
import { PurchasingQueries } from '../../purchasing/index.js';
import { ProviderQueries } from '../../providers/index.js';

/** Everything the pages of one pool show, read once. */
export interface PoolFacts {
  readonly pool: PoolView;
  readonly quotes: readonly QuoteView[];
  readonly purchases: readonly PurchaseView[];
  readonly providers: ReadonlyMap<ProviderId, string>;
  readonly today: LocalDate;
  /** May write the agreement and set money aside: the broker, or any member where there is none. */
  readonly setsUp: boolean;
  readonly isMember: boolean;
  readonly isBroker: boolean;
}

/** Reads what the pages of a pool need. Decides nothing. */
@Injectable()
export class PoolReader {
  constructor(
    private readonly pools: PoolQueries,
    private readonly purchasing: PurchasingQueries,
    private readonly directory: ProviderQueries,
    private readonly clock: Clock,
  ) {}

  async facts(actor: Actor, id: PoolId): Promise<PoolFacts> {
    const pool = await this.pools.pool(actor, id);
    const quotes = await this.purchasing.quotes(actor, id);
    const purchases = await this.purchasing.purchases(actor, id);
    const providers = await this.directory.named([...new Set([...quotes, ...purchases].map((each) => each.providerId))]);
    const isMember = pool.members.some((member) => member.isMe && member.state === 'member');
    const setsUp = can(actor, 'pool:set-up', { pool: id }) || (pool.brokerId === null && can(actor, 'pool:assent', { pool: id }));
    return { pool, quotes, purchases, providers, today: this.today(), isMember, setsUp, isBroker: can(actor, 'pool:set-up', { pool: id }) };
  }

  today(): LocalDate {
    return this.clock.today();
  }
}
