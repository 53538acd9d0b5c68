import { parse } from 'csv-parse/sync';
import type { LocalDate, Pence } from '../../kernel/index.js';
import { DomainError, invalid, localDate, parsePounds } from '../../kernel/index.js';

/** One line of a payer's payment report: what its own system did with an instruction, or money that came in to it. */
export interface ReportLine {
  readonly reference: string;
  readonly status: 'paid' | 'returned' | 'rejected' | 'received';
  readonly amount: Pence;
  readonly day: LocalDate;
}

const STATUSES: readonly string[] = ['paid', 'returned', 'rejected', 'received'];
const NEEDED = ['Reference', 'Amount', 'Payment Date', 'Status'];
const MOST_LINES = 50_000;

/** Reads a payer's report: CSV with at least the columns Reference, Amount (pounds), Payment Date (dd/mm/yyyy or ISO) and Status. Refuses the whole
 *  file when a line cannot be read, naming it, and when an instruction appears twice with one status (`report-not-understood`). */
export function readPayerReport(text: string): ReportLine[] {
  const rows = rowsOf(text);
  if (rows.length > MOST_LINES) throw invalid('report-not-understood', `The report has more than ${MOST_LINES} lines.`);
  const lines = rows.map((row, index) => readLine(row, index + 2));
  const seen = new Set<string>();
  for (const line of lines) {
    const name = `${line.reference} ${line.status}`;
    if (line.status !== 'received' && seen.has(name))
      throw invalid('report-not-understood', `The instruction ${line.reference} appears twice as ${line.status}.`);
    seen.add(name);
  }
  return lines;
}

function rowsOf(text: string): Record<string, string>[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true, bom: true, trim: true }) as Record<string, string>[];
  } catch {
    throw invalid('report-not-understood', 'This is not a CSV file with a heading in its first line.');
  }
  const missing = NEEDED.filter((column) => rows[0] && !(column in rows[0]));
  if (missing.length > 0) throw invalid('report-not-understood', `The report has no column ${missing.join(', ')}.`);
  return rows;
}

function readLine(row: Record<string, string>, line: number): ReportLine {
  const status = (row['Status'] ?? '').toLowerCase();
  const reference = row['Reference'] ?? '';
  const dayText = row['Payment Date'] ?? '';
  if (!STATUSES.includes(status)) throw invalid('report-not-understood', `Line ${line}: the status is none of ${STATUSES.join(', ')}.`);
  if (reference.length > 140 || (reference === '' && status !== 'received'))
    throw invalid('report-not-understood', `Line ${line}: the reference is missing or too long.`);
  try {
    const day = localDate(dayText.includes('/') ? dayText.split('/').reverse().join('-') : dayText);
    const amount = parsePounds(row['Amount'] ?? '');
    if (amount === 0n) throw invalid('amount-not-understood', 'nothing');
    return { reference, status: status as ReportLine['status'], amount, day };
  } catch (error) {
    if (error instanceof DomainError) throw invalid('report-not-understood', `Line ${line}: the amount or the date cannot be read.`);
    throw error;
  }
}
