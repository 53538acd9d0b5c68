import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OwnMoneyQueries } from '../../budgets/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { FinanceDesk } from '../../insight/index.js';
import type { BookId, ProviderId } from '../../kernel/index.js';
import { formatPounds, notFound, sumPence } from '../../kernel/index.js';
import type { PayeeId, PayeeView } from '../../payments/index.js';
import { Payees } from '../../payments/index.js';
import { Clock } from '../../platform/index.js';
import { ProviderQueries } from '../../providers/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { ChosenBook } from './book-choice.js';
import { BookChoice, bookForm } from './book-choice.js';
import { NO_PAYEE, personOf, readHow, readPayee, type CheckedHow, type PayeeValues } from './payee.form.js';
import { PAYEE_DONE, payeePageView, payeesTable } from './payee.view.js';
import { readReason } from './pay-run.form.js';

interface Choice {
  readonly value: string;
  readonly text: string;
}

/** Whom a book pays, and where: entered by one person, checked by another. */
@ApiExcludeController()
@Controller('payees')
@UseGuards(PageSignedIn)
export class PayeesPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly payees: Payees,
    private readonly desk: FinanceDesk,
    private readonly directory: ProviderQueries,
    private readonly ownMoney: OwnMoneyQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('book') named?: string): Promise<string> {
    const chosen = await this.choice.of(request.actor!, 'payee:read', named);
    const missing = await this.desk.payeesMissing(request.actor!, chosen.book.id);
    const enter = can(request.actor!, 'payee:enter', { book: chosen.book.id }) ? `${paths.newPayee}?book=${chosen.book.id}` : null;
    return this.pages.show(
      request,
      'finance/payees.njk',
      { title: 'Payees', isWide: true, back: { href: `${paths.payRuns}?book=${chosen.book.id}`, text: 'Back to pay runs' } },
      {
        choice: bookForm(chosen),
        enter,
        payees: payeesTable(await this.payees.listOf(request.actor!, chosen.book.id), this.clock.now()),
        missing:
          missing.length > 0
            ? `${missing.length === 1 ? '1 payee is' : `${missing.length} payees are`} not known yet, and ${formatPounds(sumPence(missing.map((each) => each.total)))} waits for them.`
            : null,
      },
    );
  }

  @Get('new')
  @Header('content-type', 'text/html; charset=utf-8')
  async blank(@Req() request: SignedInRequest, @Query('book') named?: string): Promise<string> {
    const chosen = await this.choice.of(request.actor!, 'payee:enter', named);
    return this.pages.whole(request, 'finance/payee-form.njk', await this.formModel(request, chosen, NO_PAYEE));
  }

  @Post('new')
  @Redirect()
  async enter(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const chosen = await this.choice.of(request.actor!, 'payee:enter', textOf(body, 'book'));
    const key = takeFormKey(body);
    const { values, details, kind, subject, faults } = readPayee(body, true);
    return act({
      template: 'finance/payee-form.njk',
      model: () => this.formModel(request, chosen, values),
      faults,
      command: () => this.payees.enter(request.actor!, { ...details, book: chosen.book.id, kind, subject, person: personOf(kind, subject) }, key),
      next: (payee) => seeOther(paths.payee(payee.id), 'entered'),
    });
  }

  @Get(':payee')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('payee') id: string, @Query('done') done?: string): Promise<string> {
    const payee = await this.found(request, id);
    return this.pages.whole(request, 'finance/payee.njk', { ...this.payeeModel(request, payee, '', ''), ...flashOf(PAYEE_DONE, done) });
  }

  @Post(':payee/check')
  @Redirect()
  async check(@Req() request: SignedInRequest, @Param('payee') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const payee = await this.found(request, id);
    const key = takeFormKey(body);
    const { how, faults } = readHow(body);
    return act({
      template: 'finance/payee.njk',
      model: () => this.payeeModel(request, payee, how ?? '', ''),
      faults,
      command: () => this.payees.check(request.actor!, { payee: payee.id, version: payee.version, how: how as CheckedHow }, key),
      next: () => seeOther(paths.payee(payee.id), 'checked'),
    });
  }

  @Get(':payee/change')
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Req() request: SignedInRequest, @Param('payee') id: string): Promise<string> {
    const payee = await this.found(request, id);
    return this.pages.whole(request, 'finance/payee-form.njk', changeModel(payee, { ...NO_PAYEE, name: payee.name }));
  }

  @Post(':payee/change')
  @Redirect()
  async change(@Req() request: SignedInRequest, @Param('payee') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const payee = await this.found(request, id);
    const key = takeFormKey(body);
    const { values, details, faults } = readPayee(body, false);
    return act({
      template: 'finance/payee-form.njk',
      model: () => changeModel(payee, values),
      faults,
      command: () => this.payees.change(request.actor!, { ...details, payee: payee.id, version: payee.version }, key),
      next: () => seeOther(paths.payee(payee.id), 'changed'),
    });
  }

  @Post(':payee/stop')
  @Redirect()
  async stop(@Req() request: SignedInRequest, @Param('payee') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const payee = await this.found(request, id);
    takeFormKey(body);
    const { reason, faults } = readReason(body);
    return act({
      template: 'finance/payee.njk',
      model: () => this.payeeModel(request, payee, '', reason),
      faults: faults.map((fault) => ({ ...fault, message: 'Say why nothing is to be paid to these details, in 3 to 300 characters' })),
      command: () => this.payees.stop(request.actor!, { payee: payee.id, reason }),
      next: () => seeOther(paths.payee(payee.id), 'stopped'),
    });
  }

  private payeeModel(request: SignedInRequest, payee: PayeeView, how: string, reason: string): PageParts {
    const may = { enter: can(request.actor!, 'payee:enter', { book: payee.book }), check: can(request.actor!, 'payee:check', { book: payee.book }) };
    return withFormKey({
      title: payee.name,
      back: { href: `${paths.payees}?book=${payee.book}`, text: 'Back to payees' },
      ...payeePageView(payee, this.clock.now(), may),
      here: paths.payee(payee.id),
      how,
      reason,
    });
  }

  private async formModel(request: SignedInRequest, chosen: ChosenBook, values: PayeeValues): Promise<PageParts> {
    return withFormKey({
      title: 'Enter a payee',
      back: { href: `${paths.payees}?book=${chosen.book.id}`, text: 'Back to payees' },
      values,
      book: chosen.book.id,
      subjects: await this.subjects(request, chosen),
      explains: 'A second person checks what you enter. After that it waits before the first payment.',
    });
  }

  /** Whom there is to pay: those whose payments wait first, then other money-holders and listed providers. */
  private async subjects(request: SignedInRequest, { book, books }: ChosenBook): Promise<Choice[]> {
    const known = new Set((await this.payees.listOf(request.actor!, book.id)).filter((payee) => payee.state !== 'stopped').map((payee) => payee.subject));
    const missing = await this.desk.payeesMissing(request.actor!, book.id);
    const listed = await this.directory.search({ limit: 300 });
    const providers = new Map([
      ...(await this.directory.named(missing.map((each) => each.subject as ProviderId))),
      ...listed.map((service) => [service.providerId, service.providerName] as const),
    ]);
    const waiting = missing
      .filter((each) => providers.has(each.subject as ProviderId))
      .map((each) => ({ value: `provider:${each.subject}`, text: `${providers.get(each.subject as ProviderId)!} (${formatPounds(each.total)} waits)` }));
    const owners = await this.ownMoney.ownersAmong(
      request.actor!,
      book.id,
      missing.map((each) => each.subject),
    );
    const people = missing
      .filter((each) => owners.has(each.subject))
      .map((each) => ({ value: `person:${each.subject}`, text: `${owners.get(each.subject)!}, own money (${formatPounds(each.total)} waits)` }));
    const others = [...providers]
      .map(([id, name]) => ({ value: `provider:${id}`, text: name }))
      .filter((each) => !waiting.some((first) => first.value === each.value));
    const holders = books
      .filter((each) => each.id !== book.id && each.holderId === null)
      .map((each) => ({ value: `book:${each.id}`, text: `${each.name} (another book)` }));
    return [{ value: '', text: 'Choose' }, ...waiting, ...people, ...holders, ...others.sort((a, b) => a.text.localeCompare(b.text))].filter(
      (each) => !known.has(each.value.split(':')[1] ?? ''),
    );
  }

  /** A payee of one of the actor's books. */
  private async found(request: SignedInRequest, id: string): Promise<PayeeView> {
    for (const book of await this.desk.booksOf(request.actor!, 'payee:read')) {
      const payee = (await this.payees.listOf(request.actor!, book.id as BookId)).find((each) => each.id === (id as PayeeId));
      if (payee) return payee;
    }
    throw notFound('This payee');
  }
}

const changeModel = (payee: PayeeView, values: PayeeValues): PageParts =>
  withFormKey({
    title: `Change where ${payee.name} is paid`,
    back: { href: paths.payee(payee.id), text: 'Back to the payee' },
    values,
    book: '',
    subjects: null,
    explains:
      'Has somebody asked for this change by email or phone? Call them back on a number you knew before. The new details are checked by a second person and wait before the first payment.',
  });
