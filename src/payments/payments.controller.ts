import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor, PaymentId } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { PayerReports } from './payer-reports.service.js';
import { PayInOutcomes } from './pay-in-outcomes.service.js';
import { PayIns } from './pay-ins.service.js';
import { PaymentFiles } from './payment-files.service.js';
import { PayerReportCommand, PayInAddressQuery, PaymentIdsCommand, PaymentsQuery, ReasonCommand } from './payments.dto.js';
import { PaymentQueries } from './payments.queries.js';
import type { PaymentSummary, PaymentView } from './payments.queries.js';
import { Payments } from './payments.service.js';

const inList = ({ amount, ...rest }: PaymentSummary) => ({ ...rest, amountPence: penceAsNumber(amount) });

const whole = ({ parts, history, ...rest }: PaymentView) => ({
  ...inList(rest),
  preparedBy: rest.preparedBy,
  approvedBy: rest.approvedBy,
  fileId: rest.fileId,
  attempt: rest.attempt,
  parts: parts.map((part) => ({ ...part.owner, amountPence: penceAsNumber(part.amount), refundedPence: penceAsNumber(part.refunded) })),
  history: history.map((step) => ({ ...step, at: step.at.toISOString() })),
});

@ApiTags('payments')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class PaymentsController {
  constructor(
    private readonly payments: Payments,
    private readonly queries: PaymentQueries,
    private readonly payIns: PayIns,
    private readonly outcomes: PayInOutcomes,
    private readonly files: PaymentFiles,
    private readonly reports: PayerReports,
  ) {}

  @Get('payments/:id')
  async payment(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return whole(await this.queries.payment(actor, idOf(id)));
  }

  @Get('books/:id/payments')
  async ofBook(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: PaymentsQuery): Promise<unknown> {
    const { items, next } = await this.queries.ofBook(actor, idOf(id), {
      states: query.state ? [query.state] : undefined,
      before: query.before,
      limit: query.limit ?? 50,
    });
    return { items: items.map(inList), next };
  }

  @Get('providers/:id/payments')
  async toProvider(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: PaymentsQuery): Promise<unknown> {
    const { items, next } = await this.queries.toProvider(actor, idOf(id), { before: query.before, limit: query.limit ?? 50 });
    return { items: items.map(inList), next };
  }

  @Post('payments/prepare')
  @HttpCode(200)
  async prepare(@CurrentActor() actor: Actor, @Body() command: PaymentIdsCommand, @IdempotencyKey() key: string): Promise<unknown> {
    return { items: await this.payments.prepare(actor, { payments: command.payments as PaymentId[] }, key) };
  }

  @Post('payments/approve')
  @HttpCode(200)
  async approve(@CurrentActor() actor: Actor, @Body() command: PaymentIdsCommand, @IdempotencyKey() key: string): Promise<unknown> {
    return { items: await this.payments.approve(actor, { payments: command.payments as PaymentId[] }, key) };
  }

  @Post('payments/:id/hold')
  @HttpCode(200)
  async hold(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ReasonCommand, @IdempotencyKey() key: string): Promise<unknown> {
    return this.payments.hold(actor, { payment: idOf(id), reason: command.reason }, key);
  }

  @Post('payments/:id/release')
  @HttpCode(200)
  async release(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.payments.release(actor, { payment: idOf(id) }, key);
  }

  @Post('payments/:id/recall')
  @HttpCode(200)
  async recall(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ReasonCommand, @IdempotencyKey() key: string): Promise<unknown> {
    return this.payments.recall(actor, { payment: idOf(id), reason: command.reason }, key);
  }

  @Post('payments/:id/plan-again')
  @HttpCode(200)
  async planAgain(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.payments.planAgain(actor, { payment: idOf(id) }, key);
  }

  /** A pay-in and, while it waits for its payer, where to pay it. */
  @Get('pay-ins/:id')
  async payIn(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: PayInAddressQuery): Promise<unknown> {
    const view = await this.queries.payment(actor, idOf(id));
    const isWaiting = view.direction === 'in' && (view.state === 'planned' || view.state === 'awaiting-payer');
    return { ...whole(view), payAt: isWaiting ? await this.payIns.address(actor, view.id, query.back ?? '/') : null };
  }

  /** Where a person pays, by card, what they are sending to another book. */
  @Get('remittances/:id/pay-in')
  async payInOf(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: PayInAddressQuery): Promise<{ payAt: string }> {
    return { payAt: await this.queries.payInAddress(actor, idOf(id), query.back ?? '/') };
  }

  @Post('pay-ins/:id/withdraw')
  @HttpCode(200)
  async withdraw(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.outcomes.withdraw(actor, idOf(id), key);
  }

  @Post('books/:id/payment-files')
  async releaseFile(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return { file: await this.files.release(actor, idOf(id), key) };
  }

  @Get('books/:id/payment-files')
  async filesOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.files.listOf(actor, idOf(id)), next: null };
  }

  @Get('payment-files/:id/content')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('cache-control', 'no-store')
  async content(@CurrentActor() actor: Actor, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { name, text } = await this.files.content(actor, idOf(id));
    reply.header('content-disposition', `attachment; filename="${name}"`);
    return text;
  }

  @Post('payment-files/:id/submit')
  @HttpCode(204)
  async submitAgain(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.files.submitAgain(actor, idOf(id));
  }

  @Post('books/:id/payer-reports')
  async importReport(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() command: PayerReportCommand,
    @IdempotencyKey() key: string,
  ): Promise<unknown> {
    return this.reports.import(actor, idOf(id), command.csv, key);
  }
}
