import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { BudgetQueries } from '../budgets/index.js';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, BookId, LocalDate, PersonId, PoolId } from '../kernel/index.js';
import { conflict, dayOf, edgeOf, invalid, isLocalDate, newId, penceAsNumber, refused, statesAllowing, sumPence, systemActor } from '../kernel/index.js';
import type { NewReservation } from '../ledger/index.js';
import { Ledger } from '../ledger/index.js';
import { PlanQueries } from '../plans/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { booksOf, choiceTermsOf, FunderShareQueries, goesOnInFreeze, lockPool, membersNow, PoolQueries, ShareMoves, waitsFor } from '../pools/index.js';
import type { PoolFunderShare, PoolRow, PoolShare } from '../pools/index.js';
import type { CommitQuote } from './purchase.dto.js';
import { commitmentEntries } from './purchase.entries.js';
import { PURCHASE, QUOTE } from './purchase.lifecycle.js';
import type { CommitFacts, CommittedPart } from './commitment.rules.js';
import { decideCommitment } from './commitment.rules.js';
import { holdsUntil } from './purchase.rules.js';
import type { PurchaseId, PurchaseRow, QuoteId, QuoteRow, SessionId } from './purchase.rows.js';
import { answersTo, findQuote, isRenewal, lockQuote, sessionsOf, wholeOf, writeHistory } from './purchase.rows.js';
import { splitTermsOf } from './split.rules.js';

export interface Committed {
  readonly purchaseId: PurchaseId;
  readonly sessions: readonly { readonly sessionId: SessionId; readonly day: LocalDate }[];
  readonly setAsidePence: number;
}

