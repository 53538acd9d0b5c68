import { can, requireAccess } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { notFound } from '../kernel/index.js';

export interface TwoPeople {
  readonly personA: PersonId;
  readonly personB: PersonId;
}

/** Which of the two the actor is, or acts for; themselves first. Refuses: forbidden to those who see the introduction and may not do this,
 *  not-found to everybody else. */
export function sideOf(actor: Actor, pair: TwoPeople, permission: string): PersonId {
  const side = readingSideOf(actor, pair, permission);
  if (side) return side;
  const seen = readingSideOf(actor, pair, 'introduction:read');
  if (!seen) throw notFound('The introduction');
  requireAccess(actor, permission, { person: seen });
  return seen;
}

/** The same for those who only look: undefined when they may not. */
export function readingSideOf(actor: Actor, pair: TwoPeople, permission: string): PersonId | undefined {
  const sides = pair.personB === actor.id ? [pair.personB, pair.personA] : [pair.personA, pair.personB];
  return sides.find((person) => can(actor, permission, { person }));
}

export const otherOf = (pair: TwoPeople, side: PersonId): PersonId => (side === pair.personA ? pair.personB : pair.personA);
