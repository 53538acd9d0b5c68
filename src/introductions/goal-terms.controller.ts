import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { CardWords } from './card-words.service.js';
import { AddGoalTerm, AgreeToGoals, MapGoalTerm, SayInOwnWords } from './goal-term.dto.js';
import { GoalTerms } from './goal-terms.service.js';

@ApiTags('goals in plain words')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class GoalTermsController {
  constructor(
    private readonly terms: GoalTerms,
    private readonly words: CardWords,
  ) {}

  @Get('people/:id/goal-terms')
  async offeredTo(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.terms.offeredTo(actor, idOf<'person'>(id)), next: null };
  }

  @Get('icbs/:id/goal-terms')
  async ownTerms(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.terms.ownTerms(actor, idOf<'organisation'>(id)), next: null };
  }

  @Post('goal-terms')
  add(@CurrentActor() actor: Actor, @Body() command: AddGoalTerm, @IdempotencyKey() key: string): Promise<unknown> {
    return this.terms.add(actor, command, key);
  }

  @Post('goal-terms/:term/map')
  @HttpCode(200)
  map(@CurrentActor() actor: Actor, @Param('term') term: string, @Body() command: MapGoalTerm): Promise<unknown> {
    return this.terms.map(actor, term, command.sameAs);
  }

  @Post('goal-terms/:term/retire')
  @HttpCode(200)
  retire(@CurrentActor() actor: Actor, @Param('term') term: string): Promise<unknown> {
    return this.terms.retire(actor, term);
  }

  @Get('people/:id/card-words')
  async said(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.words.said(actor, idOf<'person'>(id)), next: null };
  }

  @Post('people/:id/card-words')
  say(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: SayInOwnWords, @IdempotencyKey() key: string): Promise<unknown> {
    return this.words.say(actor, idOf<'person'>(id), command, key);
  }

  @Post('card-words/:id/agree')
  @HttpCode(200)
  agree(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AgreeToGoals): Promise<unknown> {
    return this.words.agree(actor, idOf<'card-words'>(id), command);
  }
}
