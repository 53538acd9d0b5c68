import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Grants, requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId, ProviderId } from '../kernel/index.js';
import { conflict, dayOf, edgeOf, newId, notFound, statesAllowing, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, announceAll, Database, once } from '../platform/index.js';
import type { BeginListing, ListInOneSitting, WithdrawListing } from './provider.dto.js';
import type { ProviderAction, ProviderState } from './provider.lifecycle.js';
import { PROVIDER, SERVICE } from './provider.lifecycle.js';
import { assuredUntil, lapsesBefore } from './provider.rules.js';

export interface ListingAnswer {
  readonly id: ProviderId;
  readonly state: ProviderState;
}

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
    return this.make(actor, 'providers.list', command, key, async (tx, id) => {
      await this.add(tx, actor, id, { ...command, state: 'listed' });
      const serviceId = await this.addService(tx, id, command);
      await this.tell(tx, PROVIDER.draft.list.event, id);
      await this.audit.record(tx, actor, { action: 'provider:list', noun: 'provider', nounId: id });
      return { id, serviceId };
    });
  }

  /** A listing that is begun and not shown to anybody yet. Whoever begins it may speak for the provider. */
  async begin(actor: Actor, command: BeginListing, key?: string): Promise<ListingAnswer> {
    return this.make(actor, 'providers.begin', command, key, async (tx, id) => {
      await this.add(tx, actor, id, { ...command, state: 'draft' });
      await this.audit.record(tx, actor, { action: 'provider:begin', noun: 'provider', nounId: id });
      return { id, state: 'draft' as const };
    });
  }

  /** The six answers make a draft a listing, and bring back one that was taken off. Refuses: provider-is-listed, provider-is-lapsed. */
  async publish(actor: Actor, id: ProviderId, command: ListInOneSitting, key?: string): Promise<ListingAnswer & { serviceId: string }> {
    return this.change(actor, id, { name: 'providers.publish', action: 'list', input: command, key }, async (tx, to) => {
      tx.write('update provider set name = $2, kind = $3, about = $4, place = $5, assured_until = $6 where id = $1', [
        id,
        command.name,
        command.kind,
        command.about,
        command.place,
        assuredUntil(dayOf(tx.now)),
      ]);
      const serviceId = await this.addService(tx, id, command);
      await this.audit.record(tx, actor, { action: 'provider:list', noun: 'provider', nounId: id });
      return { id, state: to, serviceId };
    });
  }

  /** Takes the provider and all it offers off the list. What was bought from it goes on. Refuses: provider-is-withdrawn. */
  async withdraw(actor: Actor, id: ProviderId, command: WithdrawListing, key?: string): Promise<ListingAnswer> {
    return this.change(actor, id, { name: 'providers.withdraw', action: 'withdraw', input: command, key }, async (tx, to) => {
      tx.write('update provider_service set state = $2 where provider_id = $1 and state = any($3)', [
        id,
        SERVICE.listed.withdraw.to,
        statesAllowing(SERVICE, 'withdraw'),
      ]);
      await this.audit.record(tx, actor, { action: 'provider:withdraw', noun: 'provider', nounId: id, why: command.reason });
      return { id, state: to };
    });
  }

  /** "Everything here is still right": moves the day until which the listing is assured, a year on unless said otherwise, and brings back what
   *  had lapsed. Refuses: provider-not-listed. */
  async confirm(actor: Actor, id: ProviderId, until?: LocalDate): Promise<ListingAnswer & { assuredUntil: LocalDate }> {
    requireAccess(actor, 'provider:change', { provider: id });
    return this.database.transaction(actor, async (tx) => {
      const assured = until ?? assuredUntil(dayOf(tx.now));
      const { to } = PROVIDER.lapsed.confirm;
      const changed = await tx.run('update provider set assured_until = $2, state = $3 where id = $1 and state = any($4)', [
        id,
        assured,
        to,
        statesAllowing(PROVIDER, 'confirm'),
      ]);
      if (changed === 0) throw conflict('provider-not-listed', 'This listing was taken down. List again to come back.');
      tx.write('update provider_service set state = $2 where provider_id = $1 and source is null and state = any($3)', [
        id,
        SERVICE.lapsed.confirm.to,
        statesAllowing(SERVICE, 'confirm'),
      ]);
      await this.audit.record(tx, actor, { action: 'provider:confirm', noun: 'provider', nounId: id });
      return { id, state: to, assuredUntil: assured };
    });
  }

  async addCheck(tx: Tx, actor: Actor, check: { provider: ProviderId; kind: string; level?: string; seenOn: LocalDate; expiresOn?: LocalDate }): Promise<void> {
    tx.write('insert into provider_check (id, provider_id, kind, level, seen_on, expires_on, seen_by) values ($1, $2, $3, $4, $5, $6, $7)', [
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
    const edge = PROVIDER.listed.lapse;
    return this.database.transaction(systemActor('providers', { providers: ids }), async (tx) => {
      const lapsed = await tx.rows<{ id: ProviderId }>(
        'update provider set state = $3 where id = any($1) and assured_until < $2 and state = any($4) returning id',
        [ids, day, edge.to, statesAllowing(PROVIDER, 'lapse')],
      );
      await announceAll(
        tx,
        lapsed.map(({ id }) => ({ name: edge.event, about: { providers: [id] }, payload: { providerId: id } })),
      );
      return lapsed.length;
    });
  }

  /** Services leave the searches when no import has shown them for a season, or when their provider's listing has been lapsed for as long.
   *  Seen or confirmed again, they come back. Answers how many lapsed. */
  async lapseServices(day: LocalDate): Promise<number> {
    const before = lapsesBefore(day);
    const due = await this.database.read(systemActor('providers', {}), (tx) =>
      tx.rows<{ id: string; provider: ProviderId }>(
        `select s.id, s.provider_id as provider from provider_service s join provider p on p.id = s.provider_id where s.state = 'listed'
           and case when s.source is not null then s.seen_on < $1 else p.state = 'lapsed' and p.assured_until < $1 end order by s.id limit 10000`,
        [before],
      ),
    );
    if (due.length === 0) return 0;
    return this.database.transaction(systemActor('providers', { providers: [...new Set(due.map((row) => row.provider))] }), (tx) =>
      tx.run('update provider_service set state = $2 where id = any($1) and state = any($3)', [
        due.map((row) => row.id),
        SERVICE.listed.lapse.to,
        statesAllowing(SERVICE, 'lapse'),
      ]),
    );
  }

  private async make<Answer extends object>(
    actor: Actor,
    name: string,
    command: object,
    key: string | undefined,
    work: (tx: Tx, id: ProviderId) => Promise<Answer>,
  ): Promise<Answer> {
    const id = newId<'provider'>() as ProviderId;
    return this.database.transaction(systemActor('providers', { providers: [id], people: [actor.id as PersonId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: name, input: command }, () => work(tx, id)),
    );
  }

  /** One step of a listing's life, by somebody who speaks for the provider. */
  private async change<Answer extends object>(
    actor: Actor,
    id: ProviderId,
    step: { name: string; action: Extract<ProviderAction, 'list' | 'withdraw'>; input: object; key: string | undefined },
    work: (tx: Tx, to: ProviderState) => Promise<Answer>,
  ): Promise<Answer> {
    requireAccess(actor, 'provider:change', { provider: id });
    const { name, action, input, key } = step;
    return this.database.transaction(systemActor('providers', { providers: [id] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: name, input: { id, ...input } }, async () => {
        const found = await tx.row<{ state: ProviderState }>('select state from provider where id = $1 for update', [id]);
        if (!found) throw notFound('The provider');
        const edge = edgeOf('provider', PROVIDER, found.state, action);
        tx.write('update provider set state = $2 where id = $1', [id, edge.to]);
        const answer = await work(tx, edge.to);
        await this.tell(tx, edge.event!, id);
        return answer;
      }),
    );
  }

  private async add(
    tx: Tx,
    actor: Actor,
    id: ProviderId,
    facts: { name: string; kind: string; about?: string; place?: string; state: 'draft' | 'listed' },
  ): Promise<void> {
    tx.write('insert into provider (id, name, kind, tier, about, place, state, assured_until, made_at) values ($1, $2, $3, 1, $4, $5, $6, $7, $8)', [
      id,
      facts.name,
      facts.kind,
      facts.about ?? null,
      facts.place ?? null,
      facts.state,
      facts.state === 'draft' ? null : assuredUntil(dayOf(tx.now)),
      tx.now,
    ]);
    await this.grants.give(tx, actor, { person: actor.id as PersonId, role: 'provider', on: 'provider', id, reason: 'listed this provider' });
  }

  private async addService(tx: Tx, provider: ProviderId, command: ListInOneSitting): Promise<string> {
    const id = newId<'provider-service'>();
    tx.write(
      `insert into provider_service (id, provider_id, name, about, activity, price_pence, per, days, place, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'listed')`,
      [
        id,
        provider,
        command.service,
        command.about,
        command.activity,
        command.pricePence === undefined ? null : String(command.pricePence),
        command.per ?? null,
        command.days,
        command.place,
      ],
    );
    return id;
  }

  private async tell(tx: Tx, name: string, id: ProviderId): Promise<void> {
    await announce(tx, { name, about: { providers: [id] }, payload: { providerId: id } });
  }
}
