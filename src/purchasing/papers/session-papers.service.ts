import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { BrokerQueries } from '../../brokers/index.js';
import { requireAccess } from '../../identity/index.js';
import type { Actor, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { addDays, dayOf, newId, refused, spokenReference, systemActor, typedReference } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once, texts, uuids } from '../../platform/index.js';
import { lockPool, PoolQueries } from '../../pools/index.js';
import type { SessionState } from '../purchase.lifecycle.js';
import type { SessionId, SessionRow } from '../purchase.rows.js';
import { lockSession } from '../purchase.rows.js';
import type { SessionAnswer } from '../sessions.service.js';
import { Sessions } from '../sessions.service.js';
import type { TypeSession } from './session-paper.dto.js';
import { readSheet } from './session-paper.rules.js';

export interface SessionPaper {
  readonly sessionId: SessionId;
  readonly service: string;
  readonly day: LocalDate;
  readonly state: SessionState;
  readonly reference: string;
  readonly isTyped: boolean;
  readonly people: readonly { readonly joinOrder: number; readonly firstName: string }[];
}

/** Sheets are printed for sessions of the next weeks, and for those that wait for an answer. In days. Our judgement, November 2026. */
const AHEAD_DAYS = 35;

const PAPER = `p.id, p.session_id as "sessionId", q.service, s.day, s.state, p.reference, p.typed_at is not null as "isTyped"`;
const FROM = 'from session_paper p join purchase_session s on s.id = p.session_id join purchase q on q.id = s.purchase_id';
type PaperRow = Omit<SessionPaper, 'people'> & { readonly id: string };

/** Sessions on paper: one sheet each, on which everybody ticks whether they came and how it was; the pool's broker types it in. */
@Injectable()
export class SessionPapers {
  constructor(
    private readonly database: Database,
    private readonly pools: PoolQueries,
    private readonly sessions: Sessions,
    private readonly brokers: BrokerQueries,
    private readonly audit: Audit,
  ) {}

