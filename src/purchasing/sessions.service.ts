import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { conflict, dayOf, edgeOf, newId, notFound, refused, statesAllowing, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { lockPool, PoolQueries, PoolSeats } from '../pools/index.js';
import type { SessionAction, SessionState } from './purchase.lifecycle.js';
import { SESSION } from './purchase.lifecycle.js';
import { checkRecord, stateAfterAnswers } from './purchase.rules.js';
import type { PurchaseId, SessionId, SessionRow } from './purchase.rows.js';
import { findSession, lockSession, writeHistory } from './purchase.rows.js';

export interface SessionAnswer {
  readonly sessionId: SessionId;
  readonly state: SessionState;
}

/** What a member says of a session, by themselves or by who may for them. */
interface Said {
  readonly sessionId: SessionId;
  readonly answer: 'confirmed' | 'disputed';
  readonly why: string | null;
  readonly personId: PersonId | undefined;
}

/** What happened at each session: recorded by who gave it, confirmed by those it was for. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly pools: PoolQueries,
    private readonly seats: PoolSeats,
    private readonly audit: Audit,
  ) {}

  /** The provider, or the pool's broker for one without a sign-in, records that the session took place. Refuses: session-not-yet. */
  async record(actor: Actor, sessionId: SessionId, purchaseId: PurchaseId, key?: string): Promise<SessionAnswer> {
    const seen = await this.database.read(actor, (tx) => findSession(tx, sessionId));
    if (seen.purchaseId !== purchaseId) throw notFound('The session');
    if (!can(actor, 'session:record', { provider: seen.providerId })) requireAccess(actor, 'session:record', { pool: seen.poolId });
    return this.change(actor, seen, 'sessions.record', key, async (tx) => {
      return this.recordIn(tx, actor, await lockSession(tx, sessionId));
    });
  }

  /** The same within a transaction that holds the pool and the session; the caller authorised it. */
  async recordIn(tx: Tx, actor: Actor, session: SessionRow): Promise<SessionAnswer> {
    checkRecord(session, dayOf(tx.now));
    tx.write('update purchase_session set recorded_by = $2, recorded_at = $3 where id = $1', [session.id, actor.id, tx.now]);
    return this.move(tx, actor, session, 'record');
  }

  /** A member, or their representative, says that it happened as agreed. */
  confirm(actor: Actor, sessionId: SessionId, key?: string, personId?: PersonId): Promise<SessionAnswer> {
    return this.answer(actor, { sessionId, answer: 'confirmed', why: null, personId }, key);
  }

  /** A member says that it did not happen, or not as agreed. It stands until the same member confirms after all. */
  dispute(actor: Actor, sessionId: SessionId, why: string, key?: string, personId?: PersonId): Promise<SessionAnswer> {
    return this.answer(actor, { sessionId, answer: 'disputed', why, personId }, key);
  }

  private async answer(actor: Actor, said: Said, key?: string): Promise<SessionAnswer> {
    const { sessionId, answer, why } = said;
    const seen = await this.database.read(await this.seats.readerFor(actor, said.personId), (tx) => findSession(tx, sessionId));
    const { person } = await this.seats.of(actor, seen.poolId, 'session:confirm', said.personId);
    return this.change(actor, { ...seen, person }, `sessions.${answer}`, key, async (tx) => {
      return this.answerIn(tx, actor, await lockSession(tx, sessionId), person, { answer, why, paper: null });
    });
  }

  /** What a person says of a session, within a transaction that holds the pool and the session; the caller authorised it. `paper`: the sheet it was typed in from. */
  async answerIn(
    tx: Tx,
    actor: Actor,
    session: SessionRow,
    person: PersonId,
    { answer, why, paper }: Pick<Said, 'answer' | 'why'> & { readonly paper: string | null },
  ): Promise<SessionAnswer> {
    const sessionId = session.id;
    const member = (await this.pools.membersOf(tx, session.poolId)).find((each) => each.personId === person);
    if (member?.state !== 'member') throw refused('not-a-member', 'Only members who agreed can say how a session was.');
    edgeOf('session', SESSION, session.state, answer === 'confirmed' ? 'confirm' : 'dispute');
    tx.write('insert into session_answer (id, session_id, pool_id, person_id, answer, why, at, paper_id) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      newId(),
      sessionId,
      session.poolId,
      person,
      answer,
      why,
      tx.now,
      paper,
    ]);
    const latest = await tx.rows<{ answer: 'confirmed' | 'disputed' }>(
      'select distinct on (person_id) answer from session_answer where session_id = $1 order by person_id, at desc, id desc',
      [sessionId],
    );
    const after = stateAfterAnswers(latest.map((row) => row.answer));
    if (after === session.state) return { sessionId, state: session.state };
    return this.move(tx, actor, session, after === 'disputed' ? 'dispute' : 'confirm');
  }

  private change(
    actor: Actor,
    seen: SessionRow & { readonly person?: PersonId },
    command: string,
    key: string | undefined,
    work: (tx: Tx) => Promise<SessionAnswer>,
  ): Promise<SessionAnswer> {
    return this.database.transaction(systemActor('purchasing', { pools: [seen.poolId], providers: [seen.providerId] }), (tx) =>
      once(
        tx,
        actor,
        key === undefined ? undefined : { key, command, input: { sessionId: seen.id, ...(seen.person && { person: seen.person }) } },
        async () => {
          await lockPool(tx, seen.poolId);
          const answer = await work(tx);
          await this.audit.record(tx, actor, {
            action: command.replace('sessions.', 'session:'),
            noun: 'session',
            nounId: seen.id,
            pool: seen.poolId,
            ...(seen.person && { about: seen.person }),
            facts: { state: answer.state },
          });
          return answer;
        },
      ),
    );
  }

  private async move(tx: Tx, actor: Actor, session: SessionRow, action: SessionAction): Promise<SessionAnswer> {
    const edge = edgeOf('session', SESSION, session.state, action);
    const done = await tx.run('update purchase_session set state = $2 where id = $1 and state = any($3)', [
      session.id,
      edge.to,
      statesAllowing(SESSION, action),
    ]);
    if (done === 0) throw conflict('session-changed', 'Somebody else changed this session just now.');
    const { poolId, providerId, purchaseId } = session;
    await writeHistory(tx, actor, { poolId, providerId, noun: 'session', nounId: session.id, action, from: session.state, to: edge.to });
    if (edge.event)
      await announce(tx, {
        name: edge.event,
        about: { pools: [poolId], providers: [providerId] },
        payload: { poolId, providerId, purchaseId, sessionId: session.id, day: session.day },
      });
    return { sessionId: session.id, state: edge.to };
  }
}
