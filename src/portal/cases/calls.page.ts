import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CaseQueries, Cases } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { Clock, idOf } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { partsOfDay } from '../blocks/index.js';
import { deskOf } from '../broker/desk.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';
import { CALL_NAMES, NO_CALL, readCall, type CallTyped } from './cases.form.js';
import { callOf, nextOf, waitsItems } from './cases.view.js';

const DONE: Flashes = {
  logged: { kind: 'done', title: 'The call is written down' },
  done: { kind: 'done', title: 'That is done' },
  dropped: { kind: 'done', title: 'That is no longer to be done' },
};

/** Phone calls in one short form, and who does what next: the person sees both, late things too. */
@ApiExcludeController()
@Controller('people/:person/calls')
@UseGuards(PageSignedIn)
export class CallsPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: CaseQueries,
    private readonly cases: Cases,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const model = await this.model(request, whose, { ...NO_CALL, onDay: partsOfDay(this.clock.today()) });
    return this.pages.whole(request, 'cases/calls.njk', { ...model, ...flashOf(DONE, done) });
  }

  @Post()
  @Redirect()
  async log(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const key = takeFormKey(body);
    const { typed, command, faults } = readCall(body);
    return act({
      template: 'cases/calls.njk',
      model: () => this.model(request, whose, typed),
      faults,
      names: CALL_NAMES,
      command: () => this.cases.logCall(request.actor!, whose.id, command, key),
      next: () => seeOther(paths.phoneCalls(whose.id), 'logged'),
    });
  }

  @Post('next/:followUp')
  @Redirect()
  async end(@Req() request: SignedInRequest, @Param('person') person: string, @Param('followUp') followUp: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const isDone = textOf(body, 'end') !== 'drop';
    await this.cases.endFollowUp(request.actor!, idOf<'follow-up'>(followUp), isDone ? 'finish' : 'drop');
    return seeOther(paths.phoneCalls(whose.id), isDone ? 'done' : 'dropped');
  }

  private async model(request: SignedInRequest, whose: Whose, typed: CallTyped): Promise<PageParts> {
    const { calls, followUps } = await this.queries.logOf(request.actor!, whose.id);
    return withFormKey({
      title: 'Calls and next things',
      actingFor: whose.actingFor,
      back: { href: whose.isMine ? paths.home : paths.caseload, text: 'Back' },
      readAloud: whose.isMine,
      desk: deskOf(request.actor!, whose, 'calls'),
      whose,
      calls: calls.map(callOf),
      next: followUps.map((each) => nextOf(each, whose.isMine ? 'You' : whose.name)),
      waits: waitsItems(whose.name),
      typed,
      action: paths.phoneCalls(whose.id),
    });
  }
}
