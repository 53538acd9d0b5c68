import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, Pence, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, newId, penceAsNumber, refused, sumPence, systemActor } from '../kernel/index.js';
import type { NewReservation } from '../ledger/index.js';
import { Ledger, LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce, announceAll, Database, once } from '../platform/index.js';
import type { PoolShare } from '../pools/index.js';
import { lockPool, PoolQueries, PoolSeats, shareFreed, ShareMoves } from '../pools/index.js';
import { absenceEntries } from './absence.entries.js';
import type { AbsenceFacts, AbsenceReason, ComingShare, TakenOver } from './absence.rules.js';
import { checkCount, checkRange, decideAbsence, MOST_SESSIONS_AT_ONCE, takeOver } from './absence.rules.js';
import type { TellAbsence, TellAway } from './purchase.dto.js';
import { holdsUntil } from './purchase.rules.js';
import type { SessionId, SessionPartRow, SessionRow } from './purchase.rows.js';
import { findPurchase, findQuote, findSession, keepLaterParts, lockSession, openPartsOf, sessionsBetween } from './purchase.rows.js';
import { Purchases } from './purchases.service.js';

export interface AbsenceTold {
  readonly sessionId: SessionId;
  readonly personId: PersonId;
  readonly outcome: 'pays' | 'excused';
  /** No longer set aside in the person's own shares. */
  readonly freedPence: number;
  /** By how much the price of the session falls, because nobody takes that part over. */
  readonly uncoveredPence: number;
}

/** One session of the days on which somebody is away. */
export interface AwayDay {
  readonly sessionId: SessionId;
  readonly day: LocalDate;
  readonly service: string;
  readonly outcome: 'pays' | 'excused';
}

type OpenPart = SessionPartRow & { readonly left: Pence };

