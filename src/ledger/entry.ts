import type { BookId, BudgetLineId, EntryId, Id, LocalDate, Pence, PlanLineId, PoolId, ReservationId } from '../kernel/index.js';
import type { AccountKey } from './account-key.js';

/** What an entry is about; the four numbers and the proofs are read by it. */
export type EntryKind =
  | 'agreed'
  | 'agreed-less' // an allocation line is credited with what was agreed, or reduced
  | 'arrival'
  | 'allocated' // money reaches a cash book; money that was nobody's becomes a line's
  | 'contribution'
  | 'returned' // line to share, share to line, in one book
  | 'remittance-sent'
  | 'remittance-arrived'
  | 'remittance-received' // left (to remitting); the sender learns of arrival; the receiver books it
  | 'pay-in' // card or Direct Debit straight into a share
  | 'fee'
  | 'commitment'
  | 'commitment-ended'
  | 'invoice'
  | 'payment'
  | 'payment-returned'
  | 'refund'
  | 'bank-line' // a statement line settles clearing
  | 'receivable'
  | 'receivable-settled'
  | 'correction';

/** Whose money a transfer moves. Taken from the line or share account in it; said outright when neither side is one. */
export interface Owner {
  readonly subject?: string | undefined;
  readonly line?: BudgetLineId | undefined;
  readonly planLine?: PlanLineId | undefined;
  readonly pool?: PoolId | undefined;
}

/** Debits one account, credits another of the same book, by one positive amount in pence. */
export interface NewTransfer {
  readonly debit: AccountKey;
  readonly credit: AccountKey;
  readonly amount: Pence;
  readonly owner?: Owner;
  /** Posts part of a reservation: the debit account's money was set aside for this. */
  readonly reservation?: ReservationId;
}

/** Sets money of a line or share aside for one purpose (a session, a purchase), for a day, until an end. */
export interface NewReservation {
  readonly id: ReservationId;
  readonly account: AccountKey;
  readonly amount: Pence;
  /** What it is for; one reservation per account and purpose. */
  readonly purpose: Id<string>;
  readonly forDay: LocalDate;
  /** The last day it holds; a job ends it afterwards. */
  readonly endsOn: LocalDate;
}

/** Ends what is left of a reservation, or `amount` of it. */
export interface ReservationEnding {
  readonly reservation: ReservationId;
  readonly amount?: Pence;
  readonly as: 'void' | 'expired';
}

/** All movements of one business event in one book, under one reference that is unique in that book. */
export interface NewEntry {
  readonly book: BookId;
  /** `noun:id:what`; a repeat with the same content changes nothing, with other content is refused. */
  readonly reference: string;
  readonly kind: EntryKind;
  /** The day it is true in the world; the booking instant is the transaction's own. */
  readonly effectiveOn: LocalDate;
  /** The day whose period it shall count in, on or after the true day; by default the true day, or the first day of the book still open. */
  readonly bookOn?: LocalDate;
  readonly corrects?: EntryId;
  readonly transfers?: readonly NewTransfer[];
  readonly reservations?: readonly NewReservation[];
  readonly endings?: readonly ReservationEnding[];
}

export type Outcome = 'recorded' | 'replay';
/** What came of one of several entries when each has its own fate. */
export type EachOutcome = Outcome | 'not-enough-free' | 'reference-reused';
