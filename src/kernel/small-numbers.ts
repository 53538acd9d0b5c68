/** The fewest people behind a count that is shown (RULE 34; domain 4.7: NHS England's rule for small numbers). */
export const FEWEST_SHOWN = 8;

/** A count as it may be shown: nothing for 1 to 7, others to the nearest 5, so that no part follows from a total or from yesterday's count. */
export const shownCount = (people: number): number | undefined => (people < FEWEST_SHOWN ? undefined : 5 * Math.round(people / 5));
