import { Injectable } from '@nestjs/common';
import type { LocalDate, Pence } from '../kernel/index.js';
import { NO_SCOPE, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { DirectoryService } from './open-referral/directory.js';

interface Row {
  readonly id: string;
  readonly providerId: string;
  readonly providerName: string;
  readonly name: string;
  readonly about: string | null;
  readonly activity: string | null;
  readonly price: Pence | null;
  readonly priceWords: string | null;
  readonly per: string | null;
  readonly days: readonly number[];
  readonly postcode: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly url: string | null;
  readonly assuredUntil: LocalDate | null;
  readonly content: DirectoryService | null;
}

const SELECT = `select s.id, p.id as "providerId", p.name as "providerName", s.name, s.about, s.activity, s.price_pence as price, s.price_words as "priceWords", s.per, s.days, s.postcode,
  s.latitude, s.longitude, p.url, p.assured_until as "assuredUntil", s.content from provider_service s join provider p on p.id = s.provider_id where s.state = 'listed' and p.state = 'listed'`;

const anyone = systemActor('directory', NO_SCOPE);

/** Our directory in Open Referral's words. */
@Injectable()
export class DirectoryQueries {
  constructor(private readonly database: Database) {}

  /** One page of listed services and how many there are in all; pages are numbered because the standard numbers them. */
  async page(page: number, perPage: number): Promise<{ services: DirectoryService[]; total: number }> {
    return this.database.read(anyone, async (tx) => {
      const count = await tx.row<{ n: bigint }>(
        `select count(*) as n from provider_service s join provider p on p.id = s.provider_id where s.state = 'listed' and p.state = 'listed'`,
      );
      const rows = await tx.rows<Row>(`${SELECT} order by s.id limit $1 offset $2`, [perPage, (page - 1) * perPage]);
      return { services: rows.map(asDirectory), total: Number(count!.n) };
    });
  }

  async one(id: string): Promise<DirectoryService | undefined> {
    return this.database.read(anyone, async (tx) => {
      const row = await tx.row<Row>(`${SELECT} and s.id = $1`, [id]);
      return row && asDirectory(row);
    });
  }

  /** Every listed service, a thousand at a time. */
  async *all(): AsyncGenerator<DirectoryService> {
    let after: string | null = null;
    const next = (tx: Tx): Promise<Row[]> => tx.rows<Row>(`${SELECT} and ($1::uuid is null or s.id > $1) order by s.id limit 1000`, [after]);
    for (;;) {
      const rows = await this.database.read(anyone, next);
      for (const row of rows) yield asDirectory(row);
      if (rows.length < 1000) return;
      after = rows.at(-1)!.id;
    }
  }
}

/** Under our own id; what a publisher told us beyond our columns goes out as it came. */
function asDirectory(row: Row): DirectoryService {
  const told = row.content;
  return {
    sourceId: row.id,
    name: row.name,
    description: row.about,
    url: told?.url ?? row.url,
    email: told?.email ?? null,
    phones: told?.phones ?? [],
    status: 'active',
    alert: told?.alert ?? null,
    assuredOn: told?.assuredOn ?? null,
    lastModifiedOn: told?.lastModifiedOn ?? null,
    organisation: { sourceId: row.providerId, name: row.providerName },
    locations:
      told?.locations ??
      (row.postcode || row.latitude !== null
        ? [{ name: null, postcode: row.postcode, latitude: row.latitude, longitude: row.longitude, address: null, accessibility: [] }]
        : []),
    schedules:
      told?.schedules ?? (row.days.length > 0 ? [{ days: row.days, opensAt: null, closesAt: null, validFrom: null, validTo: null, description: null }] : []),
    costs: row.price === null && row.priceWords === null ? [] : [{ option: row.per, amountPence: row.price, description: row.priceWords }],
    minimumAge: told?.minimumAge ?? null,
    maximumAge: told?.maximumAge ?? null,
    eligibility: told?.eligibility ?? null,
    accreditations: told?.accreditations ?? null,
    terms: told?.terms ?? (row.activity ? [{ taxonomy: null, code: null, name: row.activity }] : []),
  };
}
