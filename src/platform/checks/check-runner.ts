/** What one check found. */
export interface CheckOutcome {
  readonly name: string;
  readonly truth: number;
  readonly claim: string;
  readonly faults: readonly string[];
  readonly tookMs: number;
}

/** Runs every check of every room. Rooms below the top ask for it by this name; the program that knows all rooms provides it. */
export abstract class CheckRunner {
  abstract run(): Promise<CheckOutcome[]>;
}
