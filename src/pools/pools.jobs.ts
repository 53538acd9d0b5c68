import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { PersonId, PoolId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { EventHandlers } from '../platform/index.js';
import { Contributions } from './contributions.service.js';
import { Leaving } from './leaving.service.js';

/** What pools listen to: remittances that ended, and money that became free after somebody left. */
@Injectable()
export class PoolsJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly contributions: Contributions,
    private readonly leaving: Leaving,
  ) {}

  onModuleInit(): void {
    this.handlers.on('remittanceArrived', 'pools.contribution-arrived', async (tx, event) => {
      const { remittanceId, carries, poolId, subjectId } = event.payload;
      await this.contributions.remittanceEnded(tx, systemActor('pools', event.about), String(remittanceId), 'arrive');
      if (carries === 'refund' && poolId && subjectId) await this.leaving.askForRest(tx, poolId as PoolId, subjectId as PersonId);
    });
    this.handlers.on('remittanceFailed', 'pools.contribution-failed', (tx, event) =>
      this.contributions.remittanceEnded(tx, systemActor('pools', event.about), String(event.payload['remittanceId']), 'fail'),
    );
    for (const name of ['poolContributionArrived', 'shareFreed'])
      this.handlers.on(name, 'pools.return-rest', async (tx, event) => {
        await this.leaving.returnRest(tx, systemActor('pools', event.about), event.payload['poolId'] as PoolId, event.payload['personId'] as PersonId);
      });
  }
}
