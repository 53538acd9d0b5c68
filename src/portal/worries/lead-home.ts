import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { WorryQueries } from '../../concerns/index.js';
import type { Actor } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import type { HomePart, HomeView } from '../home/home-parts.js';
import { HomeParts } from '../home/home-parts.js';
import { paths } from '../paths.js';
import { leadNeeds } from './worries.view.js';

/** A safeguarding lead's home page: worries that wait, and those they have. Opening it is a look at the list. */
@Injectable()
export class LeadHome implements HomePart, OnModuleInit {
  readonly role = 'safeguarding-lead';

  constructor(
    private readonly homes: HomeParts,
    private readonly queries: WorryQueries,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.homes.register(this);
  }

  async view(actor: Actor): Promise<HomeView> {
    const { items } = await this.queries.list(actor, { which: 'open' });
    return {
      template: 'worries/lead-home.njk',
      parts: { title: `Hello ${actor.name?.split(' ')[0] ?? ''}`.trim() },
      view: { needs: leadNeeds(items, this.clock.today()), href: paths.worries, partsHref: paths.findPart },
    };
  }
}
