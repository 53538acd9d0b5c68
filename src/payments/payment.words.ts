import type { LocalDate } from '../kernel/index.js';
import { workingDayAfter } from '../kernel/index.js';
import type { PaymentState } from './payment.lifecycle.js';

/** Who has to act next: finance (the money-holder's officers), the bank, Stripe, the payer, or nobody. */
export type NextOwner = 'finance' | 'bank' | 'stripe' | 'payer' | 'nobody';

interface StateWords {
  readonly words: string;
  readonly owner: NextOwner;
  /** Working days until the next thing should have happened; null when nothing is due. Our judgement, November 2026. */
  readonly dueIn: number | null;
}

const WORDS: Readonly<Record<PaymentState, StateWords>> = {
  planned: { words: 'It waits to be prepared in the next pay run.', owner: 'finance', dueIn: 3 },
  prepared: { words: 'One person has prepared it; a second person has to approve it.', owner: 'finance', dueIn: 2 },
  approved: { words: 'It is approved and about to leave.', owner: 'finance', dueIn: 1 },
  sending: { words: 'It is being sent now.', owner: 'stripe', dueIn: 0 },
  'in-file': { words: 'It is in a file of payments for the bank.', owner: 'bank', dueIn: 3 },
  sent: { words: 'It was sent.', owner: 'bank', dueIn: 1 },
  settled: { words: 'It was paid.', owner: 'nobody', dueIn: null },
  reconciled: { words: 'It was paid, and found on the bank statement.', owner: 'nobody', dueIn: null },
  held: { words: 'It is stopped for a reason.', owner: 'finance', dueIn: 1 },
  returned: { words: 'The money came back.', owner: 'finance', dueIn: 1 },
  recalled: { words: 'It was called off and will not be paid.', owner: 'nobody', dueIn: null },
  failed: { words: 'It did not go through.', owner: 'finance', dueIn: 1 },
  unknown: { words: 'We do not know yet whether it went through. We are asking, and we will not send it again.', owner: 'stripe', dueIn: 0 },
  'awaiting-payer': { words: 'It waits for the person to pay.', owner: 'payer', dueIn: 5 },
  processing: { words: 'The bank is collecting it.', owner: 'bank', dueIn: 7 },
  succeeded: { words: 'The money arrived.', owner: 'nobody', dueIn: null },
};

/** A state in plain words, who acts next, and by when (a working day of the banks). */
export function wordsOfState(state: PaymentState, changedOn: LocalDate): { words: string; owner: NextOwner; nextOn: LocalDate | null } {
  const { words, owner, dueIn } = WORDS[state];
  return { words, owner, nextOn: dueIn === null ? null : workingDayAfter(changedOn, dueIn) };
}
