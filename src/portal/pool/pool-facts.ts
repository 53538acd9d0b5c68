import { Injectable } from '@nestjs/common';
import { can } from '../../identity/index.js';
import type { Actor, LocalDate, PersonId, PoolId, ProviderId } from '../../kernel/index.js';
import { NO_PENCE } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import type { PoolView } from '../../pools/index.js';
import { PoolQueries, PoolSeats } from '../../pools/index.js';
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
  /** The reader, or the person they act for, is a member: money can go in. */
  readonly mayPutIn: boolean;
  /** May write the brief and ask providers: the broker, or where there is none whoever has money in. */
  readonly mayAsk: boolean;
  /** Who sees the pool as the person does for whom the reader looks. For questions of other rooms, never for commands. */
  readonly eyes: Actor;
}

/** For whom a command on a page of a pool is, when it is not for the reader. */
export const forWhom = ({ pool }: Pick<PoolFacts, 'pool'>): { readonly personId?: PersonId } => (pool.actingFor ? { personId: pool.actingFor.personId } : {});

/** Reads what the pages of a pool need. Decides nothing. */
@Injectable()
export class PoolReader {
  constructor(
    private readonly pools: PoolQueries,
    private readonly seats: PoolSeats,
    private readonly purchasing: PurchasingQueries,
    private readonly directory: ProviderQueries,
    private readonly clock: Clock,
  ) {}

  async facts(actor: Actor, id: PoolId): Promise<PoolFacts> {
    const pool = await this.pools.pool(actor, id);
    const eyes = this.eyesOn(actor, pool);
    const quotes = await this.purchasing.quotes(eyes, id);
    const purchases = await this.purchasing.purchases(eyes, id);
    const providers = await this.directory.named([...new Set([...quotes, ...purchases].map((each) => each.providerId))]);
    const mayPutIn = pool.members.some((member) => member.isMe && member.state === 'member');
    const isBroker = can(actor, 'pool:set-up', { pool: id });
    const asks = pool.actingFor ? can(actor, 'brief:write', { person: pool.actingFor.personId }) : can(actor, 'brief:write', { pool: id });
    const setsUp = can(actor, 'pool:set-up', { pool: id }) || (pool.brokerId === null && can(actor, 'pool:assent', { pool: id }));
    return {
      pool,
      quotes,
      purchases,
      providers,
      today: this.today(),
      isMember: mayPutIn && pool.actingFor === undefined,
      setsUp,
      isBroker,
      mayPutIn,
      mayAsk: isBroker || (pool.brokerId === null && asks && mayPutIn && (pool.mine?.putIn ?? NO_PENCE) > 0n),
      eyes,
    };
  }

  /** For whom a command in this pool is, when it is not for the reader. */
  async forWhom(actor: Actor, id: PoolId): Promise<{ readonly personId?: PersonId }> {
    const seat = await this.seats.of(actor, id, 'pool:read');
    return seat.isOwn ? {} : { personId: seat.person };
  }

  private eyesOn(actor: Actor, pool: PoolView): Actor {
    return pool.actingFor ? this.seats.eyesOf(actor, { person: pool.actingFor.personId, isOwn: false, as: pool.actingFor.as }, pool.id) : actor;
  }

  today(): LocalDate {
    return this.clock.today();
  }
}
