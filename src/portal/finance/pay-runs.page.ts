import { Body, Controller, Get, Header, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { FinanceQueries, PayRuns } from '../../finance/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { FinanceDesk } from '../../insight/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { isId } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import type { DateParts } from '../blocks/index.js';
import { partsOfDay } from '../blocks/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { Officers } from '../people/officers.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import type { ChosenBook } from './book-choice.js';
import { BookChoice, bookForm } from './book-choice.js';
import { readProposal } from './pay-run.form.js';
import { runsTable, waitingWords } from './pay-runs.view.js';

const ON_A_PAGE = 25;

/** The pay runs of a book, and proposing one. */
@ApiExcludeController()
@Controller('pay-runs')
@UseGuards(PageSignedIn)
export class PayRunsPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly queries: FinanceQueries,
    private readonly desk: FinanceDesk,
    private readonly officers: Officers,
    private readonly runs: PayRuns,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('book') named?: string, @Query('before') before?: string): Promise<string> {
    const chosen = await this.choice.of(request.actor!, 'payment:read', named);
    const today = partsOfDay(this.clock.today());
    return this.pages.whole(request, 'finance/pay-runs.njk', await this.model(request, chosen, today, isId(before) ? before : undefined));
  }

  @Post()
  @Redirect()
  async propose(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const chosen = await this.choice.of(request.actor!, 'payment:read', textOf(body, 'book'));
    const key = takeFormKey(body);
    const { values, cutOffOn, faults } = readProposal(body);
    return act({
      template: 'finance/pay-runs.njk',
      model: () => this.model(request, chosen, values),
      faults,
      command: () => this.runs.propose(request.actor!, { book: chosen.book.id, cutOffOn: cutOffOn as LocalDate }, key),
      next: (run) => seeOther(paths.payRun(run.id), 'proposed'),
    });
  }

  private async model(request: SignedInRequest, chosen: ChosenBook, cutOffOn: DateParts, before?: string): Promise<PageParts> {
    const actor = request.actor!;
    const { items, next } = await this.queries.payRuns(actor, chosen.book.id, { before, limit: ON_A_PAGE });
    const names = await this.officers.of(actor, ['finance-officer'], { book: chosen.book.id });
    const here = `${paths.payRuns}?book=${chosen.book.id}`;
    return withFormKey({
      title: 'Pay runs',
      isWide: true,
      choice: bookForm(chosen),
      runs: runsTable(items, names),
      cutOffOn,
      waiting: waitingWords(await this.desk.payOutTotals(actor, chosen.book.id), this.clock.today()),
      mayPropose: can(actor, 'payment:prepare', { book: chosen.book.id }),
      payeesHref: can(actor, 'payee:read', { book: chosen.book.id }) ? `${paths.payees}?book=${chosen.book.id}` : null,
      paymentsHref: `${paths.payments}?book=${chosen.book.id}`,
      more: { what: 'pay runs', ...(before ? { first: here } : {}), ...(next ? { next: `${here}&before=${next}` } : {}) },
    });
  }
}
