import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { OfPerson } from '../pool.dto.js';
import { ExtendFreeze, FreezePool, ThawPool } from './freeze.dto.js';
import { FreezeQueries } from './freezes.queries.js';
import { Freezes } from './freezes.service.js';

@ApiTags('freezes')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class FreezesController {
  constructor(
    private readonly freezes: Freezes,
    private readonly queries: FreezeQueries,
  ) {}

  @Get('pools/:id/freezes')
  async ofPool(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return { items: await this.queries.ofPool(actor, idOf<'pool'>(id), of.personId), next: null };
  }

  /** For the member, who represents them, and the board responsible for them. */
  @Get('people/:id/pool-parts')
  async partsOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.queries.partsOf(actor, idOf<'person'>(id) as PersonId), next: null };
  }

  @Post('pools/:id/freeze')
  freeze(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: FreezePool, @IdempotencyKey() key: string): Promise<unknown> {
    return this.freezes.freeze(actor, idOf<'pool'>(id), command, key);
  }

  @Post('pools/:id/freeze/extend')
  extend(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ExtendFreeze, @IdempotencyKey() key: string): Promise<unknown> {
    return this.freezes.extend(actor, idOf<'pool'>(id), 'pool', command, key);
  }

  @Post('pools/:id/unfreeze')
  unfreeze(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ThawPool, @IdempotencyKey() key: string): Promise<unknown> {
    return this.freezes.unfreeze(actor, idOf<'pool'>(id), command, key);
  }

  @Post('pools/:id/parts/freeze')
  freezePart(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: FreezePool, @IdempotencyKey() key: string): Promise<unknown> {
    return this.freezes.freezePart(actor, idOf<'pool'>(id), command, key);
  }

  @Post('pools/:id/parts/extend')
  extendPart(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ExtendFreeze, @IdempotencyKey() key: string): Promise<unknown> {
    return this.freezes.extend(actor, idOf<'pool'>(id), 'part', command, key);
  }

  @Post('pools/:id/parts/unfreeze')
  unfreezePart(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ThawPool, @IdempotencyKey() key: string): Promise<unknown> {
    return this.freezes.unfreezePart(actor, idOf<'pool'>(id), command, key);
  }
}
