import type { Pence } from '../kernel/index.js';
import type { AccountKind } from '../ledger/index.js';
import type { Movement } from './penny.rules.js';

/** A transfer of the ledger with what its entry says of it. */
export interface TransferFact {
  readonly id: string;
  readonly order: string;
  readonly entry: string;
  readonly corrects: string | null;
  /** `noun:id:what`. */
  readonly reference: string;
  readonly kind: string;
  readonly debit: string;
  readonly credit: string;
  readonly debitKind: AccountKind;
  readonly creditKind: AccountKind;
  readonly amount: Pence;
  readonly line: string | null;
  /** Whose it is where no line is behind it: a funder. */
  readonly subject?: string | null;
  readonly owner: string | null;
  readonly reservation: string | null;
}

/** Money set aside, or freed again. */
export interface ReserveFact {
  readonly id: string;
  readonly order: string;
  readonly what: 'set-aside' | 'freed';
  readonly reservation: string;
  readonly account: string;
  readonly accountKind: AccountKind;
  readonly amount: Pence;
}

/** What other rooms know of a movement: all of it exact, none of it guessed. */
export interface Hints {
  /** What a payment is for, by its id. */
  readonly purposes: ReadonlyMap<string, string>;
  /** Payments that take what is left of a funder's money back to it, or people's own money home. */
  readonly homeward: ReadonlyMap<string, 'funder' | 'home'>;
  /** By the transfer of a refund: the payment it came out of, and the remittance that takes it on to another book. */
  readonly refunds: ReadonlyMap<string, { readonly payment: string; readonly remittance: string | null }>;
  /** By the entry of an arrival: the statement line that brought it. */
  readonly arrivals: ReadonlyMap<string, string>;
  /** Transfers that a bank statement, a payer's report or Stripe shows. */
  readonly seen: ReadonlySet<string>;
}

const GATES: ReadonlySet<AccountKind> = new Set(['bank', 'clearing', 'spent', 'fees-due']);
/** The movement that stands for the outside world's record of a transfer. */
export const seenId = (transfer: string): string => `seen:${transfer}`;
/** What kind of place it is: its first word. */
export const placeKind = (place: string): string => place.split(':')[0]!;

/** Every movement between places. What only settles clearing with the bank is no movement of its own: it shows as what was seen. */
export function movementsOf(transfers: readonly TransferFact[], reserves: readonly ReserveFact[], hints: Hints): Movement[] {
  const moved = transfers.filter((each) => !(GATES.has(each.debitKind) && GATES.has(each.creditKind))).flatMap((each) => withSeen(each, hints));
  const aside = reserves.map((each): Movement => {
    const [free, reserved] = [`${each.accountKind}:${each.account}`, `reserved:${each.reservation}`];
    const [from, to] = each.what === 'set-aside' ? [free, reserved] : [reserved, free];
    return { id: each.id, order: each.order, from, to, amount: each.amount };
  });
  return [...moved, ...aside];
}

/** A transfer through the edge of a book has a step of its own for what the world outside shows of it. */
function withSeen(transfer: TransferFact, hints: Hints): Movement[] {
  const { id, order, amount } = transfer;
  const [from, to] = [fromOf(transfer, hints), toOf(transfer, hints)];
  if (!hints.seen.has(id)) return [{ id, order, from, to, amount }];
  if (GATES.has(transfer.creditKind))
    return [
      { id, order, from, to: `left:${id}`, amount },
      { id: seenId(id), order: `${order}:seen`, from: `left:${id}`, to, amount },
    ];
  return [
    { id: seenId(id), order, from, to: `came:${id}`, amount },
    { id, order: `${order}:booked`, from: `came:${id}`, to, amount },
  ];
}

function fromOf(transfer: TransferFact, hints: Hints): string {
  if (transfer.reservation !== null) return `reserved:${transfer.reservation}`;
  return placeOf(transfer, transfer.debitKind, transfer.debit, hints) ?? gateIn(transfer, hints);
}

function toOf(transfer: TransferFact, hints: Hints): string {
  return placeOf(transfer, transfer.creditKind, transfer.credit, hints) ?? gateOut(transfer, hints);
}

const ownerOf = (transfer: TransferFact): string => transfer.line ?? transfer.subject ?? transfer.owner ?? 'nobody';
const wordsOf = (transfer: TransferFact): readonly string[] => transfer.reference.split(':');

/** A place inside a book; undefined at its edge. */
function placeOf(transfer: TransferFact, kind: AccountKind, account: string, hints: Hints): string | undefined {
  const [noun, id] = wordsOf(transfer);
  switch (kind) {
    case 'line':
    case 'share':
      return `${kind}:${account}`;
    case 'payable':
      return `owed:${noun === 'invoice' ? id : noun === 'payment' ? (hints.purposes.get(id!) ?? id) : (leftOverOf(transfer) ?? account)}:${ownerOf(transfer)}`;
    case 'remitting':
      return `on-the-way:${noun === 'remittance' ? id : (hints.refunds.get(transfer.id)?.remittance ?? account)}:${ownerOf(transfer)}`;
    case 'unallocated':
      return `arrived:${arrivalOf(transfer, hints) ?? account}`;
    case 'receivable':
      return `debt:${account}`;
    case 'agreed':
      return `funder:${transfer.id}`;
    default:
      return undefined;
  }
}

/** The statement line that brought money which was nobody's yet. */
function arrivalOf(transfer: TransferFact, hints: Hints): string | undefined {
  const words = wordsOf(transfer);
  if (words[0] === 'funder-share') return words[3];
  const at = words.findIndex((word) => word === 'statement-line' || word === 'line');
  if (at >= 0) return words[at + 1];
  return hints.arrivals.get(transfer.entry) ?? (transfer.corrects === null ? undefined : hints.arrivals.get(transfer.corrects));
}

/** Under which occasion the rest of a funder's money, or a person's own, went home: the payment that follows is for it. */
function leftOverOf(transfer: TransferFact): string | undefined {
  const [noun, , third, what, occasion] = wordsOf(transfer);
  if (noun === 'own-line' && (third === 'home' || third === 'stayed')) return what;
  return noun === 'funder-share' && what === 'left-over' ? occasion : undefined;
}

/** With whom a payment is, or back with whom. */
const paid = (payment: string, transfer: TransferFact, hints: Hints): string => `${hints.homeward.get(payment) ?? 'payee'}:${payment}:${ownerOf(transfer)}`;

function gateOut(transfer: TransferFact, hints: Hints): string {
  const [noun, id, what] = wordsOf(transfer);
  if (noun === 'payment' && what === 'sent') return paid(id!, transfer, hints);
  if (noun === 'remittance') return `crossing:${id}`;
  return `out:${transfer.id}`;
}

function gateIn(transfer: TransferFact, hints: Hints): string {
  const [noun, id, what] = wordsOf(transfer);
  const refund = hints.refunds.get(transfer.id);
  if (refund) return `payee:${refund.payment}:${ownerOf(transfer)}`;
  // A card or Direct Debit brings a remittance under the id of its pay-in.
  if (noun === 'payment' && what === 'succeeded' && transfer.kind === 'remittance-received') return `crossing:${hints.purposes.get(id!) ?? id}`;
  if (noun === 'payment' && what === 'returned') return paid(id!, transfer, hints);
  if (noun === 'remittance') return `crossing:${id}`;
  return `in:${transfer.id}`;
}
