import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { Absences } from './absences.service.js';
import { AnswerShortfall, TellAbsence, TellAway } from './purchase.dto.js';
import { Shortfalls } from './shortfalls.service.js';

/** What happens on the way between a quote and its invoice: somebody cannot come, or money does not reach. */
@ApiTags('purchasing')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class UpkeepController {
  constructor(
    private readonly absences: Absences,
    private readonly shortfalls: Shortfalls,
  ) {}

  @Post('sessions/:id/absences')
  tell(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TellAbsence, @IdempotencyKey() key: string): Promise<unknown> {
    return this.absences.tell(actor, idOf<'session'>(id), command, key);
  }

  /** For every session of the pool between two days, both counted: a stay in hospital, a holiday. */
  @Post('pools/:id/absences')
  tellRange(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TellAway, @IdempotencyKey() key: string): Promise<unknown> {
    return this.absences.tellRange(actor, idOf<'pool'>(id), command, key);
  }

  @Get('quotes/:id/shortfall')
  look(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.shortfalls.look(actor, idOf<'quote'>(id));
  }

  @Post('quotes/:id/shortfalls')
  answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AnswerShortfall, @IdempotencyKey() key: string): Promise<unknown> {
    return this.shortfalls.answer(actor, idOf<'quote'>(id), command, key);
  }
}
