import type { AccountId, EntryId, LocalDate, Pence } from '../kernel/index.js';
import { decimalPounds, NO_PENCE, plus, spokenReference, sumPence } from '../kernel/index.js';
import type { AccountKind, JournalAccount, JournalEntry, JournalTransfer } from '../ledger/index.js';

export type JournalFormat = 'csv' | 'journal';

/** Which movements: those booked from a day until another (not included); null is without end. */
export interface JournalPeriod {
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
}

/** Where each kind of account stands in the tree that accounting programs read: what is owned, what is owed. */
const PATHS: Readonly<Record<AccountKind, string>> = {
  agreed: 'assets:agreed',
  bank: 'assets:bank',
  clearing: 'assets:clearing',
  line: 'liabilities:lines',
  share: 'liabilities:shares',
  payable: 'liabilities:payable',
  remitting: 'liabilities:remitting',
  spent: 'liabilities:spent',
  unallocated: 'liabilities:unallocated',
  receivable: 'assets:receivable',
  'fees-due': 'assets:fees-due',
};

/** Accounts by the name the exports give them: a path of opaque references, no person's name in it. Two accounts never share a name. */
export class AccountNames {
  private readonly names = new Map<AccountId, string>();
  private readonly accounts = new Map<AccountId, JournalAccount>();
  private readonly taken = new Set<string>();

  constructor(private readonly references: ReadonlyMap<string, string>) {}

  has = (id: AccountId): boolean => this.names.has(id);

  add(account: JournalAccount): void {
    const path = accountPath(account, this.references);
    let name = path;
    for (let n = 2; this.taken.has(name); n++) name = `${path}:${n}`;
    this.taken.add(name);
    this.names.set(account.id, name);
    this.accounts.set(account.id, account);
  }

  of(id: AccountId): string {
    return this.names.get(id) ?? `unknown:${id}`;
  }

  kindOf(id: AccountId): AccountKind | undefined {
    return this.accounts.get(id)?.kind;
  }

  /** Whose money a transfer moved. */
  ownerOf(transfer: Pick<JournalTransfer, 'owner' | 'subject'>): string {
    return ownerReference((transfer.owner && this.accounts.get(transfer.owner)?.line) || null, transfer.subject, this.references);
  }
}

/** The reference of a budget line: the one people quote, else the one made from its id. */
export const lineReference = (line: string, references: ReadonlyMap<string, string>): string => references.get(line) ?? spokenReference('LIN', line);

/** Whose money: the reference of a budget line, else of a person or funder. */
export const ownerReference = (line: string | null, subject: string | null, references: ReadonlyMap<string, string>): string =>
  line ? lineReference(line, references) : subject ? spokenReference('PER', subject) : '';

export function accountPath(account: Omit<JournalAccount, 'id'>, references: ReadonlyMap<string, string>): string {
  const parts = [PATHS[account.kind]];
  if (account.channel) parts.push(account.channel);
  if (account.pool) parts.push(spokenReference('POL', account.pool));
  if (account.kind === 'payable' && account.subject) parts.push(spokenReference('PRO', account.subject));
  else if (account.line || account.subject) parts.push(ownerReference(account.line, account.subject, references));
  if (account.planLine) parts.push(spokenReference('PLA', account.planLine));
  return parts.join(':');
}

/** The columns of the CSV, in order; one row a transfer, then rows whose first cell is `control`. */
export const CSV_COLUMNS = [
  'entry_id',
  'reference',
  'kind',
  'effective_on',
  'booked_on',
  'booked_at',
  'debit_account',
  'credit_account',
  'amount_pounds',
  'amount_pence',
  'owner',
  'pool',
  'plan_line',
  'corrects',
  'seal',
] as const;

/** A cell of text: quoted where it must be, and a sign that spreadsheets obey (= + - @, tab, return) stands behind an apostrophe. */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvLine = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
export const csvHead = (): string => csvLine(CSV_COLUMNS);

