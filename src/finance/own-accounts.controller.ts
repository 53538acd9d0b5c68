import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import type { OwnAccountPlace } from './account-holders.service.js';
import { AccountHolders } from './account-holders.service.js';
import { NameAccountHolder, OpenOwnAccount } from './own-accounts.dto.js';
import type { OwnAccountOpened } from './own-accounts.service.js';
import { OwnAccounts } from './own-accounts.service.js';

@ApiTags('finance')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/people/:id/direct-payment-accounts')
export class OwnAccountsController {
  constructor(
    private readonly accounts: OwnAccounts,
    private readonly holders: AccountHolders,
  ) {}

  /** The open account with who holds it, and who could. */
  @Get()
  of(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<OwnAccountPlace> {
    return this.holders.of(actor, idOf<'person'>(id));
  }

  @Post('holder')
  name(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: NameAccountHolder, @IdempotencyKey() key: string): Promise<unknown> {
    return this.holders.name(actor, idOf<'person'>(id), command, key);
  }

  @Post()
  open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: OpenOwnAccount, @IdempotencyKey() key: string): Promise<OwnAccountOpened> {
    return this.accounts.open(actor, idOf<'person'>(id), command, key);
  }
}
