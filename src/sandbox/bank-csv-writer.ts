import { type LocalDate, decimalPounds, pence } from '../kernel/index.js';
import type { BankLine, LineKind } from './bank.js';
import type { Statement } from './bank-statement.js';
import { NAME_LENGTH, REFERENCE_LENGTH, bankText, dashed, splitReference } from './bank-text.js';
import type { ReportLine } from './payer.js';

const TYPES: Readonly<Record<LineKind, string>> = {
  'payment-out': 'FPO',
  'payment-in': 'FPI',
  'batch-out': 'BP',
  'batch-in': 'BGC',
  'bank-giro-credit': 'BGC',
  'returned-payment': 'FPI',
  charge: 'CHG',
  interest: 'INT',
  'direct-debit': 'DD',
  card: 'DEB',
  'standing-order': 'SO',
  other: 'TFR',
};

const HEADER = 'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance';

/** A British bank's download: days as dd/mm/yyyy, the newest first, debit and credit in columns of their own. */
export function bankCsv(statement: Statement): string {
  const { sortCode, accountNumber } = statement.account;
  const rows = statement.lines.map((line) => {
    const size = decimalPounds(pence(Math.abs(line.pence)));
    const [debit, credit] = line.pence < 0 ? [size, ''] : ['', size];
    return [
      british(line.day),
      TYPES[line.kind],
      dashed(sortCode),
      accountNumber,
      description(line, statement.hard),
      debit,
      credit,
      decimalPounds(pence(line.balancePence)),
    ].join(',');
  });
  return `${[HEADER, ...rows.reverse()].join('\r\n')}\r\n`;
}

function description(line: BankLine, hard: boolean): string {
  if (line.details.length > 1) return bankText(`BATCH ${line.batch ?? ''} ${line.details.length} ITEMS`, 40);
  const only = line.details[0]!;
  const reference = bankText(only.reference, REFERENCE_LENGTH);
  const words = [
    line.kind === 'returned-payment' ? 'RETURNED' : '',
    bankText(only.name, hard ? 12 : NAME_LENGTH),
    ...(hard ? splitReference(reference) : [reference]),
  ];
  return words.filter((word) => word !== '').join(' ');
}

const REPORT_HEADER = 'Reference,Payee,Amount,Payment Date,Status,Batch';

/** A payer's own report of what it paid, one line for each instruction; text is quoted, and never begins with a sign that spreadsheets obey. */
export function paymentReportCsv(lines: readonly ReportLine[]): string {
  const rows = lines.map((line) =>
    [quoted(line.reference), quoted(line.name), decimalPounds(pence(line.pence)), british(line.day), line.status, quoted(line.batch)].join(','),
  );
  return `${[REPORT_HEADER, ...rows].join('\r\n')}\r\n`;
}

const quoted = (text: string): string => `"${text.replace(/^[=+\-@\t\r]+/, '').replaceAll('"', '""')}"`;

const british = (day: LocalDate): string => day.split('-').reverse().join('/');
