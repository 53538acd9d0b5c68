import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { addDays, startOfDay } from '../../kernel/index.js';
import { KEPT_DAYS, Relay } from '../outbox/relay.js';
import { JobRegistry } from './job-registry.js';

/** Daily: removes events that were relayed over 30 days ago and whose effects are all recorded. */
@Injectable()
export class OutboxSweepJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly relay: Relay,
  ) {}

  onModuleInit(): void {
    this.registry.register({
      name: 'outbox-sweep',
      run: async ({ day, log }) => {
        const count = await this.relay.sweep(startOfDay(addDays(day, -KEPT_DAYS)));
        log(`${count} events removed`);
      },
    });
  }
}
