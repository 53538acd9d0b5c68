import { Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { requireAccess } from '../../identity/index.js';
import { Blocks, IntroductionQueries, Introductions, InvitationQueries, Invitations, SuggestionQueries, Suggestions } from '../../introductions/index.js';
import type { Actor } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { seeOther, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { flashOf } from '../shell/index.js';
import type { AskedApart, KnownBy } from './kept-apart.view.js';
import { askView, isKnownBy, KEPT_APART_DONE, keptApartRow } from './kept-apart.view.js';

/** Not to be shown to somebody again: asked once more before it is done, and taken back in one step. The other is told nothing in either case. */
@ApiExcludeController()
@Controller('people/:person/kept-apart')
@UseGuards(PageSignedIn)
export class KeptApartPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly blocks: Blocks,
    private readonly suggestions: Suggestions,
    private readonly suggested: SuggestionQueries,
    private readonly invitations: Invitations,
    private readonly invited: InvitationQueries,
    private readonly introductions: Introductions,
    private readonly met: IntroductionQueries,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.of(request, person);
    const parts = {
      title: whose.isMine ? 'People you are not shown to' : `People ${whose.name} is not shown to`,
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.suggestions(whose.id), text: 'Back to finding others' },
      ...flashOf(KEPT_APART_DONE, done),
    };
    const people = (await this.blocks.blocksOf(request.actor!, whose.id)).map((block) => keptApartRow(whose, block));
    return this.pages.show(request, 'kept-apart/kept-apart.njk', parts, { whose, people });
  }

  @Get(':by/:id')
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Req() request: SignedInRequest, @Param('person') person: string, @Param('by') by: string, @Param('id') id: string): Promise<string> {
    const whose = await this.of(request, person);
    const view = askView(whose, await this.found(request.actor!, whose, by, id));
    return this.pages.show(request, 'kept-apart/ask.njk', { title: view.title, actingFor: whose.actingFor, readAloud: true, back: view.back }, { view });
  }

  @Post('take-back/:block')
  @Redirect()
  async takeBack(@Req() request: SignedInRequest, @Param('person') person: string, @Param('block') block: string): Promise<SeeOther> {
    const whose = await this.of(request, person);
    await this.blocks.takeBack(request.actor!, idOf<'block'>(block));
    return seeOther(paths.keptApart(whose.id), 'back');
  }

  @Post(':by/:id')
  @Redirect()
  async keepApart(@Req() request: SignedInRequest, @Param('person') person: string, @Param('by') by: string, @Param('id') id: string): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const known = knownBy(by);
    if (known === 'card') await this.suggestions.block(request.actor!, idOf<'suggestion'>(id));
    else if (known === 'invitation') await this.invitations.answer(request.actor!, idOf<'invitation'>(id), { answer: 'no', block: true });
    else await this.introductions.block(request.actor!, idOf<'introduction'>(id));
    return seeOther(paths.keptApart(whose.id), 'apart');
  }

  /** Whom it is about, as this person knows them; refuses (not-found) whoever they are not, or no longer, shown. */
  private async found(actor: Actor, whose: Whose, by: string, id: string): Promise<AskedApart> {
    switch (knownBy(by)) {
      case 'card': {
        const shown = (await this.suggested.suggestionsOf(actor, whose.id)).find((each) => each.id === id);
        if (shown) return { by: 'card', id, name: null, area: shown.who.replace(/^someone /, ''), goals: shown.goals.map((goal) => goal.words) };
        break;
      }
      case 'invitation': {
        const asked = (await this.invited.receivedBy(actor, whose.id)).find((each) => each.id === id);
        if (asked) return { by: 'invitation', id, name: asked.fromName };
        break;
      }
      case 'introduction': {
        const introduction = (await this.met.introductionsOf(actor, whose.id)).find((each) => each.id === id);
        if (introduction) return { by: 'introduction', id, name: introduction.other.firstName, state: introduction.state };
      }
    }
    throw notFound('The person');
  }

  private async of(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'introduction:answer', { person: whose.id });
    return whose;
  }
}

function knownBy(by: string): KnownBy {
  if (isKnownBy(by)) return by;
  throw notFound('The page');
}
