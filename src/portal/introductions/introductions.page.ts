import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import type { IntroductionView } from '../../introductions/index.js';
import { FirstMeetings, IntroductionQueries, Introductions } from '../../introductions/index.js';
import { isId, notFound } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import { NO_DATE } from '../blocks/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { readMessage, readStep, type StepValues } from './introductions.form.js';
import { INTRODUCTION_DONE, introductionCard, oneIntroduction } from './introductions.view.js';

const NO_STEP: StepValues = { kind: '', onDay: NO_DATE, words: '' };

/** Two who both said yes: first names, messages, days to meet, and the way to step back. */
@ApiExcludeController()
@Controller('people/:person/introductions')
@UseGuards(PageSignedIn)
export class IntroductionsPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: IntroductionQueries,
    private readonly introductions: Introductions,
    private readonly meetings: FirstMeetings,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const cards = (await this.queries.introductionsOf(request.actor!, whose.id)).map((each) => introductionCard(whose, each));
    const parts = {
      title: whose.isMine ? 'People you met here' : `People ${whose.name} met here`,
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.suggestions(whose.id), text: 'Back to finding others' },
    };
    return this.pages.show(request, 'introductions/introductions.njk', parts, { whose, cards, suggestions: paths.suggestions(whose.id) });
  }

  @Get(':introduction')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(
    @Req() request: SignedInRequest,
    @Param('person') person: string,
    @Param('introduction') id: string,
    @Query('done') done?: string,
    @Query('before') before?: string,
  ): Promise<string> {
    const { whose, introduction } = await this.found(request, person, id);
    const model = await this.model(request, whose, introduction, { words: '', step: NO_STEP }, isId(before) ? before : undefined);
    return this.pages.whole(request, 'introductions/introduction.njk', { ...model, ...flashOf(INTRODUCTION_DONE, done) });
  }

  @Post(':introduction/messages')
  @Redirect()
  async send(@Req() request: SignedInRequest, @Param('person') person: string, @Param('introduction') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const { whose, introduction } = await this.found(request, person, id);
    const key = takeFormKey(body);
    const { words, command, faults } = readMessage(body);
    return act({
      template: 'introductions/introduction.njk',
      model: () => this.model(request, whose, introduction, { words, step: NO_STEP }),
      faults,
      command: () => this.introductions.send(request.actor!, introduction.id, command, key),
      next: () => seeOther(paths.introduction(whose.id, introduction.id), 'sent'),
    });
  }

  @Post(':introduction/steps')
  @Redirect()
  async setStep(
    @Req() request: SignedInRequest,
    @Param('person') person: string,
    @Param('introduction') id: string,
    @Body() body: FormBody,
  ): Promise<SeeOther> {
    const { whose, introduction } = await this.found(request, person, id);
    const { values, command, faults } = readStep(body);
    return act({
      template: 'introductions/introduction.njk',
      model: () => this.model(request, whose, introduction, { words: '', step: values }),
      faults,
      command: () => this.introductions.setStep(request.actor!, introduction.id, command),
      next: () => seeOther(paths.introduction(whose.id, introduction.id), 'step'),
    });
  }

  @Get(':introduction/step-back')
  @Header('content-type', 'text/html; charset=utf-8')
  async askStepBack(@Req() request: SignedInRequest, @Param('person') person: string, @Param('introduction') id: string): Promise<string> {
    const { whose, introduction } = await this.found(request, person, id);
    const parts = {
      title: 'Do you want to step back?',
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.introduction(whose.id, introduction.id), text: 'No, go back' },
    };
    return this.pages.show(request, 'introductions/step-back.njk', parts, { whose, name: introduction.other.firstName });
  }

  @Post(':introduction/step-back')
  @Redirect()
  async stepBack(
    @Req() request: SignedInRequest,
    @Param('person') person: string,
    @Param('introduction') id: string,
    @Body() body: FormBody,
  ): Promise<SeeOther> {
    const { whose, introduction } = await this.found(request, person, id);
    await this.introductions.stepBack(request.actor!, introduction.id, { block: textOf(body, 'block') === 'yes' });
    return seeOther(paths.introduction(whose.id, introduction.id), 'back');
  }

  private async model(
    request: SignedInRequest,
    whose: Whose,
    introduction: IntroductionView,
    typed: { words: string; step: StepValues },
    before?: string,
  ): Promise<PageParts> {
    const actor = request.actor!;
    const may = { write: can(actor, 'message:send', { person: whose.id }), propose: can(actor, 'pool:propose', { person: whose.id }) };
    const mayPlan = can(actor, 'introduction:answer', { person: whose.id });
    const meeting = mayPlan ? await this.meetings.planOf(actor, introduction.id, whose.id) : undefined;
    const messages = may.write ? await this.queries.messagesOf(actor, introduction.id, { before }) : null;
    return withFormKey({
      ...oneParts(whose, introduction),
      ...oneIntroduction(whose, introduction, { messages, mayPropose: may.propose, meeting, today: this.clock.today() }),
      typed,
    });
  }

  private async found(request: SignedInRequest, person: string, id: string): Promise<{ whose: Whose; introduction: IntroductionView }> {
    const whose = await this.whosePages.of(request.actor!, person);
    const introduction = (await this.queries.introductionsOf(request.actor!, whose.id)).find((each) => each.id === id);
    if (!introduction) throw notFound('The introduction');
    return { whose, introduction };
  }
}

const oneParts = (whose: Whose, introduction: IntroductionView): PageParts => ({
  title: whose.isMine ? `You and ${introduction.other.firstName}` : `${whose.name} and ${introduction.other.firstName}`,
  actingFor: whose.actingFor,
  readAloud: true,
  back: { href: paths.introductions(whose.id), text: 'Back to all the people' },
});
