import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, Id, LocalDate, PersonId, PoolId } from '../kernel/index.js';
import { addDays, dayOf, newId, NO_PENCE, penceAsNumber, refused, sumPence, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { Freezes, FunderShareQueries, lockPool, PoolQueries, requireJoined, ShareMoves } from '../pools/index.js';
import type { ShortfallAnswer } from '../pools/index.js';
import type { AnswerShortfall } from './purchase.dto.js';
import { shortfallOf } from './commitment.rules.js';
import { answerTo, checkShortfallAnswer } from './shortfall.rules.js';
import type { QuoteId, QuoteRow } from './purchase.rows.js';
import { findQuote } from './purchase.rows.js';
import { Purchases } from './purchases.service.js';

/** What does not reach, in all and for how many; and for the reader's own share. Who else is short is nobody's business. */
export interface ShortfallView {
  readonly missingPence: number;
  readonly membersShort: number;
  readonly minePence: number;
}

export interface ShortfallAnswered extends Omit<ShortfallView, 'minePence'> {
  readonly shortfallId: Id<'shortfall'>;
  readonly answer: ShortfallAnswer;
}

/** Money that does not reach for a quote, and what the group does about it: it never borrows from another member's share (RULE 18). */
@Injectable()
export class Shortfalls {
  constructor(
    private readonly database: Database,
    private readonly pools: PoolQueries,
    private readonly freezes: Freezes,
    private readonly funders: FunderShareQueries,
    private readonly moves: ShareMoves,
    private readonly purchases: Purchases,
    private readonly audit: Audit,
  ) {}

  /** What is missing for a quote, were it committed to now, a session a week from tomorrow. */
  async look(actor: Actor, quoteId: QuoteId): Promise<ShortfallView> {
    const seen = await this.database.read(actor, (tx) => findQuote(tx, quoteId));
    requireAccess(actor, 'quote:read', { pool: seen.poolId });
    return this.database.read(systemActor('purchasing', await this.scopeOf(seen.poolId)), async (tx) => {
      const missing = await this.missing(tx, seen);
      return {
        missingPence: penceAsNumber(sumPence(missing.values())),
        membersShort: missing.size,
        minePence: penceAsNumber(missing.get(actor.id as PersonId) ?? NO_PENCE),
      };
    });
  }

  /** The pool's broker, or a member where there is none, writes down what the group does about it. `pause` stops the pool for now; a `bridge`
   *  names a funder's money, which is a source of its own; the others are steps the group takes next. Refuses: nothing-short, not-a-member, and see
   *  `checkShortfallAnswer`. */
  async answer(actor: Actor, quoteId: QuoteId, command: AnswerShortfall, key?: string): Promise<ShortfallAnswered> {
    const seen = await this.database.read(actor, (tx) => findQuote(tx, quoteId));
    if (!can(actor, 'purchase:decide', { pool: seen.poolId })) requireAccess(actor, 'purchase:commit', { pool: seen.poolId });
    return this.database.transaction(systemActor('purchasing', await this.scopeOf(seen.poolId)), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'shortfalls.answer', input: { quoteId, ...command } }, async () => {
        const pool = await lockPool(tx, seen.poolId);
        requireJoined(actor, pool, await this.pools.membersOf(tx, pool.id));
        const missing = await this.missing(tx, seen);
        if (missing.size === 0) throw refused('nothing-short', 'Everybody’s money reaches for this quote.');
        const answer = answerTo(command.answer, (await this.pools.agreementInForce(tx, pool.id))?.terms.shortfall);
        const funders = await this.funders.sharesOf(tx, pool.id);
        checkShortfallAnswer(answer, { bridge: funders.find((share) => share.id === command.funderShareId)?.state });
        if (answer === 'pause')
          await this.freezes.freezeIn(tx, actor, pool, { reason: command.words ?? 'The money does not reach for now.', lastDay: command.lastDay });
        const id = newId<'shortfall'>();
        const [sum, short] = [sumPence(missing.values()), missing.size];
        tx.write(
          `insert into shortfall (id, pool_id, quote_id, missing_pence, members_short, answer, words, funder_share_id, said_by, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [id, pool.id, quoteId, sum, short, answer, command.words ?? null, answer === 'bridge' ? command.funderShareId : null, actor.id, tx.now],
        );
        await announce(tx, {
          name: 'shortfallAnswered',
          about: { pools: [pool.id] },
          payload: { poolId: pool.id, quoteId, answer, missingPence: penceAsNumber(sum) },
        });
        await this.audit.record(tx, actor, { action: 'shortfall:answer', noun: 'quote', nounId: quoteId, pool: pool.id, facts: { answer } });
        return { shortfallId: id, answer, missingPence: penceAsNumber(sum), membersShort: short };
      }),
    );
  }

  private async missing(tx: Tx, quote: QuoteRow) {
    const pool = await this.pools.row(tx, quote.poolId);
    const facts = await this.purchases.factsOf(tx, pool, quote, await this.pools.sharesOf(tx, pool.id), await this.funders.sharesOf(tx, pool.id));
    return shortfallOf(facts, weeklyFrom(addDays(dayOf(tx.now), 1), quote.sessions));
  }

  private scopeOf(poolId: PoolId) {
    return this.database.read(systemActor('purchasing', { pools: [poolId] }), (tx) => this.moves.scopeOf(tx, poolId));
  }
}

const weeklyFrom = (first: LocalDate, sessions: number): LocalDate[] => Array.from({ length: sessions }, (_, n) => addDays(first, 7 * n));
