import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor, ActorGrant, BookId, OrganisationId, PersonId, PoolId, ProviderId } from '../kernel/index.js';
import { scopeOf, systemActor } from '../kernel/index.js';
import { Organisations } from '../organisations/index.js';
import type { Tx } from '../platform/index.js';
import { Database, sha256 } from '../platform/index.js';
import { ActorCache } from './actor-cache.js';
import type { SignedInActor } from './signed-in-actor.js';

/** Our judgement, November 2026: a working day for staff and holders alike; each request moves the end on, at most hourly. */
const SESSION_MS = 12 * 3_600_000;

/** Sessions, and the actor behind each: the person, their grants in force now, and the scope these give. */
@Injectable()
export class Actors {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly cache: ActorCache,
  ) {}

  /** Begins a session; the token is shown once and only its hash is kept. */
  async beginSession(tx: Tx, person: PersonId, device: string | null): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    tx.write('insert into session (token_hash, person_id, began_at, seen_at, expires_at, device) values ($1, $2, $3, $3, $4, $5)', [
      sha256(token),
      person,
      tx.now,
      new Date(tx.now.getTime() + SESSION_MS),
      device?.slice(0, 200) ?? null,
    ]);
    return token;
  }

  async endSession(token: string): Promise<void> {
    await this.database.transaction(systemActor('sign-out', {}), (tx) =>
      tx.run('update session set ended_at = $2 where token_hash = $1 and ended_at is null', [sha256(token), tx.now]),
    );
    this.cache.forget();
  }

  /** Ends every session of a person but the one with this token; answers how many there were. */
  async endOtherSessions(tx: Tx, person: PersonId, token: string): Promise<number> {
    tx.afterCommit(() => this.cache.forget());
    return tx.run('update session set ended_at = $3 where person_id = $1 and token_hash <> $2 and ended_at is null and expires_at > $3', [
      person,
      sha256(token),
      tx.now,
    ]);
  }

  /** The actor of a session that is neither ended nor expired; undefined otherwise. */
  async actorOf(token: string): Promise<SignedInActor | undefined> {
    const hash = sha256(token);
    return this.cache.get(hash, () => this.readActor(hash));
  }

  private readActor(hash: Buffer): Promise<SignedInActor | undefined> {
    return this.database.transaction(systemActor('sessions', {}), async (tx) => {
      const session = await tx.row<{ person: PersonId; stale: boolean; mustChange: boolean | null }>(
        `select s.person_id as person, s.seen_at < $2::timestamptz - interval '1 hour' as stale, i.must_change as "mustChange"
         from session s left join sign_in i on i.person_id = s.person_id where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2`,
        [hash, tx.now],
      );
      if (!session) return undefined;
      if (session.stale)
        tx.write('update session set seen_at = $2, expires_at = $3 where token_hash = $1', [hash, tx.now, new Date(tx.now.getTime() + SESSION_MS)]);
      const actor = await this.actorFor(tx, session.person);
      return session.mustChange ? { ...actor, mustChangePassword: true } : actor;
    });
  }

  /** The actor of a person, inside a transaction of any scope: reads their grants under their own scope. */
  async actorFor(tx: Tx, person: PersonId): Promise<Actor> {
    const rows = await tx.rows<ActorGrant & { name: string; role: string | null }>(
      `select p.first_name || ' ' || p.family_name as name, g.role, g.on_kind as on, g.on_id as id
       from (select set_config('app.person', $1, true)) s, lateral (select first_name, family_name from person where id = $2) p
       left join lateral (
         select role, on_kind, on_id from access_grant where person_id = $2 and from_at <= $3 and (until_at is null or until_at > $3) order by id) g on true`,
      [`{${person}}`, person, tx.now],
    );
    const grants = rows.filter((row) => row.role !== null).map(({ role, on, id }) => ({ role, on, id }));
    return this.actorFrom(tx, person, rows[0]?.name, grants);
  }

  private async actorFrom(tx: Tx, person: PersonId, name: string | undefined, grants: readonly ActorGrant[]): Promise<Actor> {
    const ids = <T>(on: ActorGrant['on']): T[] => [...new Set(grants.filter((grant) => grant.on === on && grant.id).map((grant) => grant.id as T))];
    const icbs = ids<OrganisationId>('icb');
    const scope = scopeOf({
      people: [...new Set([person, ...ids<PersonId>('person')])],
      books: ids<BookId>('book'),
      pools: ids<PoolId>('pool'),
      providers: ids<ProviderId>('provider'),
      icbs: icbs.length > 0 ? await this.organisations.withPredecessors(tx, icbs) : [],
    });
    return { kind: 'person', id: person, grants, scope, ...(name === undefined ? {} : { name }) };
  }

  /** A session's sign-in elsewhere, for the person's own list. */
  async sessionsOf(actor: Actor): Promise<{ beganAt: Date; seenAt: Date; device: string | null; ended: boolean }[]> {
    return this.database.read(actor, (tx) =>
      tx.rows(
        `select began_at as "beganAt", seen_at as "seenAt", device, (ended_at is not null or expires_at <= $2) as ended
               from session where person_id = $1 order by began_at desc limit 50`,
        [actor.id, tx.now],
      ),
    );
  }

  /** A token for forms, bound to the session: worked out from it, so nothing is stored. */
  formToken(token: string): string {
    return createHmac('sha256', token).update('form').digest('base64url');
  }

  formTokenFits(token: string, given: string): boolean {
    const want = Buffer.from(this.formToken(token));
    const have = Buffer.from(given);
    return want.length === have.length && timingSafeEqual(want, have);
  }
}
