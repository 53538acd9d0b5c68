import type { Id } from '../../src/kernel/index.js';
import { newId, pence } from '../../src/kernel/index.js';
import type { NewReservation } from '../../src/ledger/index.js';
import { setUpEntries } from '../../src/pools/joining.entries.js';
import { takenOnEntry } from '../../src/purchasing/money-holder.entries.js';
import type { Managed, PoolWorld } from './pool-world.js';
import type { Chance } from './pool-chance.js';
import { pick } from './pool-chance.js';
import { changeHolder, die, freeze, leave, moveArea, sendRest, sendSurplus, thaw, wait, windUp } from './pool-departures.js';
import { contribute, correct, fund, giveBack, putIn, takeBack } from './pool-money-in.js';
import { endRound, pledge, unpledge } from './pool-pledges.js';
import { bill, commit, pay, refund, spend, stayAway } from './pool-spending.js';

export type { Chance } from './pool-chance.js';

/** Money between two books arrives. What comes to somebody who has left goes on to their line. */
export function arrive(world: PoolWorld, { which }: Chance): void {
  const remittance = pick(world.onItsWay, which);
  if (!remittance) return;
  world.record(world.arrivalEntries(remittance));
  world.onItsWay.splice(world.onItsWay.indexOf(remittance), 1);
  const { member, carries, amount, to } = remittance;
  if (carries === 'contribution') member.arrived.push(amount);
  if (carries === 'move') {
    member.movedIn.push(amount);
    const wanted = (remittance.commitments ?? []).filter(({ forDay }) => member.state === 'member' || forDay <= member.leftOn! || forDay < member.noticeUntil!);
    const again = wanted.map((each): NewReservation => ({ ...each, id: newId<'reservation'>(), account: to, purpose: each.purpose as Id<string> }));
    if (again.length > 0) world.record([takenOnEntry({ id: newId(), part: remittance.id, book: to.book, on: world.day }, again)]);
    world.isMoving = world.onItsWay.some((each) => each.carries === 'move');
  }
  sendRest(world, member);
}

export function join(world: PoolWorld, { who, sum, which }: Chance): void {
  if (world.isOver || world.members.length >= 7) return;
  const managed: readonly Managed[] = ['notional', 'third-party', 'direct-payment'];
  const member = world.add(managed[who % 3]!);
  const place = world.members.length - 1;
  fund(world, { who: place, sum: sum + 5_000, part: 0, which });
  contribute(world, { who: world.staying.length - 1, sum: 1_000, part: 0, which });
  const paid = world.staying.filter((each) => each !== member && world.shareOf(each).facts.bookId === world.shareOf(member).facts.bookId);
  if (which % 2 === 0 && paid.length > 0)
    world.record(
      setUpEntries(
        { id: newId(), on: world.day, amount: pence(1 + (sum % 900)) },
        world.shareOf(member).facts,
        paid.map((each) => ({ share: world.shareOf(each).facts, paid: pence(900) })),
      ),
    );
}

export const ACTIONS = {
  fund,
  contribute,
  pledge,
  unpledge,
  endRound,
  arrive,
  commit,
  stayAway,
  bill,
  pay,
  spend,
  refund,
  leave,
  die,
  moveArea,
  join,
  putIn,
  giveBack,
  takeBack,
  correct,
  changeHolder,
  sendSurplus,
  windUp,
  freeze,
  thaw,
  wait,
} as const;

export type ActionName = keyof typeof ACTIONS;
