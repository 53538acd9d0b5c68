import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** Fewer than these go together: parting them would cost a commit and gain nothing. Our judgement, November 2026. */
const WORTH_PARTING = 64;

/** Makes one batch, and says by `follow` when only PostgreSQL has still to do with it: the next may be made ready meanwhile. Answers one
 *  result an item, in their order. */
export type Serve<Item, Result> = (items: readonly Item[], follow: () => void) => Promise<readonly Result[]>;

/** What many callers ask for at once, done together: a batch is in flight, and the next takes all that waits by then, so nobody waits for a
 *  timer. A batch begins when the event loop turns, so that those who were answered together and ask again go together, and not one ahead of
 *  the others; a lone caller hardly waits. Where several may be in flight, they go in step, one made ready while PostgreSQL writes the one
 *  before: side by side, both would be at the database at one time and both here at another. When many wait and nobody is served, they are
 *  parted, since all in one batch would leave one of the two sides with nothing to do. When a batch fails, every caller of it gets the error. */
export class Lane<Item, Result> {
  private waiting: {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  private inFlight = 0;
  private isMaking = false;

  constructor(
    /** The most items of one batch. */
    private readonly most: number,
    private readonly serve: Serve<Item, Result>,
    /** The most batches in flight. */
    private readonly abreast = 1,
  ) {}

  do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.goOn();
    });
  }

  get isIdle(): boolean {
    return this.inFlight === 0 && !this.isMaking;
  }

  private goOn(): void {
    if (this.waiting.length > 0 && !this.isMaking && this.inFlight < this.abreast) void this.serveWaiting();
  }

  private async serveWaiting(): Promise<void> {
    this.isMaking = true;
    await turnOfTheLoop();
    const batch = this.waiting.splice(0, this.share());
    this.inFlight += 1;
    let isFollowed = false;
    const follow = (): void => {
      if (isFollowed) return;
      isFollowed = true;
      this.isMaking = false;
      this.goOn();
    };
    try {
      const results = await this.serve(
        batch.map(({ item }) => item),
        follow,
      );
      batch.forEach(({ resolve }, n) => resolve(results[n]!));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.inFlight -= 1;
      follow();
      this.goOn();
    }
  }

  /** How many of those who wait go in one batch. */
  private share(): number {
    const waiting = this.waiting.length;
    const isParted = this.abreast > 1 && this.inFlight === 0 && waiting >= WORTH_PARTING;
    return Math.min(this.most, isParted ? Math.ceil(waiting / 2) : waiting);
  }
}
