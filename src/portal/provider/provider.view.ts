import type { LocalDate, Pence } from '../../kernel/index.js';
import { formatDay, sumPence } from '../../kernel/index.js';
import type { InvoiceView, PurchaseView, SessionView } from '../../purchasing/index.js';
import type { NeedItem, StateTagOptions, TableOptions } from '../blocks/index.js';
import { counted, linkOr, money, stateTag } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';
import type { ProviderFacts } from './provider-reader.js';

/** What is said once after something was done, by the short code in the address. */
export const PROVIDER_DONE: Flashes = {
  listed: { kind: 'done', title: 'You are in the directory', text: 'Groups and brokers can find you now. Check once a year that everything is still right.' },
  recorded: {
    kind: 'done',
    title: 'The session is recorded',
    text: 'The members are asked if it happened. When one of them has said yes, you can invoice it.',
  },
  quoted: { kind: 'done', title: 'Your quote is with the group', text: 'They choose together. We tell you when they have.' },
  withdrawn: { kind: 'done', title: 'Your quote is taken back', text: 'The group can no longer choose it. You can send another one.' },
  billed: { kind: 'done', title: 'Your invoice is accepted', text: 'It is shared out over the members, to the penny. Below you see where the money is.' },
};

export interface SessionOfPurchase {
  readonly purchase: PurchaseView;
  readonly session: SessionView;
}

export interface Bill {
  readonly purchase: PurchaseView;
  readonly invoice: InvoiceView;
}

const byDay = (a: SessionOfPurchase, b: SessionOfPurchase): number => (a.session.day < b.session.day ? -1 : a.session.day > b.session.day ? 1 : 0);

export const sessionsOf = (facts: Pick<ProviderFacts, 'purchases'>): SessionOfPurchase[] =>
  facts.purchases.flatMap((purchase) => purchase.sessions.map((session) => ({ purchase, session }))).sort(byDay);

/** Sessions whose day has come and which nobody has recorded. */
export const toRecord = (facts: Pick<ProviderFacts, 'purchases' | 'today'>): SessionOfPurchase[] =>
  sessionsOf(facts).filter(({ session }) => session.state === 'planned' && session.day <= facts.today);

/** Purchases with sessions that members confirmed and no bill has named. */
export const toBill = (
  facts: Pick<ProviderFacts, 'purchases'>,
): { readonly purchase: PurchaseView; readonly sessions: readonly SessionView[]; readonly sum: Pence }[] =>
  facts.purchases.flatMap((purchase) => {
    const sessions = purchase.sessions.filter((session) => session.state === 'confirmed');
    return sessions.length > 0 ? [{ purchase, sessions, sum: billOf(purchase, sessions) }] : [];
  });

/** What may be billed for sessions: the agreed price, or less where less is still set aside (somebody left). */
export const billOf = (purchase: Pick<PurchaseView, 'price'>, sessions: readonly Pick<SessionView, 'left'>[]): Pence =>
  sumPence(sessions.map((session) => (session.left < purchase.price ? session.left : purchase.price)));

export const billsOf = (facts: Pick<ProviderFacts, 'purchases'>): Bill[] =>
  facts.purchases
    .flatMap((purchase) => purchase.invoices.map((invoice) => ({ purchase, invoice })))
    .sort((a, b) => (a.invoice.receivedAt < b.invoice.receivedAt ? 1 : -1));

/** Billed and not yet paid. */
export const moneyComing = (facts: Pick<ProviderFacts, 'purchases'>): Pence =>
  sumPence(
    billsOf(facts)
      .filter(({ invoice }) => invoice.state !== 'paid')
      .map(({ invoice }) => invoice.amount),
  );

/** Booked and not yet billed: what is still set aside for sessions. */
export const stillToBill = (facts: Pick<ProviderFacts, 'purchases'>): Pence =>
  sumPence(
    sessionsOf(facts)
      .filter(({ session }) => session.state !== 'invoiced')
      .map(({ session }) => session.left),
  );

