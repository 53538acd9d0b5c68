import { randomUUID } from 'node:crypto';
import { type LocalDate, addDays, addMonths, dayOf, formatDay, invalid, notFound, refused, startOfDay, workingDayAfter } from '../kernel/index.js';
import type { Row } from './store.js';
import { later, type World } from './world.js';

export interface Sides {
  readonly sortCode: string;
  readonly accountNumber: string;
}

/** A charge, interest or standing order that comes back every month. */
export interface StandingLine {
  readonly kind: 'charge' | 'interest' | 'standing-order';
  readonly direction: 'credit' | 'debit';
  readonly pence: number;
  readonly name: string;
  /** 1 to 28. */
  readonly dayOfMonth: number;
}

/** A sterling account at the simulated bank. Its id is `sort-account`. */
export interface BankAccount extends Row, Sides {
  readonly name: string;
  readonly openedOn: LocalDate;
  readonly openingPence: number;
  /** How far below zero payments may take it. */
  readonly overdraftPence: number;
  /** Payments of one file show as one line. */
  readonly batchBooking: boolean;
  /** A closed account takes nothing: payments to it bounce. */
  readonly closed: boolean;
  readonly standing: readonly StandingLine[];
}

export type LineKind =
  | 'payment-out'
  | 'payment-in'
  | 'batch-out'
  | 'batch-in'
  | 'bank-giro-credit'
  | 'returned-payment'
  | 'charge'
  | 'interest'
  | 'direct-debit'
  | 'card'
  | 'standing-order'
  | 'other';

/** One payment inside a line: the only one, or one of a batch. */
export interface LineDetail {
  readonly pence: number;
  readonly name: string;
  readonly other: Sides | null;
  readonly reference: string;
  readonly endToEndId: string | null;
  /** Why it came back, as banks code it: AC04 is a closed account. */
  readonly returnReason: string | null;
}

/** A line of a statement, as it was really booked. `pence` is signed: credits above zero. */
export interface BankLine extends Row {
  readonly day: LocalDate;
  readonly pence: number;
  readonly balancePence: number;
  readonly kind: LineKind;
  readonly bankReference: string;
  /** The file the payments came in, for a batch. */
  readonly batch: string | null;
  readonly details: readonly LineDetail[];
}

export const accountId = ({ sortCode, accountNumber }: Sides): string => `${sortCode}-${accountNumber}`;

export const linesOf = (world: World, account: string) => world.store.part<BankLine>('bank_line', account);

export const findBankAccount = (world: World, sides: Sides): BankAccount | undefined => world.store.part<BankAccount>('bank_account').get(accountId(sides));

export function needBankAccount(world: World, sides: Sides): BankAccount {
  const account = findBankAccount(world, sides);
  if (!account) throw notFound(`The bank account ${accountId(sides)}`);
  return account;
}

export const balanceOfAccount = (world: World, account: BankAccount): number => linesOf(world, account.id).rows.at(-1)?.balancePence ?? account.openingPence;

/** Opens an account; asked again, it changes what may change (never the opening balance or day). */
export function openAccount(world: World, wanted: Omit<BankAccount, 'id'>): BankAccount {
  const id = accountId(wanted);
  const known = world.store.part<BankAccount>('bank_account').get(id);
  const account = known ? { ...wanted, id, openedOn: known.openedOn, openingPence: known.openingPence } : { ...wanted, id };
  if (known && JSON.stringify(known) === JSON.stringify({ ...known, ...account })) return known;
  world.store.put<BankAccount>('bank_account', '', account);
  if (!known) wanted.standing.forEach((line, index) => scheduleStanding(world, id, index, firstStanding(wanted.openedOn, line.dayOfMonth)));
  return account;
}

/** Books a line at the end of the account's statement. A day before the last booked one is refused, so that what a
 *  statement said once it says for ever. */
