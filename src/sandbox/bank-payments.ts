import { createHash } from 'node:crypto';
import { type LocalDate, conflict, dayOf, invalid, refused, startOfDay, workingDayAfter } from '../kernel/index.js';
import {
  type BankAccount,
  type Sides,
  accountId,
  arriveFromOutside,
  balanceOfAccount,
  book,
  detail,
  findBankAccount,
  needBankAccount,
  nextWorkingMorning,
} from './bank.js';
import type { Row } from './store.js';
import { later, type World } from './world.js';

export interface InstructedPayment extends Sides {
  readonly endToEndId: string;
  readonly name: string;
  readonly pence: number;
  readonly reference: string;
}

/** A file of payments that a customer of the bank sends. */
export interface PaymentFile {
  readonly fileId: string;
  readonly debtor: Sides;
  /** The day on which to pay; a day on which banks rest moves to the next that they work. Today when null. */
  readonly executionDay: LocalDate | null;
  /** Book one line for all, or as the account is set up when null. */
  readonly batchBooking: boolean | null;
  readonly payments: readonly InstructedPayment[];
}

export type PaymentState = 'accepted' | 'paid' | 'rejected' | 'returned';

interface KeptPayment extends InstructedPayment {
  readonly state: PaymentState;
  readonly reason: string | null;
}

export interface KeptFile extends Row {
  readonly fingerprint: string;
  readonly debtor: Sides;
  readonly batchBooking: boolean;
  readonly day: LocalDate;
  readonly state: 'accepted' | 'paid' | 'rejected';
  readonly pence: number;
  readonly payments: readonly KeptPayment[];
}

const files = (world: World) => world.store.part<KeptFile>('bank_file');

export const findFile = (world: World, fileId: string): KeptFile | undefined => files(world).get(fileId);

/** Takes a file. The same file again gives the first answer and pays nothing; another file under the same id is refused. */
export function submitFile(world: World, file: PaymentFile): { file: KeptFile; replayed: boolean } {
  const fingerprint = createHash('sha256').update(JSON.stringify(file)).digest('base64');
  const known = files(world).get(file.fileId);
  if (known) {
    if (known.fingerprint !== fingerprint) throw conflict('file-id-reused', 'A different file was sent under this file id before.');
    return { file: known, replayed: true };
  }
  const account = needBankAccount(world, file.debtor);
  checkFile(file);
  const pence = file.payments.reduce((total, each) => total + each.pence, 0);
  const today = dayOf(world.now());
  const wanted = file.executionDay && file.executionDay > today ? file.executionDay : today;
  const day = file.executionDay ? workingDayAfter(wanted, 0) : wanted;
  if (day === today && shortOf(world, account, pence)) throw refused('not-enough-in-account', 'The account does not hold enough for this file.', { pence });
  world.store.put<KeptFile>('bank_file', '', {
    id: file.fileId,
    fingerprint,
    debtor: file.debtor,
    batchBooking: file.batchBooking ?? account.batchBooking,
    day,
    state: 'accepted',
    pence,
    payments: file.payments.map((each) => ({ ...each, state: 'accepted', reason: null })),
  });
  if (day === today) executeFile(world, file.fileId);
  else world.agenda.add('bank-file', later(startOfDay(day), 7 * 3_600_000), { file: file.fileId });
  return { file: files(world).get(file.fileId)!, replayed: false };
}

function checkFile(file: PaymentFile): void {
  if (file.payments.length === 0) throw invalid('file-empty', 'The file holds no payments.');
  const references = new Set(file.payments.map((each) => each.endToEndId));
  if (references.size !== file.payments.length) throw invalid('reference-twice', 'Two payments of the file have the same end-to-end reference.');
}

const shortOf = (world: World, account: BankAccount, pence: number): boolean => balanceOfAccount(world, account) + account.overdraftPence < pence;