/** Somebody who will not come to a session, and what that means for what is set aside (domain 2.3). */
@Injectable()
export class Absences {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly pools: PoolQueries,
    private readonly moves: ShareMoves,
    private readonly seats: PoolSeats,
    private readonly purchases: Purchases,
    private readonly audit: Audit,
  ) {}

  /** A member, or somebody who stands at their place, says that they will not come. Refuses: see `decideAbsence`; money-holder-changing. */
  async tell(actor: Actor, sessionId: SessionId, command: TellAbsence, key?: string): Promise<AbsenceTold> {
    const person = command.personId ?? (actor.id as PersonId);
    const seen = await this.sessionOf(actor, person, sessionId);
    return this.database.transaction(systemActor('purchasing', await this.scopeOf(seen)), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'absences.tell', input: { sessionId, ...command } }, async () => {
        await this.ready(tx, seen.poolId);
        return this.tellIn(tx, actor, await lockSession(tx, sessionId), person, command.reason);
      }),
    );
  }

  /** The same for all sessions of a pool between two days, both counted, in one go: a stay in hospital, a holiday. Each is decided by itself, as the agreement says of its own day; sessions of
   *  which it was said before, or in which the person has no place, are left as they are. Refuses: days-wrong, too-many-sessions, no-session-then; money-holder-changing. */
  async tellRange(actor: Actor, poolId: PoolId, command: TellAway, key?: string): Promise<{ told: AbsenceTold[] }> {
    const person = await this.personIn(actor, poolId, command.personId);
    checkRange(command);
    return this.database.transaction(systemActor('purchasing', await this.scopeOf({ poolId })), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'absences.tell-range', input: { poolId, ...command } }, async () => {
        await this.ready(tx, poolId);
        const told: AbsenceTold[] = [];
        for (const { session } of await this.between(tx, poolId, person, command)) {
          await tx.alsoSee({ providers: [session.providerId] });
          told.push(await this.tellIn(tx, actor, await lockSession(tx, session.id), person, command.reason));
        }
        if (told.length === 0) throw refused('no-session-then', 'There is no session on these days for which something is set aside.');
        return { told };
      }),
    );
  }

  /** What telling it would mean for each session of a pool between two days, without telling it; by day. */
  async weighRange(actor: Actor, poolId: PoolId, command: TellAway): Promise<AwayDay[]> {
    const person = await this.personIn(actor, poolId, command.personId);
    checkRange(command);
    return this.database.read(systemActor('purchasing', await this.scopeOf({ poolId })), async (tx) =>
      (await this.between(tx, poolId, person, command)).map(({ session, service, facts }) => ({
        sessionId: session.id,
        day: session.day,
        service,
        outcome: decideAbsence(facts, { reason: command.reason, toldOn: dayOf(tx.now) }),
      })),
    );
  }

  /** What was said of one person's sessions in a pool, the latest day first. */
  async said(actor: Actor, poolId: PoolId, personId?: PersonId): Promise<(AwayDay & { readonly reason: AbsenceReason })[]> {
    const person = await this.personIn(actor, poolId, personId);
    return this.database.read(systemActor('purchasing', { pools: [poolId], people: [person] }), (tx) =>
      tx.rows(
        `select a.session_id as "sessionId", s.day, p.service, a.outcome, a.reason from absence a join purchase_session s on s.id = a.session_id join purchase p on p.id = s.purchase_id
         where a.pool_id = $1 and a.person_id = $2 order by s.day desc, s.id limit 100`,
        [poolId, person],
      ),
    );
  }

  private async ready(tx: Tx, poolId: PoolId): Promise<void> {
    await lockPool(tx, poolId);
    if (await this.moves.isOnItsWay(tx, poolId))
      throw refused('money-holder-changing', 'The group’s money is on its way to another money-holder. Say it again in a few days.');
  }

  /** Sessions between two days of which it can be told, with what the decision rests on. */
  private async between(
    tx: Tx,
    poolId: PoolId,
    person: PersonId,
    { fromDay, untilDay = fromDay }: TellAway,
  ): Promise<{ session: SessionRow; service: string; facts: AbsenceFacts }[]> {
    const all = await sessionsBetween(tx, poolId, { from: fromDay, until: untilDay, most: MOST_SESSIONS_AT_ONCE + 1 });
    checkCount(all.length);
    const open = await openPartsOf(
      tx,
      this.balances,
      all.map((each) => each.id),
    );
    const found: { session: SessionRow; service: string; facts: AbsenceFacts }[] = [];
    for (const { service, ...session } of all) {
      const mine = open.filter((part) => part.sessionId === session.id && part.personId === person);
      if (mine.length === 0) continue;
      const facts = await this.factsOf(tx, session, person, mine);
      if (!facts.toldBefore) found.push({ session, service, facts });
    }
    return found;
  }

  private async tellIn(tx: Tx, actor: Actor, session: SessionRow, person: PersonId, reason: AbsenceReason): Promise<AbsenceTold> {
    const open = await openPartsOf(tx, this.balances, [session.id]);
    const mine = open.filter((part) => part.personId === person);
    const outcome = decideAbsence(await this.factsOf(tx, session, person, mine), { reason, toldOn: dayOf(tx.now) });
    const told = await this.write(tx, actor, session, { person, reason, outcome, mine, others: open });
    await this.audit.record(tx, actor, {
      action: 'absence:tell',
      noun: 'session',
      nounId: session.id,
      pool: session.poolId,
      about: person,
      facts: { outcome, freedPence: told.freedPence },
    });
    return told;
  }

  /** Who does not come: oneself, or somebody at whose place one stands in this pool. */
  private async personIn(actor: Actor, poolId: PoolId, personId?: PersonId): Promise<PersonId> {
    return (await this.seats.of(actor, poolId, 'session:confirm', personId)).person;
  }

  /** A session of one of the person's pools, for who may speak for them there; for anybody else it does not exist. */
  private async sessionOf(actor: Actor, person: PersonId, id: SessionId): Promise<SessionRow> {
    if (person !== actor.id) requireAccess(actor, 'session:confirm', { person });
    const pools = await this.database.read(systemActor('purchasing', { people: [person] }), (tx) => this.pools.poolsOfPerson(tx, person));
    const session = await this.database.read(systemActor('purchasing', { pools }), (tx) => findSession(tx, id));
    if (person === actor.id) requireAccess(actor, 'session:confirm', { pool: session.poolId });
    return session;
  }

  private async factsOf(tx: Tx, session: SessionRow, person: PersonId, mine: readonly OpenPart[]): Promise<AbsenceFacts> {
    const agreement = await this.pools.agreementInForce(tx, session.poolId);
    if (!agreement) throw refused('pool-not-active', 'The group has no agreement in force.');
    const before = await tx.row('select 1 from absence where session_id = $1 and person_id = $2', [session.id, person]);
    return { terms: agreement.terms, session, holdsPlace: mine.length > 0, toldBefore: before !== undefined };
  }

  private async write(
    tx: Tx,
    actor: Actor,
    session: SessionRow,
    absence: { person: PersonId; reason: string; outcome: 'pays' | 'excused'; mine: readonly OpenPart[]; others: readonly OpenPart[] },
  ): Promise<AbsenceTold> {
    const { person, outcome } = absence;
    const id = newId();
    const freed = outcome === 'pays' ? [] : absence.mine;
    const part = sumPence(freed.map((each) => each.left));
    const shares = await this.pools.sharesOf(tx, session.poolId);
    const taken = part === 0n ? { parts: [], uncovered: part } : await this.takeOver(tx, session, person, part, absence.others, shares);
    if (part > 0n) await this.move(tx, session, id, freed, taken.parts, shares);
    tx.write(
      `insert into absence (id, session_id, pool_id, person_id, reason, told_on, outcome, freed_pence, uncovered_pence, told_by, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [id, session.id, session.poolId, person, absence.reason, dayOf(tx.now), outcome, part, taken.uncovered, actor.id, tx.now],
    );
    await announceAll(tx, shares.filter((share) => share.memberState === 'left' && freed.some((each) => each.shareId === share.id)).map(shareFreed));
    const payload = { poolId: session.poolId, sessionId: session.id, personId: person, outcome, uncoveredPence: penceAsNumber(taken.uncovered) };
    await announce(tx, { name: 'absenceTold', about: { pools: [session.poolId], people: [person], providers: [session.providerId] }, payload });
    return { sessionId: session.id, personId: person, outcome, freedPence: penceAsNumber(part), uncoveredPence: payload.uncoveredPence };
  }

  /** Those who come are the members who still have something set aside for the session; only money that could be committed is drawn on. */
  private async takeOver(tx: Tx, session: SessionRow, person: PersonId, part: Pence, others: readonly OpenPart[], shares: readonly PoolShare[]) {
    const [pool, purchase] = [await lockPool(tx, session.poolId), await findPurchase(tx, session.purchaseId)];
    const facts = await this.purchases.factsOf(tx, pool, await findQuote(tx, purchase.quoteId), shares, []);
    const comes = new Set(others.flatMap((each) => (each.personId !== null && each.personId !== person ? [each.personId] : [])));
    const stopped = new Set(facts.members.flatMap((member) => (member.isFrozen ? [member.personId] : [])));
    const mayTake = (person: PersonId): boolean => facts.goesOnInFreeze === true || (pool.state === 'active' && !stopped.has(person));
    const coming = facts.shares.filter(
      (share): share is typeof share & ComingShare =>
        comes.has(share.personId) && mayTake(share.personId) && share.planAgreed && (share.lineUntil === null || session.day < share.lineUntil),
    );
    return takeOver(facts.split?.by ?? 'equal', part, coming);
  }

  private async move(
    tx: Tx,
    session: SessionRow,
    id: ReturnType<typeof newId>,
    freed: readonly OpenPart[],
    taken: readonly TakenOver[],
    shares: readonly PoolShare[],
  ): Promise<void> {
    const byId = new Map(shares.map((share) => [share.id, share]));
    const endsOn = holdsUntil(session.day);
    const rows = taken.map(({ share, amount }) => ({ share: byId.get(share)!, amount, reservation: newId<'reservation'>() }));
    const reservations = rows.map(
      (row): NewReservation => ({ id: row.reservation, account: row.share.account, amount: row.amount, purpose: id, forDay: session.day, endsOn }),
    );
    await this.ledger.record(
      tx,
      absenceEntries(
        { id, on: dayOf(tx.now) },
        freed.map((part) => ({ book: part.bookId, reservation: part.reservationId })),
        reservations,
      ),
    );
    await keepLaterParts(
      tx,
      session.poolId,
      { why: 'absence', id },
      rows.map((row) => ({
        session: session.id,
        share: row.share.id,
        personId: row.share.personId,
        book: row.share.bookId,
        reservation: row.reservation,
        amount: row.amount,
      })),
    );
  }

  private scopeOf({ poolId, providerId }: Pick<SessionRow, 'poolId'> & Partial<Pick<SessionRow, 'providerId'>>) {
    return this.database.read(systemActor('purchasing', { pools: [poolId] }), async (tx) => ({
      ...(await this.moves.scopeOf(tx, poolId)),
      providers: providerId === undefined ? [] : [providerId],
    }));
  }
}
