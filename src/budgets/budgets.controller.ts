import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, PageQuery, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { AllocateMoney } from './budget.dto.js';
import { BudgetQueries } from './budgets.queries.js';
import { Budgets } from './budgets.service.js';
import { lineJson, movementJson } from './budgets.views.js';

/** To a page of what moved. */
const MOVEMENTS = 50;

@ApiTags('budgets')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class BudgetsController {
  constructor(
    private readonly budgets: Budgets,
    private readonly queries: BudgetQueries,
  ) {}

  @Get('people/:id/budget-lines')
  async ofPerson(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: (await this.queries.linesOf(actor, idOf<'person'>(id))).map(lineJson), next: null };
  }

  @Get('budget-lines/:id')
  async one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return lineJson(await this.queries.line(actor, idOf<'budget-line'>(id)));
  }

  @Get('budget-lines/:id/movements')
  async movements(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { before }: PageQuery): Promise<unknown> {
    const movements = await this.queries.movements(actor, idOf<'budget-line'>(id), { before, limit: MOVEMENTS });
    return { items: movements.map(movementJson), next: movements.length === MOVEMENTS ? movements.at(-1)!.id : null };
  }

  @Post('budget-lines/:id/allocations')
  allocate(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AllocateMoney, @IdempotencyKey() key: string): Promise<unknown> {
    return this.budgets.allocate(actor, idOf<'budget-line'>(id), command, key);
  }
}
