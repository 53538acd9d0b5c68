import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import type { PoolFunderShare } from './funder-shares.queries.js';
import { FunderShareQueries } from './funder-shares.queries.js';
import { FunderShares } from './funder-shares.service.js';
import { AllocateToFunderShare, LeavePool, PromiseFunderShare } from './pool.dto.js';
import { WindingUp } from './winding-up.service.js';

@ApiTags('pools')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class FunderSharesController {
  constructor(
    private readonly funderShares: FunderShares,
    private readonly queries: FunderShareQueries,
    private readonly windingUp: WindingUp,
  ) {}

  @Post('pools/:id/funder-shares')
  promise(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: PromiseFunderShare, @IdempotencyKey() key: string): Promise<unknown> {
    return this.funderShares.promise(actor, idOf<'pool'>(id), command, key);
  }

  @Get('pools/:id/funder-shares')
  async ofPool(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: (await this.queries.ofPool(actor, idOf<'pool'>(id))).map(json), next: null };
  }

  @Get('funders/:id/shares')
  async ofFunder(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: (await this.queries.ofFunder(actor, idOf<'organisation'>(id))).map(json), next: null };
  }

  @Get('funder-shares/:id/statement')
  statement(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.queries.statement(actor, idOf<'share'>(id));
  }

  @Post('books/:id/funder-money')
  arrived(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AllocateToFunderShare, @IdempotencyKey() key: string): Promise<unknown> {
    return this.funderShares.arrived(actor, idOf<'book'>(id), command, key);
  }

  @Post('pools/:id/wind-up')
  windUp(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: LeavePool, @IdempotencyKey() key: string): Promise<unknown> {
    return this.windingUp.agree(actor, idOf<'pool'>(id), command, key);
  }
}

const json = ({ account: _account, promised, posted, reserved, free, ...share }: PoolFunderShare): object => ({
  ...share,
  promisedPence: penceAsNumber(promised),
  setAsidePence: penceAsNumber(reserved),
  freePence: penceAsNumber(free),
  inPence: penceAsNumber(posted),
});
