import { Controller, Get, Header, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { idsWith } from '../../identity/index.js';
import { IcbPeople } from '../../insight/index.js';
import { forbidden, isId } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { peopleTable, reviewsTable } from './people.view.js';
import { ReviewsDue } from './reviews-due.js';

const ON_A_PAGE = 50;

/** The people of the board, and whose review is due: for care co-ordinators and ICB officers. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class PeoplePage {
  constructor(
    private readonly pages: Pages,
    private readonly people: IcbPeople,
    private readonly reviews: ReviewsDue,
    private readonly clock: Clock,
  ) {}

  @Get('people')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('name') sent?: string, @Query('after') after?: string): Promise<string> {
    const name = typeof sent === 'string' ? sent.trim().slice(0, 80) : '';
    const { items, next } = await this.people.list(request.actor!, { name, after: isId(after) ? after : undefined, limit: ON_A_PAGE });
    const query = name === '' ? '' : `name=${encodeURIComponent(name)}`;
    const more = {
      what: 'people',
      ...(after ? { first: `${paths.people}?${query}` } : {}),
      ...(next ? { next: `${paths.people}?${query}${query ? '&' : ''}after=${next}` } : {}),
    };
    return this.pages.show(request, 'people/people.njk', { title: 'People and plans', isWide: true }, { name, people: peopleTable(items, name), more });
  }

  @Get('reviews')
  @Header('content-type', 'text/html; charset=utf-8')
  async due(@Req() request: SignedInRequest): Promise<string> {
    if (idsWith(request.actor!, 'review:record', 'icb').length === 0) throw forbidden();
    const reviews = await this.reviews.of(request.actor!);
    return this.pages.show(request, 'people/reviews.njk', { title: 'Reviews', isWide: true }, { reviews: reviewsTable(reviews, this.clock.today()) });
  }
}
