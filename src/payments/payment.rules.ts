import type { BookId, PaymentId, Pence, PersonId } from '../kernel/index.js';
import { formatPounds, invalid, invariant, larger, minus, plus, refused, sumPence } from '../kernel/index.js';
import type { BookBasis } from '../ledger/index.js';
import type { PaymentPart } from './payment.types.js';

/** Refuses parts that are not positive or do not make the whole (`parts-do-not-add-up`). */
export function checkParts(amount: Pence, parts: readonly Pick<PaymentPart, 'amount'>[]): void {
  const fits = amount > 0n && parts.length > 0 && parts.every((part) => part.amount > 0n) && sumPence(parts.map((part) => part.amount)) === amount;
  if (!fits) throw invalid('parts-do-not-add-up', 'The parts of a payment must be more than zero and add up to its amount.');
}

/** An allocation book instructs its payer. A cash book pays by Stripe only when its balance covers the whole payment; otherwise the
 *  whole payment goes by bank file (design, section 4). `available` is null when the payee or the book has no Stripe account. */
export function channelOf(basis: BookBasis, amount: Pence, available: Pence | null): 'payer-file' | 'stripe' | 'bank-file' {
  if (basis === 'allocation') return 'payer-file';
  return available !== null && available >= amount ? 'stripe' : 'bank-file';
}

/** What a cash book holds against whose money is in it. Sums in pence; `null` is money that is nobody's yet. */
export interface Coverage {
  /** Bank and clearing, and the Stripe fees still due to the book: a fee is a debt of whoever the agreement names and never a smaller
   *  share, so it does not stop payments (our judgement, November 2026). */
  readonly cash: Pence;
  /** What each owns in the book, less what they owe it; never below zero. */
  readonly owned: ReadonlyMap<string | null, Pence>;
}

export function coverageOf(cash: Pence, owners: readonly { subject: string | null; owned: Pence; owes: Pence }[]): Coverage {
  return { cash, owned: new Map(owners.map(({ subject, owned, owes }) => [subject, larger(minus(owned, owes), 0n as Pence)])) };
}

/** What is left after a payment, whether or not it may be made. */
export function afterPayment(coverage: Coverage, parts: readonly PaymentPart[]): Coverage {
  const owned = new Map(coverage.owned);
  for (const { owner, amount } of parts) {
    const subject = owner.subject ?? null;
    owned.set(subject, larger(minus(owned.get(subject) ?? (0n as Pence), amount), 0n as Pence));
  }
  return { cash: minus(coverage.cash, sumPence(parts.map((part) => part.amount))), owned };
}

/** Truth 3: no payment leaves a book whose cash would fall below what the others own. Each part is somebody's, so for each of these
 *  people the cash left must cover what all the others still own. Answers what is left; refuses `would-use-others-money`. */
export function coverPayment(coverage: Coverage, parts: readonly PaymentPart[]): Coverage {
  const after = afterPayment(coverage, parts);
  const all = sumPence(after.owned.values());
  for (const { owner } of parts) {
    const others = minus(all, after.owned.get(owner.subject ?? null) ?? (0n as Pence));
    if (after.cash < others) {
      throw refused(
        'would-use-others-money',
        `This payment would use ${formatPounds(minus(others, after.cash))} that belongs to other people. It waits until the gap is covered.`,
        {
          shortPence: String(others - after.cash),
        },
      );
    }
  }
  return after;
}

/** What the approval of one payment rests on. */
export interface ApprovalFacts {
  readonly payment: PaymentId;
  readonly amount: Pence;
  readonly maker: PersonId | null;
  readonly checker: PersonId;
  /** The maker still has the right to prepare payments of this book. */
  readonly makerActive: boolean;
  /** The payee's own person and those who act for it. */
  readonly payeePeople: readonly PersonId[];
  /** Two of maker, checker and the payee's people are recorded as connected today. */
  readonly anyConnected: boolean;
  /** The largest single payment the checker may approve; zero when no limit is set. */
  readonly limit: Pence;
}

/** RULE 31 and truth 7: maker and checker are different, active and unconnected, neither is the payee, and the amount is within the checker's
 *  limit. Refuses: not-prepared, same-person, maker-not-active, payee-decides, people-connected, over-limit. */
export function decideApproval(facts: ApprovalFacts): void {
  const about = { payment: facts.payment };
  if (facts.maker === null) throw refused('not-prepared', 'Somebody has to prepare this payment first.', about);
  if (facts.maker === facts.checker) throw refused('same-person', 'You prepared this payment, so somebody else has to approve it.', about);
  if (!facts.makerActive) throw refused('maker-not-active', 'The person who prepared this may no longer do so. It has to be prepared again.', about);
  if (facts.payeePeople.includes(facts.checker) || facts.payeePeople.includes(facts.maker))
    throw refused('payee-decides', 'Nobody may prepare or approve a payment to themselves.', about);
  if (facts.anyConnected) throw refused('people-connected', 'The people who prepare, approve and receive a payment may not be connected to each other.', about);
  if (facts.amount > facts.limit) {
    throw refused('over-limit', `This is more than you may approve: your limit for one payment is ${formatPounds(facts.limit)}.`, {
      ...about,
      limitPence: String(facts.limit),
    });
  }
}

/** How to pay a payee: what the approval and the sending look at. */
export interface PayeeFacts {
  readonly state: 'entered' | 'checked' | 'stopped';
  readonly usableFrom: Date | null;
}

/** RULE 23: details are checked by a second person and have cooled off. A payee of an own account is checked by its holder alone.
 *  Refuses: payee-missing, payee-stopped, payee-not-checked, payee-cooling-off. */
export function checkPayee(payee: PayeeFacts | undefined, now: Date): void {
  if (!payee) throw refused('payee-missing', 'We do not know yet where to pay this. Enter the payee’s details first.');
  if (payee.state === 'stopped') throw refused('payee-stopped', 'This payee is stopped.');
  if (payee.state !== 'checked' || payee.usableFrom === null) throw refused('payee-not-checked', 'A second person has to check this payee’s details first.');
  if (payee.usableFrom > now)
    throw refused('payee-cooling-off', 'These details are new. The first payment may leave when their waiting time is over.', {
      usableFrom: payee.usableFrom.toISOString(),
    });
}

/** All payments of one command belong to one book. */
export function oneBook(payments: readonly { readonly book: BookId }[]): BookId {
  const first = payments[0]?.book;
  if (first === undefined) throw invalid('no-payments', 'Name at least one payment.');
  if (payments.some(({ book }) => book !== first)) throw invalid('several-books', 'All payments of one step must be of one book.');
  return first;
}

/** The key towards the outside for one attempt: the payment's id, and from the second attempt on its number too. */
export const outsideKey = (payment: { id: string; attempt: number }): string => (payment.attempt === 1 ? payment.id : `${payment.id}-${payment.attempt}`);

/** The reference the bank and the payee see; at most 18 characters of capitals, digits and dashes. */
export function bankReference(payment: { reference: string; attempt: number }): string {
  const text = payment.attempt === 1 ? payment.reference : `${payment.reference}-${payment.attempt}`;
  invariant(text.length <= 18, 'a bank reference has at most 18 characters');
  return text;
}

/** The parts in their order, with their place in the split they come from. */
export const placed = (parts: readonly PaymentPart[]): (PaymentPart & { place: number })[] =>
  parts.map((part, index) => ({ ...part, place: part.place ?? index }));

export const totalOf = (parts: readonly Pick<PaymentPart, 'amount'>[]): Pence => parts.reduce((sum, part) => plus(sum, part.amount), 0n as Pence);
