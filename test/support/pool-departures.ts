import type { Pence } from '../../src/kernel/index.js';
import { addDays, minus, newId, pence, smaller } from '../../src/kernel/index.js';
import { accountIdOf } from '../../src/ledger/index.js';
import { areaMoveEntries, crossing, deathEntries, leavingEntries, surplusEntries, windUpEntries } from '../../src/pools/going-home.entries.js';
import { shareAccount } from '../../src/pools/pool.entries.js';
import type { ExitStatement } from '../../src/pools/pool-exit.rules.js';
import { exitStatement, leftovers } from '../../src/pools/pool-exit.rules.js';
import { surplusOf } from '../../src/pools/surplus.rules.js';
import { handedOverEntry } from '../../src/purchasing/money-holder.entries.js';
import { expiryEntry } from '../../src/purchasing/purchase.entries.js';
import type { PoolWorld, WorldMember } from './pool-world.js';
import type { Chance } from './pool-chance.js';
import { pick } from './pool-chance.js';
import { giveBack } from './pool-money-in.js';
import { releaseOf, releasePast } from './pool-pledges.js';

function depart(world: PoolWorld, member: WorldMember, statement: ExitStatement, entriesOf: typeof leavingEntries): void {
  const returns = statement.returns.map(({ share: id, amount }) => ({ share: world.allShares.find((share) => share.id === id)!.facts, amount }));
  world.record(
    entriesOf(
      { id: newId(), on: world.day },
      statement.freed.map((each) => ({ book: each.book, reservation: each.reservation, amount: each.left })),
      returns,
    ),
  );
  for (const { share, amount } of crossing(returns)) world.send(member, shareAccount(share), world.lineOf(member), amount, 'return');
}

function leaveBy(world: PoolWorld, member: WorldMember, statement: ExitStatement, entriesOf: typeof leavingEntries): void {
  releaseOf(world, member);
  Object.assign(member, { state: 'left', isFrozen: false, leftOn: statement.leftOn, noticeUntil: statement.noticeUntil });
  depart(world, member, statement, entriesOf);
}

/** What became free of somebody who has left goes home too. */
export function sendRest(world: PoolWorld, member: WorldMember): void {
  if (member.state !== 'left') return;
  const returns = leftovers(world.factsOf(member));
  if (returns.length > 0) depart(world, member, { freed: [], returns } as unknown as ExitStatement, leavingEntries);
}

export function leave(world: PoolWorld, { who, part }: Chance): void {
  const member = pick(world.staying, who);
  if (member && world.staying.length > 1) leaveBy(world, member, world.statementOf(member, part % 40), leavingEntries);
}

export function die(world: PoolWorld, { who, part }: Chance): void {
  const member = pick(world.staying, who);
  if (!member || world.staying.length < 2) return;
  leaveBy(world, member, exitStatement(world.factsOf(member), addDays(world.day, -(part % 3)), 0), deathEntries);
}

/** The old ICB's line ends; the member stays. */
export function moveArea(world: PoolWorld, { who }: Chance): void {
  const member = pick(world.staying, who);
  if (member) releaseOf(world, member);
  if (member) depart(world, member, world.statementOf(member, 0), areaMoveEntries);
}

export function changeHolder(world: PoolWorld): void {
  const shares = world.allShares.filter((share) => share.facts.bookId === world.t && share.facts.lineBookId !== world.n);
  const inFlight =
    world.invoices.some((invoice) => invoice.payments.some((payment) => payment.book === world.t && !payment.isPaid)) ||
    world.onItsWay.some((each) => each.to.book === world.t || each.from.book === world.t);
  if (world.isOver || world.holder === world.u || inFlight || shares.length === 0) return;
  const open = world.open({ accounts: shares.map((share) => share.account) });
  if (open.length > 0)
    world.record([
      handedOverEntry(
        { id: newId(), book: world.t, on: world.day },
        open.map((each) => each.id),
      ),
    ]);
  world.holder = world.u;
  for (const { member, account } of shares) {
    const amount = world.usable(account);
    if (amount === 0n) continue;
    let left: Pence = amount;
    const commitments = open
      .filter((each) => each.account === accountIdOf(account) && each.left <= left && ((left = minus(left, smaller(left, each.left))), true))
      .map(({ purpose, left: sum, forDay, endsOn }) => ({ purpose, amount: sum, forDay, endsOn }));
    world.send(member, account, shareAccount(world.shareOf(member).facts), amount, 'move', { commitments });
    member.movedOut.push(amount);
    world.isMoving = true;
  }
}

/** Something is over: what each has left above what may stay goes home, but for what was put in since. They stay. */
export function sendSurplus(world: PoolWorld, { sum, part }: Chance): void {
  for (const member of world.staying) {
    const left = leftovers(world.factsOf(member)).map(({ share, amount }) => ({ share, usable: amount, putInSince: pence(sum % 700) }));
    const returns = surplusOf(left, pence(part * 20));
    if (returns.length > 0) depart(world, member, { freed: [], returns } as unknown as ExitStatement, surplusEntries);
  }
}

/** Everybody said yes to the end. */
export function windUp(world: PoolWorld, { part }: Chance): void {
  if (part < 70) return;
  for (const member of world.staying) leaveBy(world, member, world.statementOf(member, 0), windUpEntries);
  world.isOver = true;
  giveBack(world);
}

/** The pool is stopped for now, or one member's part of it. */
export function freeze(world: PoolWorld, { who, which }: Chance): void {
  const member = pick(world.staying, who);
  if (which % 2 === 0) world.isStopped = true;
  else if (member) member.isFrozen = true;
}

/** Everything that was stopped goes on. */
export function thaw(world: PoolWorld): void {
  world.isStopped = false;
  for (const member of world.members) member.isFrozen = false;
}

/** Days go by, and what was set aside too long ago is free again. */
export function wait(world: PoolWorld, { which }: Chance): void {
  world.day = addDays(world.day, 1 + (which % 40));
  const past = [...world.ledger.reservations].filter(
    ([, each]) => each.left > 0n && each.endsOn < world.day && world.ledger.accounts.get(each.account)!.key.pool !== undefined,
  );
  world.record(past.map(([id, each]) => expiryEntry({ id, book: world.ledger.accounts.get(each.account)!.key.book, left: each.left as Pence, on: world.day })));
  releasePast(world);
  for (const member of world.members) sendRest(world, member);
}
