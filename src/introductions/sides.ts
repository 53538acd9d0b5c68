import { can, requireAccess } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';

export interface TwoPeople {
  readonly personA: PersonId;
  readonly personB: PersonId;
}

/** Which of the two the actor is, or acts for; themselves first. Refuses as for any right that is missing. */
export function sideOf(actor: Actor, pair: TwoPeople, permission: string): PersonId {
  const sides = pair.personB === actor.id ? [pair.personB, pair.personA] : [pair.personA, pair.personB];
  const side = sides.find((person) => can(actor, permission, { person }));
  if (!side) requireAccess(actor, permission, { person: sides[0] });
  return side ?? sides[0]!;
}

export const otherOf = (pair: TwoPeople, side: PersonId): PersonId => (side === pair.personA ? pair.personB : pair.personA);
