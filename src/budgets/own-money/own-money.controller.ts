import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor, BudgetLineId } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { OwnLines } from './own-lines.service.js';
import { OwnMoneyOf, SendOwnMoneyHome } from './own-money.dto.js';
import { OwnMoneyQueries } from './own-money.queries.js';
import { ownLineJson } from './own-money.views.js';

@ApiTags('own money')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class OwnMoneyController {
  constructor(
    private readonly lines: OwnLines,
    private readonly queries: OwnMoneyQueries,
  ) {}

  /** Money of one's own, from no budget, with each money-holder that keeps some. */
  @Get('own-money')
  async mine(@CurrentActor() actor: Actor, @Query() of: OwnMoneyOf): Promise<unknown> {
    return { items: (await this.queries.ofPerson(actor, of.personId)).map(ownLineJson), next: null };
  }

  /** The person has it back: a payment to their own bank details, which a finance officer enters and another checks. */
  @Post('own-money/:line/home')
  home(@CurrentActor() actor: Actor, @Param('line') line: string, @Body() command: SendOwnMoneyHome, @IdempotencyKey() key: string): Promise<unknown> {
    return this.lines.sendHome(actor, idOf<'budget-line'>(line) as BudgetLineId, command, key);
  }

  /** All that a money-holder keeps, for its finance officers: whose it is, and whether they have died. */
  @Get('books/:id/own-money')
  async ofBook(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const lines = await this.queries.ofBook(actor, idOf<'book'>(id));
    return { items: lines.map((line) => ({ ...ownLineJson(line), personId: line.personId, personName: line.personName, hasDied: line.hasDied })), next: null };
  }
}
