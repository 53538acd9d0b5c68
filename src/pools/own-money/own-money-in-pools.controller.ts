import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { penceAsNumber } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { OfTopUp, PutOwnMoneyIn } from './own-money.dto.js';
import { OwnMoneyInPools } from './own-money-in-pools.queries.js';
import { OwnTopUps } from './own-top-ups.service.js';

@ApiTags('own money')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/pools/:id/own-money')
export class OwnMoneyInPoolsController {
  constructor(
    private readonly topUps: OwnTopUps,
    private readonly queries: OwnMoneyInPools,
  ) {}

  /** Whether one's own money can go into this pool, how, and what became of what did. */
  @Get()
  async of(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfTopUp): Promise<unknown> {
    const { here, topUps, ...own } = await this.queries.of(actor, idOf<'pool'>(id), of.personId);
    return { ...own, herePence: penceAsNumber(here), topUps: topUps.map(({ amount, ...topUp }) => ({ ...topUp, amountPence: penceAsNumber(amount) })) };
  }

  /** Puts own money in: at once from what the money-holder keeps already, or as soon as a payment has come. */
  @Post()
  put(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: PutOwnMoneyIn, @IdempotencyKey() key: string): Promise<unknown> {
    return this.topUps.put(actor, idOf<'pool'>(id), command, key);
  }

  /** A payment that has not come is not wanted any more. */
  @Post(':topUp/withdraw')
  @HttpCode(200)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('topUp') topUp: string,
    @Body() command: OfTopUp,
    @IdempotencyKey() key: string,
  ): Promise<unknown> {
    return this.topUps.withdraw(actor, idOf<'pool'>(id), idOf<'own-top-up'>(topUp), command, key);
  }

  /** Back out of the pool, in the days there are to change one's mind. */
  @Post(':topUp/take-back')
  @HttpCode(200)
  takeBack(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('topUp') topUp: string,
    @Body() command: OfTopUp,
    @IdempotencyKey() key: string,
  ): Promise<unknown> {
    return this.topUps.takeBack(actor, idOf<'pool'>(id), idOf<'own-top-up'>(topUp), command, key);
  }
}
