import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, PageQuery, SignedIn } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { Goals } from './goals.service.js';
import { ChangeGoal, NewGoal, NewOffer, RateGoal, RegisterHolder, WriteGoodLife } from './holder.dto.js';
import { HolderQueries } from './holders.queries.js';
import { Holders } from './holders.service.js';

const personOf = (id: string): PersonId => idOf<'person'>(id);

@ApiTags('holders')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class HoldersController {
  constructor(
    private readonly holders: Holders,
    private readonly goals: Goals,
    private readonly queries: HolderQueries,
  ) {}

  @Post('holders')
  register(@CurrentActor() actor: Actor, @Body() command: RegisterHolder, @IdempotencyKey() key: string): Promise<unknown> {
    return this.holders.registerHolder(actor, command, key);
  }

  /** Keyed by `before`: the id of the last one shown. */
  @Get('holders')
  list(@CurrentActor() actor: Actor, @Query() page: PageQuery): Promise<unknown> {
    return this.queries.holdersOf(actor, { after: page.before });
  }

  @Get('people/:id')
  particulars(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.queries.holder(actor, personOf(id));
  }

  @Get('people/:id/good-life')
  goodLife(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.queries.goodLifeOf(actor, personOf(id));
  }

  @Put('people/:id/good-life')
  writeGoodLife(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: WriteGoodLife): Promise<unknown> {
    return this.goals.writeGoodLife(actor, personOf(id), command);
  }

  @Get('people/:id/goals')
  async goalsOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.queries.goalsOf(actor, personOf(id)), next: null };
  }

  @Post('people/:id/goals')
  addGoal(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: NewGoal, @IdempotencyKey() key: string): Promise<unknown> {
    return this.goals.addGoal(actor, personOf(id), command, key);
  }

  @Patch('goals/:id')
  changeGoal(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ChangeGoal): Promise<unknown> {
    return this.goals.changeGoal(actor, idOf<'goal'>(id), command);
  }

  @Post('goals/:id/ratings')
  rate(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: RateGoal, @IdempotencyKey() key: string): Promise<unknown> {
    return this.goals.rateGoal(actor, idOf<'goal'>(id), command, key);
  }

  @Get('people/:id/offers')
  async offersOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.queries.offersOf(actor, personOf(id)), next: null };
  }

  @Post('people/:id/offers')
  addOffer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: NewOffer, @IdempotencyKey() key: string): Promise<unknown> {
    return this.goals.addOffer(actor, personOf(id), command, key);
  }

  @Delete('offers/:id')
  @HttpCode(204)
  removeOffer(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.goals.removeOffer(actor, idOf<'offer'>(id));
  }
}
