import { Logger } from '@nestjs/common';
import { DomainError } from '../kernel/index.js';

/** A job's work on one thing after another, each in a transaction of its own: one that is refused holds up no other. When all were tried the job
 *  fails with the first refusal (`end`), so that somebody looks; what is no refusal, like a lost database, ends it at once. */
export class OneByOne {
  private readonly log = new Logger('pools');
  private first: DomainError | undefined;

  /** What the work answers; undefined when it was refused. `what` names the thing for whoever reads the log: an id, nothing of people. */
  async try<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.error(`${what}: ${error.code}`);
      this.first ??= error;
      return undefined;
    }
  }

  end(): void {
    if (this.first) throw this.first;
  }
}
