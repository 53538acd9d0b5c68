import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import type { Authorities } from './authorities.queries.js';
import { AuthorityQueries } from './authorities.queries.js';
import { AskNomination, TurnDownNomination } from './holder.dto.js';
import type { NominationAsked } from './nominations.service.js';
import { Nominations } from './nominations.service.js';

@ApiTags('holders')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class NominationsController {
  constructor(
    private readonly authorities: AuthorityQueries,
    private readonly nominations: Nominations,
  ) {}

  /** Who acts for a person, since when, on what; and whom they asked for. */
  @Get('people/:id/authorities')
  of(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Authorities> {
    return this.authorities.of(actor, idOf<'person'>(id));
  }

  @Post('people/:id/nominations')
  ask(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AskNomination, @IdempotencyKey() key: string): Promise<NominationAsked> {
    return this.nominations.ask(actor, idOf<'person'>(id), command, key);
  }

  @Post('nominations/:id/withdraw')
  @HttpCode(200)
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<NominationAsked> {
    return this.nominations.withdraw(actor, idOf<'nomination'>(id));
  }

  @Post('nominations/:id/turn-down')
  @HttpCode(200)
  turnDown(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TurnDownNomination): Promise<NominationAsked> {
    return this.nominations.turnDown(actor, idOf<'nomination'>(id), command);
  }
}
