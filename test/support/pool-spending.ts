import type { LocalDate } from '../../src/kernel/index.js';
import { addDays, minus, newId, pence, plus, sumPence } from '../../src/kernel/index.js';
import type { NewReservation } from '../../src/ledger/index.js';
import { accountIdOf } from '../../src/ledger/index.js';
import { gateOf, paymentEntry, refundEntry } from '../../src/payments/payment.entries.js';
import type { Payment } from '../../src/payments/payment.types.js';
import { homeOf, splitRefund } from '../../src/payments/refund.rules.js';
import { funderShareAccount } from '../../src/pools/funder-share.entries.js';
import { shareAccount } from '../../src/pools/pool.entries.js';
import { absenceEntries } from '../../src/purchasing/absence.entries.js';
import { decideAbsence, takeOver } from '../../src/purchasing/absence.rules.js';
import { commitmentEntries, invoiceEntries, ownerOfAccount } from '../../src/purchasing/purchase.entries.js';
import { decideCommitment } from '../../src/purchasing/commitment.rules.js';
import { decideInvoice, holdsUntil } from '../../src/purchasing/purchase.rules.js';
import type { SplitBy } from '../../src/pools/index.js';
import type { PoolWorld, WorldPayment, WorldSession } from './pool-world.js';
import { atMost } from './pool-world.js';
import type { Chance } from './pool-chance.js';
import { pick } from './pool-chance.js';
import { sendRest } from './pool-departures.js';

const SPLITS: readonly SplitBy[] = ['equal', 'attendance', 'hours', 'ratio', 'fixed', 'funder'];

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
      poolState: world.isStopped ? 'frozen' : 'active',
      agreementInForce: true,
      quoteState: 'chosen',
      isMoving: world.isMoving,
      price,
      sessions,
      members: members.map((member) => ({ personId: member.id, state: 'member', isFrozen: member.isFrozen ?? false })),
      waitsFor: undefined,
      goesOnInFreeze: which % 7 === 6,
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
    .filter((share) => !world.isStopped && !share.member.isFrozen)
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
