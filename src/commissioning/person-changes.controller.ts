import { Body, Controller, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { AreaMoves } from './area-moves.service.js';
import { Deaths } from './deaths.service.js';
import { RecordAreaMove, RecordDeath } from './person-changes.dto.js';

/** What happens to a person, and what it means for their money. */
@ApiTags('commissioning')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/people/:id')
export class PersonChangesController {
  constructor(
    private readonly deaths: Deaths,
    private readonly moves: AreaMoves,
  ) {}

  @Post('death')
  died(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: RecordDeath, @IdempotencyKey() key: string): Promise<unknown> {
    return this.deaths.record(actor, idOf<'person'>(id), command, key);
  }

  @Post('area-moves')
  moved(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: RecordAreaMove, @IdempotencyKey() key: string): Promise<unknown> {
    return this.moves.record(actor, idOf<'person'>(id), command, key);
  }
}
