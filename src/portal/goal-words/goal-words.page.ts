import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { idsWith } from '../../identity/index.js';
import { GOAL_TERMS, GoalTerms } from '../../introductions/index.js';
import type { Actor, OrganisationId } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { coreIdOf, NO_WORD_TYPED, readWord, type WordTyped } from './goal-words.form.js';
import { goalWordsView, WORDS_DONE } from './goal-words.view.js';

/** An ICB's own words for goals, beside the common list: added, given a meaning, retired. */
@ApiExcludeController()
@Controller('goal-words')
@UseGuards(PageSignedIn)
export class GoalWordsPage {
  constructor(
    private readonly pages: Pages,
    private readonly terms: GoalTerms,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'goal-words/goal-words.njk', { ...(await this.model(request, NO_WORD_TYPED)), ...flashOf(WORDS_DONE, done) });
  }

  @Post()
  @Redirect()
  async add(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const icb = icbOf(request.actor!);
    const key = takeFormKey(body);
    const { values, command, faults } = readWord(body, icb);
    return act({
      template: 'goal-words/goal-words.njk',
      model: () => this.model(request, values),
      faults,
      command: () => this.terms.add(request.actor!, command, key),
      next: () => seeOther(paths.goalWords, 'added'),
    });
  }

  @Post('map')
  @Redirect()
  async map(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    icbOf(request.actor!);
    const [term, sameAs] = [textOf(body, 'term'), coreIdOf(textOf(body, 'means'))];
    return act({
      template: 'goal-words/goal-words.njk',
      model: () => this.model(request, NO_WORD_TYPED),
      faults: sameAs ? [] : [{ field: 'means', message: 'Choose a goal of the common list' }],
      command: () => this.terms.map(request.actor!, term, sameAs!),
      next: () => seeOther(paths.goalWords, 'mapped'),
    });
  }

  @Post(':term/retire')
  @Redirect()
  async retire(@Req() request: SignedInRequest, @Param('term') term: string): Promise<SeeOther> {
    icbOf(request.actor!);
    return act({
      template: 'goal-words/goal-words.njk',
      model: () => this.model(request, NO_WORD_TYPED),
      command: () => this.terms.retire(request.actor!, term),
      next: () => seeOther(paths.goalWords, 'retired'),
    });
  }

  private async model(request: SignedInRequest, typed: WordTyped): Promise<PageParts> {
    const own = await this.terms.ownTerms(request.actor!, icbOf(request.actor!));
    return withFormKey({ title: 'Words for goals', isWide: true, ...goalWordsView(own, GOAL_TERMS), typed });
  }
}

/** The ICB for which the reader looks after the list. Refuses (not-found) everybody else. */
function icbOf(actor: Actor): OrganisationId {
  const [icb] = idsWith(actor, 'goal-term:write', 'icb');
  if (icb === undefined) throw notFound();
  return icb as OrganisationId;
}
