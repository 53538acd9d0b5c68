import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/index.js';
import { SealWatch } from './seal-watch.service.js';
import { Sealer } from './sealer.js';
import { Seals } from './seals.service.js';

/** What the ledger does by the clock: seals are set beside the writes, and proved at night. */
@Injectable()
export class LedgerJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly seals: Seals,
    private readonly watch: SealWatch,
  ) {}

  onModuleInit(): void {
    this.registry.registerLoop(new Sealer(this.seals));
    this.registry.register({
      name: 'ledger-seal',
      run: async ({ log }) => log(`${await this.seals.sealWaiting()} seals set`),
    });
    this.registry.register({
      name: 'ledger-prove-seals',
      run: async ({ day, progress, log }) => {
        const { seals, faults } = await this.watch.prove(day, (done) => progress(done, done));
        log(faults.length === 0 ? `all ${seals} seals hold` : `of ${seals} seals the first broken: ${faults.slice(0, 10).join('; ')}`);
        if (faults.length > 0) throw new Error(`${faults.length} books have a broken seal: ${faults.slice(0, 10).join('; ')}`);
      },
    });
  }
}
