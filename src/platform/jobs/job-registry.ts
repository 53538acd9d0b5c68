import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/index.js';
import { invariant } from '../../kernel/index.js';
import type { ScheduledJob } from './scheduled-job.js';

/** What a run knows. It takes its day from here and never from the clock, because it may run late or again. After a stop of
 *  several days only the oldest missed run is made up, so a job does all that is due up to its day and not that day's part alone. */
export interface JobContext {
  /** The instant this run was due. */
  readonly dueAt: Date;
  /** The London day of `dueAt`. */
  readonly day: LocalDate;
  /** Says how far it is; shown to operators. May be called as often as is handy. */
  progress(done: number, total: number): void;
  /** Keeps a short sentence with the run, shown to operators; the last one stands. Ids and numbers only. */
  log(note: string): void;
}

/** A background door of a room. `run` must be safe to run twice for one due time. */
export interface JobDefinition {
  readonly name: string;
  run(context: JobContext): Promise<void>;
}

/** Work that a worker does all the time, woken by itself. Several workers may do it side by side. */
export interface Loop {
  start(): void;
  /** Ends after what is in hand. */
  stop(): Promise<void>;
}

/** The recurring jobs the rooms have. Rooms register theirs in `onModuleInit`. */
@Injectable()
export class JobRegistry {
  private readonly jobs: JobDefinition[] = [];
  /** Begun with a worker and ended with it. */
  readonly loops: Loop[] = [];

  register(job: JobDefinition): void {
    this.jobs.push(job);
  }

  registerLoop(loop: Loop): void {
    this.loops.push(loop);
  }

  get names(): readonly string[] {
    return this.jobs.map(({ name }) => name).sort();
  }

  find(name: string): JobDefinition | undefined {
    return this.jobs.find((job) => job.name === name);
  }

  /** Throws, naming each of them: jobs of the schedule with no handler or several, registered jobs that the schedule
   *  leaves out, and jobs the schedule names twice. */
  checkHandlers(schedule: readonly ScheduledJob[]): void {
    const faults = faultsOfSchedule(
      schedule.map(({ name }) => name),
      this.names,
    );
    invariant(faults.length === 0, `the schedule and its handlers do not match: ${faults.join('; ')}`);
  }
}

/** What is wrong between the names scheduled and the names registered, as short sentences. */
export function faultsOfSchedule(scheduled: readonly string[], registered: readonly string[]): string[] {
  const count = (names: readonly string[], name: string): number => names.filter((other) => other === name).length;
  return [...new Set([...scheduled, ...registered])].sort().flatMap((name) => {
    const times = count(scheduled, name);
    const handlers = count(registered, name);
    return [
      times === 0 && `${name} is registered but not scheduled`,
      times > 1 && `${name} is scheduled ${times} times`,
      handlers === 0 && `${name} has no handler`,
      handlers > 1 && `${name} has ${handlers} handlers`,
    ].filter((fault) => fault !== false);
  });
}
