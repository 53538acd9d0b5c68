import { Injectable } from '@nestjs/common';
import type { OwnLine } from '../../budgets/index.js';
import { OwnLines } from '../../budgets/index.js';
import type { Actor, BookId, LocalDate, PaymentId, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, NO_PENCE, systemActor } from '../../kernel/index.js';
import { PayIns, PaymentSettings } from '../../payments/index.js';
import { Database } from '../../platform/index.js';
import type { ContributionId } from '../pool.rows.js';
import { findMember, findPool } from '../pool.rows.js';
import { PoolSeats } from '../seats.service.js';
import { OwnContributions } from './own-contributions.service.js';
import type { TopUpState } from './own-top-up.lifecycle.js';
import type { OwnWay } from './own-top-up.rules.js';
import { checkOwnMoney, mayTakeBackUntil, refusalOf } from './own-top-up.rules.js';
import type { TopUpId, TopUpRow } from './own-top-up.rows.js';
import { topUpsOf } from './own-top-up.rows.js';

/** One sum of a member's own on its way into a pool, in it, or back. */
export interface TopUpView {
  readonly id: TopUpId;
  readonly state: TopUpState;
  readonly by: OwnWay;
  readonly amount: Pence;
  readonly askedOn: LocalDate;
  readonly arrivedOn: LocalDate | null;
  readonly paymentId: PaymentId | null;
  readonly contributionId: ContributionId | null;
  /** What to quote in a bank transfer. */
  readonly reference: string | null;
  /** The last day on which it can be taken back out. */
  readonly takeBackUntil: LocalDate | null;
}

/** A member's own money and one pool. */
export interface OwnMoneyInPool {
  readonly personId: PersonId;
  /** Who holds the pool's money. */
  readonly holder: string | null;
  readonly bookId: BookId | null;
  readonly reference: string | null;
  /** With the money-holder and in no pool. */
  readonly here: Pence;
  /** The person is in the pool without money, and would have to say that they pay from now on. */
  readonly paysNothingYet: boolean;
  /** Why none can go in now; null when it can. */
  readonly blocked: { readonly code: string; readonly message: string } | null;
  readonly ways: readonly OwnWay[];
  readonly topUps: readonly TopUpView[];
  /** The money-holder's own account, for who said that they send a bank transfer; null for the rest. */
  readonly sendTo: { readonly name: string; readonly sortCode: string; readonly accountNumber: string } | null;
}

/** What a member may do with money of their own in a pool, and what became of what they did. Nobody else in the pool reads it. */
@Injectable()
export class OwnMoneyInPools {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
    private readonly lines: OwnLines,
    private readonly own: OwnContributions,
    private readonly payIns: PayIns,
    private readonly settings: PaymentSettings,
  ) {}

  /** From one's own place, or that of somebody one represents. */
  async of(actor: Actor, poolId: PoolId, person?: PersonId): Promise<OwnMoneyInPool> {
    const seat = await this.seats.of(actor, poolId, 'pool:contribute', person);
    const scope = { pools: [poolId], people: [seat.person] };
    const holder = await this.database.read(systemActor('pools', scope), async (tx) => (await findPool(tx, poolId)).moneyHolderBookId);
    return this.database.read(systemActor('pools', { ...scope, books: holder ? [holder] : [] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, poolId);
      const member = await findMember(tx, poolId, seat.person);
      const facts = await this.own.factsOf(tx, await findPool(tx, poolId), member);
      const line = holder ? await this.lines.ofPerson(tx, seat.person, holder) : undefined;
      const here = line ? await this.lines.usable(tx, line) : NO_PENCE;
      const takesCards = holder !== null && (await this.payIns.takes(tx, holder));
      const name = holder ? await tx.row<{ name: string }>('select name from book where id = $1', [holder]) : undefined;
      const topUps = await topUpsOf(tx, poolId, seat.person);
      const blocked = refusalOf(() => checkOwnMoney(facts, member?.pays === false));
      return {
        personId: seat.person,
        holder: name?.name ?? null,
        bookId: holder,
        reference: line?.reference ?? null,
        here,
        paysNothingYet: member?.pays === false,
        blocked: blocked && { code: blocked.code, message: blocked.message },
        ways: [...(here > 0n ? (['here'] as const) : []), ...(takesCards ? (['card', 'bacs-debit'] as const) : []), 'bank'],
        topUps: topUps.map((topUp) => viewOf(topUp, line)),
        sendTo: holder && topUps.some((each) => each.state === 'asked' && each.by === 'bank') ? (await this.settings.of(tx, holder)).account : null,
      };
    });
  }
}

const viewOf = (topUp: TopUpRow, line: OwnLine | undefined): TopUpView => {
  const arrivedOn = topUp.arrivedAt && dayOf(topUp.arrivedAt);
  return {
    id: topUp.id,
    state: topUp.state,
    by: topUp.by,
    amount: topUp.amount,
    askedOn: dayOf(topUp.askedAt),
    arrivedOn,
    paymentId: topUp.paymentId,
    contributionId: topUp.contributionId,
    reference: line?.id === topUp.lineId ? line.reference : null,
    takeBackUntil: mayTakeBackUntil({ state: topUp.state, arrivedOn }),
  };
};
