import type { ReservationId } from '../../src/kernel/index.js';
import { addDays, newId, pence } from '../../src/kernel/index.js';
import { contributionEntry, crossesBooks, shareAccount } from '../../src/pools/pool.entries.js';
import type { PledgeId } from '../../src/pools/pledges/pledge.entries.js';
import { pledgedEntry, pledgeEndedEntry } from '../../src/pools/pledges/pledge.entries.js';
import type { Chance } from './pool-chance.js';
import { pick } from './pool-chance.js';
import type { PoolWorld, WorldMember, WorldPledge } from './pool-world.js';

const ended = (world: PoolWorld, { id, reservation, member }: WorldPledge) => pledgeEndedEntry({ id, reservation, book: member.lineBook, on: world.day });

function letGo(world: PoolWorld, pledges: readonly WorldPledge[]): void {
  if (pledges.length > 0) world.record(pledges.map((each) => ended(world, each)));
  world.pledges = world.pledges.filter((each) => !pledges.includes(each));
}

/** A member pledges what they like, or something else than before: more than is free is refused by the ledger itself. */
export function pledge(world: PoolWorld, { who, sum }: Chance): void {
  const member = pick(world.staying, who);
  if (!member || world.isOver) return;
  const before = world.pledges.filter((each) => each.member === member);
  const made: WorldPledge = {
    id: newId<'pledge'>() as PledgeId,
    reservation: newId<'reservation'>(),
    member,
    amount: pence(sum + 1),
    endsOn: addDays(world.day, 30),
  };
  const facts = { id: made.id, reservation: made.reservation, amount: made.amount, forDay: made.endsOn, endsOn: made.endsOn, on: world.day };
  world.record([...before.map((each) => ended(world, each)), pledgedEntry(facts, world.lineOf(member))]);
  world.pledges = [...world.pledges.filter((each) => each.member !== member), made];
}

export function unpledge(world: PoolWorld, { who }: Chance): void {
  const found = pick(world.pledges, who);
  if (found) letGo(world, [found]);
}

/** The round is over: all of it becomes contributions, in one transaction but for what travels; or all of it is let go. */
export function endRound(world: PoolWorld, { part }: Chance): void {
  if (part >= 60 || world.isOver) return letGo(world, world.pledges);
  const shares = world.pledges.map((each) => ({ ...each, share: world.shareOf(each.member).facts }));
  world.record(
    shares
      .filter(({ share }) => !crossesBooks(share))
      .map(({ share, amount, reservation }) =>
        contributionEntry({ id: newId<'contribution'>(), share, amount, on: world.day, pledged: reservation as ReservationId }),
      ),
  );
  for (const { share, member, amount, reservation } of shares.filter((each) => crossesBooks(each.share)))
    world.send(member, world.lineOf(member), shareAccount(share), amount, 'contribution', { reservation });
  world.pledges = [];
}

/** Of somebody who is no longer there, or whose line is over. */
export const releaseOf = (world: PoolWorld, member: WorldMember): void =>
  letGo(
    world,
    world.pledges.filter((each) => each.member === member),
  );

/** Of a round whose day is over. */
export function releasePast(world: PoolWorld): void {
  if (world.pledges.some((each) => each.endsOn < world.day)) letGo(world, world.pledges);
}
