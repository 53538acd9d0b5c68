import type { LocalDate } from '../kernel/index.js';
import { startOfDay } from '../kernel/index.js';

/** What a life says when it has nothing to do until a day, at an hour of London time. */
export type Until = (day: LocalDate, hour?: number) => Promise<void>;
export type Life = (until: Until) => Promise<void>;

interface Waiting {
  readonly at: number;
  readonly order: number;
  go(): void;
}

const HOUR_MS = 3_600_000;

/** Many lives on one calendar: each is written as a story that waits for its days, and the diary lets exactly one go on at a time,
 *  the earliest first. So the same lives always happen in the same order. */
export class Diary {
  private readonly waiting: Waiting[] = [];
  private count = 0;
  private yielded: () => void = () => undefined;
  private failure: { error: unknown } | undefined;

  begin(life: Life, from: LocalDate, hour = 9): void {
    this.wait(from, hour, () => {
      life(
        (day, next = 9) =>
          new Promise<void>((resolve) => {
            this.wait(day, next, resolve);
            this.yielded();
          }),
      ).then(
        () => this.yielded(),
        (error: unknown) => {
          this.failure = { error };
          this.yielded();
        },
      );
    });
  }

  /** Runs every life to its end, or to the last instant before `end`; what would come later is left undone. `move` sets the clock to each new instant. */
  async run(end: Date, move: (to: Date) => Promise<void>): Promise<void> {
    for (let now = 0; ; ) {
      const next = this.takeEarliest();
      if (!next || next.at > end.getTime()) return;
      if (next.at > now) await move(new Date((now = next.at)));
      const done = new Promise<void>((resolve) => (this.yielded = resolve));
      next.go();
      await done;
      if (this.failure) throw this.failure.error;
    }
  }

  /** A day that is past already counts as now. */
  private wait(day: LocalDate, hour: number, go: () => void): void {
    this.waiting.push({ at: startOfDay(day).getTime() + hour * HOUR_MS, order: (this.count += 1), go });
  }

  private takeEarliest(): Waiting | undefined {
    const first = this.waiting.reduce<Waiting | undefined>(
      (best, each) => (!best || each.at < best.at || (each.at === best.at && each.order < best.order) ? each : best),
      undefined,
    );
    if (first) this.waiting.splice(this.waiting.indexOf(first), 1);
    return first;
  }
}
