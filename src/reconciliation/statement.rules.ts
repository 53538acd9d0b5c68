import type { LocalDate, Pence } from '../kernel/index.js';
import { formatDay, formatPounds, invalid, refused } from '../kernel/index.js';

/** What a statement says of its account, and the account it is brought for. */
export interface AccountFacts {
  readonly sortCode: string;
  readonly accountNumber: string;
}

/** Refuses a statement of another account (`statement-of-another-account`). A UK IBAN ends in sort code and number; a file that names no
 *  account is taken for the one the caller named; one that shows only the last four digits must show ours. */
export function checkAccount(named: string | null, account: AccountFacts): void {
  if (named === null || named.trim() === '') return;
  const signs = named.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const both = `${account.sortCode}${account.accountNumber}`;
  const fits =
    signs === both ||
    signs === account.accountNumber ||
    (/^GB\d{2}[A-Z]{4}\d{14}$/.test(signs) && signs.endsWith(both)) ||
    (/^[X*]*\d{4}$/.test(signs) && account.accountNumber.endsWith(signs.slice(-4)));
  if (!fits) throw refused('statement-of-another-account', 'This statement belongs to another account. Choose the account it is for, or the right file.');
}

/** What an account stands at before an import: the last statement's closing, or its opening balance. */
export interface AccountState {
  readonly closing: Pence;
  readonly closingOn: LocalDate;
  readonly statements: number;
}

/** A file's statement ready to be compared: its lines in order, and which of them are here already. */
export interface FileState {
  readonly opening: Pence;
  readonly closing: Pence;
  readonly fromDay: LocalDate | null;
  readonly untilDay: LocalDate | null;
  /** The same bytes were brought before. */
  readonly isSameFile: boolean;
  readonly lines: readonly { readonly direction: 'credit' | 'debit'; readonly amountPence: Pence; readonly bookedOn: LocalDate; readonly isKnown: boolean }[];
}

/** `fresh`: which lines to add, by their place. `again`: every line is here already, and nothing is to be done.
 *  `continues`: all lines follow the last statement, those that look like known ones included, since they are their twins. */
export type ImportDecision = { readonly is: 'fresh'; readonly places: readonly number[] } | { readonly is: 'again' } | { readonly is: 'continues' };

/** What to import of a statement, so that opening + lines = closing and opening = previous closing hold (truth 9, RULE 24). Refuses a gap,
 *  naming both figures (`statement-does-not-follow`), lines that would change what was imported (`statement-contradicts`), and lines that may as
 *  well be known ones as their twins (`statement-ambiguous`): neither counting twice nor dropping is left to chance. */
export function decideImport(account: AccountState, file: FileState): ImportDecision {
  const places = file.lines.flatMap((line, place) => (line.isKnown ? [] : [place]));
  const moved = (chosen: readonly number[]): bigint => chosen.reduce((sum, place) => sum + signed(file.lines[place]!), 0n);
  const isLater = file.untilDay === null || file.untilDay > account.closingOn || account.statements === 0;
  if (places.length === 0 && file.lines.length > 0 && !isContinuing(account, file)) {
    if (mayBeTwins(account, file)) throw ambiguous();
    return { is: 'again' };
  }
  if (places.length === 0 && file.lines.length === 0 && file.opening === account.closing && !isLater) return { is: 'again' };
  if (account.closing + moved(places) === file.closing && (places.length > 0 || file.lines.length === 0)) return { is: 'fresh', places };
  if (isContinuing(account, file)) return { is: 'continues' };
  throw doesNotFollow(account, file, places.length < file.lines.length);
}

const signed = (line: { direction: 'credit' | 'debit'; amountPence: Pence }): bigint => (line.direction === 'credit' ? line.amountPence : -line.amountPence);

/** It opens exactly where the last one closed, and not before that day: lines equal to known ones are genuine twins of them. The same days
 *  again, with lines that cancel out, look like this too; then all lines are known and the last day is not later, so it is `again`. */
function isContinuing(account: AccountState, file: FileState): boolean {
  const first = file.lines.reduce<LocalDate | null>((least, line) => (least === null || line.bookedOn < least ? line.bookedOn : least), null);
  const last = file.lines.reduce<LocalDate | null>((most, line) => (most === null || line.bookedOn > most ? line.bookedOn : most), null);
  if (account.statements === 0 || file.opening !== account.closing || first === null || first < account.closingOn) return false;
  return file.lines.some((line) => !line.isKnown) || last! > account.closingOn;
}

/** Every line looks like one that is here, of the last day; yet the file begins where we ended, and ends elsewhere. */
const mayBeTwins = (account: AccountState, file: FileState): boolean =>
  !file.isSameFile && file.opening === account.closing && file.closing !== account.closing && file.lines.every((line) => line.bookedOn === account.closingOn);

const ambiguous = (): Error =>
  invalid(
    'statement-ambiguous',
    'These lines look exactly like lines that are here already, but the balances say that they may be new. Bring a statement of the whole day, so that both can be counted.',
  );

function doesNotFollow(account: AccountState, file: FileState, overlaps: boolean): Error {
  if (overlaps) {
    return invalid(
      'statement-contradicts',
      `Part of this statement is here already, but its other lines do not lead from ${formatPounds(account.closing)} on ${formatDay(account.closingOn)} to its closing balance of ${formatPounds(file.closing)}. A line in between is missing or was changed.`,
    );
  }
  const before = account.statements === 0 ? 'the account was opened here with' : 'the last one closed with';
  return invalid(
    'statement-does-not-follow',
    `There is a gap: this statement opens with ${formatPounds(file.opening)}, and ${before} ${formatPounds(account.closing)} on ${formatDay(account.closingOn)}. Import the statements in between first.`,
  );
}

/** The days a statement covers, from what the file says and its lines; refuses one that says nothing (`statement-has-no-date`). */
export function daysOf(file: FileState): { from: LocalDate; until: LocalDate } {
  const days = [...file.lines.map((line) => line.bookedOn), ...[file.fromDay, file.untilDay].filter((day) => day !== null)].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) throw invalid('statement-has-no-date', 'The statement names no day and holds no lines, so nobody can tell when it was true.');
  return { from: first, until: last };
}
