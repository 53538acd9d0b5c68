import { createHash } from 'node:crypto';
import { type LocalDate, conflict, dayOf, invalid, notFound, startOfDay, workingDayAfter } from '../kernel/index.js';
import { type Receipt, type Sides, accountId, arriveFromOutside, book, detail, findBankAccount, nextWorkingMorning } from './bank.js';
import type { Row } from './store.js';
import { later, type World } from './world.js';

/** An ICB's (or council's) own payment system: it is instructed, pays when it pays, and reports what it paid. */
export interface Payer extends Row {
  readonly name: string;
  /** Its account at the simulated bank, if it has one: what arrives there is in its report. */
  readonly account: Sides | null;
  /** Working days between an instruction and its payment. */
  readonly daysToPay: number;
}

export interface Instruction extends Sides {
  readonly reference: string;
  readonly name: string;
  readonly pence: number;
}

interface Batch extends Row {
  readonly fingerprint: string;
  readonly count: number;
}

/** One line of the payment report. Sums are positive; `received` is money that came in. */
export interface ReportLine extends Row {
  readonly batch: string;
  readonly reference: string;
  readonly name: string;
  readonly pence: number;
  readonly day: LocalDate;
  readonly status: 'instructed' | 'paid' | 'rejected' | 'returned' | 'received';
  readonly payee: Sides | null;
}

const lines = (world: World, code: string) => world.store.part<ReportLine>('payer_line', code);

export function openPayer(world: World, payer: Payer): Payer {
  const known = world.store.part<Payer>('payer').get(payer.id);
  return known && JSON.stringify(known) === JSON.stringify(payer) ? known : world.store.put<Payer>('payer', '', payer);
}

function needPayer(world: World, code: string): Payer {
  const payer = world.store.part<Payer>('payer').get(code);
  if (!payer) throw notFound(`The payer ${code}`);
  return payer;
}

/** Takes a batch of instructions. The same batch again gives the first answer; another under the same id is refused. */
export function instruct(world: World, code: string, batchId: string, instructions: readonly Instruction[]): { count: number; replayed: boolean } {
  const payer = needPayer(world, code);
  const fingerprint = createHash('sha256').update(JSON.stringify(instructions)).digest('base64');
  const known = world.store.part<Batch>('payer_batch', code).get(batchId);
  if (known && known.fingerprint !== fingerprint) throw conflict('batch-id-reused', 'A different batch was sent under this id before.');
  if (known) return { count: known.count, replayed: true };
  if (instructions.length === 0) throw invalid('batch-empty', 'The batch holds no instructions.');
  const taken = instructions.find((each) => lines(world, code).get(each.reference));
  if (taken || new Set(instructions.map((each) => each.reference)).size < instructions.length)
    throw conflict('reference-twice', 'A reference was instructed before, or stands twice in the batch.');
  const today = dayOf(world.now());
  const payDay = payer.daysToPay === 0 ? today : workingDayAfter(today, payer.daysToPay);
  world.store.put<Batch>('payer_batch', code, { id: batchId, fingerprint, count: instructions.length });
  for (const each of instructions) {
    const { reference, name, pence, sortCode, accountNumber } = each;
    world.store.put<ReportLine>('payer_line', code, {
      id: reference,
      batch: batchId,
      reference,
      name,
      pence,
      day: payDay,
      status: 'instructed',
      payee: { sortCode, accountNumber },
    });
    if (payDay === today) payInstruction(world, code, reference);
    else world.agenda.add('payer-pays', later(startOfDay(payDay), 7 * 3_600_000), { code, reference });
  }
  return { count: instructions.length, replayed: false };
}

/** Pays one instruction; one that the bounce switch names, or whose payee's account is closed, comes back the next working day. */
export function payInstruction(world: World, code: string, reference: string): void {
  const line = lines(world, code).get(reference);
  if (line?.status !== 'instructed' || !line.payee) return;
  const payer = needPayer(world, code);
  const account = payer.account ? findBankAccount(world, payer.account) : undefined;
  world.store.put<ReportLine>('payer_line', code, { ...line, status: 'paid', day: dayOf(world.now()) });
  if (account)
    book(world, account, {
      kind: 'payment-out',
      sign: -1,
      details: [detail({ pence: line.pence, name: line.name, other: line.payee, reference, endToEndId: reference })],
      batch: line.batch,
    });
  const payee = findBankAccount(world, line.payee);
  if (payee?.closed || world.switches.takeBounce(reference)) world.agenda.add('payer-bounces', nextWorkingMorning(world), { code, reference });
  else if (payee)
    arriveFromOutside(world, line.payee, { pence: line.pence, kind: 'payment-in', name: payer.name, reference, endToEndId: reference, other: payer.account });
}

/** A payment comes back to the payer: a line of its own in the report, so that the day it was paid stays as reported. */
export function bounceInstruction(world: World, code: string, reference: string): void {
  const line = lines(world, code).get(reference);
  if (line?.status !== 'paid') return;
  const payer = needPayer(world, code);
  const account = payer.account ? findBankAccount(world, payer.account) : undefined;
  const back = detail({ pence: line.pence, name: line.name, other: line.payee, reference, endToEndId: reference, returnReason: 'AC04' });
  if (account) book(world, account, { kind: 'returned-payment', sign: 1, details: [back], batch: line.batch });
  world.store.put<ReportLine>('payer_line', code, { ...line, id: `${reference}/returned`, status: 'returned', day: dayOf(world.now()) });
}

/** What was paid, returned and received from `from` (inclusive) until `until` (exclusive), the oldest first. */
export function paymentReport(world: World, code: string, from: LocalDate, until: LocalDate): ReportLine[] {
  const payer = needPayer(world, code);
  const inside = (day: LocalDate): boolean => from <= day && day < until;
  const paid = lines(world, code).rows.filter((line) => line.status !== 'instructed' && inside(line.day));
  const receipts = payer.account ? world.store.part<Receipt>('bank_receipt', accountId(payer.account)).rows : [];
  const received = receipts
    .filter((each) => inside(each.day) && each.detail.returnReason === null)
    .map(
      (each): ReportLine => ({
        id: each.id,
        batch: '',
        reference: each.detail.reference || (each.detail.endToEndId ?? ''),
        name: each.detail.name,
        pence: each.detail.pence,
        day: each.day,
        status: 'received',
        payee: each.detail.other,
      }),
    );
  return [...paid, ...received].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
