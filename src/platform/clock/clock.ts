import type { LocalDate } from '../../kernel/index.js';
import { dayOf } from '../../kernel/index.js';

/** The only source of "now". One `now` per command, passed down. */
export abstract class Clock {
  abstract now(): Date;

  /** Today in London. */
  today(): LocalDate {
    return dayOf(this.now());
  }
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is told otherwise: for tests and for seeding history. */
export class SetClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  override now(): Date {
    return new Date(this.instant);
  }

  set(instant: Date): void {
    this.instant = instant;
  }

  advanceDays(count: number): void {
    this.instant = new Date(this.instant.getTime() + count * 86_400_000);
  }
}
