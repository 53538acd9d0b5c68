import type { LocalDate, Pence } from '../kernel/index.js';

/** A line of a statement, as far as matching looks at it. */
export interface LineFacts {
  readonly id: string;
  readonly day: LocalDate;
  /** Money into the account is a credit. */
  readonly direction: 'credit' | 'debit';
  readonly amount: Pence;
  readonly reference: string | null;
  readonly bankReference: string | null;
  readonly counterparty: string | null;
  readonly words: string;
  readonly parts: readonly LinePart[];
}

/** One payment inside a batch. */
export interface LinePart {
  /** Null where the bank does not break the batch down. */
  readonly amount: Pence | null;
  readonly reference: string | null;
  readonly counterparty: string | null;
  readonly words: string;
}

/** Movements of our own that a bank line may be. `payment-return` is one of our payments coming back. */
export type ItemKind = 'payment' | 'payment-return' | 'remittance-in' | 'remittance-out' | 'refund';

/** Something of ours that is expected on a statement. */
export interface ItemFacts {
  readonly kind: ItemKind;
  readonly id: string;
  /** Of a payment: which attempt. 1 for everything else. */
  readonly attempt: number;
  readonly direction: 'credit' | 'debit';
  readonly amount: Pence;
  /** Everything that names it towards the outside, its own reference first. */
  readonly references: readonly string[];
  /** Who is paid, or who pays, as we know them. */
  readonly name: string | null;
  /** The day on which it left, or was sent. */
  readonly day: LocalDate;
  /** The last day on which a line may be it without a person; null when there is none. */
  readonly until: LocalDate | null;
  /** The file it left in, if any: its payments may show as one line. */
  readonly batch: { readonly id: string; readonly references: readonly string[] } | null;
}

export type MatchRule =
  | 'reference'
  | 'budget-line'
  | 'by-hand'
  | 'reference-in-words'
  | 'reference-cut'
  | 'batch-parts'
  | 'batch-reference'
  | 'batch-total'
  | 'name-and-day';

/** One line is these items. */
export interface Proposal {
  readonly line: string;
  readonly items: readonly ItemFacts[];
  readonly rule: MatchRule;
  /** How sure, out of 100; our judgement, November 2026. */
  readonly score: number;
  /** The facts that made it, in plain words; they quote nothing from the statement. */
  readonly reasons: readonly string[];
}

/** What a line may be, for a person to decide. Never posted by itself. */
export interface Suggestion {
  readonly kind: ItemKind | 'stripe-payout' | 'arrival' | 'bank-charge';
  /** Absent when the line alone explains itself. */
  readonly id?: string | undefined;
  readonly amountPence: number;
  readonly score: number;
  readonly words: string;
}
