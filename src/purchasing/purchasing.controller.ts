import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { OfPerson } from '../pools/index.js';
import { InvoiceRefunds } from './invoice-refunds.service.js';
import { Invoices } from './invoices.service.js';
import { AskForQuote, CommitQuote, DisputeSession, GiveQuote, RefundInvoice, SendInvoice } from './purchase.dto.js';
import { invoiceJson, purchaseJson, quoteJson } from './purchase.views.js';
import { Purchases } from './purchases.service.js';
import { PurchaseHistory } from './purchase-history.queries.js';
import { PurchasingQueries } from './purchasing.queries.js';
import { Quotes } from './quotes.service.js';
import { Sessions } from './sessions.service.js';

@ApiTags('purchasing')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class PurchasingController {
  constructor(
    private readonly quotes: Quotes,
    private readonly purchases: Purchases,
    private readonly sessions: Sessions,
    private readonly invoices: Invoices,
    private readonly givenBack: InvoiceRefunds,
    private readonly queries: PurchasingQueries,
    private readonly history: PurchaseHistory,
  ) {}

  @Post('pools/:id/quote-requests')
  ask(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AskForQuote, @IdempotencyKey() key: string): Promise<unknown> {
    return this.quotes.ask(actor, idOf<'pool'>(id), command, key);
  }

  @Post('pools/:id/quotes')
  give(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: GiveQuote, @IdempotencyKey() key: string): Promise<unknown> {
    return this.quotes.give(actor, idOf<'pool'>(id), command, key);
  }

  @Get('pools/:id/quotes')
  async quotesOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: (await this.queries.quotes(actor, idOf<'pool'>(id))).map(quoteJson), next: null };
  }

  @Get('pools/:id/purchases')
  async purchasesOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: (await this.queries.purchases(actor, idOf<'pool'>(id))).map(purchaseJson), next: null };
  }

  @Get('pools/:id/purchase-history')
  async happenings(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.history.ofPool(actor, idOf<'pool'>(id)), next: null };
  }

  @Post('quotes/:id/choose')
  choose(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string, @Query() whose: OfPerson): Promise<unknown> {
    return this.quotes.choose(actor, idOf<'quote'>(id), key, whose.personId);
  }

  @Post('quotes/:id/object')
  object(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string, @Query() whose: OfPerson): Promise<unknown> {
    return this.quotes.object(actor, idOf<'quote'>(id), key, whose.personId);
  }

  @Post('quotes/:id/withdraw')
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.quotes.withdraw(actor, idOf<'quote'>(id), key);
  }

  @Post('quotes/:id/commit')
  commit(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: CommitQuote, @IdempotencyKey() key: string): Promise<unknown> {
    return this.purchases.commit(actor, idOf<'quote'>(id), command, key);
  }

  @Get('providers/:id/purchases')
  async ofProvider(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: (await this.queries.purchasesOfProvider(actor, idOf<'provider'>(id))).map(purchaseJson), next: null };
  }

  @Get('purchases/:id')
  async purchase(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return purchaseJson(await this.queries.purchase(actor, idOf<'purchase'>(id)));
  }

  @Post('purchases/:id/sessions/:session/record')
  record(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('session') session: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.sessions.record(actor, idOf<'session'>(session), idOf<'purchase'>(id), key);
  }

  @Post('sessions/:id/confirm')
  confirm(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string, @Query() whose: OfPerson): Promise<unknown> {
    return this.sessions.confirm(actor, idOf<'session'>(id), key, whose.personId);
  }

  @Post('sessions/:id/dispute')
  dispute(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() command: DisputeSession,
    @IdempotencyKey() key: string,
    @Query() whose: OfPerson,
  ): Promise<unknown> {
    return this.sessions.dispute(actor, idOf<'session'>(id), command.why, key, whose.personId);
  }

  @Post('purchases/:id/invoices')
  receive(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: SendInvoice, @IdempotencyKey() key: string): Promise<unknown> {
    return this.invoices.receive(actor, idOf<'purchase'>(id), command, key);
  }

  @Post('invoices/:id/refunds')
  refund(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: RefundInvoice, @IdempotencyKey() key: string): Promise<unknown> {
    return this.givenBack.record(actor, idOf<'invoice'>(id), command, key);
  }

  @Get('invoices/:id')
  async invoice(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return invoiceJson(await this.queries.invoice(actor, idOf<'invoice'>(id)));
  }
}
