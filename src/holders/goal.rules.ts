import { edgeOf, refused } from '../kernel/index.js';
import type { GoalAction, GoalState } from './goal.lifecycle.js';
import { goalLifecycle } from './goal.lifecycle.js';

const ACTION_TO: Readonly<Record<GoalState, GoalAction>> = { open: 'reopen', met: 'meet', 'let-go': 'let-go' };

/** The state a goal goes to, or undefined when it is there already. Refuses (conflict) what the lifecycle does not allow. */
export function decideGoalState(now: GoalState, wanted: GoalState): GoalState | undefined {
  if (now === wanted) return undefined;
  return edgeOf('goal', goalLifecycle, now, ACTION_TO[wanted]).to;
}

/** "How close am I?" is asked of goals still held. Refuses: goal-let-go. */
export function requireRatable(state: GoalState): void {
  if (state === 'let-go') throw refused('goal-let-go', 'You have let go of this goal. Open it again first.');
}

export interface Closeness {
  readonly first: number | null;
  readonly latest: number | null;
  /** Latest less first, from -10 to 10; null until there are two ratings. */
  readonly change: number | null;
}

/** How far a person says they have come, from ratings in the order they were given. */
export function closenessOf(ratings: readonly number[]): Closeness {
  const first = ratings[0] ?? null;
  const latest = ratings.at(-1) ?? null;
  return { first, latest, change: ratings.length > 1 ? latest! - first! : null };
}
