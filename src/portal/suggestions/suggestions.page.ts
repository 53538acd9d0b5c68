import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { AnswerSuggestion, IntroductionQueries, SuggestionQueries, Suggestions } from '../../introductions/index.js';
import { DomainError } from '../../kernel/index.js';
import { idOf, readCommand } from '../../platform/index.js';
import { WhosePages } from '../acting-for/whose.js';
import { seeOther, textOf, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { flashOf } from '../shell/index.js';
import { SUGGESTIONS_DONE, suggestionsView } from './suggestions.view.js';

/** People near by who like the same things, without names; yes, not now, no. */
@ApiExcludeController()
@Controller('people/:person/suggestions')
@UseGuards(PageSignedIn)
export class SuggestionsPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: SuggestionQueries,
    private readonly introductions: IntroductionQueries,
    private readonly suggestions: Suggestions,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const actor = request.actor!;
    const whose = await this.whosePages.of(actor, person);
    const found = await this.queries.suggestionsOf(actor, whose.id);
    const card = found.length > 0 ? 'open' : await this.introductions.cardOf(actor, whose.id).then((own) => own.state, notFoundIsNone);
    const parts = {
      title: whose.isMine ? 'People you may like to meet' : `People ${whose.name} may like to meet`,
      actingFor: whose.actingFor,
      readAloud: true,
      ...flashOf(SUGGESTIONS_DONE, done),
    };
    return this.pages.show(
      request,
      'suggestions/suggestions.njk',
      parts,
      suggestionsView(
        whose,
        { mayAnswer: can(actor, 'introduction:answer', { person: whose.id }), mayMute: can(actor, 'card:write', { person: whose.id }) },
        card,
        found,
      ),
    );
  }

  /** Whatever is answered, and whatever the other answered, the same page with the same words follows. */
  @Post(':suggestion')
  @Redirect()
  async answer(
    @Req() request: SignedInRequest,
    @Param('person') person: string,
    @Param('suggestion') suggestion: string,
    @Body() body: FormBody,
  ): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const { command, faults } = readCommand(AnswerSuggestion, { answer: textOf(body, 'answer') });
    if (faults.length > 0) return seeOther(paths.suggestions(whose.id));
    await this.suggestions.answer(request.actor!, idOf<'suggestion'>(suggestion), command);
    return seeOther(paths.suggestions(whose.id), 'answered');
  }
}

function notFoundIsNone(error: unknown): 'none' {
  if (error instanceof DomainError && error.kind === 'not-found') return 'none';
  throw error;
}
