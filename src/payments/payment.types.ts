import type { BookId, Id, LocalDate, PaymentId, Pence, PersonId } from '../kernel/index.js';
import type { AccountKey, Owner } from '../ledger/index.js';
import type { PaymentState } from './payment.lifecycle.js';

export type PayeeId = Id<'payee'>;
export type RemittanceId = Id<'remittance'>;
export type PaymentFileId = Id<'payment-file'>;
export type RefundId = Id<'refund'>;

/** How money crosses the boundary: out by a Stripe transfer, a bank file or the payer's own system; in by card or Direct Debit. */
export type Channel = 'stripe' | 'bank-file' | 'payer-file' | 'card' | 'bacs-debit';

/** Whose money a payment is, part by part. `place` is the part's place in the split it comes from (join order); ties of
 *  refunds go by it. Without one, the order given counts. */
export interface PaymentPart {
  readonly owner: Owner;
  readonly amount: Pence;
  readonly place?: number | undefined;
}

export interface StoredPart extends PaymentPart {
  readonly n: number;
  readonly place: number;
  /** What came back of it so far, in pence. */
  readonly refunded: Pence;
}

/** What a payment is for: `invoice`, `remittance`, `pay-in`; opaque here. */
export interface Purpose {
  readonly noun: string;
  readonly id: string;
}

/** A payment as its row says. */
export interface PaymentRecord {
  readonly id: PaymentId;
  readonly book: BookId;
  readonly direction: 'out' | 'in';
  readonly payee: PayeeId | null;
  readonly payeeSubject: string | null;
  readonly amount: Pence;
  readonly channel: Channel | null;
  readonly reference: string;
  readonly payeeReference: string | null;
  readonly purposeNoun: string;
  readonly purposeId: string;
  readonly dueOn: LocalDate;
  readonly state: PaymentState;
  readonly attempt: number;
  readonly preparedBy: PersonId | null;
  readonly approvedBy: PersonId | null;
  readonly decidedAlone: boolean;
  readonly reason: string | null;
  readonly postedAt: Date | null;
  readonly sendingAt: Date | null;
  readonly fileId: PaymentFileId | null;
  readonly stripeTransferId: string | null;
  readonly stripeCheckoutId: string | null;
  readonly stripeCheckoutUrl: string | null;
  readonly stripePaymentIntentId: string | null;
  readonly toAccount: AccountKey | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** A payment with its parts, in their order. */
export interface Payment extends PaymentRecord {
  readonly parts: readonly StoredPart[];
}
