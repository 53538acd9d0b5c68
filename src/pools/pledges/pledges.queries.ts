import { Injectable } from '@nestjs/common';
import { can } from '../../identity/index.js';
import type { Actor, BudgetLineId, LocalDate, Pence, PersonId, PlanLineId, PoolId } from '../../kernel/index.js';
import { dayOf, NO_PENCE, sumPence, systemActor } from '../../kernel/index.js';
import { PlanQueries } from '../../plans/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { MemberRow, PoolRow } from '../pool.rows.js';
import { findPool, membersOf } from '../pool.rows.js';
import { peopleOf, PoolSeats } from '../seats.service.js';
import type { PledgeId } from './pledge.entries.js';
import type { PledgeState, RoundState } from './pledge.lifecycle.js';
import type { Because, PledgeRow, RoundId, RoundRow } from './pledge.rows.js';
import { countingPledges, findRound, lastPledgesOf, roundsOf } from './pledge.rows.js';
import type { Ending } from './pledge.rules.js';
import { isFirm, isOpen, lastDay } from './pledge.rules.js';

/** What the person at this place last pledged, and what became of it. Nobody else sees the sum. */
export interface OwnPledge {
  readonly id: PledgeId;
  readonly state: PledgeState;
  readonly because: Because | null;
  readonly amount: Pence;
  readonly lineId: BudgetLineId;
  readonly planLineId: PlanLineId;
  readonly service: string;
  readonly by: string | null;
  readonly helpedBy: string | null;
  readonly isGivenByOther: boolean;
  readonly givenAt: Date;
  readonly contributionId: string | null;
}

export interface PledgeRoundView {
  readonly id: RoundId;
  readonly poolId: PoolId;
  readonly purpose: string;
  readonly words: string;
  readonly state: RoundState;
  readonly ending: Ending;
  readonly raisedBy: string;
  /** Raised from this place. */
  readonly isMine: boolean;
  readonly raisedAt: Date;
  readonly threshold: Pence;
  readonly smallest: Pence | null;
  readonly most: Pence | null;
  /** By all together; of a round that was called, what became contributions. */
  readonly pledged: Pence;
  readonly freeUntil: LocalDate;
  readonly reachBy: LocalDate;
  readonly extendTo: LocalDate | null;
  /** The last day to pledge as it stands now: the second one, when there was more time. */
  readonly lastDay: LocalDate;
  readonly isOpen: boolean;
  readonly isFirm: boolean;
  readonly members: number;
  /** First names of those whose pledges count, in the order in which they joined. */
  readonly pledgers: readonly string[];
  readonly mine: OwnPledge | null;
  readonly mayPledge: boolean;
  readonly maySetUp: boolean;
}

/** Rounds of pledges, from the place of a member, of who acts for one, or of the pool's broker. */
@Injectable()
export class PledgeQueries {
  constructor(
    private readonly database: Database,
    private readonly plans: PlanQueries,
    private readonly seats: PoolSeats,
  ) {}

  /** Newest first, a hundred at most. */
  async ofPool(actor: Actor, pool: PoolId, person?: PersonId): Promise<PledgeRoundView[]> {
    const seat = await this.seats.of(actor, pool, 'pool:read', person);
    return this.database.read(systemActor('pools', { pools: [pool], people: [seat.person] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, pool);
      return this.viewsOf(tx, actor, await findPool(tx, pool), await roundsOf(tx, pool), seat.person);
    });
  }

  async one(actor: Actor, id: RoundId, person?: PersonId): Promise<PledgeRoundView> {
    const pool = await this.poolOf(actor, id, person);
    const seat = await this.seats.of(actor, pool, 'pool:read', person);
    return this.database.read(systemActor('pools', { pools: [pool], people: [seat.person] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, pool);
      return (await this.viewsOf(tx, actor, await findPool(tx, pool), [await findRound(tx, id)], seat.person))[0]!;
    });
  }

  /** The round's pool, if the actor or somebody they act for has a place in it, or had; else it does not exist for them. */
  async poolOf(actor: Actor, id: RoundId, person: PersonId = actor.id as PersonId): Promise<PoolId> {
    return (await this.database.read(await this.seats.finderFor(actor, [person, ...peopleOf(actor)], 'ever'), (tx) => findRound(tx, id))).poolId;
  }

  private async viewsOf(tx: Tx, actor: Actor, pool: PoolRow, rounds: readonly RoundRow[], me: PersonId): Promise<PledgeRoundView[]> {
    const ids = rounds.map((round) => round.id);
    const members = await membersOf(tx, pool.id);
    const counting = await countingPledges(tx, ids);
    const mine = new Map((await lastPledgesOf(tx, ids, me)).map((pledge) => [pledge.roundId, pledge]));
    const services = await this.plans.spendables(tx, [...new Set([...mine.values()].map((pledge) => pledge.planLineId))]);
    const facts = { actor, pool, members, me, today: dayOf(tx.now) };
    return rounds.map((round) => {
      const own = mine.get(round.id);
      return viewOf(
        facts,
        round,
        counting.filter((pledge) => pledge.roundId === round.id),
        own ? ownPledge(own, me, services.get(own.planLineId)?.service ?? '') : null,
      );
    });
  }
}

interface Facts {
  readonly actor: Actor;
  readonly pool: PoolRow;
  readonly members: readonly MemberRow[];
  readonly me: PersonId;
  readonly today: LocalDate;
}

function viewOf({ actor, pool, members, me, today }: Facts, round: RoundRow, counting: readonly PledgeRow[], mine: OwnPledge | null): PledgeRoundView {
  const givers = new Set(counting.map((pledge) => pledge.personId));
  const canPay = members.some((member) => member.personId === me && member.state === 'member' && member.pays);
  const goesOn = isOpen(round) && today <= lastDay(round);
  const { id, poolId, purpose, words, state, ending, raisedBy, raisedAt, threshold, smallest, most, freeUntil, reachBy, extendTo, called } = round;
  return {
    id,
    poolId,
    purpose,
    words,
    state,
    ending,
    raisedBy: members.find((member) => member.personId === raisedBy)?.firstName ?? (raisedBy === pool.brokerId ? 'The broker' : 'Somebody'),
    isMine: raisedBy === me,
    raisedAt,
    threshold,
    smallest,
    most,
    pledged: called ?? (counting.length === 0 ? NO_PENCE : sumPence(counting.map((pledge) => pledge.amount))),
    freeUntil,
    reachBy,
    extendTo,
    lastDay: lastDay(round),
    isOpen: isOpen(round),
    isFirm: isFirm(round, today),
    members: members.filter((member) => member.state === 'member' && member.pays).length,
    pledgers: members.filter((member) => givers.has(member.personId)).map((member) => member.firstName),
    mine,
    mayPledge: canPay && goesOn && pool.state === 'active' && (me === actor.id || can(actor, 'pool:pledge', { person: me })),
    maySetUp: can(actor, 'pool:set-up', { pool: pool.id }),
  };
}

const ownPledge = (
  { roundId: _round, poolId: _pool, personId: _person, bookId: _book, reservationId: _held, givenBy, ...pledge }: PledgeRow,
  me: PersonId,
  service: string,
): OwnPledge => ({
  ...pledge,
  service,
  isGivenByOther: givenBy !== me,
});
