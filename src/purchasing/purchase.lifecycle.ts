import type { Lifecycle } from '../kernel/index.js';

export type QuoteState = 'offered' | 'chosen' | 'committed' | 'withdrawn';
export type QuoteAction = 'choose' | 'commit' | 'withdraw';

/** A provider's offer to a pool. It is chosen when every member said yes to it. */
export const QUOTE = {
  offered: { choose: { to: 'chosen', event: 'quoteChosen' }, withdraw: { to: 'withdrawn', event: 'quoteWithdrawn' } },
  chosen: { commit: { to: 'committed' }, withdraw: { to: 'withdrawn', event: 'quoteWithdrawn' } },
  committed: {},
  withdrawn: {},
} as const satisfies Lifecycle<QuoteState, QuoteAction>;

export type PurchaseState = 'committed' | 'completed';
export type PurchaseAction = 'complete';

export const PURCHASE = {
  committed: { complete: { to: 'completed', event: 'purchaseCompleted' } },
  completed: {},
} as const satisfies Lifecycle<PurchaseState, PurchaseAction>;

export type SessionState = 'planned' | 'recorded' | 'confirmed' | 'disputed' | 'invoiced';
export type SessionAction = 'record' | 'confirm' | 'dispute' | 'invoice';

/** One occasion of a service. Only what the people it was for have confirmed can be invoiced. */
export const SESSION = {
  planned: { record: { to: 'recorded', event: 'sessionRecorded' } },
  recorded: { confirm: { to: 'confirmed', event: 'sessionConfirmed' }, dispute: { to: 'disputed', event: 'sessionDisputed' } },
  confirmed: { confirm: { to: 'confirmed' }, dispute: { to: 'disputed', event: 'sessionDisputed' }, invoice: { to: 'invoiced' } },
  disputed: { confirm: { to: 'confirmed', event: 'sessionConfirmed' }, dispute: { to: 'disputed' } },
  invoiced: {},
} as const satisfies Lifecycle<SessionState, SessionAction>;

export type InvoiceState = 'received' | 'split' | 'paid';
export type InvoiceAction = 'split' | 'pay' | 'return';

/** An invoice is split in the moment it is received; it is paid when the payments of all its books are settled. */
export const INVOICE = {
  received: { split: { to: 'split', event: 'invoiceSplit' } },
  split: { pay: { to: 'paid', event: 'invoicePaid' } },
  paid: { return: { to: 'split' } },
} as const satisfies Lifecycle<InvoiceState, InvoiceAction>;
