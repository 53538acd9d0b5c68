import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { BudgetLineFacts } from '../../budgets/index.js';
import { BudgetQueries, isTheirs, lineAccount, OwnLines } from '../../budgets/index.js';
import { requireAccess } from '../../identity/index.js';
import type { Actor, BudgetLineId, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, minus, newId, NO_PENCE, notFound, penceAsNumber, plus, refused, systemActor } from '../../kernel/index.js';
import { Ledger, LedgerQueries } from '../../ledger/index.js';
import type { AccountKey } from '../../ledger/index.js';
import { Remittances } from '../../payments/index.js';
import { PlanQueries } from '../../plans/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import { bookOfShare, decideContribution } from '../pool.rules.js';
import type { PoolRow } from '../pool.rows.js';
import { agreementInState, findMember, holdPool, lockPool, membersNow, membersOf, writeHistory } from '../pool.rows.js';
import { PoolSeats, requireAsker, requireRaiser } from '../seats.service.js';
import { PledgeRounds } from './pledge-rounds.service.js';
import type { ChangeThreshold, GivePledge, OpenPledgeRound, TakePledgeBack } from './pledge.dto.js';
import type { PledgeId } from './pledge.entries.js';
import { pledgedEntry, pledgeEndedEntry } from './pledge.entries.js';
import type { PledgeState, RoundState } from './pledge.lifecycle.js';
import type { PledgeRow, RoundId, RoundRow } from './pledge.rows.js';
import { endPledges, lockRound, openPledgeOf, openPledges } from './pledge.rows.js';
import { checkNewThreshold, checkPledge, checkRound, checkTakeBack, heldUntil, isFirm } from './pledge.rules.js';
import { PledgeQueries } from './pledges.queries.js';

export interface RoundAnswer {
  readonly roundId: RoundId;
  readonly state: RoundState;
}

export interface PledgeAnswer {
  readonly roundId: RoundId;
  readonly pledgeId: PledgeId;
  readonly state: PledgeState;
  readonly amountPence: number;
  /** It can be made smaller or taken back no longer. */
  readonly isFirm: boolean;
}

/** Pledging together (features.md C2, C3, C11): asking for a sum by a day, pledging a part of it, and changing one's mind while there is time. */
@Injectable()
export class Pledges {
  constructor(
    private readonly database: Database,
    private readonly queries: PledgeQueries,
    private readonly rounds: PledgeRounds,
    private readonly budgets: BudgetQueries,
    private readonly ownLines: OwnLines,
    private readonly plans: PlanQueries,
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly remittances: Remittances,
    private readonly seats: PoolSeats,
    private readonly audit: Audit,
  ) {}

