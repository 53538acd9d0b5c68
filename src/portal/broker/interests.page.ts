import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BrokerQueries, Brokers, CONFLICT_KINDS, DeclareConflict } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { requireAccess } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { formatDay } from '../../kernel/index.js';
import { idOf, readCommand } from '../../platform/index.js';
import { ProviderQueries } from '../../providers/index.js';
import { seeOther, textOf, type FormBody, type SeeOther } from '../form-body.js';
import { interestSentence } from '../my-brokers/my-brokers.view.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';

const DONE: Flashes = {
  declared: { kind: 'done', title: 'Your interest is declared', text: 'Everybody you help sees it wherever that provider is named.' },
  ended: { kind: 'done', title: 'That interest has ended', text: 'It stays on the register with today as its last day.' },
};
const KIND_WORDS: Readonly<Record<(typeof CONFLICT_KINDS)[number], string>> = {
  ownership: 'I own part of it',
  employment: 'I work for it',
  family: 'Family of mine works there or owns it',
  'referral-fee': 'I am paid when I send people there',
  'also-provider': 'I am a provider there myself',
};
const SHOWN = 20;

/** A broker's own interests in providers: declared here, shown wherever they give advice (RULE 20). */
@ApiExcludeController()
@Controller('interests')
@UseGuards(PageSignedIn)
export class InterestsPage {
  constructor(
    private readonly pages: Pages,
    private readonly queries: BrokerQueries,
    private readonly brokers: Brokers,
    private readonly directory: ProviderQueries,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query('q') q = '', @Query('done') done?: string): Promise<string> {
    requireAccess(request.actor!, 'conflict:declare', { site: true });
    return this.pages.whole(request, 'broker/interests.njk', { ...(await this.model(request, q, {})), ...flashOf(DONE, done) });
  }

  @Post()
  @Redirect()
  async declare(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const typed = { providerId: textOf(body, 'provider'), kind: textOf(body, 'kind'), words: textOf(body, 'words') };
    const { command, faults } = readCommand(DeclareConflict, typed);
    const words: Readonly<Record<string, string>> = { providerId: 'Choose the provider', kind: 'Choose what you have to do with it' };
    return act({
      template: 'broker/interests.njk',
      model: () => this.model(request, textOf(body, 'q'), typed),
      faults: faults.map(({ field, message }) => ({ field, message: words[field] ?? message })),
      names: { providerId: 'provider' },
      command: () => this.brokers.declareConflict(request.actor!, command),
      next: () => seeOther(paths.interests, 'declared'),
    });
  }

  @Post(':interest/end')
  @Redirect()
  async end(@Req() request: SignedInRequest, @Param('interest') interest: string): Promise<SeeOther> {
    await this.brokers.endConflict(request.actor!, idOf<'broker-conflict'>(interest));
    return seeOther(paths.interests, 'ended');
  }

  private async model(request: SignedInRequest, q: string, typed: object): Promise<PageParts & object> {
    const actor = request.actor!;
    const declared = await this.queries.conflictsOf(actor, actor.id as PersonId);
    const found = await this.directory.search({ words: q, limit: SHOWN });
    const sentenceOf = (each: (typeof declared)[number]): string =>
      interestSentence(actor.name ?? 'You', { ...each, providerName: each.providerName ?? 'a provider' });
    return {
      title: 'My interests in providers',
      back: { href: paths.home, text: 'Home' },
      now: declared.filter((each) => each.endedOn === null).map((each) => ({ words: sentenceOf(each), end: paths.endInterest(each.id) })),
      before: declared.flatMap((each) => (each.endedOn === null ? [] : [`${sentenceOf(each)} Until ${formatDay(each.endedOn)}.`])),
      providers: [...new Map(found.map((each) => [each.providerId as string, each.providerName]))].map(([value, text]) => ({ value, text })),
      kinds: CONFLICT_KINDS.map((value) => ({ value, text: KIND_WORDS[value] })),
      q,
      typed,
      action: paths.interests,
    } as PageParts & object;
  }
}