/** Pays a file on its day, whole; or rejects it whole when the account holds too little. */
export function executeFile(world: World, id: string): void {
  const file = files(world).get(id);
  if (file?.state !== 'accepted') return;
  const account = needBankAccount(world, file.debtor);
  if (account.closed || shortOf(world, account, file.pence)) {
    const rejected = file.payments.map((each) => ({ ...each, state: 'rejected' as const, reason: account.closed ? 'AC04' : 'AM04' }));
    world.store.put<KeptFile>('bank_file', '', { ...file, state: 'rejected', payments: rejected });
    return;
  }
  const out = file.payments.map((each) =>
    detail({ pence: each.pence, name: each.name, other: sidesOf(each), reference: each.reference, endToEndId: each.endToEndId }),
  );
  if (file.batchBooking && out.length > 1) book(world, account, { kind: 'batch-out', sign: -1, details: out, batch: id });
  else for (const each of out) book(world, account, { kind: 'payment-out', sign: -1, details: [each], batch: id });
  const payments = file.payments.map((each) => {
    deliver(world, account, each, id);
    return { ...each, state: 'paid' as const };
  });
  world.store.put<KeptFile>('bank_file', '', { ...file, state: 'paid', payments });
}

const sidesOf = ({ sortCode, accountNumber }: Sides): Sides => ({ sortCode, accountNumber });

/** The payee's side: credited here if they bank here; bounced on the next working day if it cannot be. */
function deliver(world: World, from: BankAccount, payment: InstructedPayment, file: string): void {
  const payee = findBankAccount(world, payment);
  if (payee?.closed || world.switches.takeBounce(payment.endToEndId)) {
    world.agenda.add('payment-bounces', nextWorkingMorning(world), { file, endToEndId: payment.endToEndId });
  } else if (payee) {
    const { pence, reference, endToEndId } = payment;
    arriveFromOutside(world, payment, { pence, kind: 'payment-in', name: from.name, reference, endToEndId, other: sidesOf(from) });
  }
}

/** A payment comes back to the account it left. */
export function bouncePayment(world: World, fileId: string, endToEndId: string): void {
  const file = files(world).get(fileId);
  const payment = file?.payments.find((each) => each.endToEndId === endToEndId);
  if (!file || payment?.state !== 'paid') return;
  const account = needBankAccount(world, file.debtor);
  const back = detail({ pence: payment.pence, name: payment.name, other: sidesOf(payment), reference: payment.reference, endToEndId, returnReason: 'AC04' });
  book(world, account, { kind: 'returned-payment', sign: 1, details: [back], batch: fileId });
  const payments = file.payments.map((each) => (each === payment ? { ...each, state: 'returned' as const, reason: 'AC04' } : each));
  world.store.put<KeptFile>('bank_file', '', { ...file, payments });
}

/** A day on which a statement is hard to read: a bank fee, a line that is not ours, two genuine payments that look the
 *  same, and several credits in one batch. Once per account and day. */
export function hardDay(world: World, account: BankAccount, day: LocalDate): boolean {
  const done = world.store.part<Row>('hard_day', account.id);
  if (done.get(day)) return false;
  world.store.put<Row>('hard_day', account.id, { id: day });
  const twin = detail({
    pence: 2500,
    name: 'Mrs Bartholomew Featherstonehaugh',
    reference: 'SWIMMING THURSDAY',
    other: { sortCode: '108800', accountNumber: '00012345' },
  });
  book(world, account, { kind: 'charge', sign: -1, day, details: [detail({ pence: 650, name: 'ACCOUNT CHARGES', reference: 'MONTHLY FEE' })] });
  book(world, account, { kind: 'card', sign: -1, day, details: [detail({ pence: 1299, name: 'Northgate Office Supplies Limited', reference: 'CD 4471' })] });
  book(world, account, { kind: 'payment-in', sign: 1, day, details: [twin] });
  book(world, account, { kind: 'payment-in', sign: 1, day, details: [twin] });
  const batch = ['Adeyemi-Whitcombe household account', 'Jo Penhaligon', 'T O\u2019Rourke & family'].map((name, i) =>
    detail({ pence: 1000 * (i + 1), name, reference: `GIVING ${i + 1}`, endToEndId: `HARD-${day}-${i + 1}` }),
  );
  book(world, account, { kind: 'batch-in', sign: 1, day, details: batch, batch: `HARD-${accountId(account)}-${day}` });
  return true;
}