  /** Asks the members to pledge. By a member, somebody who acts for one, or the pool's broker. Refuses: pool-not-active, not-a-member, and see
   *  checkRound. */
  async open(actor: Actor, poolId: PoolId, command: OpenPledgeRound, key?: string): Promise<RoundAnswer> {
    const raiser = await this.seats.askerOf(actor, poolId, command.personId);
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.ask-pledges', input: { poolId, ...command } }, async () => {
        requireActive(await holdPool(tx, poolId), (await agreementInState(tx, poolId, 'in-force')) !== undefined);
        const members = (await membersOf(tx, poolId)).filter((each) => each.state === 'member');
        requireAsker(actor, poolId, raiser, members);
        const { purpose, words = '', thresholdPence: threshold, freeUntil, reachBy, ending } = command;
        const { smallestPence: smallest = null, mostPence: most = null, extendTo = null } = command;
        checkRound({ threshold, smallest, most, freeUntil, reachBy, extendTo, ending }, members.filter((each) => each.pays).length, dayOf(tx.now));
        const roundId = newId<'pledge-round'>();
        tx.write(
          `insert into pledge_round (id, pool_id, purpose, words, threshold_pence, smallest_pence, most_pence, free_until, reach_by, extend_to, ending, state, raised_by, raised_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12, $13)`,
          [roundId, poolId, purpose, words, threshold, smallest, most, freeUntil, reachBy, extendTo, ending, raiser, tx.now],
        );
        await writeHistory(tx, actor, [{ poolId, noun: 'pledge', nounId: roundId, personId: raiser, action: 'ask', to: 'open' }]);
        await announce(tx, { name: 'pledgesAsked', about: { pools: [poolId], people: membersNow(members) }, payload: { poolId, roundId, freeUntil, reachBy } });
        await this.audit.record(tx, actor, { action: 'pledges:ask', noun: 'pledge-round', nounId: roundId, pool: poolId });
        return { roundId, state: 'open' as const };
      }),
    );
  }

  /** Pledges from a line for a service of the plan, for oneself or as a representative; what was pledged before is let go in the same moment. The
   *  ledger sets the sum aside, so that no pound is pledged twice (C3). Refuses: see checkPledge and decideContribution; not-enough-free. */
  async pledge(actor: Actor, roundId: RoundId, command: GivePledge, key?: string): Promise<PledgeAnswer> {
    const poolId = await this.queries.poolOf(actor, roundId);
    const line = await this.lineOf(actor, poolId, command);
    const scope = { pools: [poolId], people: [line.personId], books: [line.bookId] };
    return this.database.transaction(systemActor('pools', scope), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.pledge', input: { roundId, ...command } }, async () => {
        const pool = await holdPool(tx, poolId);
        const round = await lockRound(tx, roundId);
        const before = await openPledgeOf(tx, roundId, line.personId);
        checkPledge(round, before?.amount, command.amountPence, dayOf(tx.now));
        await this.weigh(tx, pool, line, command, before);
        const pledgeId = await this.write(tx, actor, round, line, command, before);
        await announce(tx, { name: 'pledgeMade', about: { pools: [poolId] }, payload: { poolId, roundId, pledgeId } });
        return {
          roundId,
          pledgeId,
          state: 'open' as const,
          amountPence: penceAsNumber(command.amountPence),
          isFirm: isFirm(round, dayOf(tx.now)),
        };
      }),
    );
  }

  /** While there is time to change one's mind: the money is free in the line again. Refuses: see checkTakeBack. */
  async takeBack(actor: Actor, roundId: RoundId, command: TakePledgeBack, key?: string): Promise<PledgeAnswer> {
    const poolId = await this.queries.poolOf(actor, roundId, command.personId);
    const { person } = await this.seats.of(actor, poolId, 'pool:pledge', command.personId);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.take-pledge-back', input: { roundId, ...command } }, async () => {
        await holdPool(tx, poolId);
        const round = await lockRound(tx, roundId);
        const before = await openPledgeOf(tx, roundId, person);
        checkTakeBack(round, before?.amount, dayOf(tx.now));
        const { id, bookId, reservationId, amount } = before!;
        await tx.alsoSee({ books: [bookId] });
        await this.ledger.record(tx, [pledgeEndedEntry({ id, book: bookId, reservation: reservationId, on: dayOf(tx.now) })]);
        await endPledges(tx, 'take-back', [{ id }]);
        await this.wrote(tx, actor, { poolId, pledgeId: id, person, action: 'take-back', to: 'taken-back', amount, helpedBy: command.helpedBy });
        return { roundId, pledgeId: id, state: 'taken-back' as const, amountPence: penceAsNumber(amount), isFirm: false };
      }),
    );
  }

  /** Takes what was asked back; every pledge is let go. By whoever asked, or the pool's broker. Refuses: pledges-over. */
  async withdraw(actor: Actor, roundId: RoundId, key?: string): Promise<RoundAnswer> {
    return this.asRaiser(actor, roundId, { key, command: 'pools.withdraw-pledges' }, async (tx, round) => {
      await this.rounds.letGo(tx, actor, await openPledges(tx, roundId), 'withdrawn');
      return { roundId, state: await this.rounds.move(tx, actor, round, 'withdraw', null) };
    });
  }

  /** Another sum, as long as nobody has pledged towards this one. Refuses: see checkNewThreshold. */
  async changeThreshold(actor: Actor, roundId: RoundId, command: ChangeThreshold, key?: string): Promise<RoundAnswer & { thresholdPence: number }> {
    return this.asRaiser(actor, roundId, { key, command: 'pools.change-threshold', more: command }, async (tx, round) => {
      const members = (await membersOf(tx, round.poolId)).filter((each) => each.state === 'member' && each.pays).length;
      const pledges = (await openPledges(tx, roundId)).length;
      checkNewThreshold(round, { ...round, threshold: command.thresholdPence }, { members, pledges, today: dayOf(tx.now) });
      tx.write('update pledge_round set threshold_pence = $2 where id = $1', [roundId, command.thresholdPence]);
      await this.audit.record(tx, actor, {
        action: 'pledges:change-threshold',
        noun: 'pledge-round',
        nounId: roundId,
        pool: round.poolId,
        facts: { amountPence: penceAsNumber(command.thresholdPence) },
      });
      return { roundId, state: round.state, thresholdPence: penceAsNumber(command.thresholdPence) };
    });
  }

  /** A pledge sets a sum of a budget aside for a service of its plan; own money is put in when it is wanted. */
  private async refuseOwnMoney(actor: Actor, line: BudgetLineId): Promise<void> {
    const own = await this.database.read(actor, (tx) => this.ownLines.find(tx, line));
    if (own && isTheirs(actor, own.personId))
      throw refused(
        'own-money-not-pledged',
        'Only money of a budget can be pledged. Put your own money into the pool instead: you can take it back for a week.',
      );
  }

  /** What a contribution would be refused for, a pledge is too. */
  private async weigh(tx: Tx, pool: PoolRow, line: BudgetLineFacts, command: GivePledge, before: PledgeRow | undefined): Promise<void> {
    const member = await findMember(tx, pool.id, line.personId);
    if (!member) throw notFound('The pool');
    const account = lineAccount(line);
    const debt: AccountKey = { book: line.bookId, kind: 'receivable', subject: line.personId };
    const free = plus((await this.balances.balanceOf(tx, account)).free, before?.lineId === line.id ? before.amount : NO_PENCE);
    const shareBookId = bookOfShare(line, pool.moneyHolderBookId);
    const { how } = decideContribution(
      {
        pool: { state: pool.state, agreementInForce: (await agreementInState(tx, pool.id, 'in-force')) !== undefined },
        member,
        line,
        plan: await this.plans.spendable(tx, command.planLineId),
        shareBookId,
        free: minus(free, (await this.balances.balanceOf(tx, debt)).posted),
      },
      { amount: command.amountPence, by: command.by },
      dayOf(tx.now),
    );
    if (how === 'same-book') return;
    await tx.alsoSee({ books: [shareBookId] });
    if ((await this.remittances.wayInto(tx, shareBookId, command.by)) !== command.by)
      throw refused('no-stripe-account', 'This money-holder does not take cards or Direct Debits. Choose bank transfer.');
  }

  private async write(tx: Tx, actor: Actor, round: RoundRow, line: BudgetLineFacts, command: GivePledge, before: PledgeRow | undefined): Promise<PledgeId> {
    const [pledgeId, reservation, on] = [newId<'pledge'>(), newId<'reservation'>(), dayOf(tx.now)];
    const { amountPence: amount, planLineId, by = null, helpedBy } = command;
    if (before) await tx.alsoSee({ books: [before.bookId] });
    await this.ledger.record(tx, [
      ...(before ? [pledgeEndedEntry({ id: before.id, book: before.bookId, reservation: before.reservationId, on })] : []),
      pledgedEntry({ id: pledgeId, reservation, amount, forDay: heldUntil(round), endsOn: heldUntil(round), on }, lineAccount(line)),
    ]);
    if (before) await endPledges(tx, 'change', [{ id: before.id }]);
    tx.write(
      `insert into pledge (id, round_id, pool_id, person_id, line_id, plan_line_id, book_id, amount_pence, by, reservation_id, state, helped_by, given_by, given_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13)`,
      [pledgeId, round.id, round.poolId, line.personId, line.id, planLineId, line.bookId, amount, by, reservation, helpedBy ?? null, actor.id, tx.now],
    );
    const action = before ? 'change' : 'give';
    await this.wrote(tx, actor, { poolId: round.poolId, pledgeId, person: line.personId, action, to: 'open', amount, helpedBy });
    return pledgeId;
  }

  private async wrote(
    tx: Tx,
    actor: Actor,
    done: { poolId: PoolId; pledgeId: PledgeId; person: PersonId; action: string; to: PledgeState; amount: Pence; helpedBy: string | undefined },
  ): Promise<void> {
    const { poolId, pledgeId, person, action, to, amount, helpedBy } = done;
    await writeHistory(tx, actor, [{ poolId, noun: 'pledge', nounId: pledgeId, personId: person, action, from: action === 'give' ? null : 'open', to }]);
    await this.audit.record(tx, actor, {
      action: `pledge:${action}`,
      noun: 'pledge',
      nounId: pledgeId,
      pool: poolId,
      about: person,
      facts: { amountPence: penceAsNumber(amount), ...(helpedBy === undefined ? {} : { helpedBy }) },
    });
  }

  /** The line, when the actor may pledge from it: the member, or who acts for them. A line of anybody else is not found. */
  private async lineOf(actor: Actor, poolId: PoolId, command: GivePledge): Promise<BudgetLineFacts> {
    const [line] = await this.database.read(systemActor('pools', { pools: [poolId], people: [...actor.scope.people] }), (tx) =>
      this.budgets.factsOf(tx, [command.lineId]),
    );
    if (!line || !actor.scope.people.includes(line.personId)) {
      await this.refuseOwnMoney(actor, command.lineId);
      throw notFound('The budget line');
    }
    if (line.personId === actor.id) requireAccess(actor, 'pool:pledge', { pool: poolId });
    else requireAccess(actor, 'pool:pledge', { person: line.personId });
    return line;
  }

  private async asRaiser<Answer>(
    actor: Actor,
    roundId: RoundId,
    intent: { key: string | undefined; command: string; more?: object },
    work: (tx: Tx, round: RoundRow) => Promise<Answer>,
  ): Promise<Answer> {
    const poolId = await this.queries.poolOf(actor, roundId);
    const { key, command, more } = intent;
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command, input: { roundId, ...more } }, async () => {
        await lockPool(tx, poolId);
        const round = await lockRound(tx, roundId);
        requireRaiser(actor, round);
        return work(tx, round);
      }),
    );
  }
}

function requireActive(pool: PoolRow, isAgreed: boolean): void {
  if (pool.state !== 'active' || !isAgreed)
    throw refused('pool-not-active', 'Money can be pledged once everyone has agreed to the same version, and while the pool is not stopped.');
}