  /** Makes the sheets of sessions that come soon or wait for an answer. By the pool's broker. Answers how many were made. */
  async make(actor: Actor, poolId: PoolId): Promise<number> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('purchasing', { pools: [poolId] }), async (tx) => {
      await lockPool(tx, poolId);
      const due = await tx.rows<{ id: SessionId }>(
        `select s.id from purchase_session s where s.pool_id = $1 and s.state in ('planned', 'recorded') and s.day <= $2
           and not exists (select 1 from session_paper p where p.session_id = s.id) order by s.day, s.id limit 100`,
        [poolId, addDays(dayOf(tx.now), AHEAD_DAYS)],
      );
      const ids = due.map(() => newId());
      const made = await tx.run(
        `insert into session_paper (id, session_id, pool_id, reference, printed_at)
         select p.id, p.session, $1, p.reference, $2 from unnest($3::uuid[], $4::uuid[], $5::text[]) as p(id, session, reference)`,
        [poolId, tx.now, uuids(ids), uuids(due.map((row) => row.id)), texts(ids.map((id) => spokenReference('SES', id)))],
      );
      if (made > 0) await this.audit.record(tx, actor, { action: 'session:print', noun: 'pool', nounId: poolId, pool: poolId, facts: { made } });
      return made;
    });
  }

  /** The sheets that were not typed in, by day. By the pool's broker. */
  async waiting(actor: Actor, poolId: PoolId): Promise<SessionPaper[]> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.read(systemActor('purchasing', { pools: [poolId] }), async (tx) => {
      const rows = await tx.rows<PaperRow>(
        `select ${PAPER} ${FROM} where p.pool_id = $1 and p.typed_at is null and s.state in ('planned', 'recorded') order by s.day, s.id`,
        [poolId],
      );
      const people = await this.peopleOf(tx, poolId);
      return rows.map(({ id: _, ...row }) => ({ ...row, people }));
    });
  }

  /** What a sheet is about; undefined for a reference of no sheet in this pool. By the pool's broker. */
  async find(actor: Actor, poolId: PoolId, reference: string): Promise<SessionPaper | undefined> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.read(systemActor('purchasing', { pools: [poolId] }), async (tx) => {
      const row = await tx.row<PaperRow>(`select ${PAPER} ${FROM} where p.reference = $1 and p.pool_id = $2`, [typedReference(reference, 'SES') ?? '', poolId]);
      if (!row) return undefined;
      const { id: _, ...paper } = row;
      return { ...paper, people: await this.peopleOf(tx, poolId) };
    });
  }

  /** Types in what stands on a sheet: the session took place, who came, and what each of them says. What a person says themselves, before or after, counts instead. By the pool's
   *  broker, once; not by one with an interest in the provider (RULE 20). Refuses: paper-not-known, paper-used, interest-in-provider, session-not-yet,
   *  session-is-invoiced, and see readSheet. */
  async type(actor: Actor, poolId: PoolId, command: TypeSession, key?: string): Promise<SessionAnswer> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('purchasing', { pools: [poolId], people: [actor.id as PersonId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'sessions.type-paper', input: { poolId, ...command } }, async () => {
        await lockPool(tx, poolId);
        const paper = await tx.row<{ id: string; sessionId: SessionId; isTyped: boolean }>(
          `select id, session_id as "sessionId", typed_at is not null as "isTyped" from session_paper where reference = $1 and pool_id = $2 for update`,
          [typedReference(command.reference, 'SES') ?? '', poolId],
        );
        if (!paper) throw refused('paper-not-known', 'No paper of this group has that reference. Look at it again.');
        if (paper.isTyped) throw refused('paper-used', 'This paper was typed in already. Each person can still say it otherwise themselves.');
        const session = await lockSession(tx, paper.sessionId);
        await tx.alsoSee({ providers: [session.providerId] });
        if (await this.brokers.isConflicted(tx, actor.id as PersonId, session.providerId))
          throw refused(
            'interest-in-provider',
            'You have an interest in this provider, so somebody else has to type this in, or each person says it themselves.',
          );
        const members = (await this.pools.membersOf(tx, poolId)).map(({ personId, joinOrder, state }) => ({
          personId,
          joinOrder,
          isMember: state === 'member',
        }));
        const { came, said } = readSheet(command.lines, members, command.why);
        const answer = await this.write(tx, actor, session, paper.id, said, command.why ?? null);
        tx.write('update session_paper set came = $2, typed_at = $3, typed_by = $4 where id = $1', [paper.id, uuids(came), tx.now, actor.id]);
        await announce(tx, { name: 'paperTyped', about: { pools: [poolId], people: came }, payload: { poolId, personIds: came, what: 'session' } });
        await this.audit.record(tx, actor, { action: 'session:type-paper', noun: 'session', nounId: session.id, pool: poolId, facts: { came: came.length } });
        return answer;
      }),
    );
  }

  private async write(
    tx: Tx,
    actor: Actor,
    session: SessionRow,
    paper: string,
    said: readonly { readonly person: PersonId; readonly answer: 'confirmed' | 'disputed' }[],
    why: string | null,
  ): Promise<SessionAnswer> {
    let now: SessionRow = session;
    if (session.state === 'planned') now = { ...session, state: (await this.sessions.recordIn(tx, actor, session)).state };
    // What a person said themselves counts, whatever the sheet says.
    const own = await tx.rows<{ person: PersonId }>('select person_id as person from session_answer where session_id = $1 and paper_id is null', [session.id]);
    for (const { person, answer } of said.filter((each) => !own.some((row) => row.person === each.person)))
      now = { ...now, state: (await this.sessions.answerIn(tx, actor, now, person, { answer, why: answer === 'disputed' ? why : null, paper })).state };
    return { sessionId: session.id, state: now.state };
  }

  private async peopleOf(tx: Tx, poolId: PoolId): Promise<SessionPaper['people']> {
    return (await this.pools.membersOf(tx, poolId)).filter((member) => member.state === 'member').map(({ joinOrder, firstName }) => ({ joinOrder, firstName }));
  }
}