export function csvRows(entry: JournalEntry, names: AccountNames): string {
  return entry.transfers
    .map((transfer) =>
      csvLine([
        entry.id,
        csvText(entry.reference),
        csvText(entry.kind),
        entry.effectiveOn,
        entry.bookedOn,
        entry.bookedAt.toISOString(),
        csvText(names.of(transfer.debit)),
        csvText(names.of(transfer.credit)),
        decimalPounds(transfer.amount),
        transfer.amount.toString(),
        csvText(names.ownerOf(transfer)),
        transfer.pool ? spokenReference('POL', transfer.pool) : '',
        transfer.planLine ? spokenReference('PLA', transfer.planLine) : '',
        entry.corrects ?? '',
        entry.seal?.toString() ?? '',
      ]),
    )
    .join('');
}

/** Control totals, as they grow while a book is read out. */
export class ControlTotals {
  transfers = 0;
  entries = 0;
  debits = NO_PENCE;
  credits = NO_PENCE;
  firstEntry: EntryId | null = null;
  lastEntry: EntryId | null = null;
  firstSeal: bigint | null = null;
  lastSeal: bigint | null = null;
  unsealed = 0;
  /** Debits less credits of each account: before the period, and by its end. */
  readonly opening = new Map<AccountId, Pence>();
  readonly closing = new Map<AccountId, Pence>();

  /** An entry booked before the period: it only moves the opening balances. */
  before(entry: JournalEntry): void {
    for (const { debit, credit, amount } of entry.transfers) {
      for (const balances of [this.opening, this.closing]) move(balances, debit, credit, amount);
    }
  }

  within(entry: JournalEntry): void {
    this.entries += 1;
    this.firstEntry ??= entry.id;
    this.lastEntry = entry.id;
    if (entry.seal === null) this.unsealed += 1;
    else {
      this.firstSeal = this.firstSeal === null || entry.seal < this.firstSeal ? entry.seal : this.firstSeal;
      this.lastSeal = this.lastSeal === null || entry.seal > this.lastSeal ? entry.seal : this.lastSeal;
    }
    for (const { debit, credit, amount } of entry.transfers) {
      this.transfers += 1;
      this.debits = plus(this.debits, amount);
      this.credits = plus(this.credits, amount);
      move(this.closing, debit, credit, amount);
    }
  }

