import { Body, Controller, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { OpenOwnAccount } from './own-accounts.dto.js';
import type { OwnAccountOpened } from './own-accounts.service.js';
import { OwnAccounts } from './own-accounts.service.js';

@ApiTags('finance')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/people/:id/direct-payment-accounts')
export class OwnAccountsController {
  constructor(private readonly accounts: OwnAccounts) {}

  @Post()
  open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: OpenOwnAccount, @IdempotencyKey() key: string): Promise<OwnAccountOpened> {
    return this.accounts.open(actor, idOf<'person'>(id), command, key);
  }
}
