import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { AnswerSuggestion, GroupQueries, Groups } from '../../introductions/index.js';
import { idOf, readCommand } from '../../platform/index.js';
import { WhosePages } from '../acting-for/whose.js';
import { seeOther, textOf, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { flashOf } from '../shell/index.js';
import { GROUPS_DONE, groupsPageView } from './groups.view.js';

/** Groups a person is asked about, without names or numbers; and those that came together, by first names. */
@ApiExcludeController()
@Controller('people/:person/groups')
@UseGuards(PageSignedIn)
export class GroupsPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: GroupQueries,
    private readonly groups: Groups,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const actor = request.actor!;
    const whose = await this.whosePages.of(actor, person);
    const on = { person: whose.id };
    const may = { answer: can(actor, 'introduction:answer', on), propose: can(actor, 'pool:propose', on), write: can(actor, 'card:write', on) };
    const parts = {
      title: whose.isMine ? 'Groups near you' : `Groups near ${whose.name}`,
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.suggestions(whose.id), text: 'Back to finding others' },
      ...flashOf(GROUPS_DONE, done),
    };
    return this.pages.show(request, 'groups/groups.njk', parts, groupsPageView(whose, may, await this.queries.groupsOf(actor, whose.id)));
  }

  /** Whatever is answered, and whatever others answered, the same page with the same words follows. */
  @Post('asked/:ask')
  @Redirect()
  async answer(@Req() request: SignedInRequest, @Param('person') person: string, @Param('ask') ask: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const { command, faults } = readCommand(AnswerSuggestion, { answer: textOf(body, 'answer') });
    if (faults.length > 0) return seeOther(paths.groups(whose.id));
    await this.groups.answer(request.actor!, idOf<'group-ask'>(ask), command);
    return seeOther(paths.groups(whose.id), 'answered');
  }

  @Post(':group/step-back')
  @Redirect()
  async stepBack(@Req() request: SignedInRequest, @Param('person') person: string, @Param('group') group: string): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    await this.groups.stepBack(request.actor!, idOf<'group'>(group));
    return seeOther(paths.groups(whose.id), 'back');
  }
}
