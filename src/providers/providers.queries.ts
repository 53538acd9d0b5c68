import { Injectable } from '@nestjs/common';
import { can } from '../identity/index.js';
import type { Actor, LocalDate, Pence, ProviderId } from '../kernel/index.js';
import { NO_SCOPE, notFound, systemActor } from '../kernel/index.js';
import { AS_NAMES, Database } from '../platform/index.js';
import type { ProviderState } from './provider.lifecycle.js';

export interface ServiceView {
  readonly id: string;
  readonly providerId: ProviderId;
  readonly providerName: string;
  readonly name: string;
  readonly about: string | null;
  readonly activity: string | null;
  readonly price: Pence | null;
  readonly per: string | null;
  readonly priceWords: string | null;
  readonly days: readonly number[];
  readonly place: string | null;
  readonly state: string;
  readonly source: string | null;
  readonly assuredUntil: LocalDate | null;
}

export interface ProviderView {
  readonly id: ProviderId;
  readonly name: string;
  readonly kind: string;
  readonly tier: number;
  readonly about: string | null;
  readonly url: string | null;
  readonly place: string | null;
  readonly state: ProviderState;
  readonly source: string | null;
  readonly assuredUntil: LocalDate | null;
  readonly services: readonly ServiceView[];
  readonly checks: readonly { readonly kind: string; readonly level: string | null; readonly seenOn: LocalDate; readonly expiresOn: LocalDate | null }[];
}

const SERVICE = `select s.id, s.provider_id as "providerId", p.name as "providerName", s.name, s.about, s.activity, s.price_pence as price, s.per, s.price_words as "priceWords", s.days,
  s.place, s.state, s.source, p.assured_until as "assuredUntil" from provider_service s join provider p on p.id = s.provider_id`;

const anyone = systemActor('directory', NO_SCOPE);

/** The directory is public: what providers offer, to anyone. */
@Injectable()
export class ProviderQueries {
  constructor(private readonly database: Database) {}

  /** Listed services by words and place, by name; pages are keyed by the last id shown. Unpaid ones stand beside paid ones (EXPECT, features E5). */
  async search(question: { words?: string | undefined; place?: string | undefined; after?: string | undefined; limit: number }): Promise<ServiceView[]> {
    return this.database.read(anyone, (tx) =>
      tx.rows<ServiceView>(
        `${SERVICE} where s.state = 'listed' and p.state in ('listed', 'lapsed')
           and ($1::text is null or to_tsvector('english', s.name || ' ' || coalesce(s.about, '') || ' ' || coalesce(s.activity, '')) @@ websearch_to_tsquery('english', $1))
           and ($2::text is null or s.place = $2) and ($3::uuid is null or s.id > $3) order by s.id limit $4`,
        [question.words || null, question.place || null, question.after ?? null, question.limit],
      ),
    );
  }

  /** One provider with what it offers. A draft is shown only to those who speak for it: to others it is not there (not-found). */
  async provider(id: ProviderId, reader?: Actor): Promise<ProviderView> {
    return this.database.read(anyone, async (tx) => {
      const found = await tx.row<Omit<ProviderView, 'services' | 'checks'>>(
        `select id, name, kind, tier, about, url, place, state, source, assured_until as "assuredUntil" from provider where id = $1`,
        [id],
      );
      const mayRead = found?.state !== 'draft' || (reader !== undefined && can(reader, 'provider:read', { provider: id }));
      if (!found || !mayRead) throw notFound('The provider');
      const services = await tx.rows<ServiceView>(`${SERVICE} where s.provider_id = $1 order by s.name ${AS_NAMES}, s.id limit 200`, [id]);
      const checks = await tx.rows<ProviderView['checks'][number]>(
        `select distinct on (kind) kind, level, seen_on as "seenOn", expires_on as "expiresOn" from provider_check where provider_id = $1 order by kind, seen_on desc`,
        [id],
      );
      return { ...found, services, checks };
    });
  }

  async named(ids: readonly ProviderId[]): Promise<ReadonlyMap<ProviderId, string>> {
    const rows = await this.database.read(anyone, (tx) => tx.rows<{ id: ProviderId; name: string }>('select id, name from provider where id = any($1)', [ids]));
    return new Map(rows.map((row) => [row.id, row.name]));
  }
}
