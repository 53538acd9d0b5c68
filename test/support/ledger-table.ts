import type { BookId, Pence } from '../../src/kernel/index.js';
import { decimalPounds } from '../../src/kernel/index.js';
import type { AccountKey } from '../../src/ledger/index.js';
import { CHART, LedgerQueries } from '../../src/ledger/index.js';
import type { Tx } from '../../src/platform/index.js';

/** The accounts of a book in words, as an auditor would write them: one line an account kind and name. */
export async function ledgerTable(tx: Tx, book: BookId, names: ReadonlyMap<string, string>): Promise<Record<string, string>> {
  const accounts = await tx.rows<{ kind: AccountKey['kind']; subject: string | null; net: Pence; reserved: Pence }>(
    `select a.kind, a.subject_id as subject, a.reserved_pence as reserved,
       (coalesce((select sum(amount_pence) from transfer where credit_account_id = a.id), 0) - coalesce((select sum(amount_pence) from transfer where debit_account_id = a.id), 0))::bigint as net
     from account a where a.book_id = $1`,
    [book],
  );
  const table = new Map<string, bigint>();
  for (const account of accounts) {
    const mine = ['line', 'share', 'receivable'].includes(account.kind) && account.subject;
    const name = mine ? `${account.kind} ${names.get(account.subject!) ?? '?'}` : account.kind;
    const signed = CHART[account.kind].normal === 'credit' ? account.net : -account.net;
    table.set(name, (table.get(name) ?? 0n) + signed);
  }
  return Object.fromEntries(
    [...table]
      .filter(([, sum]) => sum !== 0n)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, sum]) => [name, decimalPounds(sum as Pence)]),
  );
}

/** Several books side by side, as text: a row an account, a column a book. */
export function printedTable(books: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const names = Object.keys(books);
  const accounts = [...new Set(names.flatMap((name) => Object.keys(books[name]!)))].sort();
  const row = (first: string, cells: readonly string[]): string => [first.padEnd(12), ...cells.map((cell) => cell.padStart(8))].join(' | ').trimEnd();
  return [
    row('', names),
    ...accounts.map((account) =>
      row(
        account,
        names.map((name) => books[name]![account] ?? ''),
      ),
    ),
  ].join('\n');
}

/** A table written into a test, without the indentation it has there. */
export function writtenTable(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length).filter((_, place) => lines[place]!.trimStart()[0] !== '|'));
  return lines.map((line) => line.slice(indent)).join('\n');
}

export const queries = new LedgerQueries();
