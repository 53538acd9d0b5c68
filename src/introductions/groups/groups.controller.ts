import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import { AnswerSuggestion } from '../introduction.dto.js';
import { GroupQueries } from './groups.queries.js';
import { Groups } from './groups.service.js';

@ApiTags('introductions')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class GroupsController {
  constructor(
    private readonly groups: Groups,
    private readonly queries: GroupQueries,
  ) {}

  @Get('people/:id/groups')
  groupsOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.queries.groupsOf(actor, idOf<'person'>(id));
  }

  @Post('group-asks/:id/answer')
  @HttpCode(200)
  answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AnswerSuggestion): Promise<unknown> {
    return this.groups.answer(actor, idOf<'group-ask'>(id), command);
  }

  @Post('groups/:id/step-back')
  @HttpCode(200)
  stepBack(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.groups.stepBack(actor, idOf<'group'>(id));
  }
}
