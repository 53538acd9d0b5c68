import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { BudgetQueries } from '../../budgets/index.js';
import { HolderQueries } from '../../holders/index.js';
import { can } from '../../identity/index.js';
import type { CardState } from '../../introductions/index.js';
import { IntroductionQueries, SuggestionQueries } from '../../introductions/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { DomainError } from '../../kernel/index.js';
import { Notices } from '../../notifications/index.js';
import { Clock } from '../../platform/index.js';
import { PoolQueries } from '../../pools/index.js';
import { PurchasingQueries } from '../../purchasing/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { MoneyReads } from '../money/money.reads.js';
import { lifeOf } from '../nav.js';
import type { HomePart, HomeView } from './home-parts.js';
import { HomeParts } from './home-parts.js';
import { holderHomeView, type HomeFacts } from './holder-home.view.js';

/** The home page of holders and of those who act for them: only what each may see is asked for. */
@Injectable()
export class HolderHome implements HomePart, OnModuleInit {
  readonly role = 'holder';

  constructor(
    private readonly homes: HomeParts,
    private readonly whosePages: WhosePages,
    private readonly holders: HolderQueries,
    private readonly introductions: IntroductionQueries,
    private readonly suggestions: SuggestionQueries,
    private readonly budgets: BudgetQueries,
    private readonly pools: PoolQueries,
    private readonly purchasing: PurchasingQueries,
    private readonly notices: Notices,
    private readonly money: MoneyReads,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.homes.register(this);
  }

  async view(actor: Actor): Promise<HomeView> {
    return this.of(actor, await this.whosePages.of(actor, lifeOf(actor)));
  }

  async of(actor: Actor, whose: Whose): Promise<HomeView> {
    const title = whose.isMine ? `Hello ${actor.name?.split(' ')[0] ?? ''}`.trim() : `${whose.my} home page`;
    return {
      template: 'home/holder-home.njk',
      parts: { title, actingFor: whose.actingFor, readAloud: true },
      view: holderHomeView(whose, await this.facts(actor, whose), this.clock.today()),
    };
  }

  private async facts(actor: Actor, { id: person, isMine }: Whose): Promise<HomeFacts> {
    const may = (permission: string): boolean => can(actor, permission, { person });
    const [goodLife, goals, card, suggestions, lines, pools, unread] = await Promise.all([
      may('goal:read') ? this.holders.goodLifeOf(actor, person, 'home page') : undefined,
      may('goal:read') ? this.holders.goalsOf(actor, person, 'home page') : undefined,
      may('card:read') ? this.cardState(actor, person) : undefined,
      may('card:read') ? this.suggestions.suggestionsOf(actor, person) : undefined,
      may('budget:read') ? this.budgets.linesOf(actor, person, 'home page') : undefined,
      isMine ? this.poolsOf(actor) : [],
      this.notices.unreadOf(actor),
    ]);
    return {
      checked: await this.money.checked(lines ?? []),
      goodLifeWritten: goodLife && goodLife.words !== null,
      goals,
      card,
      lines,
      pools,
      unread: isMine ? unread : 0,
      unanswered: suggestions?.filter((suggestion) => suggestion.myAnswer === null).length,
    };
  }

  private async poolsOf(actor: Actor): Promise<HomeFacts['pools']> {
    const listings = (await this.pools.mine(actor)).filter((listing) => listing.state !== 'closed').slice(0, 12);
    return Promise.all(
      listings.map(async (listing) => ({
        listing,
        pool: await this.pools.pool(actor, listing.id),
        purchases: can(actor, 'purchase:read', { pool: listing.id }) ? await this.purchasing.purchases(actor, listing.id) : [],
      })),
    );
  }

  private async cardState(actor: Actor, person: PersonId): Promise<CardState | 'none'> {
    try {
      return (await this.introductions.cardOf(actor, person)).state;
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'not-found') return 'none';
      throw error;
    }
  }
}
