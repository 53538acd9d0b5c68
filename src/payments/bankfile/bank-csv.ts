import { parse } from 'csv-parse/sync';
import type { LocalDate } from '../../kernel/index.js';
import { decimalPounds, invalid, invariant, localDate, parsePounds } from '../../kernel/index.js';
import { bankText, NAME_LENGTH } from './bank-text.js';
import type { FileFacts, Instruction } from './instruction.js';

/** Bacs code of a credit. */
const CREDIT = '99';
const british = (day: LocalDate): string => day.split('-').reverse().join('/');
const fromBritish = (text: string): LocalDate => localDate(text.split('/').reverse().join('-'));

/** The generic bureau CSV (domain 3.2), no header: destination sort code, account, name, amount in pounds, code 99, originating sort code,
 *  account, name, reference, processing day dd/mm/yyyy. */
export function writeBankCsv({ instructions, payOn, originator }: FileFacts): string {
  invariant(originator, 'a file for a bank says whose account pays');
  const from = [originator.sortCode, originator.accountNumber, bankText(originator.name, NAME_LENGTH)];
  const rows = instructions.map(({ sortCode, accountNumber, name, amount, reference }) =>
    [sortCode, accountNumber, bankText(name, NAME_LENGTH), decimalPounds(amount), CREDIT, ...from, bankText(reference, NAME_LENGTH), british(payOn)].join(','),
  );
  return `${rows.join('\r\n')}\r\n`;
}

/** Reads such a file back, for the bank's door. Refuses a row that is none of ours (`file-not-understood`). */
export function readBankCsv(text: string): FileFacts {
  const rows = parse(text, { columns: false, skip_empty_lines: true }) as string[][];
  const first = rows[0];
  const faults = rows.length === 0 || rows.some((row) => row.length !== 10 || row[4] !== CREDIT);
  if (faults || !first) throw invalid('file-not-understood', 'This is not a payment file of ours.');
  const instructions = rows.map(
    (row): Instruction => ({
      sortCode: row[0]!,
      accountNumber: row[1]!,
      name: row[2]!,
      amount: parsePounds(row[3]!),
      reference: row[8]!,
      payeeReference: null,
    }),
  );
  return { instructions, payOn: fromBritish(first[9]!), originator: { sortCode: first[5]!, accountNumber: first[6]!, name: first[7]! } };
}
