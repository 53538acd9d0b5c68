/** Every kind of account, as one would read it to an auditor. */
export interface AccountKindFacts {
  /** Which side makes it larger. */
  readonly normal: 'debit' | 'credit';
  /** Guarded accounts never go below zero; they keep a running figure, locked in id order. */
  readonly guarded: boolean;
  /** Keeps a running figure on its row: guarded accounts, and what one member owes. Others are summed from their transfers when asked. */
  readonly kept: boolean;
  readonly books: readonly BookBasis[];
  /** What it is in the world. */
  readonly meaning: string;
}

/** Allocation books hold no client cash (the ICB pays from its own ledger); cash books hold other people's money. */
export type BookBasis = 'allocation' | 'cash';

export const CHART = {
  agreed: { normal: 'debit', guarded: false, kept: false, books: ['allocation'], meaning: 'what the funder has agreed to spend from this book' },
  bank: { normal: 'debit', guarded: false, kept: false, books: ['cash'], meaning: 'money at the bank, as the statement will show it' },
  clearing: {
    normal: 'debit',
    guarded: false,
    kept: false,
    books: ['cash'],
    meaning: 'money on its way: sent or received, not yet on a bank statement; and each Stripe balance',
  },
  line: {
    normal: 'credit',
    guarded: true,
    kept: true,
    books: ['allocation', 'cash'],
    meaning: "one person's money from one funder, free to be spent or put into a pool",
  },
  share: {
    normal: 'credit',
    guarded: true,
    kept: true,
    books: ['allocation', 'cash'],
    meaning: "one member's money inside a pool; still theirs until it is spent",
  },
  payable: { normal: 'credit', guarded: false, kept: false, books: ['allocation', 'cash'], meaning: 'owed to a provider for an invoice that was split' },
  remitting: {
    normal: 'credit',
    guarded: false,
    kept: false,
    books: ['allocation', 'cash'],
    meaning: 'on its way to another book; buys nothing here or there until it arrives',
  },
  spent: { normal: 'credit', guarded: false, kept: false, books: ['allocation'], meaning: "paid by the payer's own system, as instructed" },
  unallocated: { normal: 'credit', guarded: false, kept: false, books: ['allocation', 'cash'], meaning: 'money here that is nobody’s yet' },
  receivable: {
    normal: 'debit',
    guarded: false,
    kept: true,
    books: ['allocation', 'cash'],
    meaning: 'owed by one member after a fact from outside; never by anybody else',
  },
  'fees-due': { normal: 'debit', guarded: false, kept: false, books: ['cash'], meaning: 'Stripe fees, owed by whoever the agreement names' },
} as const satisfies Record<string, AccountKindFacts>;

export type AccountKind = keyof typeof CHART;
export const ACCOUNT_KINDS = Object.keys(CHART) as AccountKind[];
