import type { Scope } from '../../kernel/index.js';
import { invariant, isId } from '../../kernel/index.js';

const PLACE = /^[A-Z]{1,2}\d[A-Z\d]?$/;

/** `{a,b}` as PostgreSQL reads arrays; every id is checked to be a UUID, so the text is safe inside a statement. */
function idArray(ids: readonly string[]): string {
  for (const id of ids) invariant(isId(id), 'a scope holds something that is no id');
  return `{${ids.join(',')}}`;
}

/** The first statements of every transaction: BEGIN, then the scope, in one round trip (design section 9).
 *  Row-level security reads these settings; they end with the transaction. */
export function beginWithScope(scope: Scope, readOnly: boolean): string {
  for (const place of scope.places) invariant(PLACE.test(place), 'a scope holds something that is no postcode district');
  const set = (name: string, value: string): string => `set_config('app.${name}','${value}',true)`;
  const settings = [
    set('icbs', idArray(scope.icbs)), set('books', idArray(scope.books)), set('pools', idArray(scope.pools)),
    set('person', idArray(scope.people)), set('provider', idArray(scope.providers)), set('places', `{${scope.places.join(',')}}`),
  ];
  return `BEGIN${readOnly ? ' READ ONLY' : ''}; SELECT ${settings.join(',')}`;
}
