import { Body, Controller, Get, Header, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Closes } from '../../finance/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { formatDay, isLocalDate } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import type { DateParts } from '../blocks/index.js';
import { partsOfDay } from '../blocks/index.js';
import { textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { Officers } from '../people/officers.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { ChosenBook } from './book-choice.js';
import { BookChoice, bookForm } from './book-choice.js';
import { CLOSE_DONE, closesTable, firstOfMonth, readClose } from './closes.view.js';

const ON_A_PAGE = 24;

/** The closed periods of a book, and closing the next. */
@ApiExcludeController()
@Controller('closes')
@UseGuards(PageSignedIn)
export class ClosesPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly closes: Closes,
    private readonly officers: Officers,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('book') named?: string, @Query('before') before?: string, @Query('done') done?: string): Promise<string> {
    const chosen = await this.choice.of(request.actor!, 'book:read', named);
    const model = await this.model(request, chosen, partsOfDay(firstOfMonth(this.clock.today())), isLocalDate(before) ? before : undefined);
    return this.pages.whole(request, 'finance/closes.njk', { ...model, ...flashOf(CLOSE_DONE, done) });
  }

  @Post()
  @Redirect()
  async close(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const chosen = await this.choice.of(request.actor!, 'book:read', textOf(body, 'book'));
    const key = takeFormKey(body);
    const { values, untilOn, faults } = readClose(body);
    return act({
      template: 'finance/closes.njk',
      model: () => this.model(request, chosen, values),
      faults,
      command: () => this.closes.close(request.actor!, { book: chosen.book.id, untilOn: untilOn! }, key),
      next: () => ({ url: `${paths.closes}?book=${chosen.book.id}&done=closed`, statusCode: 303 }),
    });
  }

  private async model(request: SignedInRequest, chosen: ChosenBook, untilOn: DateParts, before?: LocalDate): Promise<PageParts> {
    const actor = request.actor!;
    const { openFrom, items, next } = await this.closes.ofBook(actor, chosen.book.id, { before, limit: ON_A_PAGE });
    const names = await this.officers.of(actor, ['finance-officer'], { book: chosen.book.id });
    const here = `${paths.closes}?book=${chosen.book.id}`;
    return withFormKey({
      title: 'Closing the accounts',
      isWide: true,
      back: { href: `${paths.proof}?book=${chosen.book.id}`, text: 'Back to the proof' },
      choice: bookForm(chosen),
      openFrom: formatDay(openFrom),
      untilOn,
      mayClose: can(actor, 'period:close', { book: chosen.book.id }),
      closes: closesTable(items, names),
      more: { what: 'closed periods', ...(before ? { first: here } : {}), ...(next ? { next: `${here}&before=${next}` } : {}) },
    });
  }
}
