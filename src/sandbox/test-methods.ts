/** What a test payment method does when it is charged. */
export interface TestMethod {
  readonly id: string;
  readonly kind: 'card' | 'bacs_debit';
  readonly does: 'succeed' | 'decline' | 'ask' | 'dispute' | 'fail-later';
  /** Why it declines, by Stripe's names. */
  readonly code?: string;
  readonly declineCode?: string;
  readonly last4: string;
  /** What a person types on the hosted page: a card number, or an account number. */
  readonly number: string;
  readonly words: string;
}

const card = (id: string, number: string, does: TestMethod['does'], words: string, code?: string, declineCode?: string): TestMethod => ({
  id,
  kind: 'card',
  does,
  number,
  last4: number.slice(-4),
  words,
  ...(code ? { code } : {}),
  ...(declineCode ? { declineCode } : {}),
});

const debit = (id: string, number: string, does: TestMethod['does'], words: string, code?: string): TestMethod => ({
  id,
  kind: 'bacs_debit',
  does,
  number,
  last4: number.slice(-4),
  words,
  ...(code ? { code } : {}),
});

/** Test methods by the names Stripe gives them; the two Direct Debit names are ours. */
export const TEST_METHODS: readonly TestMethod[] = [
  card('pm_card_visa', '4242424242424242', 'succeed', 'pays'),
  card('pm_card_gb', '4000008260000000', 'succeed', 'pays (United Kingdom)'),
  card('pm_card_visa_debit', '4000056655665556', 'succeed', 'pays (debit card)'),
  card('pm_card_mastercard', '5555555555554444', 'succeed', 'pays (Mastercard)'),
  card('pm_card_chargeDeclined', '4000000000000002', 'decline', 'is declined', 'card_declined', 'generic_decline'),
  card('pm_card_visa_chargeDeclined', '4000000000000002', 'decline', 'is declined', 'card_declined', 'generic_decline'),
  card('pm_card_chargeDeclinedInsufficientFunds', '4000000000009995', 'decline', 'has too little money', 'card_declined', 'insufficient_funds'),
  card('pm_card_visa_chargeDeclinedInsufficientFunds', '4000000000009995', 'decline', 'has too little money', 'card_declined', 'insufficient_funds'),
  card('pm_card_chargeDeclinedExpiredCard', '4000000000000069', 'decline', 'has expired', 'expired_card'),
  card('pm_card_authenticationRequired', '4000002760003184', 'ask', 'asks you to confirm it is you'),
  card('pm_card_createDispute', '4000000000000259', 'dispute', 'pays, and is disputed at once'),
  debit('pm_bacs_debit', '00012345', 'succeed', 'pays after a delay'),
  debit('pm_bacs_debit_fails', '44445678', 'fail-later', 'fails after a delay', 'debit_not_authorized'),
];

export const methodNamed = (id: string): TestMethod | undefined => TEST_METHODS.find((each) => each.id === id);

/** The method behind what a person typed, spaces left out. */
export const methodTyped = (kind: TestMethod['kind'], number: string): TestMethod | undefined =>
  TEST_METHODS.find((each) => each.kind === kind && each.number === number.replace(/\D/g, ''));

export function declineWords(method: TestMethod): string {
  if (method.code === 'expired_card') return 'Your card has expired.';
  return method.declineCode === 'insufficient_funds' ? 'Your card has insufficient funds.' : 'Your card was declined.';
}

/** How Stripe describes the method inside a charge or an error. */
export const methodDetails = (method: TestMethod): Record<string, unknown> =>
  method.kind === 'card'
    ? {
        type: 'card',
        card: {
          brand: method.number.startsWith('5') ? 'mastercard' : 'visa',
          country: 'GB',
          exp_month: 12,
          exp_year: 2034,
          funding: 'debit',
          last4: method.last4,
        },
      }
    : { type: 'bacs_debit', bacs_debit: { last4: method.last4, sort_code: '108800' } };
