import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, PageQuery, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { penceAsNumber } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { AnswerAdvice, RecordAdvice } from './advice.dto.js';
import { AdviceQueries } from './advice.queries.js';
import { AdviceDesk } from './advice.service.js';

@ApiTags('brokers')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class AdviceController {
  constructor(
    private readonly desk: AdviceDesk,
    private readonly queries: AdviceQueries,
  ) {}

  @Post('people/:person/advice')
  record(@CurrentActor() actor: Actor, @Param('person') person: string, @Body() command: RecordAdvice, @IdempotencyKey() key: string): Promise<unknown> {
    return this.desk.record(actor, idOf<'person'>(person), command, key);
  }

  @Get('people/:person/advice')
  list(@CurrentActor() actor: Actor, @Param('person') person: string, @Query() page: PageQuery): Promise<unknown> {
    return this.queries.adviceOf(actor, idOf<'person'>(person), { after: page.before });
  }

  @Get('people/:person/advice/:advice')
  async one(@CurrentActor() actor: Actor, @Param('person') person: string, @Param('advice') id: string): Promise<unknown> {
    const { fee, options, ...advice } = await this.queries.one(actor, idOf<'person'>(person), idOf<'advice'>(id));
    return { ...advice, feePence: penceAsNumber(fee), options: options.map(({ cost, ...option }) => ({ ...option, costPence: penceAsNumber(cost) })) };
  }

  @Post('advice/:advice/answer')
  @HttpCode(200)
  answer(@CurrentActor() actor: Actor, @Param('advice') id: string, @Body() command: AnswerAdvice, @IdempotencyKey() key: string): Promise<unknown> {
    return this.desk.answer(actor, idOf<'advice'>(id), command, key);
  }

  @Post('advice/:advice/withdraw')
  @HttpCode(200)
  withdraw(@CurrentActor() actor: Actor, @Param('advice') id: string): Promise<unknown> {
    return this.desk.withdraw(actor, idOf<'advice'>(id));
  }
}
