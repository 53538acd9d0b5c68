import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { OfPerson } from '../pool.dto.js';
import { AnswerAppeal, AnswerReview, AppealReview, AskForReview, BeginReview, GiveVoice, OpenStage, SettleReview, TurnDownReview } from './review.dto.js';
import { ReviewVoices } from './review-voices.service.js';
import { ReviewQueries } from './reviews.queries.js';
import { MemberReviews } from './reviews.service.js';

@ApiTags('when things are hard')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class ReviewsController {
  constructor(
    private readonly reviews: MemberReviews,
    private readonly voices: ReviewVoices,
    private readonly queries: ReviewQueries,
  ) {}

  @Get('pools/:id/reviews')
  ofPool(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return this.queries.ofPool(actor, idOf<'pool'>(id), of.personId);
  }

  @Get('reviews/:id')
  one(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return this.queries.one(actor, idOf<'review'>(id), of.personId);
  }

  @Post('pools/:id/review-asks')
  ask(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AskForReview, @IdempotencyKey() key: string): Promise<unknown> {
    return this.voices.ask(actor, idOf<'pool'>(id), command, key);
  }

  @Post('review-asks/:id/turn-down')
  turnDown(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TurnDownReview, @IdempotencyKey() key: string): Promise<unknown> {
    return this.voices.turnDown(actor, idOf<'review-ask'>(id), command, key);
  }

  @Post('pools/:id/reviews')
  begin(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: BeginReview, @IdempotencyKey() key: string): Promise<unknown> {
    return this.reviews.begin(actor, idOf<'pool'>(id), command, key);
  }

  @Post('reviews/:id/stages')
  open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: OpenStage, @IdempotencyKey() key: string): Promise<unknown> {
    return this.reviews.open(actor, idOf<'review'>(id), command, key);
  }

  @Post('reviews/:id/voices')
  give(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: GiveVoice, @IdempotencyKey() key: string): Promise<unknown> {
    return this.voices.give(actor, idOf<'review'>(id), command, key);
  }

  @Post('reviews/:id/answers')
  answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AnswerReview, @IdempotencyKey() key: string): Promise<unknown> {
    return this.voices.answer(actor, idOf<'review'>(id), command, key);
  }

  @Post('reviews/:id/appeal')
  appeal(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AppealReview, @IdempotencyKey() key: string): Promise<unknown> {
    return this.voices.appeal(actor, idOf<'review'>(id), command, key);
  }

  @Post('reviews/:id/appeal/answer')
  answerAppeal(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AnswerAppeal, @IdempotencyKey() key: string): Promise<unknown> {
    return this.reviews.answerAppeal(actor, idOf<'review'>(id), command, key);
  }

  @Post('reviews/:id/close')
  close(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.reviews.close(actor, idOf<'review'>(id));
  }

  @Post('reviews/:id/settle')
  settle(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: SettleReview, @IdempotencyKey() key: string): Promise<unknown> {
    return this.reviews.settle(actor, idOf<'review'>(id), command, key);
  }

  @Post('reviews/:id/end-membership')
  endMembership(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.reviews.endMembership(actor, idOf<'review'>(id), key);
  }
}
