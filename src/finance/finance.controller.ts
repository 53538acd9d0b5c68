import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor, BookId } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { LineReasonCommand, PayRunsQuery, ProposeRunCommand } from './finance.dto.js';
import { FinanceQueries } from './finance.queries.js';
import type { PayRunView } from './finance.queries.js';
import type { PayRun } from './pay-run.store.js';
import { PayRuns } from './pay-runs.service.js';
import type { PayRunAnswer } from './pay-runs.service.js';

const inList = ({ total, proposedAt, ...run }: PayRun) => ({ ...run, totalPence: penceAsNumber(total), proposedAt: proposedAt.toISOString() });

const whole = ({ lines, totals, ...run }: PayRunView) => ({
  ...inList(run),
  lines: lines.map(({ amount, ...line }) => ({ ...line, amountPence: penceAsNumber(amount) })),
  totals: Object.fromEntries(Object.entries(totals).map(([state, { count, total }]) => [state, { count, totalPence: penceAsNumber(total) }])),
});

@ApiTags('finance')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/pay-runs')
export class FinanceController {
  constructor(
    private readonly runs: PayRuns,
    private readonly queries: FinanceQueries,
  ) {}

  @Post()
  async propose(@CurrentActor() actor: Actor, @Body() command: ProposeRunCommand, @IdempotencyKey() key: string): Promise<PayRunAnswer> {
    return this.runs.propose(actor, { book: command.book as BookId, cutOffOn: command.cutOffOn }, key);
  }

  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: PayRunsQuery): Promise<unknown> {
    const { items, next } = await this.queries.payRuns(actor, query.book as BookId, { before: query.before, limit: query.limit ?? 50 });
    return { items: items.map(inList), next };
  }

  @Get(':id')
  async one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return whole(await this.queries.payRun(actor, idOf(id)));
  }

  @Post(':id/prepare')
  @HttpCode(200)
  async prepare(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<PayRunAnswer> {
    return this.runs.prepare(actor, idOf(id), key);
  }

  @Post(':id/approve')
  @HttpCode(200)
  async approve(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<PayRunAnswer> {
    return this.runs.approve(actor, idOf(id), key);
  }

  @Post(':id/release')
  @HttpCode(200)
  async release(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<PayRunAnswer> {
    return this.runs.release(actor, idOf(id), key);
  }

  @Post(':id/lines/:line/hold')
  @HttpCode(200)
  async hold(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('line') line: string,
    @Body() command: LineReasonCommand,
    @IdempotencyKey() key: string,
  ): Promise<PayRunAnswer> {
    return this.runs.hold(actor, { run: idOf(id), line: idOf(line), reason: command.reason }, key);
  }

  @Post(':id/lines/:line/include')
  @HttpCode(200)
  async include(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('line') line: string, @IdempotencyKey() key: string): Promise<PayRunAnswer> {
    return this.runs.include(actor, { run: idOf(id), line: idOf(line) }, key);
  }

  @Post(':id/lines/:line/drop')
  @HttpCode(200)
  async drop(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('line') line: string,
    @Body() command: LineReasonCommand,
    @IdempotencyKey() key: string,
  ): Promise<PayRunAnswer> {
    return this.runs.drop(actor, { run: idOf(id), line: idOf(line), reason: command.reason }, key);
  }
}
