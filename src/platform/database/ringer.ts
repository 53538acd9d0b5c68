/** Between two rings of one channel. A ring only saves the listener its next poll, so a late one harms nobody. Our judgement, November 2026. */
const REST_MS = 25;

/** Rings channels for listeners of other processes (`NOTIFY`), at once and then at most every 25 ms. Never inside a command's transaction:
 *  PostgreSQL lets transactions that ring commit one after another only. */
export class Ringer {
  /** Channels that rang just now, and whether they were asked to ring again. */
  private readonly resting = new Map<string, boolean>();

  /** `send` may fail: whoever listens also polls. */
  constructor(private readonly send: (channel: string) => Promise<unknown>) {}

  ring(channel: string): void {
    if (this.resting.has(channel)) {
      this.resting.set(channel, true);
      return;
    }
    this.resting.set(channel, false);
    this.send(channel).catch(() => undefined);
    setTimeout(() => {
      const isAskedAgain = this.resting.get(channel);
      this.resting.delete(channel);
      if (isAskedAgain) this.ring(channel);
    }, REST_MS).unref();
  }
}
