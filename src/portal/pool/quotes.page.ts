import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { formatDay, NO_PENCE, notFound, weekdayOf } from '../../kernel/index.js';
import { html, idOf } from '../../platform/index.js';
import type { QuoteView } from '../../purchasing/index.js';
import { Purchases, QuoteRequests, Quotes } from '../../purchasing/index.js';
import { BrokerQueries } from '../../brokers/index.js';
import { ProviderQueries } from '../../providers/index.js';
import { counted } from '../blocks/index.js';
import { interestSentence } from '../my-brokers/my-brokers.view.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { PoolFacts } from './pool-facts.js';
import { PoolReader } from './pool-facts.js';
import { onPaperWords, POOL_DONE } from './pool.words.js';
import { largestPart, poolHead } from './pool.view.js';
import type { DaysTyped } from './quotes.form.js';
import { readCommit, readDays, RHYTHM_WORDS, RHYTHMS, typedDays, WEEKDAYS } from './quotes.form.js';
import { choosingInWords, commitRows, payers, quoteOf, quoteRows, reaches } from './quotes.view.js';

/** Comparing quotes, choosing one, and setting its days. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class QuotesPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly quotes: Quotes,
    private readonly purchases: Purchases,
    private readonly requests: QuoteRequests,
    private readonly directory: ProviderQueries,
    private readonly brokers: BrokerQueries,
  ) {}

  @Get('pools/:id/quotes')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const asked = (await this.requests.ofPool(facts.eyes, facts.pool.id)).filter((each) => each.quotes === 0);
    const names = await this.directory.named(asked.map((each) => each.providerId));
    return this.pages.show(
      request,
      'pool/quotes.njk',
      { title: 'Quotes', back: { href: paths.pool(id), text: facts.pool.name }, isWide: true, readAloud: true, ...flashOf(POOL_DONE, done) },
      {
        head: poolHead(facts.pool, 'quotes'),
        interests: await this.interestsOf(facts, [...facts.quotes.map((quote) => quote.providerId), ...asked.map((each) => each.providerId)]),
        quotes: facts.quotes.filter((quote) => quote.state !== 'withdrawn').map((quote) => quoteOf(quote, facts)),
        choosing: choosingInWords(facts),
        isBroker: facts.isBroker,
        mayAsk: facts.mayAsk,
        waiting: asked.map((each) => ({ name: names.get(each.providerId) ?? 'A provider', askedOn: each.askedOn })),
        askHref: paths.askForQuote(id),
        typeHref: paths.typeInQuote(id),
        emptyText:
          facts.pool.state === 'active'
            ? 'When a provider has said what it would cost, you see it here, side by side with the others.'
            : 'When everyone has agreed, providers are asked what it would cost.',
      },
    );
  }

  @Get('pools/:id/quotes/:quote/choose')
  @Header('content-type', 'text/html; charset=utf-8')
  async showChoose(@Req() request: SignedInRequest, @Param('id') id: string, @Param('quote') quote: string): Promise<string> {
    return this.pages.whole(request, 'pool/choose.njk', await this.chooseModel(request, id, quote));
  }

  @Post('pools/:id/quotes/:quote/choose')
  @Redirect()
  async choose(@Req() request: SignedInRequest, @Param('id') id: string, @Param('quote') quote: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = textOf(body, 'choice');
    const choice = typed === 'object' ? 'object' : typed === 'yes' || !('asksChoice' in body) ? 'yes' : undefined;
    return act({
      template: 'pool/choose.njk',
      model: () => this.chooseModel(request, id, quote),
      faults: choice === undefined ? [{ field: 'choice', message: 'Choose what you say' }] : [],
      command: async () => {
        const { personId } = await this.reader.forWhom(request.actor!, idOf<'pool'>(id));
        const quoteId = idOf<'quote'>(quote);
        return choice === 'object' ? this.quotes.object(request.actor!, quoteId, key, personId) : this.quotes.choose(request.actor!, quoteId, key, personId);
      },
      next: ({ state }) => seeOther(paths.poolPart(id, 'quotes'), choice === 'object' ? 'objected' : state === 'chosen' ? 'chosen' : 'chose'),
    });
  }

  @Get('pools/:id/quotes/:quote/commit')
  @Header('content-type', 'text/html; charset=utf-8')
  async showCommit(
    @Req() request: SignedInRequest,
    @Param('id') id: string,
    @Param('quote') quoteId: string,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    const { facts, quote } = await this.found(request, id, quoteId);
    const typed = typedDays(query);
    const wasAsked = 'first-day' in query;
    const { days, faults } = wasAsked ? readDays(typed, quote.sessions) : { days: [], faults: [] };
    const past = days[0] !== undefined && days[0] < facts.today ? [{ field: 'first', message: 'Choose today or a later day' }] : [];
    const errors = [...faults, ...past];
    return this.pages.whole(request, 'pool/commit.njk', { ...this.commitModel(facts, quote, typed, errors.length > 0 ? [] : days), errors });
  }

  @Post('pools/:id/quotes/:quote/commit')
  @Redirect()
  async commit(@Req() request: SignedInRequest, @Param('id') id: string, @Param('quote') quoteId: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { facts, quote } = await this.found(request, id, quoteId);
    const { command, faults } = readCommit(body);
    return act({
      template: 'pool/commit.njk',
      model: () => this.commitModel(facts, quote, typedDays({}), faults.length > 0 ? [] : command.days),
      faults,
      names: () => '',
      command: () => this.purchases.commit(request.actor!, idOf<'quote'>(quoteId), command, key),
      next: () => seeOther(paths.poolPart(id, 'sessions'), 'committed'),
    });
  }

  /** What the pool's broker has declared of these providers, in sentences that stand before the quotes (RULE 20). */
  private async interestsOf({ pool, eyes }: PoolFacts, providers: readonly QuoteView['providerId'][]): Promise<string[]> {
    if (pool.brokerId === null) return [];
    return (await this.brokers.interestsOf(eyes, pool.brokerId, providers)).map((each) => interestSentence('The broker of this pool', each));
  }

  private async found(request: SignedInRequest, id: string, quoteId: string): Promise<{ facts: PoolFacts; quote: QuoteView }> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const quote = facts.quotes.find((each) => each.id === quoteId);
    if (!quote) throw notFound('The quote');
    return { facts, quote };
  }

  private async chooseModel(request: SignedInRequest, id: string, quoteId: string) {
    const { facts, quote } = await this.found(request, id, quoteId);
    return withFormKey({
      title: 'Do you choose this quote?',
      readAloud: true,
      back: { href: paths.poolPart(id, 'quotes'), text: 'Quotes' },
      head: poolHead(facts.pool, 'quotes'),
      interests: await this.interestsOf(facts, [quote.providerId]),
      rows: quoteRows(quote, facts),
      reach: reaches(facts.pool.mine?.free ?? NO_PENCE, largestPart(quote.whole, payers(facts))),
      choosing: choosingInWords(facts, quote.whole),
      mayObject: facts.pool.agreements.some((each) => each.state === 'in-force' && each.terms.decide === 'no-strong-objection'),
      onPaper: quote.onPaper && onPaperWords(quote.onPaper),
      said: quote.iObjected ? 'object' : quote.iChose ? 'yes' : '',
      action: paths.chooseQuote(id, quoteId),
      backLink: html`<a href="${paths.poolPart(id, 'quotes')}">Not now</a>`,
    });
  }

  private commitModel(facts: PoolFacts, quote: QuoteView, typed: DaysTyped, days: readonly QuoteDay[]) {
    const action = paths.commitQuote(facts.pool.id, quote.id);
    return withFormKey({
      title: days.length ? 'Check the days' : 'Set the days',
      back: { href: paths.poolPart(facts.pool.id, 'quotes'), text: 'Quotes' },
      head: poolHead(facts.pool, 'quotes'),
      typed,
      days,
      action,
      many: quote.sessions > 1,
      firstLabel: quote.sessions > 1 ? 'When is the first session?' : 'When is the session?',
      rhythms: RHYTHMS.map((value) => ({ value, text: RHYTHM_WORDS[value] })),
      sessionsWords: `${facts.providers.get(quote.providerId) ?? 'The provider'} offers ${counted(quote.sessions, 'session', 'sessions')} of ${quote.service}.`,
      rows: days.length ? commitRows(quote, facts, days) : [],
      backLink: html`<a href="${action}">Choose other days</a>`,
      dayTable: {
        caption: 'The days',
        head: [{ text: 'Session' }, { text: 'Day' }],
        rows: days.map((day, index) => [`Session ${index + 1}`, `${WEEKDAYS[weekdayOf(day) - 1]} ${formatDay(day)}`]),
      },
    });
  }
}

type QuoteDay = Parameters<typeof formatDay>[0];
