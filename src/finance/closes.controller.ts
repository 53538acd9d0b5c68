import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { ClosePeriod, ClosesQuery } from './closes.dto.js';
import type { ClosedPeriod } from './closes.service.js';
import { Closes } from './closes.service.js';

@ApiTags('finance')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/books/:id/closes')
export class ClosesController {
  constructor(private readonly closes: Closes) {}

  /** Closes the accounts of a book before a day, for good. */
  @Post()
  close(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ClosePeriod, @IdempotencyKey() key: string): Promise<ClosedPeriod> {
    return this.closes.close(actor, { book: idOf<'book'>(id), untilOn: command.untilOn }, key);
  }

  @Get()
  list(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: ClosesQuery): Promise<unknown> {
    return this.closes.ofBook(actor, idOf<'book'>(id), { before: query.before, limit: query.limit ?? 24 });
  }
}
