import { invalid } from '../../kernel/index.js';
import type { DomainError, LocalDate } from '../../kernel/index.js';

/** What a bank's file says, before anything of ours is known. Amounts are decimal text as the bank wrote them
 *  (five decimals and other currencies included); only `sterlingEntries` turns them into pence. */
export interface StatementFile {
  readonly format: 'camt.053' | 'bank-csv';
  readonly statements: readonly ReadStatement[];
}

export interface ReadStatement {
  /** The bank's number for the statement; null where the format has none. */
  readonly id: string | null;
  /** The account as the bank writes it: IBAN, or sort code and number. Null when the file does not say. */
  readonly account: string | null;
  /** ISO 4217, or null: most UK bank CSV files name no currency. */
  readonly currency: string | null;
  readonly openedOn: LocalDate | null;
  readonly closedOn: LocalDate | null;
  /** Booked balances, negative when overdrawn; null when the file has none. */
  readonly opening: string | null;
  readonly closing: string | null;
  /** Currencies of the two balances: a few banks write them in another than the account's. */
  readonly openingCurrency: string | null;
  readonly closingCurrency: string | null;
  readonly entries: readonly ReadEntry[];
}

export interface ReadEntry {
  readonly bookedOn: LocalDate | null;
  readonly valueOn: LocalDate | null;
  /** Never negative; `direction` says which way it went. */
  readonly amount: string;
  readonly currency: string | null;
  /** Money into the account is a credit. A reversed debit is a credit already. */
  readonly direction: 'credit' | 'debit';
  /** ISO 20022 entry status: `BOOK` is in the balance, `PDNG` and `INFO` are not. */
  readonly status: string;
  readonly reversal: boolean;
  readonly reference: string | null;
  readonly bankReference: string | null;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly text: string;
  /** The line of the file on which the entry starts. */
  readonly line: number | null;
  /** The running balance the bank printed after this entry; null where it prints none. */
  readonly balanceAfter: string | null;
  /** What a batch is made of; empty for an entry that is one payment. */
  readonly parts: readonly ReadPart[];
}

export interface ReadPart {
  /** Null where the bank does not break the batch's amount down. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly reference: string | null;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly text: string;
}

/** Files above this size are refused unread: 20 MB holds about 20,000 camt.053 entries (our judgement, November 2026). */
export const LARGEST_FILE_BYTES = 20 * 1024 * 1024;

/** The one refusal of the readers: says the line (where it can be known) and the reason, and quotes nothing from the file. */
export function notUnderstood(reason: string, line: number | null = null): DomainError {
  const message = line === null ? `The statement was not understood: ${reason}.` : `The statement was not understood. Line ${line}: ${reason}.`;
  return invalid('statement-not-understood', message);
}
