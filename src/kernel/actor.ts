import type { BookId, OrganisationId, PersonId, PoolId, ProviderId } from './ids.js';

/** What a transaction may read, set as its first statement (row-level security). Empty means nothing.
 *  `people` is the person and those they may act for; `places` are the postcode districts whose open cards may be read. */
export interface Scope {
  readonly icbs: readonly OrganisationId[];
  readonly books: readonly BookId[];
  readonly pools: readonly PoolId[];
  readonly people: readonly PersonId[];
  readonly providers: readonly ProviderId[];
  readonly places: readonly string[];
}

export const NO_SCOPE: Scope = { icbs: [], books: [], pools: [], people: [], providers: [], places: [] };

export const scopeOf = (parts: Partial<Scope>): Scope => ({ ...NO_SCOPE, ...parts });

/** Both scopes together; ids named twice appear once. */
export function joinScopes(a: Scope, b: Scope): Scope {
  const join = <T>(x: readonly T[], y: readonly T[]): T[] => [...new Set([...x, ...y])];
  return {
    icbs: join(a.icbs, b.icbs),
    books: join(a.books, b.books),
    pools: join(a.pools, b.pools),
    people: join(a.people, b.people),
    providers: join(a.providers, b.providers),
    places: join(a.places, b.places),
  };
}

export type GrantScope = 'site' | 'icb' | 'book' | 'pool' | 'person' | 'provider';

/** One right in force: a role, and what it holds for. Dates are checked when the actor is made. */
export interface ActorGrant {
  readonly role: string;
  readonly on: GrantScope;
  /** The id of what it holds for; null for `site`. */
  readonly id: string | null;
}

/** Who asks: a signed-in person, or a named part of the system. First argument of every command and query. */
export interface Actor {
  readonly kind: 'person' | 'system';
  /** The person's id; for a system actor an opaque name such as `system:payments`. */
  readonly id: string;
  readonly grants: readonly ActorGrant[];
  readonly scope: Scope;
  /** The person's name, for the head of their own pages; never logged. */
  readonly name?: string;
}

/** A named part of the system, with exactly the scope of the rows it serves. */
export const systemActor = (name: string, scope: Partial<Scope>): Actor => ({ kind: 'system', id: `system:${name}`, grants: [], scope: scopeOf(scope) });
