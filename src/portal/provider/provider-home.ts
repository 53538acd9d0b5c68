import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import type { HomePart, HomeView } from '../home/home-parts.js';
import { HomeParts } from '../home/home-parts.js';
import { paths } from '../paths.js';
import { flashOf } from '../shell/index.js';
import { listingNeeds } from './listing.view.js';
import { ProviderReader } from './provider-reader.js';
import { moneyComing, PROVIDER_DONE, providerNeeds, sessionsOf, sessionsTable, stillToBill } from './provider.view.js';

const UPCOMING = 5;

/** A provider's first page: money coming, sessions to record, requests to answer. */
@Injectable()
export class ProviderHome implements HomePart, OnModuleInit {
  readonly role = 'provider';

  constructor(
    private readonly homes: HomeParts,
    private readonly reader: ProviderReader,
  ) {}

  onModuleInit(): void {
    this.homes.register(this);
  }

  async view(actor: Actor, request: SignedInRequest): Promise<HomeView> {
    const facts = await this.reader.facts(actor);
    const listings = await this.reader.listings(actor);
    const upcoming = sessionsOf(facts)
      .filter(({ session }) => session.state === 'planned' && session.day > facts.today)
      .slice(0, UPCOMING);
    return {
      template: 'provider/home.njk',
      parts: {
        title: [...facts.providers.values()].join(' and ') || 'Your work',
        quickExit: false,
        ...flashOf(PROVIDER_DONE, (request.query as { done?: string }).done),
      },
      view: {
        needs: [...providerNeeds(facts), ...listingNeeds(listings, facts.today)],
        coming: moneyComing(facts),
        later: stillToBill(facts),
        upcoming: sessionsTable(upcoming, facts.today, 'The next sessions', 'No sessions are booked.'),
        links: { money: paths.providerMoney, sessions: paths.providerSessions, requests: paths.quoteRequests, listings: paths.listings },
      },
    };
  }
}
