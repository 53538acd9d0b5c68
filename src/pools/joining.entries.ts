import type { BookId, LocalDate, Pence } from '../kernel/index.js';
import { pence, refused, splitInProportion, sumPence } from '../kernel/index.js';
import type { AccountKey, NewEntry } from '../ledger/index.js';
import type { ShareFacts } from './pool.entries.js';
import { shareAccount } from './pool.entries.js';

/** What a member paid when the group set itself up: equipment, a first order. */
export interface SetUpPart {
  readonly share: ShareFacts;
  readonly paid: Pence;
}

/** A newcomer's part: as if all who paid and the newcomer had paid alike, in whole pence. Nothing where nothing was paid. */
export function partOfNewcomer(paid: readonly SetUpPart[]): Pence {
  const payers = new Set(paid.filter((part) => part.paid > 0n).map((part) => part.share.personId)).size;
  return pence(sumPence(paid.map((part) => part.paid)) / BigInt(payers + 1));
}

/** How a newcomer's one-off part of the set-up cost falls on those who paid it: in proportion to what each paid, ties by join order, and
 *  nobody more than they paid (domain 2.3: optional, if agreed). Refuses: more-than-set-up. */
export function splitSetUp(amount: Pence, paid: readonly SetUpPart[]): Pence[] {
  const whole = paid.reduce((sum, part) => sum + part.paid, 0n);
  if (amount > whole) throw refused('more-than-set-up', 'The newcomer’s part is more than setting up has cost.', { costPence: String(whole) });
  return splitInProportion(
    amount,
    paid.map((part) => part.paid),
  );
}

/** A newcomer takes over a part of what setting up cost. It is bought from those who paid it: the newcomer has spent it (share / payable,
 *  payable / unallocated) and they have it back as a refund (unallocated / share), in one transaction. Only within one book, because money
 *  between money-holders is a remittance. Refuses: set-up-crosses-books, more-than-set-up. */
export function setUpEntries(joining: { id: string; on: LocalDate; amount: Pence }, newcomer: ShareFacts, paid: readonly SetUpPart[]): NewEntry[] {
  const book = newcomer.bookId;
  if (paid.some((part) => part.share.bookId !== book))
    throw refused('set-up-crosses-books', 'The money of the newcomer and of those who set it up lie with different money-holders.');
  const owner = { subject: newcomer.personId, line: newcomer.lineId, planLine: newcomer.planLineId ?? undefined, pool: newcomer.poolId };
  const owed: AccountKey = { book, kind: 'payable', subject: newcomer.poolId };
  const between: AccountKey = { book, kind: 'unallocated' };
  const back = splitSetUp(joining.amount, paid)
    .map((amount, place) => ({ debit: between, credit: shareAccount(paid[place]!.share), amount }))
    .filter((transfer) => transfer.amount > 0n);
  const entry = (what: string, kind: NewEntry['kind'], transfers: NonNullable<NewEntry['transfers']>): NewEntry => ({
    book: book satisfies BookId,
    reference: `joining:${joining.id}:${what}`,
    kind,
    effectiveOn: joining.on,
    transfers,
  });
  return [
    entry('set-up', 'invoice', [{ debit: shareAccount(newcomer), credit: owed, amount: joining.amount }]),
    entry('set-up-paid', 'payment', [{ debit: owed, credit: between, amount: joining.amount, owner }]),
    entry('set-up-shared', 'refund', back),
  ];
}
