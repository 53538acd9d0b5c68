import type { People } from '../identity/index.js';
import type { Actor, OrganisationId, PersonId } from '../kernel/index.js';
import { notFound } from '../kernel/index.js';
import type { Database } from '../platform/index.js';

/** The ICB that is responsible for a person whom the actor may see. Refuses: not-found. */
export async function responsibleIcb(database: Database, people: People, actor: Actor, person: PersonId): Promise<OrganisationId> {
  const icb = await database.read(actor, (tx) => people.icbOf(tx, person));
  if (!icb) throw notFound('The person');
  return icb;
}
