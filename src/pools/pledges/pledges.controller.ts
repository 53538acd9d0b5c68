import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor, Pence } from '../../kernel/index.js';
import { penceAsNumber } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { OfPerson } from '../pool.dto.js';
import { ChangeThreshold, GivePledge, OpenPledgeRound, TakePledgeBack } from './pledge.dto.js';
import type { PledgeRoundView } from './pledges.queries.js';
import { PledgeQueries } from './pledges.queries.js';
import { Pledges } from './pledges.service.js';

@ApiTags('pledges')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class PledgesController {
  constructor(
    private readonly pledges: Pledges,
    private readonly queries: PledgeQueries,
  ) {}

  @Post('pools/:id/pledge-rounds')
  open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: OpenPledgeRound, @IdempotencyKey() key: string): Promise<unknown> {
    return this.pledges.open(actor, idOf<'pool'>(id), command, key);
  }

  @Get('pools/:id/pledge-rounds')
  async ofPool(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return { items: (await this.queries.ofPool(actor, idOf<'pool'>(id), of.personId)).map(roundJson), next: null };
  }

  @Get('pledge-rounds/:id')
  async one(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return roundJson(await this.queries.one(actor, idOf<'pledge-round'>(id), of.personId));
  }

  @Post('pledge-rounds/:id/pledges')
  pledge(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: GivePledge, @IdempotencyKey() key: string): Promise<unknown> {
    return this.pledges.pledge(actor, idOf<'pledge-round'>(id), command, key);
  }

  @Post('pledge-rounds/:id/take-back')
  takeBack(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TakePledgeBack, @IdempotencyKey() key: string): Promise<unknown> {
    return this.pledges.takeBack(actor, idOf<'pledge-round'>(id), command, key);
  }

  @Post('pledge-rounds/:id/threshold')
  changeThreshold(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ChangeThreshold, @IdempotencyKey() key: string): Promise<unknown> {
    return this.pledges.changeThreshold(actor, idOf<'pledge-round'>(id), command, key);
  }

  @Post('pledge-rounds/:id/withdraw')
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.pledges.withdraw(actor, idOf<'pledge-round'>(id), key);
  }
}

const orNull = (sum: Pence | null): number | null => (sum === null ? null : penceAsNumber(sum));

/** Sums as numbers of pence. */
const roundJson = ({ threshold, smallest, most, pledged, mine, ...round }: PledgeRoundView): object => ({
  ...round,
  thresholdPence: penceAsNumber(threshold),
  smallestPence: orNull(smallest),
  mostPence: orNull(most),
  pledgedPence: penceAsNumber(pledged),
  mine: mine === null ? null : (({ amount, ...own }) => ({ ...own, amountPence: penceAsNumber(amount) }))(mine),
});
