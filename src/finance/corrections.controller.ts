import { Body, Controller, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { CorrectEntry } from './correction.dto.js';
import { Corrections } from './corrections.service.js';

@ApiTags('finance')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/books/:id')
export class CorrectionsController {
  constructor(private readonly corrections: Corrections) {}

  @Post('corrections')
  correct(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: CorrectEntry, @IdempotencyKey() key: string): Promise<unknown> {
    return this.corrections.correct(actor, idOf<'book'>(id), command, key);
  }
}
