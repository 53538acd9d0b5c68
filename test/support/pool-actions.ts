import { agreedEntries, allocationEntry } from '../../src/budgets/budget.entries.js';
import { reverseEntry } from '../../src/finance/correction.entries.js';
import type { EntryId, Id, LocalDate, Pence } from '../../src/kernel/index.js';
import { addDays, minus, newId, pence, plus, smaller, sumPence } from '../../src/kernel/index.js';
import type { NewReservation } from '../../src/ledger/index.js';
import { accountIdOf } from '../../src/ledger/index.js';
import { gateOf, paymentEntry, refundEntry, takenBackEntry } from '../../src/payments/payment.entries.js';
import type { Payment } from '../../src/payments/payment.types.js';
import { homeOf, splitRefund } from '../../src/payments/refund.rules.js';
import { funderShareAccount, leftoverEntry, putInEntry } from '../../src/pools/funder-share.entries.js';
import { areaMoveEntries, crossing, deathEntries, leavingEntries, windUpEntries } from '../../src/pools/going-home.entries.js';
import { setUpEntries } from '../../src/pools/joining.entries.js';
import { contributionEntry, crossesBooks, shareAccount } from '../../src/pools/pool.entries.js';
import type { ExitStatement } from '../../src/pools/pool-exit.rules.js';
import { exitStatement, leftovers } from '../../src/pools/pool-exit.rules.js';
import { absenceEntries } from '../../src/purchasing/absence.entries.js';
import { decideAbsence, takeOver } from '../../src/purchasing/absence.rules.js';
import { handedOverEntry, takenOnEntry } from '../../src/purchasing/money-holder.entries.js';
import { commitmentEntries, expiryEntry, invoiceEntries, ownerOfAccount } from '../../src/purchasing/purchase.entries.js';
import { decideCommitment, decideInvoice, holdsUntil } from '../../src/purchasing/purchase.rules.js';
import type { SplitBy } from '../../src/pools/index.js';
import type { Managed, PoolWorld, WorldMember, WorldPayment, WorldSession } from './pool-world.js';
import { atMost } from './pool-world.js';

/** Numbers that an action reads as it needs: whom, how much (pence), what part (percent), which. */
export interface Chance {
  readonly who: number;
  readonly sum: number;
  readonly part: number;
  readonly which: number;
}

const pick = <T>(from: readonly T[], n: number): T | undefined => (from.length === 0 ? undefined : from[n % from.length]);
const SPLITS: readonly SplitBy[] = ['equal', 'attendance', 'hours', 'ratio', 'fixed', 'funder'];

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

/** A member puts in what they like: more than is free is refused by the ledger itself (RULE 18). */
export function contribute(world: PoolWorld, { who, sum }: Chance): void {
  const member = pick(world.staying, who);
  if (!member || world.isOver) return;
  const amount = pence(sum + 1);
  const share = world.shareOf(member).facts;
  if (crossesBooks(share)) return world.send(member, world.lineOf(member), shareAccount(share), amount, 'contribution');
  world.record([contributionEntry({ id: newId<'contribution'>(), share, amount, on: world.day })]);
}

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

/** A quote is committed to, its price divided in any of the six ways, with or without the charity's money first or last. */
export function commit(world: PoolWorld, { sum, part, which }: Chance): void {
  if (world.isOver) return;
  const members = world.staying;
  const sessions = 1 + (which % 3);
  const by = SPLITS[part % SPLITS.length]!;
  const weights = members.map((_, n) => BigInt(1 + ((part + n * 7) % 5)));
  const fixed = weights.map((weight) => weight * BigInt(1 + (sum % 2_000)));
  const isFixed = by === 'fixed' || by === 'funder';
  const price = isFixed ? pence(fixed.reduce((a, b) => a + b, 0n)) : pence(1 + (sum % 20_000));
  const days = Array.from({ length: sessions }, (_, n) => addDays(world.day, 3 + n * 14));
  const parts = decideCommitment(
    {
      poolState: 'active',
      agreementInForce: true,
      quoteState: 'chosen',
      isMoving: world.isMoving,
      price,
      sessions,
      members: members.map((member) => ({ personId: member.id, state: 'member', chose: true })),
      shares: world.allShares
        .filter((share) => share.member.state === 'member')
        .map((share) => ({
          id: share.id,
          personId: share.member.id,
          usable: world.usable(share.account),
          planAgreed: true,
          lineUntil: '2030-04-01' as LocalDate,
        })),
      split: { by, parts: new Map(members.map((member, n) => [member.id, isFixed ? fixed[n]! : weights[n]!])) },
      drawFunders: ([undefined, 'first', 'last'] as const)[which % 3],
      funders: [{ id: world.charity.id, usable: world.ledger.balanceOf(funderShareAccount(world.charity.share)).free, endsOn: world.charity.endsOn }],
    },
    days,
    world.day,
  );
  const made = days.map((day): WorldSession => {
    const id = newId<'session'>();
    return { id, day, price, isInvoiced: false, absent: new Set(), purposes: new Set([id]) };
  });
  const reservations = parts.map(
    (each): NewReservation => ({
      id: newId<'reservation'>(),
      account: world.accountOfShare(each.share),
      amount: each.amount,
      purpose: made[each.session]!.id,
      forDay: days[each.session]!,
      endsOn: holdsUntil(days[each.session]!),
    }),
  );
  world.record(commitmentEntries({ id: newId<'purchase'>(), on: world.day }, reservations));
  world.sessions.push(...made);
}

