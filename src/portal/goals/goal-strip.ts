import type { GoalView } from '../../holders/index.js';
import { dayOf } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import type { GoalStripOptions } from '../blocks/index.js';
import { paths } from '../paths.js';

/** A rating from 0 to 10 as one of the five steps of the strip: only 0 is "not started" and only 10 is "there". */
export const closenessOfRating = (rating: number): number => (rating <= 0 ? 0 : rating >= 10 ? 4 : Math.ceil(rating / 3.34));

/** A goal with its first and its newest rating. */
export function goalStripOf(whose: Whose, goal: GoalView): GoalStripOptions {
  const [first, latest] = [goal.ratings[0], goal.ratings.at(-1)];
  return {
    goal: goal.matters,
    href: paths.goal(whose.id, goal.id),
    now: latest ? closenessOfRating(latest.rating) : null,
    ...(first ? { first: { place: closenessOfRating(first.rating), on: dayOf(first.ratedAt) } } : {}),
    ...(latest ? { askedOn: dayOf(latest.ratedAt) } : {}),
  };
}
