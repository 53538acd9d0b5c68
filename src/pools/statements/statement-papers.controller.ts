import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { ChoiceField, IdempotencyKey, idOf, TextField } from '../../platform/index.js';
import { StatementPaperQueries } from './statement-papers.queries.js';
import { StatementPapers } from './statement-papers.service.js';
import type { Side } from './statement.rules.js';
import { SIDES } from './statement.rules.js';

export class MarkStatement {
  @ChoiceField(SIDES, { description: 'For the money-holder, or as the broker: it is signed. As its reader: it was read, which nothing waits for.' })
  side!: Side;

  @TextField({ max: 64, min: 64, matches: /^[0-9a-f]{64}$/, what: 'content hash of the statement that was read' })
  contentHash!: string;
}

@ApiTags('statements')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class StatementPapersController {
  constructor(
    private readonly papers: StatementPapers,
    private readonly queries: StatementPaperQueries,
  ) {}

  @Get('statement-papers')
  async mine(@CurrentActor() actor: Actor): Promise<unknown> {
    return { items: await this.queries.mine(actor), next: null };
  }

  @Get('statement-papers/:id')
  one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.queries.one(actor, idOf<'statement-paper'>(id));
  }

  @Post('statement-papers/:id/marks')
  mark(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: MarkStatement, @IdempotencyKey() key: string): Promise<unknown> {
    return this.papers.mark(actor, idOf<'statement-paper'>(id), command, key);
  }
}
