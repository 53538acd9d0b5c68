import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { AllocateArrival } from './arrivals.dto.js';
import { Arrivals } from './arrivals.service.js';

@ApiTags('budgets')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/books/:id/arrivals')
export class ArrivalsController {
  constructor(private readonly arrivals: Arrivals) {}

  /** Money in that is nobody's yet, the oldest first, each with the reason why it waits for an officer. */
  @Get()
  async waiting(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const items = await this.arrivals.waiting(actor, idOf<'book'>(id));
    return { items: items.map(({ amount, ...line }) => ({ ...line, amountPence: penceAsNumber(amount) })), next: null };
  }

  /** An officer says whose it is. */
  @Post(':line/allocate')
  allocate(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('line') line: string,
    @Body() command: AllocateArrival,
    @IdempotencyKey() key: string,
  ): Promise<unknown> {
    return this.arrivals.allocate(actor, { book: idOf<'book'>(id), statementLine: idOf(line), reference: command.reference }, key);
  }
}
