import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { LocalDate, Pence } from '../../kernel/index.js';
import { invariant, pence, sumPence } from '../../kernel/index.js';

/** The day of the week on which copies are made, Monday being 1. Our judgement, November 2026: a week is the most that has to be told again. */
export const COPY_WEEKDAY = 1;
/** How many copies of a pool are kept with each money-holder: two months. Our judgement, November 2026. */
export const COPIES_KEPT = 8;

/** `share`: what stands in one share. `set-aside`: a part of it, for one session. `payment`: a part of a payment that has not left the bank yet, so no
 *  longer in the share and still with the holder. `coming`: money on its way to the holder. */
export const COPY_ROWS = ['share', 'set-aside', 'payment', 'coming'] as const;
export type CopyRowKind = (typeof COPY_ROWS)[number];

/** One line of a copy. Ids and sums: who a person is stands in the money-holder's own records, and a copy may travel. */
export interface CopyRow {
  readonly kind: CopyRowKind;
  readonly share: string;
  /** The member, or the funder. */
  readonly owner: string;
  /** Empty for a funder's money. */
  readonly line: string;
  readonly service: string;
  /** The session, payment or remittance. */
  readonly about: string;
  readonly reference: string;
  readonly state: string;
  readonly day: LocalDate | '';
  readonly amount: Pence;
}

export interface Copy {
  readonly rows: readonly CopyRow[];
  /** What the money-holder has for the pool: all shares, and what is to be paid and has not left. */
  readonly held: Pence;
}

const COLUMNS = ['kind', 'share', 'owner', 'line', 'service', 'about', 'reference', 'state', 'day', 'pence'] as const;

/** What the holder has: the shares, and what is to be paid out of them and has not left. */
export const heldIn = (rows: readonly CopyRow[]): Pence =>
  sumPence(rows.filter((row) => row.kind === 'share' || row.kind === 'payment').map((row) => row.amount));

/** A copy as text, a line each in the order given; the same rows are always the same bytes. */
export const csvOf = (rows: readonly CopyRow[]): string =>
  [
    [...COLUMNS],
    ...rows.map((row) => [row.kind, row.share, row.owner, row.line, row.service, row.about, row.reference, row.state, row.day, String(row.amount)]),
  ]
    .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
    .join('');

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The rows of a copy, read back from its text alone: what a successor begins with. */
export function copyFrom(csv: string): Copy {
  const data = parse(csv, { columns: true, skip_empty_lines: true }) as Record<(typeof COLUMNS)[number], string>[];
  const rows = data.map((row): CopyRow => {
    const kind = COPY_ROWS.find((each) => each === row.kind);
    invariant(kind !== undefined && /^-?\d+$/.test(row.pence), 'a copy has rows of known kinds, with whole pence');
    const { pence: sum, ...rest } = row;
    return { ...rest, kind: kind!, day: row.day as LocalDate | '', amount: pence(BigInt(sum)) };
  });
  return { rows, held: heldIn(rows) };
}

/** What each share has to hold with a successor, by its owner, line and service: what stood in it when the copy was made. What was billed is not in a
 *  share any more, and is paid by the one who closes. */
export function openingOf(copy: Copy): ReadonlyMap<string, Pence> {
  return new Map(copy.rows.filter((row) => row.kind === 'share' && row.amount > 0n).map((row) => [nameOf(row), row.amount] as const));
}

export const nameOf = (row: Pick<CopyRow, 'owner' | 'line' | 'service'>): string => [row.owner, row.line, row.service].join(' ');

/** Hex. */
export const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
