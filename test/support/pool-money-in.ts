import { agreedEntries, allocationEntry } from '../../src/budgets/budget.entries.js';
import { reverseEntry } from '../../src/finance/correction.entries.js';
import type { EntryId } from '../../src/kernel/index.js';
import { addDays, newId, pence } from '../../src/kernel/index.js';
import { takenBackEntry } from '../../src/payments/payment.entries.js';
import type { Payment } from '../../src/payments/payment.types.js';
import { funderShareAccount, leftoverEntry, putInEntry } from '../../src/pools/funder-share.entries.js';
import { contributionEntry, crossesBooks, shareAccount } from '../../src/pools/pool.entries.js';
import { decideContribution } from '../../src/pools/pool.rules.js';
import { ownerOfAccount } from '../../src/purchasing/purchase.entries.js';
import type { PoolWorld } from './pool-world.js';
import type { Chance } from './pool-chance.js';
import { pick } from './pool-chance.js';

/** The charity's money: here put into the ICB's own allocation book, as a share of its own. */
export function putIn(world: PoolWorld, { sum }: Chance): void {
  if (!world.isOver) world.record([putInEntry(world.charity.share, 'allocation', { occasion: newId(), amount: pence(sum + 1), on: world.day })]);
}

export function giveBack(world: PoolWorld): void {
  const { free } = world.ledger.balanceOf(funderShareAccount(world.charity.share));
  if (free > 0n) world.record([leftoverEntry(world.charity.share, 'allocation', { occasion: newId(), amount: free, on: world.day })]);
}

/** A card payment is claimed back: a debt of that member alone, and a fact that nothing refuses (truth 3). */
export function takeBack(world: PoolWorld, { who, sum }: Chance): void {
  const member = pick(world.members, who)!;
  const share = world.shareOf(member).facts;
  if (world.basisOf(share.bookId) !== 'cash') return;
  const payment = { id: newId<'payment'>(), book: share.bookId, parts: [{ owner: ownerOfAccount(shareAccount(share)) }] } as unknown as Payment;
  world.record([takenBackEntry(payment, { dispute: newId(), amount: pence(1 + (sum % 3_000)), on: world.day })]);
}

/** The last allocation is put right: its exact reverse, if the money is still there. Twice is once: it bears the wrong entry's name. */
export function correct(world: PoolWorld): void {
  const wrong = world.tried
    .flatMap(({ refused, entries }) => (refused ? [] : entries))
    .findLast((entry) => entry.kind === 'allocated' && entry.transfers![0]!.credit.kind === 'line');
  if (!wrong) return;
  const recorded = { ...wrong, id: wrong.reference as EntryId, transfers: wrong.transfers!, reserves: false, correctedBy: null };
  world.record([reverseEntry(recorded, { id: wrong.reference.slice(-36) })]);
}

/** Money reaches a member's line: agreed in an allocation book, by the bank in a cash book. */
export function fund(world: PoolWorld, { who, sum }: Chance): void {
  const member = pick(world.members, who)!;
  const line = { id: member.line, personId: member.id, bookId: member.lineBook };
  const id = newId();
  const amount = pence(sum + 1);
  if (world.basisOf(member.lineBook) === 'allocation')
    return world.record(agreedEntries({ ...line }, 'allocation', amount, world.day).map((entry) => ({ ...entry, reference: `${entry.reference}:${id}` })));
  const [bank, unallocated] = [{ book: member.lineBook, kind: 'bank' } as const, { book: member.lineBook, kind: 'unallocated' } as const];
  const arrival = {
    book: member.lineBook,
    reference: `match:${id}:bank`,
    kind: 'arrival',
    effectiveOn: world.day,
    transfers: [{ debit: bank, credit: unallocated, amount, owner: {} }],
  } as const;
  world.record([arrival, allocationEntry(line, amount, id, world.day)]);
}

/** A member puts in what they like: more than is free is refused by the ledger itself (RULE 18), and so is anything while the pool or their part is
 *  stopped. */
export function contribute(world: PoolWorld, { who, sum }: Chance): void {
  const member = pick(world.staying, who);
  if (!member || world.isOver) return;
  const amount = pence(sum + 1);
  const share = world.shareOf(member).facts;
  const line = {
    id: member.line,
    personId: member.id,
    planId: 'p',
    bookId: member.lineBook,
    state: 'open',
    fromDay: world.day,
    untilDay: addDays(world.day, 1),
    suspendedOn: null,
  } as const;
  decideContribution(
    {
      pool: { state: world.isStopped ? 'frozen' : 'active', agreementInForce: true },
      member: { personId: member.id, state: 'member', isFrozen: member.isFrozen ?? false },
      line,
      plan: { personId: member.id, planId: 'p', state: 'agreed' },
      shareBookId: share.bookId,
      free: amount,
    },
    { amount, by: 'bank' },
    world.day,
  );
  if (crossesBooks(share)) return world.send(member, world.lineOf(member), shareAccount(share), amount, 'contribution');
  world.record([contributionEntry({ id: newId<'contribution'>(), share, amount, on: world.day })]);
}
