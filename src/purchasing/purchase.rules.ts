import type { BookId, Id, LocalDate, Pence, PersonId, ReservationId } from '../kernel/index.js';
import { addDays, formatPounds, invalid, minus, pence, refused, splitInProportion, sumPence } from '../kernel/index.js';
import type { ShareId } from '../pools/index.js';
import type { SessionState } from './purchase.lifecycle.js';
import { fillInOrder, splitOver } from './split.rules.js';

/** How long after a session its money stays set aside for a late invoice (our judgement, November 2026). */
export const HELD_AFTER_DAYS = 60;

/** The last day a reservation holds. */
export const holdsUntil = (day: LocalDate): LocalDate => addDays(day, HELD_AFTER_DAYS);

/** What members' latest answers make of a session: one dispute stands until its member takes it back. Undefined while nobody answered. */
export function stateAfterAnswers(latest: readonly ('confirmed' | 'disputed')[]): 'confirmed' | 'disputed' | undefined {
  if (latest.length === 0) return undefined;
  return latest.includes('disputed') ? 'disputed' : 'confirmed';
}

/** Refuses recording a session before its day (session-not-yet). */
export function checkRecord(session: { day: LocalDate }, today: LocalDate): void {
  if (session.day > today) throw refused('session-not-yet', 'This session is still to come.');
}

/** A number as twins are found: capitals, without what people type differently. */
export const numberKey = (number: string): string => number.toUpperCase().replace(/[\s\-./_]/g, '');

/** Money that is still set aside for one session in one share. */
export interface OpenPart {
  readonly session: Id<'session'>;
  readonly share: ShareId;
  /** Null for a funder's share. */
  readonly personId: PersonId | null;
  readonly book: BookId;
  readonly reservation: ReservationId;
  readonly forDay: LocalDate;
  readonly left: Pence;
}

export interface InvoiceFacts {
  readonly sessions: readonly { readonly id: Id<'session'>; readonly state: SessionState }[];
  readonly price: Pence;
  /** By join order, then share id; within a share by day. */
  readonly open: readonly OpenPart[];
}

export interface InvoicePart {
  readonly share: ShareId;
  readonly personId: PersonId | null;
  readonly book: BookId;
  readonly amount: Pence;
  readonly vat: Pence;
  readonly from: readonly { readonly reservation: ReservationId; readonly amount: Pence }[];
  /** Left over from these sessions: free again at once. */
  readonly freed: readonly { readonly reservation: ReservationId; readonly amount: Pence }[];
}

export interface InvoiceDecision {
  readonly parts: readonly InvoicePart[];
  /** Sessions on which nothing is set aside any more. */
  readonly done: readonly Id<'session'>[];
}

/** How an invoice falls on the shares, to the penny: over what is set aside for its sessions, ties by join order. What it leaves over is
 *  freed, unless it bills only some members (`forMembers`: a leaver's part of a session in notice).
 *  Refuses: session-not-confirmed, more-than-price, more-than-set-aside (nobody else's share makes up for it), vat-too-large. */
export function decideInvoice(facts: InvoiceFacts, invoice: { amount: Pence; vat: Pence; forMembers?: readonly PersonId[] | undefined }): InvoiceDecision {
  const notReady = facts.sessions.filter((session) => session.state !== 'confirmed');
  if (facts.sessions.length === 0 || notReady.length > 0)
    throw refused('session-not-confirmed', 'Only sessions that members confirmed, and that were not invoiced before, can be invoiced.');
  const price = pence(facts.price * BigInt(facts.sessions.length));
  if (invoice.amount > price) throw refused('more-than-price', `The agreed price of these sessions is ${formatPounds(price)}.`, { pricePence: String(price) });
  if (invoice.vat > invoice.amount)
    throw invalid('vat-too-large', 'The VAT cannot be more than the whole.', [{ field: 'vatPence', message: 'Enter the VAT that is part of the amount.' }]);
  const billed = facts.open.filter((part) => !invoice.forMembers || (part.personId !== null && invoice.forMembers.includes(part.personId)));
  const shares = [...new Set(billed.map((part) => part.share))].map((share) => billed.filter((part) => part.share === share));
  const weights = shares.map((parts) => sumPence(parts.map((part) => part.left)));
  const setAside = sumPence(weights);
  if (invoice.amount > setAside)
    throw refused('more-than-set-aside', `Only ${formatPounds(setAside)} is set aside for this. Nobody pays another’s part.`, {
      setAsidePence: String(setAside),
    });
  const amounts = splitOver(invoice.amount, weights);
  const vats = splitInProportion(invoice.vat, amounts);
  const parts = shares
    .map((open, place) => partOf(open, amounts[place]!, vats[place]!, invoice.forMembers === undefined))
    .filter((part) => part.amount > 0n || part.freed.length > 0);
  const emptied = new Map<ReservationId, Pence>();
  for (const part of parts)
    for (const use of [...part.from, ...part.freed]) emptied.set(use.reservation, pence((emptied.get(use.reservation) ?? 0n) + use.amount));
  const stillOpen = new Set(facts.open.filter((part) => (emptied.get(part.reservation) ?? 0n) < part.left).map((part) => part.session));
  return { parts, done: facts.sessions.map((session) => session.id).filter((id) => !stillOpen.has(id)) };
}

function partOf(open: readonly OpenPart[], amount: Pence, vat: Pence, freesRest: boolean): InvoicePart {
  const { share, personId, book } = open[0]!;
  const from = fillInOrder(amount, open).map((each) => ({ reservation: each.reservation.reservation, amount: each.amount }));
  const used = (reservation: ReservationId): Pence => from.find((each) => each.reservation === reservation)?.amount ?? pence(0);
  const freed = freesRest
    ? open.map((part) => ({ reservation: part.reservation, amount: minus(part.left, used(part.reservation)) })).filter((each) => each.amount > 0n)
    : [];
  return { share, personId, book, amount, vat, from, freed };
}
