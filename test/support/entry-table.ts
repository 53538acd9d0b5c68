import { decimalPounds } from '../../src/kernel/index.js';
import type { AccountKey, NewEntry } from '../../src/ledger/index.js';

/** Entries as an auditor would write them, a row a movement: book, kind, debit / credit, pounds. Money set aside has a plus, freed money a
 *  minus. Ids stand as they are, so tests give them short ones. */
export function entryTable(entries: readonly NewEntry[]): string {
  return entries.flatMap((entry) => rowsOf(entry).map((row) => [entry.book, entry.kind, ...row].join(' | '))).join('\n');
}

function rowsOf(entry: NewEntry): string[][] {
  return [
    ...(entry.transfers ?? []).map(({ debit, credit, amount }) => [`${words(debit)} / ${words(credit)}`, decimalPounds(amount)]),
    ...(entry.reservations ?? []).map(({ account, purpose, amount }) => [`${words(account)} for ${purpose}`, `+${decimalPounds(amount)}`]),
    ...(entry.endings ?? []).map(({ reservation, amount }) => [reservation, amount === undefined ? '-all' : `-${decimalPounds(amount)}`]),
  ];
}

const words = ({ kind, subject, channel }: AccountKey): string => [kind, subject ?? channel].filter((word) => word !== undefined).join(' ');
