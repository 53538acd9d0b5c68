import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { BookId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { EventHandlers } from '../platform/index.js';
import { Arrivals } from './arrivals.service.js';

/** Money came in that is nobody's yet: it is given to the budget line it names, or waits for an officer. */
@Injectable()
export class ArrivalJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly arrivals: Arrivals,
  ) {}

  onModuleInit(): void {
    this.handlers.on('moneyArrived', 'budgets.allocate-arrival', async (tx, { about, payload }) => {
      await this.arrivals.allocateNamed(tx, systemActor('budgets', about), { book: payload['bookId'] as BookId, statementLine: payload['lineId'] as string });
    });
  }
}