/** Somebody does not come to a session. */
export function stayAway(world: PoolWorld, { who, which, part }: Chance): void {
  const [session, member] = [pick(world.sessions, which), pick(world.staying, who)];
  if (!session || !member) return;
  const open = world.open({ purposes: session.purposes });
  const mine = open.filter((each) => member.shares.some((share) => accountIdOf(shareAccount(share.facts)) === each.account));
  const split: SplitBy = part % 2 === 0 ? 'attendance' : 'equal';
  const outcome = decideAbsence(
    {
      terms: { absence: part % 3 === 0 ? 'pay-to-hold-place' : 'pay-if-you-come', split },
      session: { day: session.day, state: session.isInvoiced ? 'invoiced' : 'planned' },
      holdsPlace: mine.length > 0,
      toldBefore: session.absent.has(member.id),
    },
    { reason: part % 5 === 0 ? 'hospital' : 'away', toldOn: world.day },
  );
  session.absent.add(member.id);
  if (outcome === 'pays') return;
  const coming = world.allShares
    .filter(
      (share) => share.member.state === 'member' && !session.absent.has(share.member.id) && open.some((each) => each.account === accountIdOf(share.account)),
    )
    .map((share) => ({ id: share.id, personId: share.member.id, usable: world.usable(share.account) }));
  const id = newId();
  const freed = sumPence(mine.map((each) => each.left));
  const taken = takeOver(split, freed, coming);
  if (plus(sumPence(taken.parts.map((each) => each.amount)), taken.uncovered) !== freed)
    throw new Error('what an absence frees is neither taken over nor uncovered');
  const more = taken.parts.map(
    (each): NewReservation => ({
      id: newId<'reservation'>(),
      account: world.accountOfShare(each.share),
      amount: each.amount,
      purpose: id,
      forDay: session.day,
      endsOn: holdsUntil(session.day),
    }),
  );
  world.record(
    absenceEntries(
      { id, on: world.day },
      mine.map((each) => ({ book: world.ledger.accounts.get(each.account)!.key.book, reservation: each.id })),
      more,
    ),
  );
  session.purposes.add(id);
}

/** The provider invoices a session: some part of its price, split over what is set aside. */
export function bill(world: PoolWorld, { which, part }: Chance): void {
  const session = pick(
    world.sessions.filter((each) => !each.isInvoiced),
    which,
  );
  if (!session || world.isMoving) return;
  const shares = [...world.allShares.map(({ id, account, member }) => ({ id, account, personId: member.id as typeof member.id | null })), charityShare(world)];
  const open = shares.flatMap((share) =>
    world
      .open({ purposes: session.purposes })
      .filter((each) => each.account === accountIdOf(share.account))
      .map((each) => ({
        session: session.id,
        share: share.id,
        personId: share.personId,
        book: share.account.book,
        reservation: each.id,
        forDay: each.forDay,
        left: each.left,
      })),
  );
  const amount = atMost(sumPence(open.map((each) => each.left)), 1 + (part % 100));
  if (amount === 0n) return;
  const { parts } = decideInvoice({ sessions: [{ id: session.id, state: 'confirmed' }], price: session.price, open }, { amount, vat: pence(0) });
  const placed = parts.map((each) => ({ ...each, account: world.accountOfShare(each.share) }));
  const id = newId<'invoice'>();
  world.record(invoiceEntries({ id, providerId: world.provider, on: world.day }, placed));
  session.isInvoiced = true;
  const owed = placed.filter((each) => each.amount > 0n);
  world.invoices.push({
    amount,
    refunds: 0,
    payments: [...new Set(owed.map((each) => each.book))].map((book) => {
      const payment = newId<'payment'>();
      const refundable = (each: (typeof owed)[number], n: number) => ({
        payment,
        book,
        n,
        place: shares.findIndex((share) => share.id === each.share),
        owner: ownerOfAccount(each.account),
        amount: each.amount,
        refunded: pence(0),
      });
      return { id: payment, book, isPaid: false, parts: owed.filter((each) => each.book === book).map(refundable) };
    }),
  });
  for (const member of world.members) sendRest(world, member);
}

