import { Injectable } from '@nestjs/common';
import { invariant } from '../../kernel/index.js';
import type { ScheduledJob } from '../../platform/index.js';

/** One check as it came out: no fault means that the claim holds. */
export interface CheckOutcome {
  readonly name: string;
  readonly truth: number;
  readonly claim: string;
  readonly faults: readonly string[];
  readonly tookMs: number;
}

/** What only the program knows, which stands above all rooms: the schedule, and every room's checks. */
export interface HouseFacts {
  readonly schedule: readonly ScheduledJob[];
  runChecks(): Promise<readonly CheckOutcome[]>;
}

export interface ChecksRun {
  readonly startedAt: Date;
  readonly by: string;
  readonly endedAt: Date | null;
  readonly results: readonly CheckOutcome[];
  /** It could not be finished, and why. */
  readonly error: string | null;
}

/** Told once at start by the program, for the operators' pages. Keeps the last run of the checks of this process. */
@Injectable()
export class Housekeeping {
  private facts: HouseFacts | undefined;
  private last: ChecksRun | undefined;

  know(facts: HouseFacts): void {
    this.facts = facts;
  }

  get schedule(): readonly ScheduledJob[] {
    return this.house.schedule;
  }

  get lastChecks(): ChecksRun | undefined {
    return this.last;
  }

  /** Starts every check unless they run already; they go on when nobody waits for them. */
  startChecks(by: string, now: () => Date): void {
    if (this.last && this.last.endedAt === null) return;
    const run: ChecksRun = { startedAt: now(), by, endedAt: null, results: [], error: null };
    this.last = run;
    void this.house.runChecks().then(
      (results) => (this.last = { ...run, results, endedAt: now() }),
      (error: Error) => (this.last = { ...run, error: error.message, endedAt: now() }),
    );
  }

  private get house(): HouseFacts {
    invariant(this.facts, 'the program has not told the portal about the schedule and the checks');
    return this.facts;
  }
}
