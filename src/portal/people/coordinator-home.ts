import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { AuthorityQueries } from '../../holders/index.js';
import { IcbPeople } from '../../insight/index.js';
import type { Actor } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import type { HomePart, HomeView } from '../home/home-parts.js';
import { HomeParts } from '../home/home-parts.js';
import { paths } from '../paths.js';
import { nominationNeeds, waitingNeeds, reviewsTable } from './people.view.js';
import { ReviewsDue } from './reviews-due.js';

const MOST = 20;

/** The home page of care co-ordinators and ICB officers: decisions that wait, and reviews that fall due. */
@Injectable()
export class CoordinatorHome implements HomePart, OnModuleInit {
  readonly role = 'care-coordinator';

  constructor(
    private readonly homes: HomeParts,
    private readonly people: IcbPeople,
    private readonly authorities: AuthorityQueries,
    private readonly reviews: ReviewsDue,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.homes.register(this);
  }

  async view(actor: Actor): Promise<HomeView> {
    const today = this.clock.today();
    const waiting = await this.people.waiting(actor, MOST + 1);
    const reviews = await this.reviews.of(actor);
    return {
      template: 'people/coordinator-home.njk',
      parts: { title: `Hello ${actor.name?.split(' ')[0] ?? ''}`.trim() },
      view: {
        needs: [...waitingNeeds(waiting.slice(0, MOST), today), ...nominationNeeds(await this.authorities.waiting(actor, MOST), today)],
        hasMore: waiting.length > MOST,
        reviews: reviewsTable(reviews.slice(0, MOST), today),
        links: { people: paths.people, reviews: paths.reviews },
      },
    };
  }
}
