import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PoolId, ProviderId } from '../kernel/index.js';
import { dayOf, systemActor } from '../kernel/index.js';
import { Database } from '../platform/index.js';

/** A brief that a pool gave to a provider. */
export interface QuoteRequestView {
  readonly poolId: PoolId;
  readonly poolName: string;
  readonly providerId: ProviderId;
  readonly brief: string;
  readonly askedOn: LocalDate;
  /** How many quotes the provider has given to this pool since. */
  readonly quotes: number;
}

const REQUESTS = `select r.pool_id as "poolId", p.name as "poolName", r.provider_id as "providerId", r.brief, r.asked_at as "askedAt",
  (select count(*)::int from quote q where q.pool_id = r.pool_id and q.provider_id = r.provider_id and q.state <> 'withdrawn') as quotes from quote_request r join pool p on p.id = r.pool_id`;

type Row = Omit<QuoteRequestView, 'askedOn'> & { askedAt: Date };

const viewOf = ({ askedAt, ...row }: Row): QuoteRequestView => ({ ...row, askedOn: dayOf(askedAt) });

/** Who was asked for a quote. */
@Injectable()
export class QuoteRequests {
  constructor(private readonly database: Database) {}

  /** The briefs a provider was given, unanswered ones first, then newest first. It learns the pool's name, and nobody's who is in it. */
  async ofProvider(actor: Actor, provider: ProviderId): Promise<QuoteRequestView[]> {
    requireAccess(actor, 'quote:give', { provider });
    const asked = await this.database.read(systemActor('purchasing', { providers: [provider] }), (tx) =>
      tx.rows<{ pool: PoolId }>('select pool_id as pool from quote_request where provider_id = $1 order by asked_at desc limit 100', [provider]),
    );
    const pools = asked.map((row) => row.pool);
    const rows = await this.database.read(systemActor('purchasing', { pools, providers: [provider] }), (tx) =>
      tx.rows<Row>(`${REQUESTS} where r.provider_id = $1 and r.pool_id = any($2) order by r.asked_at desc limit 100`, [provider, pools]),
    );
    return [...rows.filter((row) => row.quotes === 0), ...rows.filter((row) => row.quotes > 0)].map(viewOf);
  }

  /** The providers a pool has asked, newest first: for its members and broker. */
  async ofPool(actor: Actor, pool: PoolId): Promise<QuoteRequestView[]> {
    requireAccess(actor, 'quote:read', { pool });
    const rows = await this.database.read(systemActor('purchasing', { pools: [pool] }), (tx) =>
      tx.rows<Row>(`${REQUESTS} where r.pool_id = $1 order by r.asked_at desc limit 100`, [pool]),
    );
    return rows.map(viewOf);
  }
}
