import { Controller, Get, Header, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Arrivals } from '../../budgets/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { isId } from '../../kernel/index.js';
import { Breaks } from '../../reconciliation/index.js';
import { BookChoice, bookForm } from '../finance/book-choice.js';
import { Officers } from '../people/officers.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { agesTable, breaksTable, gateWords, unallocatedTable } from './breaks.view.js';

/** What nothing explains, by age and owner; and money that is nobody's yet. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class BreaksPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly breaks: Breaks,
    private readonly arrivals: Arrivals,
    private readonly officers: Officers,
  ) {}

  @Get('breaks')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('book') named?: string, @Query('after') after?: string): Promise<string> {
    const actor = request.actor!;
    const chosen = await this.choice.of(actor, 'statement:read', named, 'cash');
    const { items, next } = await this.breaks.ofBook(actor, chosen.book.id, { after: isId(after) ? after : undefined });
    const names = await this.officers.of(actor, ['finance-officer', 'account-holder'], { book: chosen.book.id });
    const unallocated = await this.arrivals.waiting(actor, chosen.book.id);
    const here = `${paths.breaks}?book=${chosen.book.id}`;
    return this.pages.show(
      request,
      'statements/breaks.njk',
      { title: 'Not matched', isWide: true },
      {
        choice: bookForm(chosen),
        gate: gateWords(items),
        ages: agesTable(items),
        breaks: breaksTable(items, names, chosen.book.id),
        count: items.length,
        unallocated: unallocatedTable(unallocated),
        unallocatedCount: unallocated.length,
        more: { what: 'breaks', ...(after ? { first: here } : {}), ...(next ? { next: `${here}&after=${next}` } : {}) },
      },
    );
  }
}
