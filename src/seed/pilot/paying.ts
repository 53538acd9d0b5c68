import { bankDetailsFor } from '../../district/index.js';
import { PayRuns } from '../../finance/index.js';
import type { BookId, LocalDate, OrganisationId, PersonId } from '../../kernel/index.js';
import { addDays, daysBetween, DomainError } from '../../kernel/index.js';
import { Payees, PayerReports, PaymentQueries, type PayeeView } from '../../payments/index.js';
import type { Until } from '../diary.js';
import type { BankStatements } from './statements.js';
import type { IcbSide, ListedProvider, MoneyHolderSide, World } from './world.js';

/** A book and the two people who pay from it. */
export interface PayingBook {
  readonly book: BookId;
  readonly maker: PersonId;
  readonly checker: PersonId;
  /** Of its Stripe account, where it has one. */
  readonly stripeKey?: string;
}

/** Invented accounts of providers begin here; those of people begin at 1000 and end below. */
const PROVIDER_ACCOUNTS = 50_000;

export const bankOfProvider = (place: number): ReturnType<typeof bankDetailsFor> => bankDetailsFor(PROVIDER_ACCOUNTS + place);

/** A provider becomes known to a book: details entered by one person and checked by another. By Stripe too, where the book has an account. */
export async function knowProvider(world: World, paying: PayingBook, provider: ListedProvider, place: number): Promise<void> {
  const { house } = world;
  const stripeAccountId = paying.stripeKey ? await connectedAccount(world, paying.stripeKey, provider) : undefined;
  const payee = await house.get(Payees).enter(await house.actor(paying.maker), {
    book: paying.book,
    kind: 'provider',
    subject: provider.id,
    name: provider.facts.name.slice(0, 100),
    ...bankOfProvider(place),
    ...(stripeAccountId ? { stripeAccountId } : {}),
  });
  await checkPayee(world, paying, payee);
}

export async function checkPayee(world: World, paying: PayingBook, payee: PayeeView): Promise<void> {
  await world.house.get(Payees).check(await world.house.actor(paying.checker), { payee: payee.id, version: payee.version, how: 'call-back' });
}

/** The provider's own account at Stripe, beneath the money-holder's. */
async function connectedAccount(world: World, key: string, provider: ListedProvider): Promise<string> {
  const made = (await world.house.stripe(key, '/v1/accounts', { country: 'GB', type: 'express', 'metadata[provider]': provider.id })) as {
    id: string;
  };
  return made.id;
}

/** The account of another book becomes known, so that money can be sent there. */
export async function knowBook(world: World, paying: PayingBook, to: MoneyHolderSide): Promise<void> {
  const payee = await world.house
    .get(Payees)
    .enter(await world.house.actor(paying.maker), { book: paying.book, kind: 'book', subject: to.book, name: to.name, ...to.bank });
  await checkPayee(world, paying, payee);
}

/** A funder's own account becomes known, so that what was not needed can go back there. */
export async function knowFunder(world: World, paying: PayingBook, funder: { id: OrganisationId; name: string; account: number }): Promise<void> {
  const { id, name, account } = funder;
  const payee = await world.house
    .get(Payees)
    .enter(await world.house.actor(paying.maker), { book: paying.book, kind: 'provider', subject: id, name, ...bankDetailsFor(account) });
  await checkPayee(world, paying, payee);
}

/** One pay run from start to end. Answers false when nothing was due. */
export async function payRun(world: World, paying: PayingBook): Promise<boolean> {
  const { house } = world;
  const runs = house.get(PayRuns);
  try {
    const { id } = await runs.propose(await house.actor(paying.maker), { book: paying.book, cutOffOn: house.today });
    await runs.prepare(await house.actor(paying.maker), id);
    await runs.approve(await house.actor(paying.checker), id);
    await house.settle();
    await runs.release(await house.actor(paying.checker), id);
    await house.settle();
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'nothing-to-pay') return false;
    throw error;
  }
}

/** What the ICB's own system says it paid, returned and received since a day. */
export async function importPayerReport(world: World, icb: IcbSide, from: LocalDate): Promise<void> {
  const { house } = world;
  const csv = await house.bankFile(`/bank/payment-report?payer=${icb.payer}&from=${from}&until=${addDays(house.today, 1)}`);
  if (csv.trim().split('\n').length < 2) return;
  await house.get(PayerReports).import(await house.actor(icb.maker), icb.book, csv);
  await house.settle();
}

/** Every week the books pay what is due, after looking at the bank; a few days later they learn what became of it. One week two payments
 *  bounce, and one week Stripe never answers. The last days are left for people to do. Answers whether an answer was lost: in a week in which
 *  nothing went by Stripe none could be. */
export async function payWeekly(
  world: World,
  until: Until,
  accounts: readonly [BankStatements, BankStatements],
  from: LocalDate,
  last: LocalDate,
): Promise<boolean> {
  const { house } = world;
  let lateWeeks = 0;
  let hasLost = false;
  for (let friday = from; friday < last; friday = addDays(friday, 7)) {
    await until(friday, 8);
    for (const account of accounts) {
      await account.import();
      await account.answerBreaks();
    }
    await until(friday, 11);
    if (daysBetween(friday, last) < 45) lateWeeks += 1;
    const bounces = lateWeeks === 1 || lateWeeks === 2;
    const loses: boolean = lateWeeks > 2 && !hasLost;
    if (bounces) await house.bank('/sandbox/switches', { bounce: { next: 2 } });
    if (loses) await house.bank('/sandbox/switches', { faults: [{ kind: 'drop-before', method: 'POST', path: '/v1/transfers', times: 3 }] });
    for (const paying of [world.home, world.neighbour, world.moneyHolder, world.secondHolder]) await payRun(world, paying);
    if (loses) await house.bank('/sandbox/switches', { clear: true });
    hasLost ||= loses && (await unknownPayments(world)) > 0;
    await until(addDays(friday, 4), 9);
    if (bounces) await house.bank('/sandbox/switches', { clear: true });
    await importPayerReport(world, world.home, addDays(friday, -21));
    if (hasLost) await house.job('payments-resolve-unknown');
    if (lateWeeks === 1) await accounts[0].hardDay();
  }
  return hasLost;
}

async function unknownPayments(world: World): Promise<number> {
  const { house, moneyHolder } = world;
  return (await house.get(PaymentQueries).ofBook(await house.actor(moneyHolder.maker), moneyHolder.book, { states: ['unknown'], limit: 10 })).items.length;
}
