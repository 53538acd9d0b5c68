import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { forbidden, formatPounds } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { ServiceView } from '../../providers/index.js';
import { ProviderQueries } from '../../providers/index.js';
import { QuoteRequests, Quotes } from '../../purchasing/index.js';
import type { ChoiceItem } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import type { PoolFacts } from './pool-facts.js';
import { PoolReader } from './pool-facts.js';
import { poolHead } from './pool.view.js';
import type { QuoteTyped } from './quotes.form.js';
import { kindItems, readAsk, readQuote, typedQuote } from './quotes.form.js';

/** Enough to choose from on one page; other words find others. */
const SHOWN = 20;

/** A pool's broker, or where there is none a member who has money in, asks providers for quotes. The broker types in those that came on paper. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class AskPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly quotes: Quotes,
    private readonly requests: QuoteRequests,
    private readonly directory: ProviderQueries,
  ) {}

  @Get('pools/:id/quotes/ask')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query() query: Record<string, unknown>): Promise<string> {
    const facts = await this.forAsker(request, id);
    const typed = { q: textOf(query, 'q'), place: textOf(query, 'place'), provider: '', brief: facts.pool.purpose };
    return this.pages.whole(request, 'pool/ask.njk', await this.askModel(facts, typed));
  }

  @Post('pools/:id/quotes/ask')
  @Redirect()
  async ask(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const facts = await this.forAsker(request, id);
    const typed = { q: textOf(body, 'q'), place: textOf(body, 'place'), provider: textOf(body, 'provider'), brief: textOf(body, 'brief') };
    const { command, faults } = readAsk(body);
    return act({
      template: 'pool/ask.njk',
      model: () => this.askModel(facts, typed),
      faults,
      names: { providerId: 'provider' },
      command: () => this.quotes.ask(request.actor!, facts.pool.id, command, key),
      next: () => seeOther(paths.poolPart(id, 'quotes'), 'asked'),
    });
  }

  @Get('pools/:id/quotes/new')
  @Header('content-type', 'text/html; charset=utf-8')
  async showNew(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    return this.pages.whole(request, 'pool/quote-new.njk', await this.newModel(request, await this.forBroker(request, id), typedQuote({})));
  }

  @Post('pools/:id/quotes/new')
  @Redirect()
  async give(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const facts = await this.forBroker(request, id);
    const typed = typedQuote(body);
    const { command, faults } = readQuote(typed);
    return act({
      template: 'pool/quote-new.njk',
      model: () => this.newModel(request, facts, typed),
      faults,
      names: { providerId: 'provider', pricePence: 'price' },
      command: () => this.quotes.give(request.actor!, facts.pool.id, command, key),
      next: () => seeOther(paths.poolPart(id, 'quotes'), 'quoted'),
    });
  }

  private async forAsker(request: SignedInRequest, id: string): Promise<PoolFacts> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    if (!facts.mayAsk) throw forbidden();
    return facts;
  }

  private async forBroker(request: SignedInRequest, id: string): Promise<PoolFacts> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    if (!facts.isBroker) throw forbidden();
    return facts;
  }

  private async askModel(facts: PoolFacts, typed: { q: string; place: string; provider: string; brief: string }) {
    const { pool } = facts;
    const found = await this.directory.search({ words: typed.q, place: typed.place.trim().toUpperCase(), limit: SHOWN });
    const services = found.filter((each, index) => found.findIndex((other) => other.providerId === each.providerId) === index);
    return withFormKey({
      title: 'Ask for a quote',
      back: { href: paths.poolPart(pool.id, 'quotes'), text: 'Quotes' },
      head: poolHead(pool, 'quotes'),
      q: typed.q,
      place: typed.place,
      typed,
      action: paths.askForQuote(pool.id),
      providers: services.map(choiceOf),
      searchHint: found.length === SHOWN ? `The first ${SHOWN}. Search to find others.` : '',
    });
  }

  private async newModel(request: SignedInRequest, facts: PoolFacts, typed: QuoteTyped) {
    const asked = await this.requests.ofPool(request.actor!, facts.pool.id);
    const names = await this.directory.named(asked.map((each) => each.providerId));
    return withFormKey({
      title: 'Type in a quote',
      back: { href: paths.poolPart(facts.pool.id, 'quotes'), text: 'Quotes' },
      head: poolHead(facts.pool, 'quotes'),
      typed,
      kinds: kindItems,
      action: paths.typeInQuote(facts.pool.id),
      providers: asked.map((each) => ({ value: each.providerId as string, text: names.get(each.providerId) ?? 'A provider' })),
    });
  }
}

function choiceOf(service: ServiceView): ChoiceItem {
  const price = service.price === null ? service.priceWords : `${formatPounds(service.price)}${service.per ? ` a ${service.per}` : ''}`;
  return { value: service.providerId, text: service.providerName, hint: [service.name, service.place, price].filter(Boolean).join(' · ') };
}
