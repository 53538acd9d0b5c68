import { Body, Controller, Get, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { penceAsNumber } from '../../kernel/index.js';
import { IdempotencyKey, idOf, TextField } from '../../platform/index.js';
import { OfPerson } from '../pool.dto.js';
import { HolderClosings } from './holder-closings.service.js';
import { HolderPlanQueries } from './holder-plans.queries.js';

export class CloseHolder {
  @TextField({ max: 900, lines: true, description: 'Why it closes; all whose money it holds read this.' })
  reason!: string;
}

@ApiTags('money-holder plans')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class HolderPlansController {
  constructor(
    private readonly queries: HolderPlanQueries,
    private readonly closings: HolderClosings,
  ) {}

  @Get('pools/:id/holder-plan')
  async ofPool(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    const { copies, ...plan } = await this.queries.ofPool(actor, idOf<'pool'>(id), of.personId);
    return {
      ...plan,
      copies: copies.map(({ held, mine, ...copy }) => ({
        ...copy,
        heldPence: held === null ? null : penceAsNumber(held),
        minePence: mine === null ? null : penceAsNumber(mine),
      })),
    };
  }

  @Get('books/:id/holder-copies')
  async ofBook(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const items = (await this.queries.ofBook(actor, idOf<'book'>(id))).map(({ held, ...copy }) => ({ ...copy, heldPence: penceAsNumber(held) }));
    return { items, next: null };
  }

  @Get('holder-copies/:id/file')
  @ApiProduces('text/csv')
  async file(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson, @Res() reply: FastifyReply): Promise<void> {
    const { fileName, csv } = await this.queries.file(actor, idOf<'holder-copy'>(id), of.personId);
    await reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${fileName}"`).send(csv);
  }

  /** The body's finance lead, or the operator, begins to close a money-holder: its pools go to the successors their agreements name. */
  @Post('books/:id/closing')
  close(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: CloseHolder, @IdempotencyKey() key: string): Promise<unknown> {
    return this.closings.close(actor, idOf<'book'>(id), command.reason, key);
  }
}
