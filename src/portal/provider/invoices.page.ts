import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { decimalPounds, formatDay, formatPounds, notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { PurchaseView } from '../../purchasing/index.js';
import { Invoices } from '../../purchasing/index.js';
import { counted, money, partsOfDay } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { InvoiceWays } from '../pool/invoice-ways.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { InvoiceTyped } from './invoice.form.js';
import { INVOICE_NAMES, readInvoice, typedInvoice } from './invoice.form.js';
import { ProviderReader } from './provider-reader.js';
import { billOf, billsOf, billsTable, moneyComing, PROVIDER_DONE, toBill, toBillTable } from './provider.view.js';

/** Bills shown with their whole way; older ones open from the list. */
const WAYS_SHOWN = 10;

/** A provider's bills: ready, sent, and where the money is. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class ProviderInvoicesPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: ProviderReader,
    private readonly invoices: Invoices,
    private readonly ways: InvoiceWays,
  ) {}

  @Get('provider/invoices')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest): Promise<string> {
    const facts = await this.reader.facts(request.actor!);
    return this.pages.show(
      request,
      'provider/invoices.njk',
      { title: 'Invoices' },
      { ready: toBillTable(toBill(facts)), bills: billsTable(billsOf(facts), 'Invoices you sent', 'You have not sent an invoice yet.') },
    );
  }

  @Get('provider/money')
  @Header('content-type', 'text/html; charset=utf-8')
  async money(@Req() request: SignedInRequest): Promise<string> {
    const facts = await this.reader.facts(request.actor!);
    const bills = billsOf(facts);
    const unpaid = bills.filter(({ invoice }) => invoice.state !== 'paid');
    const open = [];
    for (const { invoice, purchase } of unpaid.slice(0, WAYS_SHOWN))
      open.push({
        number: invoice.number,
        service: purchase.service,
        href: paths.providerInvoice(invoice.id),
        way: await this.ways.of(request.actor!, { invoice, purchase, to: facts.providers.get(purchase.providerId) ?? 'you', voice: 'holder' }),
      });
    return this.pages.show(
      request,
      'provider/money.njk',
      { title: 'Where is my money?' },
      {
        open,
        coming: moneyComing(facts),
        more: unpaid.length > WAYS_SHOWN ? `These are the newest ${WAYS_SHOWN} of ${unpaid.length}. Open the others from your invoices.` : null,
        paid: billsTable(
          bills.filter(({ invoice }) => invoice.state === 'paid'),
          'Paid',
          'No invoice has been paid yet.',
        ),
      },
    );
  }

  @Get('provider/invoices/:invoice')
  @Header('content-type', 'text/html; charset=utf-8')
  async one(@Req() request: SignedInRequest, @Param('invoice') id: string, @Query('done') done?: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!);
    const found = billsOf(facts).find(({ invoice }) => invoice.id === id);
    if (!found) throw notFound('The bill');
    const { invoice, purchase } = found;
    return this.pages.show(
      request,
      'provider/invoice.njk',
      { title: `Invoice ${invoice.number}`, back: { href: paths.providerInvoices, text: 'Invoices' }, ...flashOf(PROVIDER_DONE, done) },
      {
        way: await this.ways.of(request.actor!, { invoice, purchase, to: facts.providers.get(purchase.providerId) ?? 'you', voice: 'holder' }),
        rows: [
          { key: 'For', value: purchase.service },
          { key: 'Dated', value: formatDay(invoice.dated) },
          { key: 'Amount', value: money(invoice.amount) },
          { key: 'VAT in it', value: invoice.vat > 0n ? money(invoice.vat) : 'None' },
        ],
      },
    );
  }

  @Get('provider/purchases/:purchase/invoices/new')
  @Header('content-type', 'text/html; charset=utf-8')
  async showNew(@Req() request: SignedInRequest, @Param('purchase') id: string): Promise<string> {
    const { purchase, today } = await this.found(request, id);
    return this.pages.whole(request, 'provider/new-invoice.njk', this.model(purchase, this.ready(purchase, today)));
  }

  @Post('provider/purchases/:purchase/invoices/new')
  @Redirect()
  async send(@Req() request: SignedInRequest, @Param('purchase') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { purchase } = await this.found(request, id);
    const typed = typedInvoice(body);
    const { command, faults } = readInvoice(typed);
    return act({
      template: 'provider/new-invoice.njk',
      model: () => this.model(purchase, typed),
      faults,
      names: INVOICE_NAMES,
      command: () => this.invoices.receive(request.actor!, idOf<'purchase'>(id), command, key),
      next: ({ invoiceId }) => seeOther(paths.providerInvoice(invoiceId), 'billed'),
    });
  }

  private async found(request: SignedInRequest, id: string): Promise<{ purchase: PurchaseView; today: LocalDate }> {
    const facts = await this.reader.facts(request.actor!);
    const purchase = facts.purchases.find((each) => each.id === id);
    if (!purchase) throw notFound('The purchase');
    return { purchase, today: facts.today };
  }

  /** A bill for everything that is confirmed, dated today: most need only a number. */
  private ready(purchase: PurchaseView, today: LocalDate): InvoiceTyped {
    const sessions = purchase.sessions.filter((session) => session.state === 'confirmed');
    return {
      number: '',
      amount: sessions.length > 0 ? decimalPounds(billOf(purchase, sessions)) : '',
      vat: '',
      dated: partsOfDay(today),
      sessions: sessions.map((session) => session.id),
    };
  }

  private model(purchase: PurchaseView, typed: InvoiceTyped) {
    const sessions = purchase.sessions.filter((session) => session.state === 'confirmed');
    return withFormKey({
      title: `Send an invoice for ${purchase.service}`,
      back: { href: paths.providerInvoices, text: 'Invoices' },
      price: purchase.price,
      typed,
      action: paths.newInvoice(purchase.id),
      sessions: sessions.map((session) => ({
        value: session.id as string,
        text: formatDay(session.day),
        hint: `Up to ${formatPounds(billOf(purchase, [session]))}`,
      })),
      short: sessions.some((session) => session.left < purchase.price),
      amountHint: `For ${counted(sessions.length, 'session', 'sessions')} it is at most ${formatPounds(billOf(purchase, sessions))}`,
    });
  }
}
