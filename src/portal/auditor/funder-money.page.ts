import { Controller, Get, Header, Param, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { PromiseCame } from '../../insight/index.js';
import { Penny } from '../../insight/index.js';
import { formatDay, spokenReference } from '../../kernel/index.js';
import { html, idOf } from '../../platform/index.js';
import { money, type TableOptions } from '../blocks/index.js';
import { BookChoice } from '../finance/book-choice.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { PROMISE_STATES } from './follow.view.js';

/** What funders put beside the members' money with one money-holder: each promise, and from there its whole way. */
@ApiExcludeController()
@Controller('books/:book/funder-money')
@UseGuards(PageSignedIn)
export class FunderMoneyPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly penny: Penny,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('book') id: string): Promise<string> {
    const { book } = await this.choice.of(request.actor!, 'book:read', idOf(id));
    const promises = promisesTable(await this.penny.promisesIn(request.actor!, book.id));
    return this.pages.show(request, 'auditor/funder-money.njk', { title: 'Funders’ money', isWide: true }, { book: book.name, promises });
  }
}

const promisesTable = (promises: readonly PromiseCame[]): TableOptions => ({
  caption: 'What funders promised, the newest first',
  head: [{ text: 'Funder' }, { text: 'For' }, { text: 'Promised', isNumber: true }, { text: 'Came in', isNumber: true }, { text: 'Now' }],
  rows: promises.map((promise) => [
    html`<a href="${paths.follow('funder-share', promise.shareId)}">${promise.funderName}</a><br><span class="cp-small">${promise.reference}</span>`,
    html`${promise.purpose}<br><span class="cp-small">In pool ${spokenReference('POO', promise.pool)}, from ${formatDay(promise.offeredOn)} until ${formatDay(promise.endsOn)}</span>`,
    money(promise.promised),
    money(promise.cameIn),
    PROMISE_STATES[promise.state],
  ]),
  hasRowHeaders: true,
  empty: 'No funder has put money beside the members’ here.',
});
