import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** Fewer than these go together: parting them would cost a commit and gain nothing. Our judgement, November 2026. */
const WORTH_PARTING = 64;

/** What many callers ask for at once, done together: a batch is in flight, and the next takes all that waits by then, so nobody waits for a
 *  timer. A batch begins when the event loop turns, so that those who were answered together and ask again go together, and not one ahead of
 *  the others; a lone caller hardly waits. With two abreast, one batch is made ready while PostgreSQL writes the other; when many wait and
 *  nobody is served, they are parted, since all in one batch would leave one of the two with nothing to do. `serve` answers one result an
 *  item, in their order; when it throws, every caller of that batch gets the error. */
export class Lane<Item, Result> {
  private waiting: {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  private serving = 0;
  private busy = 0;

  constructor(
    /** The most items of one batch. */
    private readonly most: number,
    private readonly serve: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly abreast = 1,
  ) {}

  do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.serving < this.abreast) void this.serveWaiting();
    });
  }

  get isIdle(): boolean {
    return this.serving === 0;
  }

  private async serveWaiting(): Promise<void> {
    this.serving += 1;
    while (this.waiting.length > 0) {
      await turnOfTheLoop();
      const batch = this.waiting.splice(0, this.share());
      if (batch.length === 0) break; // whoever goes abreast took them
      this.busy += 1;
      try {
        const results = await this.serve(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, n) => resolve(results[n]!));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      } finally {
        this.busy -= 1;
      }
    }
    this.serving -= 1;
  }

  /** How many of those who wait go in one batch: an even part, where those abreast have nothing to do either. */
  private share(): number {
    const waiting = this.waiting.length;
    return Math.min(this.most, waiting < WORTH_PARTING ? waiting : Math.ceil(waiting / (this.abreast - this.busy)));
  }
}