export function book(
  world: World,
  account: BankAccount,
  line: { kind: LineKind; details: readonly LineDetail[]; sign: 1 | -1; batch?: string; day?: LocalDate },
): BankLine {
  const last = linesOf(world, account.id).rows.at(-1);
  const today = dayOf(world.now());
  const earliest = last?.day ?? account.openedOn;
  const day = line.day ?? (today < earliest ? earliest : today);
  if (line.day && line.day > today) throw refused('line-too-late', 'Nothing can be booked on a day that has not come.');
  if (day < earliest) throw refused('line-too-early', `The account has lines up to ${formatDay(earliest)}: nothing can be booked before that.`);
  const pence = line.sign * line.details.reduce((total, each) => total + each.pence, 0);
  const number = linesOf(world, account.id).rows.length + 1;
  const row: BankLine = {
    id: randomUUID(),
    day,
    pence,
    balancePence: balanceOfAccount(world, account) + pence,
    kind: line.kind,
    batch: line.batch ?? null,
    details: line.details,
    bankReference: `${day.replaceAll('-', '')}${account.accountNumber}${String(number).padStart(7, '0')}`,
  };
  world.store.put('bank_line', account.id, row);
  if (line.sign > 0) noteReceipts(world, account, row);
  return row;
}

export const detail = (parts: Pick<LineDetail, 'pence' | 'name'> & Partial<LineDetail>): LineDetail => ({
  other: null,
  reference: '',
  endToEndId: null,
  returnReason: null,
  ...parts,
});

/** Money from a world outside this bank (Stripe, another bank) arrives; null when the account is not one of ours. */
export function arriveFromOutside(
  world: World,
  sides: Sides,
  money: { pence: number; kind: LineKind; name: string; reference: string; endToEndId: string | null; other?: Sides | null; day?: LocalDate },
): BankLine | null {
  const account = findBankAccount(world, sides);
  if (!account || account.closed) return null;
  const { pence, name, reference, endToEndId, other = null } = money;
  return book(world, account, {
    kind: money.kind,
    sign: 1,
    details: [detail({ pence, name, reference, endToEndId, other })],
    ...(money.day ? { day: money.day } : {}),
  });
}

/** What a payer's own payment system sees of its account: money that came in is told to `payer.ts` by this row. */
export interface Receipt extends Row {
  readonly line: string;
  readonly day: LocalDate;
  readonly detail: LineDetail;
}

function noteReceipts(world: World, account: BankAccount, line: BankLine): void {
  line.details.forEach((each, index) =>
    world.store.put<Receipt>('bank_receipt', account.id, { id: `${line.id}/${index}`, line: line.id, day: line.day, detail: each }),
  );
}

const firstStanding = (openedOn: LocalDate, dayOfMonth: number): LocalDate => {
  const month = `${openedOn.slice(0, 8)}${String(dayOfMonth).padStart(2, '0')}` as LocalDate;
  return month > openedOn ? month : addMonths(month, 1);
};

function scheduleStanding(world: World, account: string, index: number, day: LocalDate): void {
  world.agenda.add('standing-line', later(startOfDay(day), 6 * 3_600_000), { account, index: String(index), day });
}

/** Books a monthly line on its day and notes the next. */
export function bookStanding(world: World, id: string, index: number, day: LocalDate): void {
  const account = world.store.part<BankAccount>('bank_account').get(id);
  const line = account?.standing[index];
  if (!account || !line || account.closed) return;
  const last = linesOf(world, id).rows.at(-1)?.day ?? account.openedOn;
  book(world, account, {
    kind: line.kind,
    sign: line.direction === 'credit' ? 1 : -1,
    details: [detail({ pence: line.pence, name: line.name })],
    day: day < last ? last : day,
  });
  scheduleStanding(world, id, index, addMonths(day, 1));
}

/** The first moment of the bank's next working day. */
export const nextWorkingMorning = (world: World): Date => later(startOfDay(workingDayAfter(dayOf(world.now()), 1)), 7 * 3_600_000);

/** Checks a period: from (inclusive) until (exclusive), by day. */
export function checkPeriod(from: LocalDate, until: LocalDate): void {
  if (until <= from) throw invalid('period-not-understood', 'The period must end after it begins: `until` is the day after its last.');
  if (addDays(from, 3_660) < until) throw invalid('period-too-long', 'A statement covers at most ten years.');
}
