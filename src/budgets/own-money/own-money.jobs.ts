import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { pence } from '../../kernel/index.js';
import { EventHandlers } from '../../platform/index.js';
import { OwnLines } from './own-lines.service.js';

/** A payment home that was called off leaves the money where it was. */
@Injectable()
export class OwnMoneyJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly lines: OwnLines,
  ) {}

  onModuleInit(): void {
    this.handlers.on('paymentRecalled', 'budgets.own-money-stays', (tx, { payload }) =>
      this.lines.calledOff(tx, {
        paymentId: String(payload['paymentId']),
        purposeNoun: String(payload['purposeNoun']),
        purposeId: String(payload['purposeId']),
        amount: pence(String(payload['amountPence'])),
      }),
    );
  }
}
