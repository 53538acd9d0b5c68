import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { FundPlan } from '../budgets/index.js';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf, TextField } from '../platform/index.js';
import { Commissioning } from './commissioning.service.js';

export class AgreePlan {
  @TextField({ max: 2000 })
  reason!: string;
}

@ApiTags('commissioning')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class CommissioningController {
  constructor(private readonly commissioning: Commissioning) {}

  @Post('plans/:id/agree')
  @HttpCode(200)
  agree(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AgreePlan, @IdempotencyKey() key: string): Promise<unknown> {
    return this.commissioning.agreePlan(actor, idOf<'plan'>(id), { reason: command.reason }, key);
  }

  @Post('budgets')
  fund(@CurrentActor() actor: Actor, @Body() command: FundPlan, @IdempotencyKey() key: string): Promise<unknown> {
    return this.commissioning.fund(actor, command, key);
  }
}
