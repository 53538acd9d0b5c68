import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { invalid, notFound, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { requireAccess } from './access.js';
import type { PlaceRow } from './place-file.js';

/** Postcode districts: as near as anybody is ever placed. The map of them is kept by whoever runs the installation. */
@Injectable()
export class Places {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Puts districts on the map, or puts them right; those not named stay as they are. */
  async put(actor: Actor, places: readonly PlaceRow[]): Promise<{ added: number; changed: number }> {
    requireAccess(actor, 'place:keep', { site: true });
    return this.database.transaction(systemActor('identity', {}), (tx) => this.putIn(tx, actor, places));
  }

  async putIn(tx: Tx, actor: Actor, places: readonly PlaceRow[]): Promise<{ added: number; changed: number }> {
    const before = await this.count(tx);
    const touched = await tx.run(
      `insert into place (district, name, lat, lon) select district, name, lat, lon from jsonb_to_recordset($1) as p(district text, name text, lat float8, lon float8) order by district
       on conflict (district) do update set name = excluded.name, lat = excluded.lat, lon = excluded.lon
         where (place.name, place.lat, place.lon) is distinct from (excluded.name, excluded.lat, excluded.lon)`,
      [JSON.stringify(places)],
    );
    const added = (await this.count(tx)) - before;
    const done = { added, changed: touched - added };
    await this.audit.record(tx, actor, { action: 'place:put', noun: 'place', facts: done });
    return done;
  }

  isKnown(district: string): Promise<boolean> {
    return this.database.read(systemActor('identity', {}), (tx) => isOnMap(tx, district));
  }

  /** Where somebody lives, roughly, from now on. A card that they wrote stays where it is. Refuses: place-not-known. */
  async movePerson(actor: Actor, person: PersonId, district: string): Promise<void> {
    requireAccess(actor, 'place:keep', { site: true });
    await this.database.transaction(systemActor('identity', { people: [person] }), async (tx) => {
      if (!(await isOnMap(tx, district))) throw invalid('place-not-known', `There is no district ${district}. "place import" puts districts on the map.`);
      if ((await tx.run('update person set place = $2 where id = $1', [person, district])) === 0) throw notFound('The person');
      await this.audit.record(tx, actor, { action: 'person:move', noun: 'person', nounId: person, about: person });
    });
  }

  private async count(tx: Tx): Promise<number> {
    return (await tx.row<{ n: number }>('select count(*)::int as n from place'))!.n;
  }
}

const isOnMap = async (tx: Tx, district: string): Promise<boolean> => (await tx.row('select 1 from place where district = $1', [district])) !== undefined;
