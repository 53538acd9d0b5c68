import { Injectable } from '@nestjs/common';
import { idsWith } from '../../identity/index.js';
import type { Actor, LocalDate, ProviderId } from '../../kernel/index.js';
import { isId, notFound } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import type { ProviderView } from '../../providers/index.js';
import { ProviderQueries } from '../../providers/index.js';
import type { PurchaseView, QuoteRequestView } from '../../purchasing/index.js';
import { PurchasingQueries, QuoteRequests } from '../../purchasing/index.js';

/** What a provider's pages show: for each body the reader speaks for, what it sells and was asked. */
export interface ProviderFacts {
  readonly providers: ReadonlyMap<ProviderId, string>;
  readonly purchases: readonly PurchaseView[];
  readonly requests: readonly QuoteRequestView[];
  readonly today: LocalDate;
}

/** Reads what a provider's pages need. Decides nothing. */
@Injectable()
export class ProviderReader {
  constructor(
    private readonly directory: ProviderQueries,
    private readonly purchasing: PurchasingQueries,
    private readonly quoteRequests: QuoteRequests,
    private readonly clock: Clock,
  ) {}

  /** The bodies the reader speaks for. */
  mine(actor: Actor): ProviderId[] {
    return idsWith(actor, 'invoice:read', 'provider') as ProviderId[];
  }

  /** What the reader may change in the directory, by name. */
  async listings(actor: Actor): Promise<ProviderView[]> {
    const ids = idsWith(actor, 'provider:change', 'provider') as ProviderId[];
    const found = await Promise.all(ids.map((id) => this.directory.provider(id, actor)));
    return found.sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  }

  /** One of them. Refuses those of others (not-found). */
  async listing(actor: Actor, id: string): Promise<ProviderView> {
    if (!isId(id) || !idsWith(actor, 'provider:change', 'provider').includes(id)) throw notFound('The listing');
    return this.directory.provider(id as unknown as ProviderId, actor);
  }

  async facts(actor: Actor): Promise<ProviderFacts> {
    const mine = this.mine(actor);
    if (mine.length === 0) throw notFound('This page');
    const purchases: PurchaseView[] = [];
    const requests: QuoteRequestView[] = [];
    for (const provider of mine) {
      purchases.push(...(await this.purchasing.purchasesOfProvider(actor, provider)));
      requests.push(...(await this.quoteRequests.ofProvider(actor, provider)));
    }
    return { providers: await this.directory.named(mine), purchases, requests, today: this.clock.today() };
  }
}
