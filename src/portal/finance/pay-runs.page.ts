import { Body, Controller, Get, Header, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { FinanceQueries, PayRuns } from '../../finance/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { FinanceDesk } from '../../insight/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { isId } from '../../kernel/index.js';
import { Clock, FormInvalid } from '../../platform/index.js';
import { dateParts } from '../blocks/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { Officers } from '../people/officers.js';
import { paths } from '../paths.js';
import { orAgain } from '../pool/form-again.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { ChosenBook } from './book-choice.js';
import { BookChoice, bookForm } from './book-choice.js';
import { readProposal } from './pay-run.form.js';
import { runsTable, waitingWords } from './pay-runs.view.js';

const ON_A_PAGE = 25;
const PARTS = { title: 'Pay runs', isWide: true };
type DateParts = ReturnType<typeof dateParts>;

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
    const [year, month, day] = this.clock.today().split('-') as [string, string, string];
    return this.pages.show(request, 'finance/pay-runs.njk', PARTS, await this.model(request, chosen, { day, month, year }, isId(before) ? before : undefined));
  }

  @Post()
  @Redirect()
  async propose(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const chosen = await this.choice.of(request.actor!, 'payment:read', textOf(body, 'book'));
    const key = takeFormKey(body);
    const { values, cutOffOn, faults } = readProposal(body);
    const again = async (errors: typeof faults): Promise<FormInvalid> =>
      new FormInvalid('finance/pay-runs.njk', { ...PARTS, ...(await this.model(request, chosen, values)), errors });
    if (faults.length > 0) throw await again(faults);
    const run = await orAgain(() => this.runs.propose(request.actor!, { book: chosen.book.id, cutOffOn: cutOffOn as LocalDate }, key), again);
    return seeOther(paths.payRun(run.id), 'proposed');
  }

  private async model(request: SignedInRequest, chosen: ChosenBook, cutOffOn: DateParts, before?: string): Promise<object> {
    const actor = request.actor!;
    const { items, next } = await this.queries.payRuns(actor, chosen.book.id, { before, limit: ON_A_PAGE });
    const names = await this.officers.of(actor, ['finance-officer'], { book: chosen.book.id });
    const here = `${paths.payRuns}?book=${chosen.book.id}`;
    return withFormKey({
      choice: bookForm(chosen),
      runs: runsTable(items, names),
      cutOffOn,
      waiting: waitingWords(await this.desk.payOutTotals(actor, chosen.book.id), this.clock.today()),
      mayPropose: can(actor, 'payment:prepare', { book: chosen.book.id }),
      payeesHref: `${paths.payees}?book=${chosen.book.id}`,
      paymentsHref: `${paths.payments}?book=${chosen.book.id}`,
      more: { what: 'pay runs', ...(before ? { first: here } : {}), ...(next ? { next: `${here}&before=${next}` } : {}) },
    });
  }
}
