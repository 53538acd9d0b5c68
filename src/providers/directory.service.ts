import { Injectable } from '@nestjs/common';
import type { Actor, ProviderId } from '../kernel/index.js';
import { addMonths, dayOf, newId, statesAllowing, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { Directory, DirectoryService } from './open-referral/directory.js';
import { readDirectory } from './open-referral/read-directory.js';
import { PROVIDER } from './provider.lifecycle.js';

export interface DirectoryImport {
  readonly source: string;
  readonly services: { readonly added: number; readonly changed: number; readonly same: number };
  readonly providers: { readonly added: number };
  readonly problems: Directory['problems'];
}

/** Providers from Open Referral files. The same file again changes nothing; a service seen again is brought up to date. */
@Injectable()
export class DirectoryImports {
  constructor(private readonly database: Database) {}

  /** Whole or nothing. `source` names where the file is from; with the publisher's ids it is the identity for the next import. */
  async import(actor: Actor, source: string, bytes: Uint8Array): Promise<DirectoryImport> {
    const directory = readDirectory(new TextDecoder('utf-8', { fatal: false }).decode(bytes));
    const providers = providersOf(directory);
    const system = systemActor('directory', { providers: [] });
    const known = await this.database.read(system, (tx) =>
      tx.rows<{ id: ProviderId; sourceId: string }>('select id, source_id as "sourceId" from provider where source = $1 and source_id = any($2)', [
        source,
        [...providers.keys()],
      ]),
    );
    const ids = new Map(known.map((row) => [row.sourceId, row.id]));
    const added = [...providers.keys()].filter((sourceId) => !ids.has(sourceId));
    for (const sourceId of added) ids.set(sourceId, newId<'provider'>() as ProviderId);
    return this.database.transaction(systemActor('directory', { providers: [...ids.values()] }), async (tx) => {
      await this.addProviders(
        tx,
        source,
        added.map((sourceId) => ({ id: ids.get(sourceId)!, ...providers.get(sourceId)! })),
      );
      await this.assureAgain(
        tx,
        known.map((row) => row.id),
      );
      const services = await this.putServices(tx, source, directory.services, ids);
      tx.write(`insert into audit_event (id, at, actor, action, noun, facts) values ($1, $2, $3, 'directory:import', 'provider', $4)`, [
        newId(),
        tx.now,
        actor.id,
        JSON.stringify({ source, ...services, providersAdded: added.length, problems: directory.problems.length }),
      ]);
      return { source, services, providers: { added: added.length }, problems: directory.problems };
    });
  }

  private async addProviders(tx: Tx, source: string, rows: readonly (NewProvider & { id: ProviderId })[]): Promise<void> {
    const until = addMonths(dayOf(tx.now), 6);
    tx.write(
      `insert into provider (id, name, kind, about, url, place, state, source, source_id, assured_until, made_at)
       select id, name, 'unknown', about, url, place, 'listed', $1, source_id, coalesce(assured, $2), $3
       from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::date[]) as p(id, name, about, url, place, source_id, assured)
       on conflict (source, source_id) do nothing`,
      [
        source,
        until,
        tx.now,
        rows.map((r) => r.id),
        rows.map((r) => r.name.slice(0, 200)),
        rows.map((r) => r.about),
        rows.map((r) => r.url),
        rows.map((r) => r.place),
        rows.map((r) => r.sourceId),
        rows.map((r) => (r.assuredOn ? addMonths(r.assuredOn, 6) : null)),
      ],
    );
  }

  /** A provider that its publisher still lists is assured anew, and comes back if its listing had lapsed. */
  private async assureAgain(tx: Tx, ids: readonly ProviderId[]): Promise<void> {
    tx.write(`update provider set state = $3, assured_until = greatest(assured_until, $2) where id = any($1) and state = any($4)`, [
      ids,
      addMonths(dayOf(tx.now), 6),
      PROVIDER.lapsed.confirm.to,
      statesAllowing(PROVIDER, 'confirm'),
    ]);
  }

  private async putServices(
    tx: Tx,
    source: string,
    services: readonly DirectoryService[],
    providers: ReadonlyMap<string, ProviderId>,
  ): Promise<DirectoryImport['services']> {
    const today = dayOf(tx.now);
    const rows = services.map((service) => rowOf(service, providers.get(providerSourceId(service))!));
    const answers = await tx.rows<{ added: boolean; changed: boolean }>(
      `with before as (select source_id, content from provider_service where source = $1 and source_id = any($2)),
       put as (
         insert into provider_service (id, provider_id, name, about, activity, price_pence, price_words, days, place, postcode, latitude, longitude, source, source_id, content, seen_on, state)
         select s.id, s.provider_id, s.name, s.about, s.activity, s.price_pence, s.price_words, s.days, s.place, s.postcode, s.latitude, s.longitude, $1, s.source_id, s.content, $4, s.state
         from jsonb_to_recordset($3::jsonb) as s(id uuid, provider_id uuid, name text, about text, activity text, price_pence bigint, price_words text, days int[], place text, postcode text,
           latitude double precision, longitude double precision, source_id text, content jsonb, state text)
         on conflict (source, source_id) do update set name = excluded.name, about = excluded.about, activity = excluded.activity, price_pence = excluded.price_pence, price_words = excluded.price_words,
           days = excluded.days, place = excluded.place, postcode = excluded.postcode, latitude = excluded.latitude, longitude = excluded.longitude, content = excluded.content,
           seen_on = excluded.seen_on, state = excluded.state
         returning source_id, content)
       select b.source_id is null as added, b.content is distinct from p.content as changed from put p left join before b using (source_id)`,
      [source, rows.map((row) => row.source_id), JSON.stringify(rows), today],
    );
    const added = answers.filter((row) => row.added).length;
    const changed = answers.filter((row) => !row.added && row.changed).length;
    return { added, changed, same: answers.length - added - changed };
  }
}

interface NewProvider {
  readonly name: string;
  readonly about: string | null;
  readonly url: string | null;
  readonly place: string | null;
  readonly sourceId: string;
  readonly assuredOn: DirectoryService['assuredOn'];
}

/** A service without an organisation stands for itself. */
const providerSourceId = (service: DirectoryService): string => service.organisation?.sourceId ?? `service:${service.sourceId}`;

function providersOf(directory: Directory): Map<string, NewProvider> {
  const found = new Map<string, NewProvider>();
  for (const each of directory.organisations)
    found.set(each.sourceId, {
      name: each.name,
      about: each.description,
      url: each.url,
      place: districtOf(each.locations[0]?.postcode),
      sourceId: each.sourceId,
      assuredOn: null,
    });
  for (const service of directory.services) {
    const sourceId = providerSourceId(service);
    if (!found.has(sourceId))
      found.set(sourceId, {
        name: service.organisation?.name ?? service.name,
        about: null,
        url: service.url,
        place: districtOf(service.locations[0]?.postcode),
        sourceId,
        assuredOn: service.assuredOn,
      });
  }
  return found;
}

const districtOf = (postcode: string | null | undefined): string | null => postcode?.split(' ')[0] ?? null;

function rowOf(service: DirectoryService, provider: ProviderId): Record<string, unknown> {
  const [place] = service.locations;
  const [cost] = service.costs;
  return {
    id: newId(),
    provider_id: provider,
    name: service.name.slice(0, 300),
    about: service.description,
    activity: service.terms[0]?.name ?? null,
    price_pence: cost?.amountPence === null || cost?.amountPence === undefined ? null : String(cost.amountPence),
    price_words: cost?.description ?? cost?.option ?? null,
    days: [...new Set(service.schedules.flatMap((schedule) => schedule.days))].sort(),
    place: districtOf(place?.postcode),
    postcode: place?.postcode ?? null,
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
    source_id: service.sourceId,
    content: JSON.parse(JSON.stringify(service, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))) as unknown,
    state: ['inactive', 'defunct'].includes(service.status) ? 'withdrawn' : 'listed',
  };
}
