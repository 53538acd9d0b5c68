import type { LocalDate, Pence } from '../../kernel/index.js';
import { sumPence } from '../../kernel/index.js';

/** One payment as a file tells it. */
export interface Instruction {
  readonly sortCode: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly amount: Pence;
  /** Ours: at most 18 capitals, digits and dashes; comes back on statements and reports. */
  readonly reference: string;
  /** The payee's own: an invoice number. */
  readonly payeeReference: string | null;
}

export interface Originator {
  readonly name: string;
  readonly sortCode: string;
  readonly accountNumber: string;
}

export type FileKind = 'bank-csv' | 'payer-csv';

export interface FileFacts {
  readonly instructions: readonly Instruction[];
  readonly payOn: LocalDate;
  /** Whose account pays; only in files for a bank. */
  readonly originator: Originator | null;
}

/** What both people compare before a file leaves: how many, and how much in all. */
export const controlTotals = (instructions: readonly Instruction[]): { count: number; total: Pence } => ({
  count: instructions.length,
  total: sumPence(instructions.map((each) => each.amount)),
});
