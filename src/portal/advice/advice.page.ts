import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AdviceDesk, AdviceQueries, BrokerQueries } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { requireAccess } from '../../identity/index.js';
import type { PersonId, ProviderId } from '../../kernel/index.js';
import { isId } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import { ProviderQueries } from '../../providers/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { deskOf } from '../broker/desk.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { interestSentence } from '../my-brokers/my-brokers.view.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';
import type { AdviceTyped } from './advice.form.js';
import { nameOf, NO_ADVICE, placesOf, readAdvice, readAnswer } from './advice.form.js';
import { adviceCard, adviceView, KIND_ITEMS, PER_ITEMS } from './advice.view.js';

const DONE: Flashes = {
  recorded: { kind: 'done', title: 'The options are written down', text: 'The person reads them here, your fee and your interests first.' },
  answered: { kind: 'done', title: 'The answer is written down', text: 'It can be changed here at any time.' },
  withdrawn: { kind: 'done', title: 'The options are taken back' },
};
/** Providers to choose from on one page; other words find others. */
const SHOWN = 30;
const ADD = 'find';

/** Options side by side: what the broker is paid first, then their interests, then the options; and what the person chose, in their words. */
@ApiExcludeController()
@Controller('people/:person/options')
@UseGuards(PageSignedIn)
export class AdvicePage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: AdviceQueries,
    private readonly desk: AdviceDesk,
    private readonly brokers: BrokerQueries,
    private readonly directory: ProviderQueries,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('person') person: string, @Query('after') after?: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const { items, next } = await this.queries.adviceOf(request.actor!, whose.id, { after: isId(after) ? after : undefined });
    return this.pages.show(
      request,
      'advice/list.njk',
      { ...this.parts(whose), title: whose.isMine ? 'Options for me' : `Options for ${whose.name}`, readAloud: true, ...flashOf(DONE, done) },
      {
        desk: deskOf(request.actor!, whose, 'options'),
        all: items.map((each) => adviceCard(whose.id, each)),
        record: `${paths.adviceOf(whose.id)}/new`,
        pages: {
          what: 'options',
          ...(after ? { first: paths.adviceOf(whose.id) } : {}),
          ...(next ? { next: `${paths.adviceOf(whose.id)}?after=${next}` } : {}),
        },
      },
    );
  }

  @Get('new')
  @Header('content-type', 'text/html; charset=utf-8')
  async begin(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const whose = await this.keeper(request, person);
    return this.pages.whole(request, 'advice/new.njk', await this.newModel(request, whose, NO_ADVICE, ''));
  }

  /** One form: the search finds providers and keeps what was typed; the other button records. */
  @Post('new')
  @Redirect()
  async record(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.keeper(request, person);
    const key = takeFormKey(body);
    const { typed, command, faults } = readAdvice(body);
    const q = textOf(body, 'q');
    const isSearch = textOf(body, 'do') === ADD;
    return act({
      template: 'advice/new.njk',
      model: () => this.newModel(request, whose, typed, q),
      // A search comes back as the same page: the summary leads to what was found.
      faults: isSearch
        ? [{ field: 'options.0.provider', message: 'Nothing is written down yet. Choose among the providers that were found, then go on.' }]
        : faults,
      names: (field) => nameOf(field, placesOf(typed)),
      command: () => this.desk.record(request.actor!, whose.id, command, key),
      next: ({ id }) => seeOther(paths.advice(whose.id, id), 'recorded'),
    });
  }

  @Get(':advice')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Param('advice') advice: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    return this.pages.whole(request, 'advice/advice.njk', { ...(await this.model(request, whose, advice, { option: '', words: '' })), ...flashOf(DONE, done) });
  }

  @Post(':advice/answer')
  @Redirect()
  async answer(@Req() request: SignedInRequest, @Param('person') person: string, @Param('advice') advice: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const key = takeFormKey(body);
    const { typed, command, faults } = readAnswer(body);
    return act({
      template: 'advice/advice.njk',
      model: () => this.model(request, whose, advice, typed),
      faults,
      names: { optionId: 'option' },
      command: () => this.desk.answer(request.actor!, idOf<'advice'>(advice), command, key),
      next: ({ id }) => seeOther(paths.advice(whose.id, id), 'answered'),
    });
  }

  @Post(':advice/withdraw')
  @Redirect()
  async withdraw(@Req() request: SignedInRequest, @Param('person') person: string, @Param('advice') advice: string): Promise<SeeOther> {
    const whose = await this.keeper(request, person);
    await this.desk.withdraw(request.actor!, idOf<'advice'>(advice));
    return seeOther(paths.adviceOf(whose.id), 'withdrawn');
  }

  private async keeper(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'case:keep', { person: whose.id });
    return whose;
  }

  private parts(whose: Whose, back?: string) {
    return { actingFor: whose.actingFor, back: back ? { href: back, text: 'Options' } : { href: whose.isMine ? paths.home : paths.caseload, text: 'Back' } };
  }

  private async model(request: SignedInRequest, whose: Whose, id: string, typed: { option: string; words: string }): Promise<PageParts> {
    const found = await this.queries.one(request.actor!, whose.id, idOf<'advice'>(id));
    const desk = deskOf(request.actor!, whose, 'options');
    const advice = adviceView(found, desk.isPerson);
    return withFormKey({
      ...this.parts(whose, paths.adviceOf(whose.id)),
      title: advice.about,
      readAloud: true,
      desk,
      whose,
      advice,
      typed,
      actions: { answer: paths.adviceStep(whose.id, found.id, 'answer'), withdraw: paths.adviceStep(whose.id, found.id, 'withdraw') },
    });
  }

  private async newModel(request: SignedInRequest, whose: Whose, typed: AdviceTyped, q: string): Promise<PageParts> {
    const found = await this.directory.search({ words: q, limit: SHOWN });
    const named = new Map(found.map((each) => [each.providerId, each.providerName]));
    const typedIds = typed.options.map(({ provider }) => provider).filter((id) => isId(id)) as unknown as ProviderId[];
    for (const [id, name] of await this.directory.named(typedIds)) named.set(id, name);
    const interests = await this.brokers.interestsOf(request.actor!, request.actor!.id as PersonId, [...named.keys()]);
    return withFormKey({
      ...this.parts(whose, paths.adviceOf(whose.id)),
      title: `Options for ${whose.name}`,
      desk: deskOf(request.actor!, whose, 'options'),
      whose,
      typed,
      q,
      find: ADD,
      interests: interests.map((each) => interestSentence(request.actor!.name ?? 'You', each)),
      providers: [
        { value: '', text: 'None from the directory' },
        ...[...named].map(([value, text]) => ({ value: value as string, text })).sort((a, b) => (a.text < b.text ? -1 : 1)),
      ],
      kinds: KIND_ITEMS,
      pers: PER_ITEMS,
      recommend: [...typed.options.map((_, at) => ({ value: String(at), text: `Option ${at + 1}` })), { value: '', text: 'None' }],
      action: `${paths.adviceOf(whose.id)}/new`,
    });
  }
}
