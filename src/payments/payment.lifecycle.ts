import type { Lifecycle } from '../kernel/index.js';

/** RULE 28, with `sending` (the call to Stripe is under way) and `unknown` (it may have acted; resolved by asking). */
export type PayOutState =
  | 'planned'
  | 'prepared'
  | 'approved'
  | 'sending'
  | 'in-file'
  | 'sent'
  | 'settled'
  | 'reconciled'
  | 'held'
  | 'returned'
  | 'recalled'
  | 'failed'
  | 'unknown';

export type PayInState = 'planned' | 'awaiting-payer' | 'processing' | 'succeeded' | 'reconciled' | 'returned' | 'failed';

export type PaymentState = PayOutState | PayInState;

export type PayOutAction =
  | 'prepare'
  | 'approve'
  | 'hold'
  | 'release'
  | 'recall'
  | 'send'
  | 'put-in-file'
  | 'made'
  | 'fall-back'
  | 'lose-sight'
  | 'fail'
  | 'settle'
  | 'return'
  | 'reconcile'
  | 'not-seen'
  | 'plan-again';

export const PAY_OUT = {
  planned: { prepare: { to: 'prepared' }, hold: { to: 'held', event: 'paymentHeld' }, recall: { to: 'recalled', event: 'paymentRecalled' } },
  prepared: { approve: { to: 'approved', event: 'paymentApproved' }, hold: { to: 'held', event: 'paymentHeld' }, release: { to: 'planned' } },
  approved: {
    send: { to: 'sending' },
    'put-in-file': { to: 'in-file', event: 'paymentInFile' },
    hold: { to: 'held', event: 'paymentHeld' },
  },
  sending: {
    made: { to: 'sent', event: 'paymentSent' },
    'fall-back': { to: 'approved' },
    'lose-sight': { to: 'unknown', event: 'paymentUnknown' },
    fail: { to: 'failed', event: 'paymentFailed' },
  },
  unknown: { made: { to: 'sent', event: 'paymentSent' }, fail: { to: 'failed', event: 'paymentFailed' } },
  'in-file': { settle: { to: 'settled', event: 'paymentSettled' }, return: { to: 'returned', event: 'paymentReturned' } },
  sent: { settle: { to: 'settled', event: 'paymentSettled' }, return: { to: 'returned', event: 'paymentReturned' } },
  settled: { reconcile: { to: 'reconciled' }, return: { to: 'returned', event: 'paymentReturned' } },
  reconciled: { return: { to: 'returned', event: 'paymentReturned' }, 'not-seen': { to: 'in-file' } },
  held: { release: { to: 'planned' }, recall: { to: 'recalled', event: 'paymentRecalled' } },
  returned: { 'plan-again': { to: 'planned' }, recall: { to: 'recalled', event: 'paymentRecalled' } },
  failed: { 'plan-again': { to: 'planned' }, recall: { to: 'recalled', event: 'paymentRecalled' }, made: { to: 'sent', event: 'paymentSent' } },
  recalled: {},
} as const satisfies Lifecycle<PayOutState, PayOutAction>;

export type PayInAction = 'ask' | 'process' | 'succeed' | 'fail' | 'reconcile' | 'not-seen' | 'take-back' | 'give-back';

/** It is reconciled when the bank has shown the pay-out of Stripe that brought it. A card may be refused and tried again on the same page, so only a Direct Debit that fails, or a withdrawal, ends in `failed`. */
export const PAY_IN = {
  planned: {
    ask: { to: 'awaiting-payer' },
    process: { to: 'processing' },
    succeed: { to: 'succeeded', event: 'payInSucceeded' },
    fail: { to: 'failed', event: 'paymentFailed' },
  },
  'awaiting-payer': { process: { to: 'processing' }, succeed: { to: 'succeeded', event: 'payInSucceeded' }, fail: { to: 'failed', event: 'paymentFailed' } },
  processing: { succeed: { to: 'succeeded', event: 'payInSucceeded' }, fail: { to: 'failed', event: 'paymentFailed' } },
  succeeded: { reconcile: { to: 'reconciled' }, 'take-back': { to: 'returned', event: 'payInTakenBack' } },
  reconciled: { 'take-back': { to: 'returned', event: 'payInTakenBack' }, 'not-seen': { to: 'succeeded' } },
  returned: { 'give-back': { to: 'succeeded' } },
  failed: {},
} as const satisfies Lifecycle<PayInState, PayInAction>;

/** Approved and not yet in the ledger: the coverage rule counts these as if they had left. `held` money stays. */
export const LEAVING: readonly PayOutState[] = ['approved', 'sending', 'unknown', 'in-file', 'sent', 'settled', 'reconciled'];
