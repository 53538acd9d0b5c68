import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { ownerOfOwnMoney, ownLineAccount, OwnLines, usableOf } from '../../budgets/index.js';
import type { Actor, BookId, BudgetLineId, PaymentId, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, DomainError, newId, NO_PENCE, notFound, penceAsNumber, systemActor } from '../../kernel/index.js';
import { PayInOutcomes, PayIns } from '../../payments/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import type { ContributionId } from '../pool.rows.js';
import { findMember, findPool, holdPool } from '../pool.rows.js';
import { PoolSeats } from '../seats.service.js';
import type { OfTopUp, PutOwnMoneyIn } from './own-money.dto.js';
import { OwnContributions } from './own-contributions.service.js';
import { OwnMoneyHome } from './own-money-home.service.js';
import type { TopUpState } from './own-top-up.lifecycle.js';
import { checkOwnMoney, checkTakeBack, checkTopUp, refusalOf } from './own-top-up.rules.js';
import type { TopUpId, TopUpRow } from './own-top-up.rows.js';
import { countWaiting, insertTopUp, lockTopUp, moveTopUp, topUpOfPayment, waitingForBank } from './own-top-up.rows.js';

export interface TopUpAnswer {
  readonly topUpId: TopUpId;
  readonly state: TopUpState;
  readonly amountPence: number;
  /** Of the person's own money: what to quote in a bank transfer. */
  readonly reference: string;
  /** By card or Direct Debit: the pay-in, which tells where to pay (`GET /pay-ins/:id`). */
  readonly paymentId: PaymentId | null;
  readonly contributionId: ContributionId | null;
}

