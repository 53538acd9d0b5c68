import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, PersonId, PoolId, ProviderId } from '../kernel/index.js';
import { edgeOf, newId, penceAsNumber, refused, statesAllowing, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { choiceTermsOf, goesOnInFreeze, lockPool, membersNow, PoolQueries, PoolSeats, waitsFor } from '../pools/index.js';
import type { PoolRow, QuoteChoice } from '../pools/index.js';
import { decideAsk } from './brief.rules.js';
import type { AskForQuote, GiveQuote } from './purchase.dto.js';
import type { QuoteState } from './purchase.lifecycle.js';
import { QUOTE } from './purchase.lifecycle.js';
import type { QuoteId } from './purchase.rows.js';
import { answersTo, findQuote, isRenewal, lockQuote, wholeOf, writeHistory } from './purchase.rows.js';

export interface QuoteAnswer {
  readonly quoteId: QuoteId;
  readonly state: QuoteState;
}

interface QuoteSaid {
  readonly choice: QuoteChoice;
  /** The sheet it was typed in from; null for what was said without one. */
  readonly paper: string | null;
}

/** Asking providers, their quotes, and the members' choice. */
@Injectable()
export class Quotes {
  constructor(
    private readonly database: Database,
    private readonly pools: PoolQueries,
    private readonly seats: PoolSeats,
    private readonly audit: Audit,
  ) {}

  /** Gives a provider the group's brief; from then on it may quote. Asking again replaces nothing. By the pool's broker, or in a pool
   *  without one by a member who holds a share, or who represents one. Refuses: see `decideAsk`. */
  async ask(actor: Actor, poolId: PoolId, command: AskForQuote, key?: string): Promise<{ poolId: PoolId; providerId: ProviderId }> {
    const isBroker = can(actor, 'quote:ask', { pool: poolId });
    const person = isBroker ? undefined : (await this.seats.of(actor, poolId, 'brief:write', command.personId)).person;
    return this.database.transaction(systemActor('purchasing', { pools: [poolId], providers: [command.providerId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'quotes.ask', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        await this.checkAsk(tx, pool, person);
        tx.write('insert into quote_request (pool_id, provider_id, brief, asked_by, asked_at) values ($1, $2, $3, $4, $5) on conflict do nothing', [
          poolId,
          command.providerId,
          command.brief,
          actor.id,
          tx.now,
        ]);
        await announce(tx, {
          name: 'quoteAsked',
          about: { pools: [poolId], providers: [command.providerId] },
          payload: { poolId, providerId: command.providerId },
        });
        await this.audit.record(tx, actor, {
          action: 'quote:ask',
          noun: 'pool',
          nounId: poolId,
          pool: poolId,
          facts: { providerId: command.providerId },
          ...(person === undefined || person === actor.id ? {} : { about: person }),
        });
        return { poolId, providerId: command.providerId };
      }),
    );
  }

  /** A quote by a provider that was asked, or typed in by the pool's broker from what the provider sent. Refuses: quote-not-asked. */
  async give(actor: Actor, poolId: PoolId, command: GiveQuote, key?: string): Promise<QuoteAnswer> {
    const byBroker = can(actor, 'quote:ask', { pool: poolId });
    if (!byBroker) requireAccess(actor, 'quote:give', { provider: command.providerId });
    return this.database.transaction(systemActor('purchasing', { pools: [poolId], providers: [command.providerId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'quotes.give', input: { poolId, ...command } }, async () => {
        const asked = await tx.row('select 1 from quote_request where pool_id = $1 and provider_id = $2', [poolId, command.providerId]);
        if (!asked && !byBroker) throw refused('quote-not-asked', 'This group has not asked you for a quote.');
        await lockPool(tx, poolId);
        const id = newId<'quote'>();
        tx.write(
          'insert into quote (id, pool_id, provider_id, service, price_pence, sessions, terms, kind, state, given_by, given_at, sets_up) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
          [
            id,
            poolId,
            command.providerId,
            command.service,
            String(command.pricePence),
            command.sessions,
            command.terms ?? '',
            command.kind ?? 'activity',
            'offered',
            actor.id,
            tx.now,
            command.setsUp ?? false,
          ],
        );
        await writeHistory(tx, actor, { poolId, providerId: command.providerId, noun: 'quote', nounId: id, action: 'give', to: 'offered' });
        await announce(tx, {
          name: 'quoteGiven',
          about: { pools: [poolId], providers: [command.providerId] },
          payload: { poolId, providerId: command.providerId, quoteId: id, pricePence: penceAsNumber(command.pricePence), sessions: command.sessions },
        });
        await this.audit.record(tx, actor, { action: 'quote:give', noun: 'quote', nounId: id, pool: poolId });
        return { quoteId: id, state: 'offered' as const };
      }),
    );
  }

  /** A member's yes to a quote, given by themselves or by their representative; one member, one voice (RULE 17). It takes the place of their yes to
   *  another one still on offer. The quote is chosen when enough have said yes by the agreement in force. Refuses: not-a-member, pool-not-active,
   *  quote-is-… by its state. */
  choose(actor: Actor, quoteId: QuoteId, key?: string, personId?: PersonId): Promise<QuoteAnswer> {
    return this.answer(actor, quoteId, 'yes', key, personId);
  }

  /** A member could not live with a quote: it stops one that nobody may object to, until they say yes. Refuses as `choose` does, and
   *  objections-count-for-nothing where the agreement decides in another way. */
  object(actor: Actor, quoteId: QuoteId, key?: string, personId?: PersonId): Promise<QuoteAnswer> {
    return this.answer(actor, quoteId, 'object', key, personId);
  }

  private async answer(actor: Actor, quoteId: QuoteId, choice: QuoteChoice, key?: string, personId?: PersonId): Promise<QuoteAnswer> {
    const { poolId, providerId } = await this.database.read(await this.seats.readerFor(actor, personId), (tx) => findQuote(tx, quoteId));
    const { person } = await this.seats.of(actor, poolId, 'purchase:decide', personId);
    return this.database.transaction(systemActor('purchasing', { pools: [poolId], providers: [providerId] }), (tx) =>
      once(
        tx,
        actor,
        key === undefined ? undefined : { key, command: choice === 'yes' ? 'quotes.choose' : 'quotes.object', input: { quoteId, person } },
        async () => this.answerIn(tx, actor, await lockPool(tx, poolId), quoteId, person, { choice, paper: null }),
      ),
    );
  }

  /** What a member says to a quote, in whatever way it came. The caller authorised it and holds the pool's lock; the transaction sees the pool and the quote's
   *  provider. Refuses as `choose` and `object` do. */
  async answerIn(tx: Tx, actor: Actor, pool: PoolRow, quoteId: QuoteId, person: PersonId, said: QuoteSaid): Promise<QuoteAnswer> {
    const poolId = pool.id;
    const quote = await lockQuote(tx, quoteId);
    const members = membersNow(await this.pools.membersOf(tx, poolId));
    if (pool.state !== 'active' && !(pool.state === 'frozen' && goesOnInFreeze(quote.kind, await isRenewal(tx, quote))))
      throw refused('pool-not-active', 'The group can choose once everyone has agreed, and while the pool is not stopped.');
    if (!members.includes(person)) throw refused('not-a-member', 'Only members who agreed can choose.');
    if (quote.state !== 'chosen') edgeOf('quote', QUOTE, quote.state, 'choose');
    const terms = choiceTermsOf(await this.pools.agreementInForce(tx, poolId));
    if (said.choice === 'object' && terms.decide !== 'no-strong-objection')
      throw refused('objections-count-for-nothing', 'In this group a quote is chosen by those who say yes. Say what troubles you to the others or the broker.');
    await this.write(tx, quoteId, poolId, person, said);
    await this.audit.record(tx, actor, { action: 'purchase:decide', noun: 'quote', nounId: quoteId, pool: poolId, about: person });
    const answers = (await answersTo(tx, [quoteId]))(quoteId);
    const waits = waitsFor(terms, { ...answers, members, whole: wholeOf(quote) });
    if (quote.state === 'chosen' || waits) return { quoteId, state: quote.state };
    const { providerId } = quote;
    const edge = QUOTE.offered.choose;
    tx.write('update quote set state = $2 where id = $1 and state = any($3)', [quoteId, edge.to, statesAllowing(QUOTE, 'choose')]);
    await writeHistory(tx, actor, { poolId, providerId, noun: 'quote', nounId: quoteId, action: 'choose', from: quote.state, to: edge.to });
    await announce(tx, { name: edge.event, about: { pools: [poolId], providers: [providerId] }, payload: { poolId, providerId, quoteId } });
    return { quoteId, state: edge.to };
  }

  /** The provider, or the broker for it, takes a quote back before it is committed. Refuses: quote-is-committed. */
  async withdraw(actor: Actor, quoteId: QuoteId, key?: string): Promise<QuoteAnswer> {
    const { poolId, providerId } = await this.database.read(actor, (tx) => findQuote(tx, quoteId));
    if (!can(actor, 'quote:ask', { pool: poolId })) requireAccess(actor, 'quote:give', { provider: providerId });
    return this.database.transaction(systemActor('purchasing', { pools: [poolId], providers: [providerId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'quotes.withdraw', input: { quoteId } }, async () => {
        await lockPool(tx, poolId);
        const quote = await lockQuote(tx, quoteId);
        const edge = edgeOf('quote', QUOTE, quote.state, 'withdraw');
        tx.write('update quote set state = $2 where id = $1 and state = any($3)', [quoteId, edge.to, statesAllowing(QUOTE, 'withdraw')]);
        await writeHistory(tx, actor, { poolId, providerId, noun: 'quote', nounId: quoteId, action: 'withdraw', from: quote.state, to: edge.to });
        await announce(tx, { name: edge.event!, about: { pools: [poolId], providers: [providerId] }, payload: { poolId, providerId, quoteId } });
        await this.audit.record(tx, actor, { action: 'quote:withdraw', noun: 'quote', nounId: quoteId, pool: poolId });
        return { quoteId, state: edge.to };
      }),
    );
  }

  private async checkAsk(tx: Tx, pool: PoolRow, person: PersonId | undefined): Promise<void> {
    const member = (await this.pools.membersOf(tx, pool.id)).find((each) => each.personId === person);
    decideAsk({
      isBroker: person === undefined,
      hasBroker: pool.brokerId !== null,
      memberState: member?.state,
      holdsShare: person !== undefined && (await this.pools.holdsShare(tx, pool.id, person)),
    });
  }

  private async write(tx: Tx, quoteId: QuoteId, poolId: PoolId, person: PersonId, { choice, paper }: QuoteSaid): Promise<void> {
    if (choice === 'yes')
      tx.write(
        `delete from quote_choice c using quote q where q.id = c.quote_id and c.pool_id = $1 and c.person_id = $2 and c.quote_id <> $3 and c.choice = 'yes' and q.state = 'offered'`,
        [poolId, person, quoteId],
      );
    tx.write(
      `insert into quote_choice (quote_id, pool_id, person_id, at, choice, paper_id) values ($1, $2, $3, $4, $5, $6)
       on conflict (quote_id, person_id) do update set choice = excluded.choice, at = excluded.at, paper_id = excluded.paper_id where quote_choice.choice <> excluded.choice`,
      [quoteId, poolId, person, tx.now, choice, paper],
    );
  }
}
