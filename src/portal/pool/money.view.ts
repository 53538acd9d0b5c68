import type { Pence } from '../../kernel/index.js';
import { dayOf, formatDay, minus } from '../../kernel/index.js';
import type { PoolView } from '../../pools/index.js';
import type { InvoiceView, PurchaseView } from '../../purchasing/index.js';
import type { SplitTableOptions, TableOptions } from '../blocks/index.js';
import { counted, linkOr, money, stateTag } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { PoolFacts } from './pool-facts.js';
import { BY_WORDS, CONTRIBUTION_WORDS, INVOICE_WORDS } from './pool.words.js';

const whose = ({ actingFor }: PoolView): string => (actingFor ? 'their' : 'your');

/** What I put in, or the person for whom I look, newest first, each a way to where it is. */
export const contributionsTable = (pool: PoolView): TableOptions => ({
  caption: `What ${pool.actingFor?.firstName ?? 'you'} put in`,
  head: [{ text: 'Day' }, { text: 'How' }, { text: 'Where it is' }, { text: 'Amount', isNumber: true }],
  empty: pool.actingFor ? `${pool.actingFor.firstName} has not put money in yet.` : 'You have not put money in yet.',
  rows: pool.contributions.map((each) => [
    linkOr(paths.contribution(pool.id, each.id), formatDay(dayOf(new Date(each.madeAt)))),
    each.isOwn ? `${whose(pool)} own money` : `${BY_WORDS[each.by] ?? each.by}${each.paper ? `, from ${whose(pool)} paper` : ''}`,
    stateTag(CONTRIBUTION_WORDS[each.state]),
    money(each.amount),
  ]),
});

/** The bills of all purchases, newest first; my part stands beside the whole. */
export function invoicesTable({ pool, purchases, providers }: Pick<PoolFacts, 'pool' | 'purchases' | 'providers'>): TableOptions {
  const bills = purchases
    .flatMap((purchase) => purchase.invoices.map((invoice) => ({ purchase, invoice })))
    .sort((a, b) => (a.invoice.receivedAt < b.invoice.receivedAt ? 1 : -1));
  const hasMine = pool.mine !== null;
  return {
    caption: 'Bills',
    empty: 'No bill has come yet. A bill can come after a session that you said happened.',
    head: [
      { text: 'Dated' },
      { text: 'From' },
      { text: 'State' },
      { text: 'The whole bill', isNumber: true },
      ...(hasMine ? [{ text: pool.actingFor ? 'Their part' : 'Your part', isNumber: true }] : []),
    ],
    rows: bills.map(({ purchase, invoice }) => [
      linkOr(paths.poolInvoice(pool.id, invoice.id), formatDay(invoice.dated)),
      providers.get(purchase.providerId) ?? 'The provider',
      stateTag(INVOICE_WORDS[invoice.state]),
      money(invoice.amount),
      ...(hasMine ? [invoice.mine === null ? 'Nothing' : money(invoice.mine)] : []),
    ]),
  };
}

/** How a bill falls on the members: mine by itself and the others as one sum. Who has no part in it sees the parts without names. */
export function splitOf(invoice: InvoiceView): SplitTableOptions {
  const others = invoice.parts.length - (invoice.mine === null ? 0 : 1);
  const caption = 'How the bill is shared';
  if (invoice.mine === null) return { caption, whole: invoice.amount, rows: invoice.parts.map((sum, index) => ({ name: `Part ${index + 1}`, sum })) };
  const rest = minus(invoice.amount, invoice.mine);
  const count = invoice.parts.length;
  const how = (parts: number): string => (areEqual(invoice.parts) ? `${parts} of ${count} equal parts` : 'As much as was set aside for it');
  return {
    caption,
    whole: invoice.amount,
    rows: [
      { name: 'You', sum: invoice.mine, isMine: true, how: how(1) },
      ...(others > 0 ? [{ name: counted(others, 'other person', 'other people together'), sum: rest, how: how(others) }] : []),
    ],
  };
}

/** The purchase and invoice of an id, if the pool has it. */
export function findBill(purchases: readonly PurchaseView[], id: string): { purchase: PurchaseView; invoice: InvoiceView } | undefined {
  for (const purchase of purchases) {
    const invoice = purchase.invoices.find((each) => each.id === id);
    if (invoice) return { purchase, invoice };
  }
  return undefined;
}

/** Equal but for the odd penny. The parts come largest first. */
const areEqual = (parts: readonly Pence[]): boolean => parts.length > 0 && parts[0]! - parts.at(-1)! <= 1n;

/** Why parts may differ by a penny, when they do. */
export const oddPenny = (parts: readonly Pence[]): string | null =>
  areEqual(parts) && new Set(parts).size > 1
    ? 'A penny cannot be cut. When the bill does not divide evenly, the odd penny goes round from session to session.'
    : null;
