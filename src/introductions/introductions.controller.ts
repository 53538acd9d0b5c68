import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, PageQuery, SignedIn } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { Blocks } from './blocks.service.js';
import { CardMutes } from './card-mutes.service.js';
import { Cards } from './cards.service.js';
import { AnswerSuggestion, SendMessage, SetStep, StepBack, WriteCard } from './introduction.dto.js';
import { MuteReason } from './goal-term.dto.js';
import { IntroductionQueries } from './introductions.queries.js';
import { Introductions } from './introductions.service.js';
import { SuggestionQueries } from './suggestions.queries.js';
import { Suggestions } from './suggestions.service.js';

const personOf = (id: string): PersonId => idOf<'person'>(id);

@ApiTags('introductions')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class IntroductionsController {
  constructor(
    private readonly cards: Cards,
    private readonly suggestions: Suggestions,
    private readonly introductions: Introductions,
    private readonly queries: IntroductionQueries,
    private readonly suggested: SuggestionQueries,
    private readonly mutes: CardMutes,
    private readonly blocks: Blocks,
  ) {}

  @Get('goal-terms')
  async goalTerms(@CurrentActor() actor: Actor): Promise<unknown> {
    return { items: await this.queries.goalTerms(actor), next: null };
  }

  @Get('people/:id/card')
  card(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.queries.cardOf(actor, personOf(id));
  }

  @Put('people/:id/card')
  writeCard(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: WriteCard): Promise<unknown> {
    return this.cards.write(actor, personOf(id), command);
  }

  @Post('people/:id/card/open')
  @HttpCode(200)
  openCard(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.cards.open(actor, personOf(id));
  }

  @Post('people/:id/card/take-down')
  @HttpCode(200)
  takeDownCard(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.cards.takeDown(actor, personOf(id));
  }

  @Get('people/:id/suggestions')
  async suggestionsOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.suggested.suggestionsOf(actor, personOf(id)), next: null };
  }

  @Get('people/:id/mutes')
  async mutesOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.mutes.mutesOf(actor, personOf(id)), next: null };
  }

  @Post('people/:id/mutes')
  @HttpCode(200)
  mute(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: MuteReason): Promise<unknown> {
    return this.mutes.mute(actor, personOf(id), command.reason);
  }

  @Post('people/:id/unmute')
  @HttpCode(200)
  unmute(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: MuteReason): Promise<unknown> {
    return this.mutes.unmute(actor, personOf(id), command.reason);
  }

  @Post('suggestions/:id/answer')
  @HttpCode(200)
  answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AnswerSuggestion): Promise<unknown> {
    return this.suggestions.answer(actor, idOf<'suggestion'>(id), command);
  }

  @Post('suggestions/:id/block')
  @HttpCode(200)
  block(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.suggestions.block(actor, idOf<'suggestion'>(id));
  }

  @Get('people/:id/introductions')
  async introductionsOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.queries.introductionsOf(actor, personOf(id)), next: null };
  }

  @Post('introductions/:id/step-back')
  @HttpCode(200)
  stepBack(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: StepBack): Promise<unknown> {
    return this.introductions.stepBack(actor, idOf<'introduction'>(id), command);
  }

  @Post('introductions/:id/block')
  @HttpCode(200)
  blockMet(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.introductions.block(actor, idOf<'introduction'>(id));
  }

  @Get('people/:id/blocks')
  async blocksOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.blocks.blocksOf(actor, personOf(id)), next: null };
  }

  @Post('blocks/:id/take-back')
  @HttpCode(200)
  takeBack(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.blocks.takeBack(actor, idOf<'block'>(id));
  }

  @Post('introductions/:id/steps')
  @HttpCode(200)
  setStep(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: SetStep): Promise<unknown> {
    return this.introductions.setStep(actor, idOf<'introduction'>(id), command);
  }

  @Get('introductions/:id/messages')
  messages(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() page: PageQuery): Promise<unknown> {
    return this.queries.messagesOf(actor, idOf<'introduction'>(id), page);
  }

  @Post('introductions/:id/messages')
  send(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: SendMessage, @IdempotencyKey() key: string): Promise<unknown> {
    return this.introductions.send(actor, idOf<'introduction'>(id), command, key);
  }
}
