import { Contributions, Agreements, Pools } from '../../pools/index.js';
import type { AgreementId, ContributionBy, ContributionView, Terms } from '../../pools/index.js';
import type { BookId, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { addDays, addMonths, pence } from '../../kernel/index.js';
import { PayIns, type RemittanceId } from '../../payments/index.js';
import { Invoices, Purchases, Quotes, SessionPapers, Sessions } from '../../purchasing/index.js';
import type { InvoiceId, PurchaseId, QuoteId, SessionId } from '../../purchasing/index.js';
import type { Until } from '../diary.js';
import type { Holder, ListedProvider, World } from './world.js';

/** A pool as it is drawn before it is there. */
export interface PoolPlan {
  readonly key: string;
  readonly name: string;
  readonly purpose: string;
  readonly broker: PersonId;
  readonly members: readonly Holder[];
  readonly provider: ListedProvider;
  /** For one session of the whole group, in pence. */
  readonly price: number;
  /** How many sessions are bought; everybody puts in for one more. */
  readonly sessions: number;
  /** Null: each keeps their own money and pays their part of each invoice. */
  readonly moneyHolder: BookId | null;
  /** When money of funders is spent, where the group takes any: before the members' or after it. */
  readonly funders?: 'first' | 'last';
  /** What its agreement says in another way than most. */
  readonly more?: Omit<Partial<Terms>, 'parts' | 'moneyHolderBook'>;
}

export interface RunningPool extends PoolPlan {
  readonly id: PoolId;
}

export interface Purchase {
  readonly id: PurchaseId;
  readonly sessions: readonly { readonly sessionId: SessionId; readonly day: LocalDate }[];
}

/** The broker proposes the pool with everybody in it. */
export async function propose(world: World, plan: PoolPlan): Promise<RunningPool> {
  const { house } = world;
  const { poolId } = await house.get(Pools).propose(await house.actor(plan.broker), {
    name: plan.name,
    purpose: plan.purpose,
    place: plan.members[0]!.place,
    members: plan.members.map((member) => ({ personId: member.id })),
    ...(plan.moneyHolder ? { moneyHolderBookId: plan.moneyHolder } : {}),
  });
  return { ...plan, id: poolId };
}

/** A version of the agreement that everybody is asked to assent to. */
export async function offer(world: World, pool: RunningPool, noticeDays = 28): Promise<{ agreementId: AgreementId; contentHash: string }> {
  const { house } = world;
  const { moneyHolder, funders } = pool;
  const holder = [world.moneyHolder, world.secondHolder].find((each) => each.book === moneyHolder);
  const holds = holder ? `${holder.name} holds the shared money.` : 'Everybody keeps their own money.';
  const beside = funders === undefined ? '' : ` What others give us is spent ${funders === 'first' ? 'before' : 'after'} our own.`;
  return house.get(Agreements).offer(await house.actor(pool.broker), pool.id, {
    split: 'equal',
    absence: 'pay-to-hold-place',
    noticeDays,
    decide: 'all-agree',
    feesOwedBy: 'money-holder',
    reviewOn: addMonths(world.today, 3),
    ...(moneyHolder ? { moneyHolderBook: moneyHolder } : {}),
    ...(moneyHolder === world.moneyHolder.book ? { successorBook: world.secondHolder.book } : {}),
    ...(funders ? { funders } : {}),
    ...pool.more,
    text: `${pool.name}: ${pool.purpose} We share the price equally, and pay to hold our place. Whoever leaves gives ${noticeDays} days of notice and takes the rest of their money along. ${holds}${beside}`,
  });
}

const FORMATS = ['standard', 'large-print', 'easy-read', 'spoken'] as const;

export async function assent(world: World, who: readonly Holder[], agreement: { agreementId: AgreementId; contentHash: string }): Promise<void> {
  const { house } = world;
  for (const [n, member] of who.entries())
    await house
      .get(Agreements)
      .assent(await house.actor(member.id), agreement.agreementId, { contentHash: agreement.contentHash, format: FORMATS[n % FORMATS.length]! });
}

/** Puts money in. What has to travel by card or Direct Debit still has to be paid; see `payByPage`. What the trust holds travels by bank. */
export async function putIn(world: World, pool: RunningPool, member: Holder, amount: number, by: ContributionBy = 'card'): Promise<ContributionView> {
  const { house } = world;
  const travels = pool.moneyHolder !== null && member.managed !== 'notional' && member.lineBook !== pool.moneyHolder;
  return house.get(Contributions).contribute(await house.actor(member.id), {
    poolId: pool.id,
    lineId: member.lineId,
    planLineId: member.together,
    amountPence: pence(amount),
    ...(travels ? { by: member.managed === 'third-party' ? 'bank' : by } : {}),
  });
}

/** The member opens the hosted page and pays there with a test card or account of the sandbox. */
export async function payByPage(world: World, member: Holder, contribution: ContributionView, method: string): Promise<void> {
  const { house } = world;
  await house.payOnPage(await openPage(world, member, contribution), method);
  await house.settle();
}

/** Only opens the page: the money is awaited. */
export async function openPage(world: World, member: Holder, contribution: ContributionView): Promise<string> {
  const { house } = world;
  const me = await house.actor(member.id);
  const payIns = house.get(PayIns);
  return payIns.address(me, await payIns.ofRemittance(me, contribution.remittanceId as RemittanceId), '/money');
}

/** What each member's part of so many sessions comes to, in pence, rounded up to whole pounds. */
export const partOf = (price: number, sessions: number, members: number): number => Math.ceil((price * sessions) / members / 100) * 100;

/** Everybody puts in their part of so many sessions. */
export async function fund(world: World, pool: RunningPool, sessions: number, who: readonly Holder[] = pool.members): Promise<void> {
  const each = partOf(pool.price, sessions, pool.members.length);
  for (const member of who) {
    const made = await putIn(world, pool, member, each);
    if (made.remittanceId) await payByPage(world, member, made, 'pm_card_visa');
  }
  await world.house.settle();
}

export async function askForQuote(world: World, pool: RunningPool, provider: ListedProvider, price: number, sessions: number): Promise<QuoteId> {
  const { house } = world;
  await house.get(Quotes).ask(await house.actor(pool.broker), pool.id, {
    providerId: provider.id,
    brief: `${pool.purpose} We are ${pool.members.length}, and we would like ${sessions} sessions.`,
  });
  const { quoteId } = await house.get(Quotes).give(await house.actor(provider.person), pool.id, {
    providerId: provider.id,
    service: provider.facts.activity,
    pricePence: pence(price),
    sessions,
    terms: 'Cancel up to two days before.',
  });
  return quoteId;
}

export async function choose(world: World, who: readonly Holder[], quote: QuoteId): Promise<void> {
  for (const member of who) await world.house.get(Quotes).choose(await world.house.actor(member.id), quote);
}

/** Commits to weekly sessions from a day on. */
export async function commit(world: World, pool: RunningPool, quote: QuoteId, first: LocalDate, sessions: number): Promise<Purchase> {
  const days = Array.from({ length: sessions }, (_, week) => addDays(first, 7 * week));
  const done = await world.house.get(Purchases).commit(await world.house.actor(pool.broker), quote, { days });
  return { id: done.purchaseId, sessions: done.sessions };
}

/** The pool whose first session is typed in from a sheet. */
const ON_PAPER = 'plot';

/** The broker printed a sheet, and types in who came and that it was right. */
async function typeSheet({ house }: World, pool: RunningPool, session: SessionId): Promise<void> {
  const broker = await house.actor(pool.broker);
  const papers = house.get(SessionPapers);
  await papers.make(broker, pool.id);
  const sheet = (await papers.waiting(broker, pool.id)).find((each) => each.sessionId === session)!;
  const lines = sheet.people.slice(0, 2).map(({ joinOrder }) => ({ member: joinOrder, said: 'right' as const }));
  await papers.type(broker, pool.id, { reference: sheet.reference, lines });
}

/** Sessions from `from` to `until` (places in the purchase): each is recorded by the provider that evening and confirmed by members next day. */
export async function attend(world: World, until: Until, pool: RunningPool, purchase: Purchase, from: number, to: number): Promise<void> {
  for (const session of purchase.sessions.slice(from, to)) {
    await until(session.day, 18);
    if (pool.key === ON_PAPER && session === purchase.sessions[0]) {
      await typeSheet(world, pool, session.sessionId);
      continue;
    }
    await record(world, pool, purchase, session.sessionId);
    await until(addDays(session.day, 1), 10);
    await confirm(world, pool.members.slice(0, 2), session.sessionId);
  }
}

export async function record(world: World, pool: RunningPool, purchase: Purchase, session: SessionId): Promise<void> {
  await world.house.get(Sessions).record(await world.house.actor(pool.provider.person), session, purchase.id);
}

export async function confirm(world: World, who: readonly Holder[], session: SessionId): Promise<void> {
  for (const member of who) await world.house.get(Sessions).confirm(await world.house.actor(member.id), session);
}

/** The provider invoices confirmed sessions at the agreed price. */
export async function invoice(world: World, pool: RunningPool, purchase: Purchase, from: number, to: number): Promise<InvoiceId> {
  const { house } = world;
  const sessions = purchase.sessions.slice(from, to);
  const { invoiceId } = await house.get(Invoices).receive(await house.actor(pool.provider.person), purchase.id, {
    number: `${pool.key.toUpperCase()}-${from + 1}-${house.today.slice(5)}`,
    amountPence: pence(pool.price * sessions.length),
    dated: house.today,
    sessionIds: sessions.map((session) => session.sessionId),
  });
  return invoiceId;
}
