import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { CommentHandOver, LogCall, MakeFollowUp, TypePackBack, WriteHandOver } from './case.dto.js';
import { CaseQueries } from './cases.queries.js';
import { Cases } from './cases.service.js';
import { HandOvers } from './hand-overs.service.js';
import { PaperPacks } from './packs.service.js';

@ApiTags('brokers')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class CasesController {
  constructor(
    private readonly cases: Cases,
    private readonly queries: CaseQueries,
    private readonly packs: PaperPacks,
    private readonly handOvers: HandOvers,
  ) {}

  @Get('brokers/me/chasing')
  chasing(@CurrentActor() actor: Actor): Promise<unknown> {
    return this.queries.chasing(actor);
  }

  @Get('people/:person/calls')
  log(@CurrentActor() actor: Actor, @Param('person') person: string): Promise<unknown> {
    return this.queries.logOf(actor, idOf<'person'>(person));
  }

  @Post('people/:person/calls')
  logCall(@CurrentActor() actor: Actor, @Param('person') person: string, @Body() command: LogCall, @IdempotencyKey() key: string): Promise<unknown> {
    return this.cases.logCall(actor, idOf<'person'>(person), command, key);
  }

  @Post('people/:person/follow-ups')
  followUp(@CurrentActor() actor: Actor, @Param('person') person: string, @Body() command: MakeFollowUp, @IdempotencyKey() key: string): Promise<unknown> {
    return this.cases.makeFollowUp(actor, idOf<'person'>(person), command, key);
  }

  @Post('follow-ups/:id/finish')
  @HttpCode(200)
  finish(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.cases.endFollowUp(actor, idOf<'follow-up'>(id), 'finish');
  }

  @Post('follow-ups/:id/drop')
  @HttpCode(200)
  drop(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.cases.endFollowUp(actor, idOf<'follow-up'>(id), 'drop');
  }

  @Post('people/:person/packs')
  makePack(@CurrentActor() actor: Actor, @Param('person') person: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.packs.make(actor, idOf<'person'>(person), key);
  }

  @Get('people/:person/packs')
  async packsOf(@CurrentActor() actor: Actor, @Param('person') person: string): Promise<unknown> {
    return { items: await this.queries.packsOf(actor, idOf<'person'>(person)), next: null };
  }

  @Post('packs/:id/type-back')
  @HttpCode(200)
  typeBack(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TypePackBack): Promise<unknown> {
    return this.packs.typeBack(actor, idOf<'paper-pack'>(id), command);
  }

  @Post('packs/:id/take-back')
  @HttpCode(200)
  takeBack(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.packs.takeBack(actor, idOf<'paper-pack'>(id));
  }

  @Get('people/:person/hand-overs')
  async handOversOf(@CurrentActor() actor: Actor, @Param('person') person: string): Promise<unknown> {
    return { items: await this.handOvers.of(actor, idOf<'person'>(person)), next: null };
  }

  @Post('people/:person/hand-overs')
  writeHandOver(
    @CurrentActor() actor: Actor,
    @Param('person') person: string,
    @Body() command: WriteHandOver,
    @IdempotencyKey() key: string,
  ): Promise<unknown> {
    return this.handOvers.write(actor, idOf<'person'>(person), command, key);
  }

  @Post('hand-overs/:id/comments')
  comment(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: CommentHandOver, @IdempotencyKey() key: string): Promise<unknown> {
    return this.handOvers.comment(actor, idOf<'hand-over'>(id), command, key);
  }
}
