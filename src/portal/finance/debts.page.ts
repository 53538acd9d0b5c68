import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Debt } from '../../finance/index.js';
import { gapOf, returnableOf, Settlements } from '../../finance/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { notFound } from '../../kernel/index.js';
import { textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { ChosenBook } from './book-choice.js';
import { BookChoice, bookForm } from './book-choice.js';
import type { Owed } from './debt-reader.js';
import { DebtReader } from './debt-reader.js';
import type { SettleTyped } from './debts.form.js';
import { nameInSettle, readFees, readSettle, typedSettle } from './debts.form.js';
import { debtFacts, DEBTS_DONE, debtsTable, feesTable, payerItems, waitingItems } from './debts.view.js';

interface Found extends ChosenBook {
  readonly owed: Owed;
}

/** Who owes a book and how that is made good: paying back, the money-holder's cover, and fees. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class DebtsPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly reader: DebtReader,
    private readonly settlements: Settlements,
  ) {}

  @Get('debts')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('book') named?: string, @Query('done') done?: string): Promise<string> {
    const found = await this.found(request, named);
    const { debts, fees, names } = found.owed;
    const parts = { title: 'Who owes this book', isWide: true, ...flashOf(DEBTS_DONE, done) };
    const view = {
      ownMoneyHref: can(request.actor!, 'own-money:send-home', { book: found.book.id }) ? `${paths.ownMoneyKept}?book=${found.book.id}` : null,
      choice: bookForm(found),
      debts: debtsTable(debts, names, found.book.id),
      fees: feesTable(fees, names),
    };
    const mayFees = fees.length > 0 && this.maySettle(request, found);
    return this.pages.show(request, 'finance/debts.njk', parts, { ...view, feesHref: mayFees ? `${paths.fees}?book=${found.book.id}` : null });
  }

  @Get('debts/:person')
  @Header('content-type', 'text/html; charset=utf-8')
  async one(@Req() request: SignedInRequest, @Param('person') person: string, @Query('book') named?: string): Promise<string> {
    const found = await this.found(request, named);
    const debt = debtIn(found, person);
    await this.reader.opened(request.actor!, found.book.id, debt.person);
    return this.pages.whole(request, 'finance/debt.njk', this.debtModel(request, found, debt, typedSettle({})));
  }

  @Post('debts/:person')
  @Redirect()
  async settle(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, textOf(body, 'book'));
    const debt = debtIn(found, person);
    const key = takeFormKey(body);
    const typed = typedSettle(body);
    const read = readSettle(typed, debt.person);
    const [actor, book] = [request.actor!, found.book.id];
    return act({
      template: 'finance/debt.njk',
      model: () => this.debtModel(request, found, debt, typed),
      faults: read.faults,
      names: nameInSettle,
      command: () =>
        read.what === 'cover' ? this.settlements.cover(actor, book, read.command, key) : this.settlements.payBack(actor, book, read.command, key),
      next: () => seeOtherIn(book, read.what!),
    });
  }

  @Post('debts/:person/return-cover')
  @Redirect()
  async returnCover(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, textOf(body, 'book'));
    const debt = debtIn(found, person);
    const key = takeFormKey(body);
    return act({
      template: 'finance/debt.njk',
      model: () => this.debtModel(request, found, debt, typedSettle({})),
      command: () => this.settlements.returnCover(request.actor!, found.book.id, { personId: debt.person }, key),
      next: () => seeOtherIn(found.book.id, 'returned'),
    });
  }

  @Get('fees-due')
  @Header('content-type', 'text/html; charset=utf-8')
  async fees(@Req() request: SignedInRequest, @Query('book') named?: string): Promise<string> {
    return this.pages.whole(request, 'finance/fees-due.njk', this.feesModel(request, await this.found(request, named), typedSettle({})));
  }

  @Post('fees-due')
  @Redirect()
  async payFees(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, textOf(body, 'book'));
    const key = takeFormKey(body);
    const typed = typedSettle(body);
    const { command, faults } = readFees(typed, payerItems(found.owed.fees, found.owed.names));
    return act({
      template: 'finance/fees-due.njk',
      model: () => this.feesModel(request, found, typed),
      faults,
      names: nameInSettle,
      command: () => this.settlements.fees(request.actor!, found.book.id, command, key),
      next: () => seeOtherIn(found.book.id, 'fees'),
    });
  }

  private async found(request: SignedInRequest, named: string | undefined): Promise<Found> {
    const chosen = await this.choice.of(request.actor!, 'book:read', named, 'cash');
    return { ...chosen, owed: await this.reader.of(request.actor!, chosen.book.id) };
  }

  private maySettle(request: SignedInRequest, { book }: ChosenBook): boolean {
    return can(request.actor!, 'match:make', { book: book.id });
  }

  private debtModel(request: SignedInRequest, found: Found, debt: Debt, typed: SettleTyped): PageParts {
    const { book, owed } = found;
    return withFormKey({
      ...this.settlingParts(request, found),
      title: `Debt of ${owed.names.get(debt.person)}`,
      name: owed.names.get(debt.person),
      facts: debtFacts(debt),
      here: paths.debt(debt.person),
      whats: [
        ...(debt.owes > 0n
          ? [{ value: 'payBack', text: 'The member has paid it back', hint: 'What is more than the debt goes to a budget line of theirs.' }]
          : []),
        ...(gapOf(debt) > 0n && book.organisationId
          ? [{ value: 'cover', text: 'The money-holder has put in its own money', hint: 'So that payments need nobody else’s. The member still owes it.' }]
          : []),
      ],
      mayPayBack: debt.owes > 0n,
      mayReturn: returnableOf(debt) > 0n && can(request.actor!, 'payment:prepare', { book: book.id }),
      returnAction: paths.returnCover(debt.person),
      typed,
    });
  }

  private feesModel(request: SignedInRequest, found: Found, typed: SettleTyped): PageParts {
    const { fees, names } = found.owed;
    const payers = payerItems(fees, names);
    return withFormKey({
      ...this.settlingParts(request, found),
      title: 'Fees that are due',
      fees: feesTable(fees, names),
      hasFees: fees.length > 0,
      payers,
      onlyPayer: payers.length === 1 ? payers[0]! : null,
      here: paths.fees,
      typed,
    });
  }

  /** What both pages need to say which money it is. */
  private settlingParts(request: SignedInRequest, found: Found) {
    return {
      isWide: true,
      back: { href: `${paths.debts}?book=${found.book.id}`, text: 'Back to who owes this book' },
      choice: { ...bookForm(found), items: [] },
      maySettle: this.maySettle(request, found),
      waiting: waitingItems(found.owed.waiting),
      breaksHref: `${paths.breaks}?book=${found.book.id}`,
    };
  }
}

const seeOtherIn = (book: string, done: string): SeeOther => ({ url: `${paths.debts}?book=${book}&done=${done}`, statusCode: 303 });

function debtIn({ owed }: Found, person: string): Debt {
  const debt = owed.debts.find((each) => each.person === person);
  if (!debt) throw notFound('The debt');
  return debt;
}
