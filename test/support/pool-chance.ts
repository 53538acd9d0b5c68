/** Numbers that an action reads as it needs: whom, how much (pence), what part (percent), which. */
export interface Chance {
  readonly who: number;
  readonly sum: number;
  readonly part: number;
  readonly which: number;
}

export const pick = <T>(from: readonly T[], n: number): T | undefined => (from.length === 0 ? undefined : from[n % from.length]);
