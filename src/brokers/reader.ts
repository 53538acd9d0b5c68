import { can, requireAccess } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';

/** As what somebody reads what brokers write about a person: as the person (or who represents them), all of it; as a broker of today, what
 *  is theirs. Refuses everybody else, a nominee and a family carer among them. */
export function readsAs(actor: Actor, person: PersonId): 'person' | 'broker' {
  if (can(actor, 'case:read', { person })) return 'person';
  requireAccess(actor, 'case:keep', { person });
  return 'broker';
}
