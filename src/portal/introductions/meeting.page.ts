import { Body, Controller, Get, Header, Param, Post, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { requireAccess } from '../../identity/index.js';
import type { IntroductionView, MeetingPlan } from '../../introductions/index.js';
import { FirstMeetings, IntroductionQueries, Introductions } from '../../introductions/index.js';
import { notFound } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { NO_DATE, partsOfDay } from '../blocks/index.js';
import { seeOther, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import { readMeeting, type MeetingValues } from './meeting.form.js';

/** The plan of a first meeting: when, where, who comes with me, how I get home. */
@ApiExcludeController()
@Controller('people/:person/introductions/:introduction/meeting')
@UseGuards(PageSignedIn)
export class MeetingPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: IntroductionQueries,
    private readonly introductions: Introductions,
    private readonly meetings: FirstMeetings,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Req() request: SignedInRequest, @Param('person') person: string, @Param('introduction') id: string): Promise<string> {
    const { whose, introduction, plan } = await this.found(request, person, id);
    const meet = introduction.steps.find((step) => step.kind === 'meet');
    const values = { onDay: meet ? partsOfDay(meet.onDay) : NO_DATE, where: meet?.words ?? '', company: plan.company, wayHome: plan.wayHome };
    return this.pages.whole(request, 'introductions/meeting.njk', modelOf(whose, introduction, plan, values));
  }

  @Post()
  @Redirect()
  async save(@Req() request: SignedInRequest, @Param('person') person: string, @Param('introduction') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const { whose, introduction, plan } = await this.found(request, person, id);
    takeFormKey(body);
    const { values, step, meeting, faults } = readMeeting(body);
    return act({
      template: 'introductions/meeting.njk',
      model: () => modelOf(whose, introduction, plan, values),
      faults,
      command: async () => {
        await this.introductions.setStep(request.actor!, introduction.id, step);
        return this.meetings.plan(request.actor!, introduction.id, meeting);
      },
      next: () => seeOther(paths.introduction(whose.id, introduction.id), 'plan'),
    });
  }

  private async found(request: SignedInRequest, person: string, id: string): Promise<{ whose: Whose; introduction: IntroductionView; plan: MeetingPlan }> {
    const whose = await this.whosePages.of(request.actor!, person);
    const introduction = (await this.queries.introductionsOf(request.actor!, whose.id)).find((each) => each.id === id);
    if (!introduction || introduction.state === 'stepped-back') throw notFound('The introduction');
    requireAccess(request.actor!, 'introduction:answer', { person: whose.id });
    return { whose, introduction, plan: await this.meetings.planOf(request.actor!, introduction.id, whose.id) };
  }
}

const modelOf = (whose: Whose, introduction: IntroductionView, plan: MeetingPlan, values: MeetingValues): PageParts =>
  withFormKey({
    title: 'The first time you meet',
    actingFor: whose.actingFor,
    readAloud: true,
    back: { href: paths.introduction(whose.id, introduction.id), text: `Back to ${introduction.other.firstName}` },
    whose,
    name: introduction.other.firstName,
    othersCompany: plan.othersCompany,
    values,
  });
