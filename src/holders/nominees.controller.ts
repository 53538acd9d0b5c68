import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { EndNomination, Nominate } from './holder.dto.js';
import type { Nomination } from './nominees.service.js';
import { Nominees } from './nominees.service.js';

@ApiTags('holders')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/people/:id/nominees')
export class NomineesController {
  constructor(private readonly nominees: Nominees) {}

  @Post()
  nominate(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: Nominate, @IdempotencyKey() key: string): Promise<Nomination> {
    return this.nominees.nominate(actor, idOf<'person'>(id), command, key);
  }

  @Post(':nominee/end')
  @HttpCode(200)
  end(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('nominee') nominee: string, @Body() command: EndNomination): Promise<Nomination> {
    return this.nominees.end(actor, idOf<'person'>(id), idOf<'person'>(nominee), command);
  }
}
