import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { DomainError, notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { QuoteView } from '../../purchasing/index.js';
import { PurchasingQueries, QuoteRequests, Quotes } from '../../purchasing/index.js';
import type { TableOptions } from '../blocks/index.js';
import { money, stateTag } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import type { QuoteTyped } from '../pool/quotes.form.js';
import { kindItems, readQuote, typedQuote } from '../pool/quotes.form.js';
import { newFormKey, takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { ProviderReader } from './provider-reader.js';
import { PROVIDER_DONE } from './provider.view.js';

const QUOTE_STATES = {
  offered: { state: 'They are choosing', tone: 'waiting' },
  chosen: { state: 'Chosen: the days come next', tone: 'good' },
  committed: { state: 'Booked', tone: 'good' },
  withdrawn: { state: 'Taken back', tone: 'quiet' },
} as const;

/** Requests for quotes, and answering one. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class QuoteRequestsPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: ProviderReader,
    private readonly requests: QuoteRequests,
    private readonly quotes: Quotes,
    private readonly purchasing: PurchasingQueries,
  ) {}

  @Get('provider/requests')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('done') done?: string): Promise<string> {
    const { requests } = await this.reader.facts(request.actor!);
    return this.pages.show(
      request,
      'provider/requests.njk',
      { title: 'Requests for quotes', back: { href: paths.home, text: 'Home' }, ...flashOf(PROVIDER_DONE, done) },
      {
        requests: requests.map((each) => ({
          poolName: each.poolName,
          brief: each.brief,
          askedOn: each.askedOn,
          href: paths.giveQuote(each.providerId, each.poolId),
          words: each.quotes === 0 ? { state: 'Waiting for your answer', tone: 'attention' } : { state: 'You have answered', tone: 'good' },
        })),
        listHref: paths.listProvider,
      },
    );
  }

  @Get('provider/:provider/requests/:pool')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('provider') provider: string, @Param('pool') pool: string): Promise<string> {
    return this.pages.whole(request, 'provider/give-quote.njk', await this.model(request, provider, pool, typedQuote({})));
  }

  @Post('provider/:provider/requests/:pool')
  @Redirect()
  async give(@Req() request: SignedInRequest, @Param('provider') provider: string, @Param('pool') pool: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = typedQuote({ ...body, provider });
    const { command, faults } = readQuote(typed);
    return act({
      template: 'provider/give-quote.njk',
      model: () => this.model(request, provider, pool, typed),
      faults,
      names: { pricePence: 'price' },
      command: () => this.quotes.give(request.actor!, idOf<'pool'>(pool), command, key),
      next: () => seeOther(paths.quoteRequests, 'quoted'),
    });
  }

  /** Takes one of the provider's own quotes back, while it is not booked. */
  @Post('provider/:provider/requests/:pool/withdraw')
  @Redirect()
  async withdraw(@Req() request: SignedInRequest, @Param('provider') provider: string, @Param('pool') pool: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    return act({
      template: 'provider/give-quote.njk',
      model: () => this.model(request, provider, pool, typedQuote({})),
      command: () => this.quotes.withdraw(request.actor!, idOf<'quote'>(textOf(body, 'quote')), key),
      next: () => seeOther(paths.quoteRequests, 'withdrawn'),
    });
  }

  private async model(request: SignedInRequest, provider: string, pool: string, typed: QuoteTyped) {
    const found = (await this.requests.ofProvider(request.actor!, idOf<'provider'>(provider))).find((each) => each.poolId === pool);
    if (!found) throw notFound('The request');
    const given = (await this.given(request, pool)).filter((quote) => quote.providerId === provider);
    return withFormKey({
      title: found.poolName,
      back: { href: paths.quoteRequests, text: 'Requests for quotes' },
      brief: found.brief,
      typed,
      kinds: kindItems,
      given,
      givenTable: givenTable(given),
      backable: given
        .filter((quote) => quote.state === 'offered' || quote.state === 'chosen')
        .map((quote) => ({ id: quote.id, service: quote.service, key: newFormKey() })),
      action: paths.giveQuote(provider, pool),
    });
  }

  /** The provider's own quotes for the pool; the room answers "not found" while there are none. */
  private async given(request: SignedInRequest, pool: string): Promise<readonly QuoteView[]> {
    try {
      return await this.purchasing.quotes(request.actor!, idOf<'pool'>(pool));
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'not-found') return [];
      throw error;
    }
  }
}

const givenTable = (given: readonly QuoteView[]): TableOptions => ({
  caption: 'What you have offered',
  isCaptionHidden: true,
  head: [{ text: 'For' }, { text: 'Sessions', isNumber: true }, { text: 'Each session', isNumber: true }, { text: 'State' }],
  rows: given.map((quote) => [quote.service, String(quote.sessions), money(quote.price), stateTag(QUOTE_STATES[quote.state])]),
});
