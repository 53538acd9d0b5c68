import type { Scope } from '../../kernel/index.js';
import { invariant, isId } from '../../kernel/index.js';

const PLACE = /^[A-Z]{1,2}\d[A-Z\d]?$/;

/** `{a,b}` as PostgreSQL reads arrays; every id is checked to be a UUID. */
function idArray(ids: readonly string[]): string {
  for (const id of ids) invariant(isId(id), 'a scope holds something that is no id');
  return `{${ids.join(',')}}`;
}

/** Row-level security reads these settings; they end with the transaction. */
export const SET_SCOPE = `select set_config('app.icbs', $1, true), set_config('app.books', $2, true), set_config('app.pools', $3, true),
  set_config('app.person', $4, true), set_config('app.provider', $5, true), set_config('app.places', $6, true)`;

/** What `SET_SCOPE` takes (design section 9). */
export function scopeSettings(scope: Scope): string[] {
  for (const place of scope.places) invariant(PLACE.test(place), 'a scope holds something that is no postcode district');
  return [idArray(scope.icbs), idArray(scope.books), idArray(scope.pools), idArray(scope.people), idArray(scope.providers), `{${scope.places.join(',')}}`];
}
