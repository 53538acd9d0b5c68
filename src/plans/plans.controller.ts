import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { DraftPlan } from './plan.dto.js';
import { PlanQueries } from './plans.queries.js';
import { Plans } from './plans.service.js';

@ApiTags('plans')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class PlansController {
  constructor(
    private readonly plans: Plans,
    private readonly queries: PlanQueries,
  ) {}

  @Post('plans')
  draft(@CurrentActor() actor: Actor, @Body() command: DraftPlan, @IdempotencyKey() key: string): Promise<unknown> {
    return this.plans.draft(actor, command, key);
  }

  @Get('people/:id/plans')
  async ofPerson(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const plans = await this.queries.plansOf(actor, idOf<'person'>(id) as PersonId);
    return {
      items: plans.map((plan) => ({ ...plan, lines: plan.lines.map(({ amount, ...line }) => ({ ...line, amountPence: penceAsNumber(amount) })) })),
      next: null,
    };
  }
}
