/** A reason for which a person wants nobody suggested: `goal:gardening`, `day:2`, or `miles:5` for five miles and more. */
export const MUTABLE = /^(goal:[a-z0-9-]{2,40}|day:[1-7]|miles:[0-9]{1,2})$/;

interface Sharing {
  readonly goals: readonly string[];
  readonly days: readonly string[];
}

/** Whether a suggestion still stands once some reasons count for nothing: of the goals and days they share one must be left, and it must not be
 *  too far. Cards that share none any more, since one was changed, are for nobody's mute to judge. */
export function standsWithout(muted: readonly string[], mine: Sharing, other: Sharing, miles: number): boolean {
  const goals = mine.goals.filter((goal) => other.goals.includes(goal));
  const days = mine.days.filter((day) => other.days.includes(day));
  const tooFar = muted.some((reason) => reason.startsWith('miles:') && miles >= Number(reason.slice('miles:'.length)));
  const someLeft = (kind: string, codes: readonly string[]): boolean => codes.length === 0 || codes.some((code) => !muted.includes(`${kind}:${code}`));
  return !tooFar && someLeft('goal', goals) && someLeft('day', days);
}

/** The reasons to show, without the muted ones. */
export const unmutedReasons = (muted: readonly string[], reasons: readonly string[]): string[] => reasons.filter((reason) => !muted.includes(reason));
