/** Two cards that are not to meet: the first one's person blocked the other's. */
export type Apart = readonly [by: string, blocked: string];

/** Who may be put into groups together, in two rounds. In the first stand all who blocked nobody who may be asked as well. In the second whoever found no
 *  group then, with those who blocked somebody, but without the blocked: so that to them nothing depends on who blocked them (truth 11).
 *  Two who blocked each other both wait for the second. */
export function roundsOf(
  mayBeAsked: readonly string[],
  apart: readonly Apart[],
): { readonly first: readonly string[]; readonly second: (grouped: readonly string[]) => readonly string[] } {
  const asked = new Set(mayBeAsked);
  const blocks = apart.filter(([by, blocked]) => asked.has(by) && asked.has(blocked));
  const said = new Set(blocks.map(([by, blocked]) => `${by} ${blocked}`));
  const blockers = new Set(blocks.map(([by]) => by));
  const waits = new Set(blocks.flatMap(([by, blocked]) => (said.has(`${blocked} ${by}`) ? [] : [blocked])));
  return {
    first: mayBeAsked.filter((card) => !blockers.has(card)),
    second: (grouped) => {
      if (blockers.size === 0) return [];
      const together = new Set(grouped);
      return mayBeAsked.filter((card) => !together.has(card) && !waits.has(card));
    },
  };
}
