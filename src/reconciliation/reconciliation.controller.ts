import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf, receiveFile } from '../platform/index.js';
import { BankAccounts } from './bank-accounts.service.js';
import { Breaks } from './breaks.service.js';
import { Matching } from './matching.service.js';
import { Proof } from './proof.service.js';
import { AnswerBreak, BreaksPage, LinesPage, MatchLine, OpenBankAccountBody, UndoMatch } from './reconciliation.dto.js';
import { ReconciliationQueries } from './reconciliation.queries.js';
import { accountJson, breakJson, lineJson, proofJson, statementJson } from './reconciliation.views.js';
import { StatementImports } from './statement-import.service.js';

const STATEMENTS_A_PAGE = 50;
const LINES_A_PAGE = 200;

@ApiTags('reconciliation')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class ReconciliationController {
  constructor(
    private readonly accounts: BankAccounts,
    private readonly imports: StatementImports,
    private readonly matching: Matching,
    private readonly breaks: Breaks,
    private readonly proof: Proof,
    private readonly queries: ReconciliationQueries,
  ) {}

  @Post('bank-accounts')
  open(@CurrentActor() actor: Actor, @Body() command: OpenBankAccountBody, @IdempotencyKey() key: string): Promise<unknown> {
    return this.accounts.open(actor, command, key);
  }

  @Get('books/:id/bank-accounts')
  async ofBook(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: (await this.accounts.ofBook(actor, idOf(id))).map(accountJson), next: null };
  }

  /** The statement as the bank gave it (camt.053 or CSV), as `multipart/form-data` with one field `file`. */
  @Post('bank-accounts/:id/statements')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } } })
  async import(@CurrentActor() actor: Actor, @Param('id') id: string, @Req() request: FastifyRequest, @IdempotencyKey() key: string): Promise<unknown> {
    const accountId = idOf<'bank-account'>(id);
    const { name, bytes } = await receiveFile(request);
    return this.imports.import(actor, { accountId, fileName: name, bytes }, key);
  }

  @Get('bank-accounts/:id/statements')
  async statements(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() page: LinesPage): Promise<unknown> {
    const items = await this.queries.statementsOf(actor, idOf(id), { before: page.after, limit: STATEMENTS_A_PAGE });
    return { items: items.map(statementJson), next: items.length === STATEMENTS_A_PAGE ? items.at(-1)!.number : null };
  }

  @Get('statements/:id')
  async statement(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() page: LinesPage): Promise<unknown> {
    const { statement, items } = await this.queries.statement(actor, idOf(id), { after: page.after, limit: LINES_A_PAGE });
    return { ...statementJson(statement), lines: { items: items.map(lineJson), next: items.length === LINES_A_PAGE ? items.at(-1)!.place : null } };
  }

  @Post('books/:id/match')
  @HttpCode(200)
  match(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.matching.run(actor, idOf(id));
  }

  @Get('books/:id/breaks')
  async breaksOf(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() page: BreaksPage): Promise<unknown> {
    const { items, next } = await this.breaks.ofBook(actor, idOf(id), { after: page.after });
    return { items: items.map(breakJson), next };
  }

  @Post('breaks/:id/answer')
  @HttpCode(200)
  answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AnswerBreak, @IdempotencyKey() key: string): Promise<unknown> {
    return this.breaks.answer(actor, idOf(id), command, key);
  }

  @Post('lines/:id/match')
  matchLine(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: MatchLine, @IdempotencyKey() key: string): Promise<unknown> {
    return this.matching.byHand(actor, idOf(id), command, key);
  }

  @Post('matches/:id/undo')
  @HttpCode(200)
  undo(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: UndoMatch, @IdempotencyKey() key: string): Promise<unknown> {
    return this.matching.undo(actor, idOf(id), command, key);
  }

  @Get('books/:id/proof')
  async proofOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { ...proofJson(await this.proof.ofBook(actor, idOf(id))), last: await this.proof.lastOf(actor, idOf(id)) };
  }
}
