import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { Agreements } from './agreements.service.js';
import { Contributions } from './contributions.service.js';
import { Leaving } from './leaving.service.js';
import { GiveAssent, InvitePerson, LeavePool, MakeContribution, OfferAgreement, OfDays, OfPerson, ProposePool, RegisterNeighbour } from './pool.dto.js';
import { poolJson, shareJson, sumsJson } from './pool.views.js';
import { PoolBrokers } from './pool-brokers.service.js';
import { PoolQueries } from './pools.queries.js';
import { Pools } from './pools.service.js';

@ApiTags('pools')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class PoolsController {
  constructor(
    private readonly pools: Pools,
    private readonly agreements: Agreements,
    private readonly contributions: Contributions,
    private readonly leaving: Leaving,
    private readonly queries: PoolQueries,
    private readonly brokers: PoolBrokers,
  ) {}

  @Post('pools')
  propose(@CurrentActor() actor: Actor, @Body() command: ProposePool, @IdempotencyKey() key: string): Promise<unknown> {
    return this.pools.propose(actor, command, key);
  }

  @Get('pools')
  async mine(@CurrentActor() actor: Actor, @Query() of: OfPerson): Promise<unknown> {
    return { items: await (of.personId === undefined ? this.queries.mine(actor) : this.queries.ofPerson(actor, of.personId)), next: null };
  }

  @Get('pools/:id')
  async one(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return poolJson(await this.queries.pool(actor, idOf<'pool'>(id), of.personId));
  }

  @Post('pools/:id/members')
  invite(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: InvitePerson, @IdempotencyKey() key: string): Promise<unknown> {
    return this.pools.invite(actor, idOf<'pool'>(id), command, key);
  }

  /** By the pool's broker: somebody without a budget, who is nowhere here yet and asked to be. */
  @Post('pools/:id/neighbours')
  registerNeighbour(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() command: RegisterNeighbour,
    @IdempotencyKey() key: string,
  ): Promise<unknown> {
    return this.pools.registerNeighbour(actor, idOf<'pool'>(id), command, key);
  }

  @Post('pools/:id/broker')
  takeOn(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.brokers.takeOn(actor, idOf<'pool'>(id), key);
  }

  @Post('pools/:id/agreements')
  offer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: OfferAgreement, @IdempotencyKey() key: string): Promise<unknown> {
    return this.agreements.offer(actor, idOf<'pool'>(id), command, key);
  }

  @Post('agreements/:id/assent')
  assent(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: GiveAssent, @IdempotencyKey() key: string): Promise<unknown> {
    return this.agreements.assent(actor, idOf<'agreement'>(id), command, key);
  }

  @Post('pools/:id/contributions')
  contribute(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: MakeContribution, @IdempotencyKey() key: string): Promise<unknown> {
    return this.contributions.contribute(actor, { ...command, poolId: idOf<'pool'>(id) }, key);
  }

  /** What happened, day by day, newest first; `since` is the first of the days told, and null when there is nothing before. */
  @Get('pools/:id/history')
  history(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfDays): Promise<unknown> {
    return this.queries.history(actor, idOf<'pool'>(id), of);
  }

  @Get('pools/:id/shares')
  async shares(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    const { mine, others } = await this.queries.shares(actor, idOf<'pool'>(id), of.personId);
    return { mine: mine.map(shareJson), others: sumsJson(others) };
  }

  @Get('pools/:id/exit-statement')
  exitStatement(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return this.queries.exitStatement(actor, idOf<'pool'>(id), of.personId);
  }

  @Post('pools/:id/leave')
  leave(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: LeavePool, @IdempotencyKey() key: string): Promise<unknown> {
    return this.leaving.leave(actor, idOf<'pool'>(id), command, key);
  }
}