/** Committing to a chosen quote. */
@Injectable()
export class Purchases {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly pools: PoolQueries,
    private readonly funders: FunderShareQueries,
    private readonly moves: ShareMoves,
    private readonly plans: PlanQueries,
    private readonly budgets: BudgetQueries,
    private readonly audit: Audit,
  ) {}

  /** Sets money aside in every member's shares for each session, in all books at once. By the pool's broker, or any member once everybody
   *  has chosen the quote. Refuses: see `decideCommitment`. */
  async commit(actor: Actor, quoteId: QuoteId, command: CommitQuote, key?: string): Promise<Committed> {
    const bad = command.days.findIndex((day) => !isLocalDate(day));
    if (bad >= 0)
      throw invalid('days-do-not-fit', 'One of the days is no real date.', [{ field: `days.${bad}`, message: 'Enter a real date, like 2027-03-27.' }]);
    const seen = await this.database.read(actor, (tx) => findQuote(tx, quoteId));
    if (!can(actor, 'purchase:decide', { pool: seen.poolId })) requireAccess(actor, 'purchase:commit', { pool: seen.poolId });
    const scope = await this.scopeOf(seen);
    return this.database.transaction(systemActor('purchasing', scope), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'purchases.commit', input: { quoteId, ...command } }, async () => {
        const pool = await lockPool(tx, seen.poolId);
        const quote = await lockQuote(tx, quoteId);
        const shares = await this.pools.sharesOf(tx, pool.id);
        const self = (await this.pools.membersOf(tx, pool.id)).find((member) => member.personId === actor.id);
        if (self && self.state !== 'member') throw refused('not-a-member', 'Only members who agreed can commit.');
        const funders = await this.funders.sharesOf(tx, pool.id);
        if ([...shares, ...funders].some((share) => !scope.books.includes(share.bookId)))
          throw conflict('pool-changed', 'Somebody put in money from another account just now. Try again.');
        const parts = decideCommitment(await this.factsOf(tx, pool, quote, shares, funders), command.days, dayOf(tx.now));
        const answer = await this.write(tx, actor, quote, command.days, [...shares, ...funders.map((share) => ({ ...share, personId: null }))], parts);
        await announce(tx, {
          name: 'purchaseCommitted',
          about: { pools: [pool.id], people: scope.people, books: scope.books, providers: [quote.providerId] },
          payload: {
            poolId: pool.id,
            providerId: quote.providerId,
            purchaseId: answer.purchaseId,
            quoteId,
            amountPence: answer.setAsidePence,
            sessions: quote.sessions,
          },
        });
        await this.audit.record(tx, actor, {
          action: 'purchase:commit',
          noun: 'purchase',
          nounId: answer.purchaseId,
          pool: pool.id,
          facts: { amountPence: answer.setAsidePence },
        });
        return answer;
      }),
    );
  }

  /** A purchase is complete when all its sessions are invoiced. Called after an invoice, in its transaction. */
  async completeIfDone(tx: Tx, actor: Actor, purchase: Pick<PurchaseRow, 'id' | 'poolId' | 'providerId' | 'committedAt'>): Promise<void> {
    const sessions = await sessionsOf(tx, purchase.id);
    if (sessions.some((session) => session.state !== 'invoiced')) return;
    const edge = PURCHASE.committed.complete;
    const done = await tx.run('update purchase set state = $2 where id = $1 and state = any($3)', [purchase.id, edge.to, statesAllowing(PURCHASE, 'complete')]);
    if (done === 0) return;
    const shares = await this.pools.sharesOf(tx, purchase.poolId);
    await writeHistory(tx, actor, {
      poolId: purchase.poolId,
      providerId: purchase.providerId,
      noun: 'purchase',
      nounId: purchase.id,
      action: 'complete',
      from: 'committed',
      to: edge.to,
    });
    await announce(tx, {
      name: edge.event,
      about: {
        pools: [purchase.poolId],
        providers: [purchase.providerId],
        people: [...new Set(shares.map((share) => share.personId))],
        books: booksOf(shares),
      },
      payload: { poolId: purchase.poolId, purchaseId: purchase.id, committedAt: purchase.committedAt.toISOString() },
    });
  }

  private async scopeOf(quote: QuoteRow): Promise<{ pools: PoolId[]; people: PersonId[]; books: BookId[]; providers: QuoteRow['providerId'][] }> {
    const { members, shares, funders } = await this.database.read(systemActor('purchasing', { pools: [quote.poolId] }), async (tx) => ({
      members: await this.pools.membersOf(tx, quote.poolId),
      shares: await this.pools.sharesOf(tx, quote.poolId),
      funders: await this.funders.sharesOf(tx, quote.poolId),
    }));
    return {
      pools: [quote.poolId],
      people: membersNow(members),
      books: [...new Set([...booksOf(shares), ...funders.map((share) => share.bookId)])],
      providers: [quote.providerId],
    };
  }

  /** What a commitment to a quote rests on: for whoever asks before it is made. The transaction sees the pool. */
  async factsOf(tx: Tx, pool: PoolRow, quote: QuoteRow, shares: readonly PoolShare[], funders: readonly PoolFunderShare[]): Promise<CommitFacts> {
    const terms = (await this.pools.agreementInForce(tx, pool.id))?.terms;
    const said = (await answersTo(tx, [quote.id]))(quote.id);
    const members = await this.pools.membersOf(tx, pool.id);
    const staying = shares.filter((share) => share.memberState === 'member');
    const lines = new Map((await this.budgets.factsOf(tx, [...new Set(staying.map((share) => share.lineId))])).map((line) => [line.id, line]));
    const plans = await this.plans.spendables(tx, [...new Set(staying.flatMap((share) => share.planLineId ?? []))]);
    const facts = staying.map(({ id, personId, usable, planLineId, lineId }) => {
      // A member's own money may buy whatever the group buys, and has no last day: no plan and no funder says otherwise.
      if (planLineId === null) return { id, personId, usable, planAgreed: true, lineUntil: null };
      const line = lines.get(lineId);
      const planAgreed = plans.get(planLineId)?.state === 'agreed' && line?.state === 'open' && line.suspendedOn === null;
      return { id, personId, usable, planAgreed, lineUntil: line?.untilDay ?? dayOf(tx.now) };
    });
    return {
      poolState: pool.state,
      agreementInForce: terms !== undefined,
      quoteState: quote.state,
      price: quote.price,
      sessions: quote.sessions,
      members: members.map(({ personId, state, isFrozen, pays }) => ({ personId, state, isFrozen, pays })),
      waitsFor: waitsFor(choiceTermsOf(terms && { terms }), { ...said, members: membersNow(members), whole: wholeOf(quote) }),
      shares: facts,
      split: splitTermsOf(terms),
      drawFunders: terms?.funders,
      funders: funders.filter((share) => share.state === 'held').map(({ id, free, endsOn }) => ({ id, usable: free, endsOn })),
      isMoving: await this.moves.isMoving(tx, pool.id),
      goesOnInFreeze: goesOnInFreeze(quote.kind, await isRenewal(tx, quote)),
    };
  }

  private async write(
    tx: Tx,
    actor: Actor,
    quote: QuoteRow,
    days: readonly LocalDate[],
    shares: readonly (Pick<PoolShare, 'id' | 'account' | 'bookId'> & { readonly personId: PersonId | null })[],
    parts: readonly CommittedPart[],
  ): Promise<Committed> {
    const purchaseId = newId<'purchase'>();
    const sessions = days.map((day) => ({ sessionId: newId<'session'>(), day }));
    const byId = new Map(shares.map((share) => [share.id, share]));
    const rows = parts.map((part) => ({ ...part, share: byId.get(part.share)!, on: sessions[part.session]!, reservation: newId<'reservation'>() }));
    const reservations = rows.map(
      (row): NewReservation => ({
        id: row.reservation,
        account: row.share.account,
        amount: row.amount,
        purpose: row.on.sessionId,
        forDay: row.on.day,
        endsOn: holdsUntil(row.on.day),
      }),
    );
    await this.ledger.record(tx, commitmentEntries({ id: purchaseId, on: dayOf(tx.now) }, reservations));
    tx.write(
      'insert into purchase (id, pool_id, quote_id, provider_id, service, price_pence, kind, state, committed_by, committed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      [purchaseId, quote.poolId, quote.id, quote.providerId, quote.service, String(quote.price), quote.kind, 'committed', actor.id, tx.now],
    );
    tx.write(
      `insert into purchase_session (id, purchase_id, pool_id, provider_id, number, day, state)
       select s.id, $1, $2, $3, s.n, s.day, 'planned' from unnest($4::uuid[], $5::date[]) with ordinality as s(id, day, n)`,
      [purchaseId, quote.poolId, quote.providerId, sessions.map((each) => each.sessionId), sessions.map((each) => each.day)],
    );
    tx.write(
      `insert into session_part (session_id, share_id, pool_id, person_id, book_id, reservation_id, amount_pence)
       select p.session, p.share, $1, p.person, p.book, p.reservation, p.amount from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[]) as p(session, share, person, book, reservation, amount)`,
      [
        quote.poolId,
        rows.map((row) => row.on.sessionId),
        rows.map((row) => row.share.id),
        rows.map((row) => row.share.personId),
        rows.map((row) => row.share.bookId),
        rows.map((row) => row.reservation),
        rows.map((row) => String(row.amount)),
      ],
    );
    const edge = edgeOf('quote', QUOTE, quote.state, 'commit');
    tx.write('update quote set state = $2 where id = $1 and state = any($3)', [quote.id, edge.to, statesAllowing(QUOTE, 'commit')]);
    await writeHistory(tx, actor, {
      poolId: quote.poolId,
      providerId: quote.providerId,
      noun: 'quote',
      nounId: quote.id,
      action: 'commit',
      from: quote.state,
      to: edge.to,
    });
    await writeHistory(tx, actor, {
      poolId: quote.poolId,
      providerId: quote.providerId,
      noun: 'purchase',
      nounId: purchaseId,
      action: 'commit',
      to: 'committed',
    });
    return { purchaseId, sessions, setAsidePence: penceAsNumber(sumPence(rows.map((row) => row.amount))) };
  }
}
