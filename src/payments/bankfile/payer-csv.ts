import { parse } from 'csv-parse/sync';
import { decimalPounds, invalid, localDate, parsePounds } from '../../kernel/index.js';
import { quoted } from './bank-text.js';
import type { FileFacts, Instruction } from './instruction.js';

const HEADER = 'Reference,Payee,Sort Code,Account Number,Amount,Pay On,Payee Reference';

/** An allocation book's export to the payer's own system: one line an instruction, in full words, with a header. */
export function writePayerCsv({ instructions, payOn }: FileFacts): string {
  const rows = instructions.map((each) =>
    [
      quoted(each.reference),
      quoted(each.name),
      quoted(each.sortCode),
      quoted(each.accountNumber),
      decimalPounds(each.amount),
      payOn,
      quoted(each.payeeReference ?? ''),
    ].join(','),
  );
  return `${[HEADER, ...rows].join('\r\n')}\r\n`;
}

/** Reads such a file back, for the payer's door. Refuses other columns (`file-not-understood`). */
export function readPayerCsv(text: string): FileFacts {
  const rows = parse(text, { columns: true, skip_empty_lines: true }) as Record<string, string>[];
  const first = rows[0];
  if (!first || Object.keys(first).join(',') !== HEADER) throw invalid('file-not-understood', 'This is not a payment file of ours.');
  const instructions = rows.map(
    (row): Instruction => ({
      reference: row['Reference']!,
      name: row['Payee']!,
      sortCode: row['Sort Code']!,
      accountNumber: row['Account Number']!,
      amount: parsePounds(row['Amount']!),
      payeeReference: row['Payee Reference'] || null,
    }),
  );
  return { instructions, payOn: localDate(first['Pay On']!), originator: null };
}
