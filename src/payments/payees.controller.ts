import { Body, Controller, Get, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { Payees } from './payees.service.js';
import { ChangePayeeCommand, CheckPayeeCommand, EnterPayeeCommand, ReasonCommand } from './payments.dto.js';

@ApiTags('payments')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class PayeesController {
  constructor(private readonly payees: Payees) {}

  @Get('books/:id/payees')
  async list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.payees.listOf(actor, idOf(id)), next: null };
  }

  @Post('books/:id/payees')
  async enter(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: EnterPayeeCommand, @IdempotencyKey() key: string): Promise<unknown> {
    const { person, ...rest } = command;
    return this.payees.enter(actor, { ...rest, person: person as PersonId | undefined, book: idOf(id) }, key);
  }

  @Put('payees/:id')
  async change(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ChangePayeeCommand, @IdempotencyKey() key: string): Promise<unknown> {
    return this.payees.change(actor, { ...command, payee: idOf(id) }, key);
  }

  @Post('payees/:id/check')
  @HttpCode(200)
  async check(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: CheckPayeeCommand, @IdempotencyKey() key: string): Promise<unknown> {
    return this.payees.check(actor, { ...command, payee: idOf(id) }, key);
  }

  @Post('payees/:id/stop')
  @HttpCode(204)
  async stop(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ReasonCommand): Promise<void> {
    await this.payees.stop(actor, { payee: idOf(id), reason: command.reason });
  }
}