/** A member puts money of their own into a pool (domain EXPECT 8; features.md, A14): kept apart from what any funder gave, and theirs until it is spent. */
@Injectable()
export class OwnTopUps {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
    private readonly lines: OwnLines,
    private readonly own: OwnContributions,
    private readonly home: OwnMoneyHome,
    private readonly payIns: PayIns,
    private readonly outcomes: PayInOutcomes,
    private readonly audit: Audit,
  ) {}

  /** Puts own money in, or says how it will come. For oneself, or as a representative; a nominee looks after budgets alone. Refuses: see `checkOwnMoney`
   *  and `checkTopUp`; no-stripe-account where the money-holder takes no cards. */
  async put(actor: Actor, poolId: PoolId, command: PutOwnMoneyIn, key?: string): Promise<TopUpAnswer> {
    const { person } = await this.seats.of(actor, poolId, 'pool:contribute', command.personId);
    const books = await this.holderOf(poolId);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person], books }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.put-own-money-in', input: { poolId, ...command } }, async () => {
        const pool = await holdPool(tx, poolId);
        const facts = await this.own.factsOf(tx, pool, await findMember(tx, poolId, person));
        const { amountPence: amount, by, paysFromNow = false } = command;
        checkOwnMoney(facts, paysFromNow);
        const line = await this.lines.open(tx, person, facts.holder!.bookId);
        checkTopUp({ free: await this.lines.usable(tx, line), waiting: await countWaiting(tx, line.id) }, { amount, by });
        const paymentId =
          by === 'card' || by === 'bacs-debit'
            ? await this.payIns.ask(tx, actor, { to: ownLineAccount(line), amount, by, owner: ownerOfOwnMoney(line), isOwn: true })
            : null;
        const row = { id: newId<'own-top-up'>(), poolId, personId: person, lineId: line.id, bookId: line.bookId, amount, by, paymentId, paysFromNow };
        await insertTopUp(tx, { ...row, askedBy: actor.id });
        await this.audit.record(tx, actor, {
          action: 'own-money:put-in',
          noun: 'own-top-up',
          nounId: row.id,
          pool: poolId,
          about: person,
          facts: { amountPence: penceAsNumber(amount), by },
        });
        const contributionId = by === 'here' ? await this.own.putIn(tx, actor, row) : null;
        if (contributionId) await moveTopUp(tx, row.id, 'put-in', { contributionId, arrivedAt: tx.now });
        return {
          topUpId: row.id,
          state: contributionId ? ('in-pool' as const) : ('asked' as const),
          amountPence: penceAsNumber(amount),
          reference: line.reference,
          paymentId,
          contributionId,
        };
      }),
    );
  }

  /** A card or Direct Debit pay-in succeeded. One that is no top-up's changes nothing; told twice, it is done once. */
  async paid(tx: Tx, payment: PaymentId): Promise<void> {
    const topUp = await topUpOfPayment(tx, payment);
    if (topUp) await this.settle(tx, topUp);
  }

  /** A pay-in did not come about; nothing had moved. */
  async failed(tx: Tx, payment: PaymentId): Promise<void> {
    const topUp = await topUpOfPayment(tx, payment);
    if (topUp) await moveTopUp(tx, topUp.id, 'fail');
  }

  /** A bank transfer reached the person's line: what was asked for goes in, the oldest wish first, as far as the money reaches. */
  async came(tx: Tx, lineId: BudgetLineId, person: PersonId): Promise<void> {
    let settled = 0;
    const line = (await this.lines.find(tx, lineId))!;
    for (const topUp of await waitingForBank(tx, lineId)) {
      if ((await this.lines.usable(tx, line)) < topUp.amount) break;
      await this.settle(tx, topUp);
      settled += 1;
    }
    if (settled > 0) return;
    await announce(tx, { name: 'ownMoneyKept', about: { people: [person] }, payload: { personId: person, poolId: null, because: 'nothing-asked' } });
  }

  /** Says that a payment on its way is not wanted any more. Refuses what has been paid (`pay-in-ended`), and what is no longer on its way. */
  async withdraw(actor: Actor, poolId: PoolId, id: TopUpId, command: OfTopUp, key?: string): Promise<TopUpAnswer> {
    const { person } = await this.seats.of(actor, poolId, 'pool:contribute', command.personId);
    const scope = systemActor('pools', { pools: [poolId], people: [person] });
    const found = await this.database.read(scope, (tx) => lockless(tx, poolId, id, person));
    if (found.paymentId !== null && found.state === 'asked') await this.outcomes.withdraw(actor, found.paymentId);
    return this.database.transaction(scope, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.withdraw-own-money', input: { poolId, id, ...command } }, async () => {
        const topUp = await this.locked(tx, poolId, id, person);
        const isDone = await moveTopUp(tx, id, 'withdraw');
        if (!isDone && topUp.state !== 'failed') throw new DomainError('conflict', 'top-up-is-over', 'This money is not on its way any more.');
        await this.audit.record(tx, actor, { action: 'own-money:withdraw', noun: 'own-top-up', nounId: id, pool: poolId, about: person });
        return this.answer(tx, topUp, isDone ? 'withdrawn' : 'failed');
      }),
    );
  }

  /** Takes own money back out of the pool, in the days one has to change one's mind; it is with the money-holder then. Refuses: see `checkTakeBack`. */
  async takeBack(actor: Actor, poolId: PoolId, id: TopUpId, command: OfTopUp, key?: string): Promise<TopUpAnswer> {
    const { person } = await this.seats.of(actor, poolId, 'pool:contribute', command.personId);
    const { bookId } = await this.database.read(systemActor('pools', { pools: [poolId], people: [person] }), (tx) => lockless(tx, poolId, id, person));
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person], books: [bookId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.take-own-money-back', input: { poolId, id, ...command } }, async () => {
        await holdPool(tx, poolId);
        const topUp = await this.locked(tx, poolId, id, person);
        if (topUp.state !== 'in-pool') throw new DomainError('conflict', 'top-up-is-over', 'This money is not in the pool.');
        const held = await this.own.shareOf(tx, topUp);
        const usable = held ? usableOf(held) : NO_PENCE;
        const arrivedOn = topUp.arrivedAt && dayOf(topUp.arrivedAt);
        checkTakeBack({ state: topUp.state, arrivedOn, amount: topUp.amount }, usable, dayOf(tx.now));
        await this.own.takeBack(tx, actor, held!.share, topUp);
        await moveTopUp(tx, id, 'take-back');
        await this.audit.record(tx, actor, { action: 'own-money:take-back', noun: 'own-top-up', nounId: id, pool: poolId, about: person });
        return this.answer(tx, topUp, 'taken-back');
      }),
    );
  }

  /** The money is in the person's line: it goes into the pool, or, where that cannot be any more, is kept for them; for somebody who has left, it goes
   *  home. Once, however often it is told. */
  private async settle(tx: Tx, found: TopUpRow): Promise<void> {
    await tx.alsoSee({ pools: [found.poolId], people: [found.personId], books: [found.bookId] });
    const pool = await holdPool(tx, found.poolId);
    const topUp = await lockTopUp(tx, found.id);
    if (topUp?.state !== 'asked') return;
    const actor = systemActor('pools', { pools: [topUp.poolId], people: [topUp.personId], books: [topUp.bookId] });
    const member = await findMember(tx, topUp.poolId, topUp.personId);
    const facts = await this.own.factsOf(tx, pool, member);
    const why = refusalOf(() => {
      checkOwnMoney(facts, topUp.paysFromNow);
      if (facts.holder!.bookId !== topUp.bookId) throw new DomainError('refused', 'money-holder-changing', 'Somebody else holds the money now.');
    });
    if (!why) {
      const contributionId = await this.own.putIn(tx, actor, topUp);
      await moveTopUp(tx, topUp.id, 'put-in', { contributionId, arrivedAt: tx.now });
      return;
    }
    await moveTopUp(tx, topUp.id, 'keep', { because: why.code, arrivedAt: tx.now });
    if (member?.state === 'left') return this.home.sendLate(tx, actor, topUp.personId, topUp.bookId, topUp.amount);
    const { poolId, personId, amount } = topUp;
    await announce(tx, {
      name: 'ownMoneyKept',
      about: { pools: [poolId], people: [personId] },
      payload: { poolId, personId, amountPence: penceAsNumber(amount), because: why.code },
    });
  }

  private async locked(tx: Tx, poolId: PoolId, id: TopUpId, person: PersonId): Promise<TopUpRow> {
    const topUp = await lockTopUp(tx, id);
    if (topUp?.poolId !== poolId || topUp.personId !== person) throw notFound('This money');
    return topUp;
  }

  private async answer(tx: Tx, topUp: TopUpRow, state: TopUpState): Promise<TopUpAnswer> {
    const line = (await this.lines.find(tx, topUp.lineId))!;
    const { id, amount, paymentId, contributionId } = topUp;
    return { topUpId: id, state, amountPence: penceAsNumber(amount), reference: line.reference, paymentId, contributionId };
  }

  private async holderOf(poolId: PoolId): Promise<BookId[]> {
    const pool = await this.database.read(systemActor('pools', { pools: [poolId] }), (tx) => findPool(tx, poolId));
    return pool.moneyHolderBookId === null ? [] : [pool.moneyHolderBookId];
  }
}

async function lockless(tx: Tx, poolId: PoolId, id: TopUpId, person: PersonId): Promise<Pick<TopUpRow, 'bookId' | 'state' | 'paymentId'>> {
  const found = await tx.row<Pick<TopUpRow, 'bookId' | 'state' | 'paymentId'>>(
    'select book_id as "bookId", state, payment_id as "paymentId" from own_top_up where id = $1 and pool_id = $2 and person_id = $3',
    [id, poolId, person],
  );
  if (!found) throw notFound('This money');
  return found;
}
