import { createHash } from 'node:crypto';
import { formatPounds, invalid, pence } from '../../kernel/index.js';
import type { LocalDate, Pence } from '../../kernel/index.js';
import { exactly, wholePence } from './decimal.js';
import type { ReadEntry, ReadPart, ReadStatement } from './statement-file.js';

/** A booked entry of a sterling account, ready for import. */
export interface SterlingLine {
  readonly bookedOn: LocalDate;
  readonly valueOn: LocalDate;
  /** Always positive. */
  readonly amountPence: Pence;
  readonly direction: 'credit' | 'debit';
  readonly reference: string | null;
  readonly bankReference: string | null;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly text: string;
  readonly parts: readonly SterlingPart[];
}

export interface SterlingPart {
  /** Null where the bank does not break the batch's amount down. */
  readonly amountPence: Pence | null;
  readonly reference: string | null;
  readonly counterparty: string | null;
  readonly text: string;
}

export interface SterlingStatement {
  readonly openingPence: Pence;
  readonly closingPence: Pence;
  readonly lines: readonly SterlingLine[];
}

/** Turns a statement into pence and checks that it adds up (RULE 24). Pending and information entries are left out: they are in no
 *  booked balance. Entries of nothing (0.00) are left out too. `balances` are what a person read off the bank's page,
 *  for files that print none. Refuses: statement-not-in-sterling, statement-amount-not-whole-pence, statement-has-no-date,
 *  statement-has-no-balance, statement-does-not-add-up. */
export function sterlingEntries(statement: ReadStatement, balances?: { readonly openingPence: Pence; readonly closingPence: Pence }): SterlingStatement {
  refuseOtherCurrencies(statement);
  const booked = statement.entries.filter((entry) => entry.status === 'BOOK');
  const lines = booked.map(sterlingLine).filter((line) => line.amountPence !== 0n);
  const openingPence = balancePence(statement.opening) ?? balances?.openingPence;
  const closingPence = balancePence(statement.closing) ?? balances?.closingPence;
  if (openingPence === undefined || closingPence === undefined) {
    throw invalid(
      'statement-has-no-balance',
      'The statement gives no opening or closing balance, so nobody can see whether it is complete. Use a file with balances.',
    );
  }
  const moved = lines.reduce((sum, line) => sum + (line.direction === 'credit' ? line.amountPence : -line.amountPence), 0n);
  const difference = closingPence - openingPence - moved;
  if (difference !== 0n) throw doesNotAddUp(pence(difference), firstBreak(statement));
  refuseBrokenChain(statement);
  return { openingPence, closingPence, lines };
}

/** UK banks' CSV files often name no currency; those are taken as the account's own. Any other currency that is named is refused. */
function refuseOtherCurrencies({ currency, openingCurrency, closingCurrency, entries }: ReadStatement): void {
  const named = [currency, openingCurrency, closingCurrency, ...entries.map((entry) => entry.currency)];
  const other = named.find((each) => each !== null && each !== 'GBP');
  if (other)
    throw invalid(
      'statement-not-in-sterling',
      `The statement is in ${/^[A-Z]{3}$/.test(other!) ? other : 'another currency'}, and this account is in pounds sterling.`,
    );
}

const place = (line: number | null): string => (line === null ? '' : ` (line ${line})`);

function sterlingLine(entry: ReadEntry): SterlingLine {
  const { bookedOn, direction, reference, bankReference, counterparty, counterpartyAccount, text } = entry;
  if (bookedOn === null) throw invalid('statement-has-no-date', `An entry has no date${place(entry.line)}.`);
  const amountPence = penceOf(entry.amount, entry.line);
  return {
    bookedOn,
    valueOn: entry.valueOn ?? bookedOn,
    amountPence,
    direction,
    reference,
    bankReference,
    counterparty,
    counterpartyAccount,
    text,
    parts: entry.parts.map(sterlingPart),
  };
}

/** A part in another currency keeps its words and loses its amount: the batch's own amount is what was booked. */
function sterlingPart({ amount, currency, reference, counterparty, text }: ReadPart): SterlingPart {
  const inSterling = amount !== null && (currency === null || currency === 'GBP');
  return { amountPence: inSterling ? penceOf(amount, null) : null, reference, counterparty, text };
}

function penceOf(amount: string, line: number | null): Pence {
  const exact = exactly(amount);
  const whole = exact === null ? null : wholePence(exact);
  if (whole === null) throw invalid('statement-amount-not-whole-pence', `An amount has parts of a penny${place(line)}.`);
  return pence(whole);
}

const balancePence = (amount: string | null): Pence | undefined => (amount === null ? undefined : penceOf(amount, null));

function doesNotAddUp(difference: Pence, line: number | null): Error {
  const where = line === null ? '' : ` The running balance first goes wrong at line ${line}.`;
  return invalid(
    'statement-does-not-add-up',
    `Opening balance and entries do not come to the closing balance: the difference is ${formatPounds(difference)}.${where}`,
  );
}

/** Two mistakes may cancel out in the sum, never in each step: printed running balances must follow one another. */
function refuseBrokenChain(statement: ReadStatement): void {
  const line = firstBreak(statement);
  if (line !== null) throw invalid('statement-does-not-add-up', `The running balance does not follow from the entries: it first goes wrong at line ${line}.`);
}

function firstBreak({ opening, entries }: ReadStatement): number | null {
  let running = opening === null ? null : exactly(opening);
  if (running === null) return null;
  for (const entry of entries) {
    if (entry.status !== 'BOOK') continue;
    const amount = exactly(entry.amount)!;
    running += entry.direction === 'credit' ? amount : -amount;
    if (entry.balanceAfter === null) continue;
    if (exactly(entry.balanceAfter) !== running) return entry.line;
  }
  return null;
}

/** The identity of each line, in the order given: a hash of account, day, amount, direction and words (and the bank's reference where
 *  there is one), and which of its equals it is. Two genuine payments of the same sum on one day stay two; importing a file again, or
 *  one that overlaps, gives keys already known; the order of lines changes nothing (RULE 24; running balances would, so they stay out).
 *  The value day stays out as well: banks correct it. */
export function lineKeys(accountKey: string, lines: readonly SterlingLine[]): string[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const words = [line.counterparty, line.reference, line.text].map((each) => (each ?? '').replace(/\s+/g, ' ').trim().toLowerCase());
    const facts = JSON.stringify([accountKey, line.bookedOn, line.amountPence.toString(), line.direction, ...words, line.bankReference ?? '']);
    const occurrence = seen.get(facts) ?? 0;
    seen.set(facts, occurrence + 1);
    return createHash('sha256').update(`${facts}#${occurrence}`).digest('hex');
  });
}
