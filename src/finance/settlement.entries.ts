import type { BookId, LocalDate, OrganisationId, Pence, PersonId, PoolId } from '../kernel/index.js';
import type { AccountKey, NewEntry } from '../ledger/index.js';

/** Money that came in on a line of a bank statement and is nobody's yet. */
export interface ArrivedMoney {
  readonly book: BookId;
  readonly statementLine: string;
  readonly amount: Pence;
  readonly on: LocalDate;
}

const unallocated = (book: BookId): AccountKey => ({ book, kind: 'unallocated' });
const owedBy = (book: BookId, subject: string): AccountKey => ({ book, kind: 'receivable', subject });

/** A member paid back what they owed the book: unallocated / receivable from that member (truth 3). */
export const payBackEntry = ({ book, statementLine, amount, on }: ArrivedMoney, person: PersonId): NewEntry => ({
  book,
  reference: `statement-line:${statementLine}:paid-back`,
  kind: 'receivable-settled',
  effectiveOn: on,
  transfers: [{ debit: unallocated(book), credit: owedBy(book, person), amount, owner: { subject: person } }],
});

/** The money-holder put in its own money where a member's debt left a gap: unallocated / receivable of the money-holder, below zero, since
 *  the book owes it this. The member's own receivable stands as it was, so they still owe it and nobody else does (truth 3); the transfer
 *  names the member, so that the coverage of payments counts debt and cover together. */
export const coverEntry = ({ book, statementLine, amount, on }: ArrivedMoney, person: PersonId, moneyHolder: OrganisationId): NewEntry => ({
  book,
  reference: `statement-line:${statementLine}:covers`,
  kind: 'receivable',
  effectiveOn: on,
  transfers: [{ debit: unallocated(book), credit: owedBy(book, moneyHolder), amount, owner: { subject: person } }],
});

/** Cover that is needed no more is owed back to the money-holder: receivable of the money-holder / payable to it. A payment follows. */
export const coverReturnEntry = (
  facts: { book: BookId; id: string; amount: Pence; on: LocalDate },
  person: PersonId,
  moneyHolder: OrganisationId,
): NewEntry => ({
  book: facts.book,
  reference: `cover-return:${facts.id}:due`,
  kind: 'receivable-settled',
  effectiveOn: facts.on,
  transfers: [
    {
      debit: owedBy(facts.book, moneyHolder),
      credit: { book: facts.book, kind: 'payable', subject: moneyHolder },
      amount: facts.amount,
      owner: { subject: person },
    },
  ],
});

/** A part of the fees due, by whose card payment and in which pool it arose; neither for the bank's own charges. */
export interface FeePart {
  readonly person: PersonId | null;
  readonly pool: PoolId | null;
  readonly amount: Pence;
}

/** Whoever the agreement names paid fees that were due: unallocated / fees due, part by part; never out of a share (design, section 4). */
export const feesPaidEntry = ({ book, statementLine, on }: ArrivedMoney, parts: readonly FeePart[]): NewEntry => ({
  book,
  reference: `statement-line:${statementLine}:fees`,
  kind: 'fee',
  effectiveOn: on,
  transfers: parts.map(({ person, pool, amount }) => ({
    debit: unallocated(book),
    credit: { book, kind: 'fees-due' },
    amount,
    owner: { ...(person === null ? {} : { subject: person }), ...(pool === null ? {} : { pool }) },
  })),
});
