import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { FundPlan } from '../budgets/index.js';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { Commissioning } from './commissioning.service.js';
import { AgreePlan, ReclaimMoney, ReduceLine, ResumeMoney, ReviewPlan, StopMoney, SuspendMoney } from './decision.dto.js';
import { LaterDecisions } from './later-decisions.service.js';

@ApiTags('commissioning')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class CommissioningController {
  constructor(
    private readonly commissioning: Commissioning,
    private readonly later: LaterDecisions,
  ) {}

  @Post('plans/:id/agree')
  @HttpCode(200)
  agree(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AgreePlan, @IdempotencyKey() key: string): Promise<unknown> {
    return this.commissioning.agreePlan(actor, idOf<'plan'>(id), { reason: command.reason }, key);
  }

  @Post('budgets')
  fund(@CurrentActor() actor: Actor, @Body() command: FundPlan, @IdempotencyKey() key: string): Promise<unknown> {
    return this.commissioning.fund(actor, command, key);
  }

  @Post('plans/:id/reviews')
  review(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ReviewPlan, @IdempotencyKey() key: string): Promise<unknown> {
    return this.later.review(actor, idOf<'plan'>(id), command, key);
  }

  @Post('plans/:id/reductions')
  reduce(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ReduceLine, @IdempotencyKey() key: string): Promise<unknown> {
    return this.later.reduce(actor, idOf<'plan'>(id), command, key);
  }

  @Post('plans/:id/reclaims')
  reclaim(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ReclaimMoney, @IdempotencyKey() key: string): Promise<unknown> {
    return this.later.reclaim(actor, idOf<'plan'>(id), command, key);
  }

  @Post('plans/:id/suspensions')
  suspend(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: SuspendMoney, @IdempotencyKey() key: string): Promise<unknown> {
    return this.later.suspend(actor, idOf<'plan'>(id), command, key);
  }

  @Post('plans/:id/resumptions')
  resume(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ResumeMoney, @IdempotencyKey() key: string): Promise<unknown> {
    return this.later.resume(actor, idOf<'plan'>(id), command, key);
  }

  @Post('plans/:id/stops')
  stop(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: StopMoney, @IdempotencyKey() key: string): Promise<unknown> {
    return this.later.stop(actor, idOf<'plan'>(id), command, key);
  }
}
