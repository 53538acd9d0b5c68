import type { LineState, PayRunState } from '../../finance/index.js';
import type { Channel, PaymentState } from '../../payments/index.js';
import type { StateTone } from '../blocks/index.js';

interface Words {
  readonly state: string;
  readonly tone: StateTone;
}

const PAYMENT: Readonly<Record<PaymentState, Words>> = {
  planned: { state: 'Planned', tone: 'waiting' },
  prepared: { state: 'Prepared', tone: 'waiting' },
  approved: { state: 'Approved', tone: 'attention' },
  sending: { state: 'Being sent', tone: 'attention' },
  'in-file': { state: 'In a payment file', tone: 'attention' },
  sent: { state: 'Sent', tone: 'attention' },
  settled: { state: 'Paid', tone: 'good' },
  reconciled: { state: 'Paid and on the statement', tone: 'good' },
  held: { state: 'Held', tone: 'stopped' },
  returned: { state: 'Came back', tone: 'stopped' },
  recalled: { state: 'Called off', tone: 'quiet' },
  failed: { state: 'Failed', tone: 'stopped' },
  unknown: { state: 'Not known yet', tone: 'stopped' },
  'awaiting-payer': { state: 'Waits for the payer', tone: 'waiting' },
  processing: { state: 'Being collected', tone: 'attention' },
  succeeded: { state: 'Arrived', tone: 'good' },
};
export const paymentState = (state: PaymentState): Words => PAYMENT[state];

const RUN: Readonly<Record<PayRunState, Words>> = {
  proposed: { state: 'Proposed', tone: 'waiting' },
  prepared: { state: 'Prepared: waits for approval', tone: 'waiting' },
  approved: { state: 'Approved: waits for release', tone: 'attention' },
  released: { state: 'Released', tone: 'good' },
};
export const runState = (state: PayRunState): Words => RUN[state];

const LINE: Readonly<Record<LineState, Words>> = {
  included: { state: 'Included', tone: 'good' },
  held: { state: 'Held', tone: 'stopped' },
  dropped: { state: 'Left for a later run', tone: 'quiet' },
};
export const lineState = (state: LineState): Words => LINE[state];

const CHANNELS: Readonly<Record<Channel, string>> = {
  stripe: 'Stripe',
  'bank-file': 'a payment file for the bank',
  'payer-file': 'a file for the payer’s own system',
  card: 'card',
  'bacs-debit': 'Direct Debit',
};
export const channelWords = (channel: Channel | null): string => (channel === null ? 'chosen when it leaves' : CHANNELS[channel]);

/** Who has to act next, as a sentence's subject. */
export const OWNERS: Readonly<Record<'finance' | 'bank' | 'stripe' | 'payer' | 'nobody', string>> = {
  finance: 'The money-holder’s finance officers',
  bank: 'The bank',
  stripe: 'Stripe',
  payer: 'The person who pays in',
  nobody: 'Nobody: it is done',
};
