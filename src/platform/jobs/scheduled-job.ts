/** One line of `schedule.ts`: a recurring job. */
export interface ScheduledJob {
  /** Whose and what: `pools-close-decisions`. The room registers a job of the same name. */
  readonly name: string;
  /** Minute, hour, day of month, month, weekday, in London time. At the two clock changes a job due at 01:30 runs once. */
  readonly cron: string;
  /** What it is for, in a sentence an operator understands. */
  readonly what: string;
}

/** The time zone of every schedule. */
export const SCHEDULE_ZONE = 'Europe/London';
