import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { StaffObject } from '../identity/index.js';
import { invalid, isId, systemActor } from '../kernel/index.js';
import type { BookId, OrganisationId, ProviderId } from '../kernel/index.js';
import { Books } from '../ledger/index.js';
import { Organisations } from '../organisations/index.js';
import { Database } from '../platform/index.js';
import { ProviderQueries } from '../providers/index.js';

/** What a role is given for, as it is typed: `site`, `icb:UUID` (any body), `book:UUID` (of a body; a person's own account is held by that
 *  person, not worked for), `provider:UUID`. Refuses: object-not-understood, object-not-known. */
export async function staffObjectOf(app: NestFastifyApplication, text: string): Promise<StaffObject> {
  if (text === 'site') return { on: 'site', id: null };
  const [, on, id] = /^(icb|book|provider):(.+)$/.exec(text) ?? [];
  if (!on || !isId(id)) throw invalid('object-not-understood', `--on takes site, icb:UUID, book:UUID or provider:UUID, not "${text}".`);
  const kind = await FOUND[on as keyof typeof FOUND](app, id);
  if (!kind)
    throw invalid('object-not-known', `There is no ${on === 'icb' ? 'body' : on === 'book' ? 'book of a body' : on} ${id}. "body list" shows those there are.`);
  return { on, id, ...kind } as StaffObject;
}

type Found = Pick<StaffObject, 'kind'> | undefined;
const outside = systemActor('operator', {});

const FOUND = {
  icb: async (app: NestFastifyApplication, id: string): Promise<Found> => {
    const body = await app.get(Database).read(outside, (tx) => app.get(Organisations).find(tx, id as OrganisationId));
    return body && { kind: body.kind };
  },
  book: async (app: NestFastifyApplication, id: string): Promise<Found> =>
    (await app.get(Database).read(outside, (tx) => app.get(Books).find(tx, id as BookId))) && {},
  provider: async (app: NestFastifyApplication, id: string): Promise<Found> =>
    (await app.get(ProviderQueries).named([id as ProviderId])).size > 0 ? {} : undefined,
};