  /** What each kind of account stands at, on its normal side, as `LedgerQueries.figuresOfBooks` says it; kinds without movements are left out. */
  byKind(balances: ReadonlyMap<AccountId, Pence>, names: AccountNames, normal: (kind: AccountKind) => 'debit' | 'credit'): Map<AccountKind, Pence> {
    const sums = new Map<AccountKind, Pence>();
    for (const [account, balance] of balances) {
      const kind = names.kindOf(account);
      if (kind) sums.set(kind, plus(sums.get(kind) ?? NO_PENCE, (normal(kind) === 'debit' ? balance : -balance) as Pence));
    }
    return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function move(balances: Map<AccountId, Pence>, debit: AccountId, credit: AccountId, amount: Pence): void {
  balances.set(debit, ((balances.get(debit) ?? 0n) + amount) as Pence);
  balances.set(credit, ((balances.get(credit) ?? 0n) - amount) as Pence);
}

interface Closing {
  readonly totals: ControlTotals;
  readonly names: AccountNames;
  readonly normal: (kind: AccountKind) => 'debit' | 'credit';
  readonly period: JournalPeriod;
}

/** The same control totals for both formats: what is counted, and its sum or number. */
function controls({ totals, names, normal, period }: Closing): [what: string, of: string, pence: Pence | null, text: string | null][] {
  const balances = (what: string, of: ReadonlyMap<AccountId, Pence>): [string, string, Pence | null, string | null][] =>
    [...totals.byKind(of, names, normal)].map(([kind, sum]) => [what, kind, sum, null]);
  return [
    ['count', 'entries', null, String(totals.entries)],
    ['count', 'transfers', null, String(totals.transfers)],
    ['sum', 'debits', totals.debits, null],
    ['sum', 'credits', totals.credits, null],
    ...(period.from ? balances('opening', totals.opening) : []),
    ...balances('balance', totals.closing),
    ['seal', 'first', null, totals.firstSeal?.toString() ?? ''],
    ['seal', 'last', null, totals.lastSeal?.toString() ?? ''],
    ['seal', 'entries-without', null, String(totals.unsealed)],
    ['entry', 'first', null, totals.firstEntry ?? ''],
    ['entry', 'last', null, totals.lastEntry ?? ''],
  ];
}

/** The rows after the last transfer: `control`, what, of what, and the sum in both money columns or the number in `owner`. */
export const csvControls = (closing: Closing): string =>
  controls(closing)
    .map(([what, of, sum, text]) =>
      csvLine([
        'control',
        what,
        of,
        '',
        '',
        '',
        '',
        '',
        sum === null ? '' : decimalPounds(sum),
        sum === null ? '' : sum.toString(),
        text ?? '',
        '',
        '',
        '',
        '',
      ]),
    )
    .join('');

export const journalControls = (closing: Closing): string =>
  ['', ...controls(closing).map(([what, of, sum, text]) => `; control ${what} ${of}: ${sum === null ? text : journalAmount(sum)}`), ''].join('\n');

/** Pounds as the plain-text tools read them: `£12.34`, below zero `£-12.34`. */
export const journalAmount = (sum: Pence): string => `£${decimalPounds(sum)}`;

export const journalHead = (book: { reference: string; basis: string }, period: JournalPeriod, writtenAt: Date): string =>
  `; A book of Commonpurse, ${book.reference}, ${book.basis}, written ${writtenAt.toISOString()}
; Booked ${period.from ? `from ${period.from}` : 'from the beginning'} ${period.until ? `until ${period.until} (not included)` : 'until now'}.
; Each entry: the day it was true = the day it counts in, (its reference), its kind. Debits are above zero, credits below.
; Money that was set aside or freed moves nothing and stands in comments.

`;

/** What stood in each account before the period, as one entry: so that balances read from the file are the ledger's. */
export function journalOpening(totals: ControlTotals, names: AccountNames, from: LocalDate): string {
  const lines = [...totals.opening]
    .filter(([, sum]) => sum !== 0n)
    .map(([account, sum]) => [names.of(account), sum] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (lines.length === 0) return '';
  return `${from} * (opening) balances brought forward\n${lines.map(([name, sum]) => posting(name, sum)).join('')}\n`;
}

const posting = (name: string, sum: Pence, comment = ''): string => `    ${name}  ${journalAmount(sum)}${comment}\n`;

export function journalText(entry: JournalEntry, names: AccountNames): string {
  const day = entry.effectiveOn === entry.bookedOn ? entry.effectiveOn : `${entry.effectiveOn}=${entry.bookedOn}`;
  const tags = [
    `entry: ${entry.id}`,
    `booked: ${entry.bookedAt.toISOString()}`,
    `seal: ${entry.seal ?? 'none yet'}`,
    ...(entry.corrects ? [`corrects: ${entry.corrects}`] : []),
    ...entry.reserves.map((each) =>
      each.what === 'reserved'
        ? `set aside ${journalAmount(each.amount)} in ${names.of(each.account)} for ${each.forDay}, until ${each.endsOn}`
        : `freed ${journalAmount(each.amount)} in ${names.of(each.account)} (${each.what})`,
    ),
  ].map((tag) => `    ; ${tag}\n`);
  const head = `${day} * (${entry.reference}) ${entry.kind}\n`;
  if (entry.transfers.length === 0) return `; ${head}${tags.join('').replaceAll(/^ {4}; /gm, ';     ')}\n`;
  const postings = entry.transfers.map((transfer) => {
    const whose = names.ownerOf(transfer);
    const comment = whose ? `  ; owner: ${whose}` : '';
    return posting(names.of(transfer.debit), transfer.amount, comment) + posting(names.of(transfer.credit), -transfer.amount as Pence, comment);
  });
  return `${head}${tags.join('')}${postings.join('')}\n`;
}

/** True when every account's balances sum to nothing, as double entry makes them. */
export const isBalanced = (totals: ControlTotals): boolean => sumPence(totals.closing.values()) === NO_PENCE;