/** A session from its commitment to its last payment, in one go. */
export function spend(world: PoolWorld, chance: Chance): void {
  const before = world.invoices.length;
  commit(world, { ...chance, sum: chance.sum % 4_000 });
  bill(world, { ...chance, which: world.sessions.filter((each) => !each.isInvoiced).length - 1 });
  if (world.invoices.length > before) payAll(world, world.invoices.at(-1)!.payments);
}

const charityShare = (world: PoolWorld) => ({ id: world.charity.id, account: funderShareAccount(world.charity.share), personId: null });

/** A payment leaves. */
export function pay(world: PoolWorld, { which }: Chance): void {
  const payment = pick(
    world.invoices.flatMap((invoice) => invoice.payments.filter((each) => !each.isPaid)),
    which,
  );
  if (payment) payAll(world, [payment]);
}

function payAll(world: PoolWorld, payments: readonly WorldPayment[]): void {
  for (const payment of payments.filter((each) => !each.isPaid)) payOne(world, payment);
}

function payOne(world: PoolWorld, payment: WorldPayment): void {
  const facts = {
    id: payment.id,
    book: payment.book,
    attempt: 1,
    channel: 'bank-file',
    payeeSubject: world.provider,
    parts: payment.parts,
  } as unknown as Payment;
  world.record([paymentEntry(facts, world.basisOf(payment.book), world.day)]);
  payment.isPaid = true;
}

/** The provider gives a part of an invoice back, into one of the books; and now and then the rest of it as well. */
export function refund(world: PoolWorld, chance: Chance): void {
  const invoice = pick(
    world.invoices.filter((each) => each.payments.some((payment) => payment.isPaid)),
    chance.which % 2,
  );
  if (!invoice) return;
  refundOf(world, invoice, chance);
  if (chance.part % 2 === 0) refundOf(world, invoice, { ...chance, part: 100 });
}

function refundOf(world: PoolWorld, invoice: PoolWorld['invoices'][number], { part, who }: Chance): void {
  const paid = invoice.payments.filter((payment) => payment.isPaid);
  const parts = paid.flatMap((payment) => payment.parts);
  const left = sumPence(parts.map((each) => minus(each.amount, each.refunded)));
  const amount = part > 60 ? left : atMost(left, part);
  if (amount === 0n) return;
  const book = pick(paid, who)!.book;
  const gate = gateOf(book, world.basisOf(book), 'bank');
  const moved = world.members
    .filter((member) => member.state === 'left')
    .flatMap((member) => member.shares.map(({ facts }) => ({ owner: ownerOfAccount(shareAccount(facts)), to: world.lineOf(member) })));
  const placed = splitRefund(amount, parts).map((slice) => ({ slice, home: homeOf(slice.part, moved) }));
  world.record([refundEntry(book, { id: newId(), gate, on: world.day }, placed)]);
  invoice.refunds += 1;
  for (const { slice, home } of placed) {
    const [payment, n] = [paid.find((each) => each.id === slice.part.payment)!, slice.part.n];
    payment.parts[n] = { ...slice.part, refunded: plus(slice.part.refunded, slice.amount) };
    const member = world.members.find((each) => each.id === slice.part.owner.subject);
    if (home.book !== book)
      world.onItsWay.push({
        id: newId(),
        from: gate,
        to: home,
        amount: slice.amount,
        owner: slice.part.owner,
        carries: 'refund',
        member: member ?? world.members[0]!,
      });
  }
}

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
  Object.assign(member, { state: 'left', leftOn: statement.leftOn, noticeUntil: statement.noticeUntil });
  depart(world, member, statement, entriesOf);
}

/** What became free of somebody who has left goes home too. */
function sendRest(world: PoolWorld, member: WorldMember): void {
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
  if (member) depart(world, member, world.statementOf(member, 0), areaMoveEntries);
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

/** Everybody said yes to the end. */
export function windUp(world: PoolWorld, { part }: Chance): void {
  if (part < 70) return;
  for (const member of world.staying) leaveBy(world, member, world.statementOf(member, 0), windUpEntries);
  world.isOver = true;
  giveBack(world);
}

/** Days go by, and what was set aside too long ago is free again. */
export function wait(world: PoolWorld, { which }: Chance): void {
  world.day = addDays(world.day, 1 + (which % 40));
  const past = [...world.ledger.reservations].filter(([, each]) => each.left > 0n && each.endsOn < world.day);
  world.record(past.map(([id, each]) => expiryEntry({ id, book: world.ledger.accounts.get(each.account)!.key.book, left: each.left as Pence, on: world.day })));
  for (const member of world.members) sendRest(world, member);
}

export const ACTIONS = {
  fund,
  contribute,
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
  windUp,
  wait,
} as const;
export type ActionName = keyof typeof ACTIONS;