/** What a provider's people can do now, most pressing first. */
export function providerNeeds(facts: ProviderFacts): NeedItem[] {
  const due = toRecord(facts);
  const oldest = due[0];
  return [
    ...(oldest
      ? [
          {
            text: `Record ${counted(due.length, 'session', 'sessions')}`,
            href: paths.providerSessions,
            icon: 'calendar' as const,
            isUrgent: oldest.session.day < facts.today,
            hint: `The oldest was on ${formatDay(oldest.session.day)}. Members are asked once you have recorded it.`,
          },
        ]
      : []),
    ...toBill(facts).map(({ purchase, sessions }) => ({
      text: `Send an invoice for ${purchase.service}`,
      href: paths.newInvoice(purchase.id),
      icon: 'pound' as const,
      hint: `${counted(sessions.length, 'session was', 'sessions were')} confirmed`,
    })),
    ...facts.requests
      .filter((request) => request.quotes === 0)
      .map((request) => ({
        text: `Answer ${request.poolName}`,
        href: paths.giveQuote(request.providerId, request.poolId),
        icon: 'speech' as const,
        hint: `They asked for a quote on ${formatDay(request.askedOn)}`,
      })),
  ];
}

const SESSION_STATES: Readonly<Record<SessionView['state'], Pick<StateTagOptions, 'state' | 'tone'>>> = {
  planned: { state: 'To come', tone: 'quiet' },
  recorded: { state: 'Waiting for a member to confirm', tone: 'waiting' },
  confirmed: { state: 'Confirmed: you can invoice it', tone: 'good' },
  disputed: { state: 'A member said it was not right', tone: 'stopped' },
  invoiced: { state: 'Invoiced', tone: 'good' },
};

const INVOICE_STATES: Readonly<Record<InvoiceView['state'], Pick<StateTagOptions, 'state' | 'tone'>>> = {
  received: { state: 'Received', tone: 'waiting' },
  split: { state: 'Accepted, waiting to be paid', tone: 'waiting' },
  paid: { state: 'Paid', tone: 'good' },
};

export const sessionState = (session: SessionView, today: LocalDate): Pick<StateTagOptions, 'state' | 'tone'> =>
  session.state === 'planned' && session.day <= today ? { state: 'To be recorded', tone: 'attention' } : SESSION_STATES[session.state];

/** Sessions in order of day, those to be recorded with a way to do it. */
export function sessionsTable(sessions: readonly SessionOfPurchase[], today: LocalDate, caption: string, empty: string): TableOptions {
  return {
    caption,
    empty,
    head: [{ text: 'Day' }, { text: 'What' }, { text: 'State' }, { text: 'Set aside', isNumber: true }],
    rows: sessions.map(({ purchase, session }) => [
      linkOr(session.state === 'planned' && session.day <= today ? paths.recordSession(session.id) : undefined, formatDay(session.day)),
      purchase.service,
      stateTag(sessionState(session, today)),
      money(session.setAside),
    ]),
  };
}

export const billsTable = (bills: readonly Bill[], caption: string, empty: string): TableOptions => ({
  caption,
  empty,
  head: [{ text: 'Number' }, { text: 'Dated' }, { text: 'For' }, { text: 'State' }, { text: 'Amount', isNumber: true }],
  rows: bills.map(({ purchase, invoice }) => [
    linkOr(paths.providerInvoice(invoice.id), invoice.number),
    formatDay(invoice.dated),
    purchase.service,
    stateTag(INVOICE_STATES[invoice.state]),
    money(invoice.amount),
  ]),
});

export const toBillTable = (ready: ReturnType<typeof toBill>): TableOptions => ({
  caption: 'Ready to invoice',
  empty: 'Nothing is ready to invoice. A session is ready when a member has confirmed it.',
  head: [{ text: 'What' }, { text: 'Sessions', isNumber: true }, { text: 'Amount', isNumber: true }],
  rows: ready.map(({ purchase, sessions, sum }) => [linkOr(paths.newInvoice(purchase.id), purchase.service), String(sessions.length), money(sum)]),
});
