import type { ReadEntry, ReadPart, ReadStatement, StatementFile } from './statement-file.js';

/** What `statement inspect --json` gives: amounts as decimal text as the bank wrote them. A published shape; change it with care. */
export interface InspectedFile {
  readonly statements: readonly InspectedStatement[];
}

export type InspectedStatement = Pick<ReadStatement, 'account' | 'currency' | 'opening' | 'closing'> & { readonly entries: readonly InspectedEntry[] };

export type InspectedEntry = Pick<ReadEntry, 'bookedOn' | 'valueOn' | 'amount' | 'direction' | 'reference' | 'counterparty' | 'text'> & {
  readonly parts: readonly Pick<ReadPart, 'amount' | 'reference' | 'counterparty' | 'text'>[];
};

export const inspectedFile = (file: StatementFile): InspectedFile => ({
  statements: file.statements.map(({ account, currency, opening, closing, entries }) => ({
    account,
    currency,
    opening,
    closing,
    entries: entries.map(inspectedEntry),
  })),
});

const inspectedEntry = ({ bookedOn, valueOn, amount, direction, reference, counterparty, text, parts }: ReadEntry): InspectedEntry => ({
  bookedOn,
  valueOn,
  amount,
  direction,
  reference,
  counterparty,
  text,
  parts: parts.map((part) => ({ amount: part.amount, reference: part.reference, counterparty: part.counterparty, text: part.text })),
});

const NONE = '-';

/** The same for people at a terminal: a heading and a table for each statement, money out with a minus. */
export function inspectedTable(file: StatementFile): string {
  return file.statements.map(tableOf).join('\n');
}

function tableOf(statement: ReadStatement): string {
  const days = statement.openedOn === null && statement.closedOn === null ? '' : `, ${statement.openedOn ?? NONE} to ${statement.closedOn ?? NONE}`;
  const heading = `Account ${statement.account ?? 'not named'}, ${statement.currency ?? 'currency not named'}${days}`;
  const balances = `Opening ${statement.opening ?? 'not given'}, closing ${statement.closing ?? 'not given'}, ${statement.entries.length} entries`;
  const rows = [['Line', 'Booked', 'Value', 'Amount', 'Status', 'Reference', 'Who', 'Text']];
  for (const entry of statement.entries) {
    rows.push([
      String(entry.line ?? NONE),
      entry.bookedOn ?? NONE,
      entry.valueOn ?? NONE,
      `${entry.direction === 'debit' ? '-' : ''}${entry.amount}`,
      entry.status,
      entry.reference ?? NONE,
      entry.counterparty ?? NONE,
      entry.text || NONE,
    ]);
    for (const part of entry.parts)
      rows.push(['', '', '', `(${part.amount ?? NONE})`, 'part', part.reference ?? NONE, part.counterparty ?? NONE, part.text || NONE]);
  }
  return `${heading}\n${balances}\n\n${aligned(rows)}\n`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => printable(cell)));
  const widths = safe[0]!.map((_, column) => Math.max(...safe.map((row) => row[column]!.length)));
  return safe
    .map((row) =>
      row
        .map((cell, column) => (column === 3 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Control characters could rewrite the terminal; long text is cut. */
const printable = (cell: string): string => {
  const plain = cell.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return plain.length > 60 ? `${plain.slice(0, 57)}...` : plain;
};
