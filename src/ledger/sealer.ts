import { Logger } from '@nestjs/common';
import type { Loop } from '../platform/index.js';
import type { Seals } from './seals.service.js';

/** How long the sealer rests between two rounds: what is younger can be changed by whoever rules the database without a broken seal. Our
 *  judgement, November 2026. */
export const REST_MS = 5_000;

/** Seals what waits every few seconds, for as long as its worker runs. */
export class Sealer implements Loop {
  private readonly log = new Logger('sealer');
  private loop: Promise<void> | undefined;
  private isStopping = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly seals: Pick<Seals, 'sealWaiting'>,
    private readonly restMs = REST_MS,
  ) {}

  start(): void {
    if (this.loop) return;
    this.isStopping = false;
    this.loop = this.untilStopped();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.loop;
    this.loop = undefined;
  }

  private async untilStopped(): Promise<void> {
    while (!this.isStopping) {
      await this.seals.sealWaiting().catch((error: Error) => this.log.error(`could not seal; trying again soon: ${error.message}`));
      if (!this.isStopping) await this.rest();
    }
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.restMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
