import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { BookPayBack, CoverGap, ReturnCover, SettleFees } from './settlement.dto.js';
import { SettlementQueries } from './settlement.queries.js';
import { gapOf, returnableOf } from './settlement.rules.js';
import { Settlements } from './settlements.service.js';

@ApiTags('finance')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/books/:id')
export class SettlementsController {
  constructor(
    private readonly settlements: Settlements,
    private readonly queries: SettlementQueries,
  ) {}

  /** What members owe the book, what of it the money-holder covers, and the fees due with who pays them. */
  @Get('debts')
  async debts(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const { debts, fees } = await this.queries.ofBook(actor, idOf<'book'>(id));
    return {
      items: debts.map((debt) => ({
        personId: debt.person,
        owesPence: penceAsNumber(debt.owes),
        coveredPence: penceAsNumber(debt.covered),
        gapPence: penceAsNumber(gapOf(debt)),
        toReturnPence: penceAsNumber(returnableOf(debt)),
      })),
      fees: fees.map(({ owedBy, pool, person, amount }) => ({ owedBy, poolId: pool, personId: person, duePence: penceAsNumber(amount) })),
      next: null,
    };
  }

  @Post('debts/pay-back')
  payBack(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: BookPayBack, @IdempotencyKey() key: string): Promise<unknown> {
    return this.settlements.payBack(actor, idOf<'book'>(id), command, key);
  }

  @Post('debts/cover')
  cover(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: CoverGap, @IdempotencyKey() key: string): Promise<unknown> {
    return this.settlements.cover(actor, idOf<'book'>(id), command, key);
  }

  @Post('debts/return-cover')
  returnCover(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ReturnCover, @IdempotencyKey() key: string): Promise<unknown> {
    return this.settlements.returnCover(actor, idOf<'book'>(id), command, key);
  }

  @Post('fees/settle')
  fees(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: SettleFees, @IdempotencyKey() key: string): Promise<unknown> {
    return this.settlements.fees(actor, idOf<'book'>(id), command, key);
  }
}
