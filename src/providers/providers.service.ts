import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Grants, requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId, ProviderId } from '../kernel/index.js';
import { conflict, newId, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once } from '../platform/index.js';
import type { ListInOneSitting } from './provider.dto.js';

/** Listing, confirming and taking down providers. A small one lists itself in one sitting: six questions, no fee. */
@Injectable()
export class Providers {
  constructor(
    private readonly database: Database,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /** Six questions make a listing. The person who answers them may then speak for the provider. */
  async list(actor: Actor, command: ListInOneSitting, key?: string): Promise<{ id: ProviderId; serviceId: string }> {
    const id = newId<'provider'>() as ProviderId;
    const system = systemActor('providers', { providers: [id], people: [actor.id as PersonId] });
    return this.database.transaction(system, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'providers.list', input: command }, async () => {
        await tx.run(
          `insert into provider (id, name, kind, tier, about, place, state, assured_until, made_at) values ($1, $2, $3, 1, $4, $5, 'listed', ($6::timestamptz + interval '1 year')::date, $6)`,
          [id, command.name, command.kind, command.about, command.place, tx.now],
        );
        const serviceId = newId<'provider-service'>();
        await tx.run(
          `insert into provider_service (id, provider_id, name, about, activity, price_pence, per, days, place, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'listed')`,
          [
            serviceId,
            id,
            command.service,
            command.about,
            command.activity,
            command.pricePence === undefined ? null : String(command.pricePence),
            command.per ?? null,
            command.days,
            command.place,
          ],
        );
        await this.grants.give(tx, actor, { person: actor.id as PersonId, role: 'provider', on: 'provider', id, reason: 'listed this provider' });
        await this.audit.record(tx, actor, { action: 'provider:list', noun: 'provider', nounId: id });
        return { id, serviceId };
      }),
    );
  }

  /** "Everything here is still right": moves the day until which the listing is assured. */
  async confirm(actor: Actor, id: ProviderId, until: LocalDate): Promise<void> {
    requireAccess(actor, 'provider:change', { provider: id });
    await this.database.transaction(actor, async (tx) => {
      const changed = await tx.run(`update provider set assured_until = $2, state = 'listed' where id = $1 and state in ('listed', 'lapsed')`, [id, until]);
      if (changed === 0) throw conflict('provider-not-listed', 'This listing was taken down. List again to come back.');
      await this.audit.record(tx, actor, { action: 'provider:confirm', noun: 'provider', nounId: id });
    });
  }

  async addCheck(tx: Tx, actor: Actor, check: { provider: ProviderId; kind: string; level?: string; seenOn: LocalDate; expiresOn?: LocalDate }): Promise<void> {
    await tx.run('insert into provider_check (id, provider_id, kind, level, seen_on, expires_on, seen_by) values ($1, $2, $3, $4, $5, $6, $7)', [
      newId(),
      check.provider,
      check.kind,
      check.level ?? null,
      check.seenOn,
      check.expiresOn ?? null,
      actor.id,
    ]);
  }

  /** Listings that nobody confirmed in time step back; they say so and can be confirmed again. Answers how many. */
  async lapseUnconfirmed(day: LocalDate): Promise<number> {
    const due = await this.database.read(systemActor('providers', {}), (tx) =>
      tx.rows<{ id: ProviderId }>(`select id from provider where state = 'listed' and assured_until < $1 order by id limit 10000`, [day]),
    );
    if (due.length === 0) return 0;
    const ids = due.map((row) => row.id);
    return this.database.transaction(systemActor('providers', { providers: ids }), (tx) =>
      tx.run(`update provider set state = 'lapsed' where id = any($1) and state = 'listed' and assured_until < $2`, [ids, day]),
    );
  }
}
