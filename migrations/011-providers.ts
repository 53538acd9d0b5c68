import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inProviders, wall } from './policies.js';

/** Who offers what, and where: a public directory, written by providers themselves or imported from Open Referral files. */
export class Providers1700000000011 implements MigrationInterface {
  name = 'Providers1700000000011';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table provider (
        id uuid primary key,
        name text not null check (length(name) between 1 and 200),
        kind text not null check (kind in ('micro-enterprise', 'charity', 'company', 'public', 'community', 'person', 'unknown')),
        tier int not null default 1 check (tier between 1 and 4),
        about text,
        url text,
        email text,
        phone text,
        place text,
        state text not null check (state in ('draft', 'listed', 'lapsed', 'withdrawn')),
        source text,
        source_id text,
        assured_until date,
        made_at timestamptz not null,
        unique (source, source_id)
      );
      comment on column provider.tier is '1 activity, 2 support without personal care, 3 personal or nursing care, 4 holds people''s money (EXPECT 17).';
      comment on column provider.email is 'Of the body, never of a person.';
      ${wall('provider', 'true', inProviders('id'))}

      create table provider_service (
        id uuid primary key,
        provider_id uuid not null references provider,
        name text not null check (length(name) between 1 and 300),
        about text,
        activity text,
        price_pence bigint check (price_pence >= 0),
        per text check (per in ('session', 'hour', 'half-day', 'day', 'week', 'month', 'once')),
        price_words text,
        days int[] not null default '{}',
        place text,
        postcode text,
        latitude double precision,
        longitude double precision,
        source text,
        source_id text,
        content jsonb,
        seen_on date,
        state text not null check (state in ('listed', 'lapsed', 'withdrawn')),
        unique (source, source_id)
      );
      create index provider_service_by_provider on provider_service (provider_id);
      create index provider_service_words on provider_service using gin (to_tsvector('english', name || ' ' || coalesce(about, '') || ' ' || coalesce(activity, '')));
      ${wall('provider_service', 'true', inProviders('provider_id'))}

      create table provider_check (
        id uuid primary key,
        provider_id uuid not null references provider,
        kind text not null check (kind in ('identity', 'bank-account', 'public-liability', 'dbs', 'references', 'safeguarding-policy', 'cqc')),
        level text,
        seen_on date not null,
        expires_on date check (expires_on > seen_on),
        seen_by text not null
      );
      create index provider_check_by_provider on provider_check (provider_id, kind);
      ${wall('provider_check', 'true', inProviders('provider_id'))}

      grant select, insert, update on provider, provider_service to commonpurse_app;
      grant select, insert on provider_check to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table provider_check, provider_service, provider');
  }
}
