import { penceAsNumber } from '../../kernel/index.js';
import type { FileFacts } from './instruction.js';

/** A file on its way to the bank, or to the payer's own system. */
export interface FileToSubmit {
  /** Ours; the same again is the same file. */
  readonly id: string;
  readonly facts: FileFacts;
  /** Of an allocation book: the code of the payer's own system. */
  readonly payerCode: string | null;
}

/** `refused` was not taken, and says why; a throw means that we do not know, and the same file may be sent again under its id. */
export type DoorAnswer = { readonly is: 'taken' } | { readonly is: 'refused'; readonly reason: string };

/** Hands a file over. Without a door an officer downloads the file and uploads it at the bank. */
export interface BankDoor {
  submit(file: FileToSubmit): Promise<DoorAnswer>;
}

const TIMEOUT_MS = 15_000;

/** The simulated bank of demonstrations. */
export class SandboxBankDoor implements BankDoor {
  constructor(private readonly url: string) {}

  async submit(file: FileToSubmit): Promise<DoorAnswer> {
    const { path, body } = file.payerCode === null ? toBank(file) : toPayer(file, file.payerCode);
    const response = await fetch(new URL(path, this.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return { is: 'taken' };
    if (response.status >= 500) throw new Error(`the bank answered ${response.status}`);
    const answer = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
    return { is: 'refused', reason: (answer.error?.message ?? `The bank answered ${response.status}.`).slice(0, 300) };
  }
}

function toBank({ id, facts }: FileToSubmit): { path: string; body: unknown } {
  const { sortCode, accountNumber } = facts.originator!;
  const payments = facts.instructions.map((each) => ({
    endToEndId: each.reference,
    name: each.name,
    sortCode: each.sortCode,
    accountNumber: each.accountNumber,
    pence: penceAsNumber(each.amount),
    reference: each.reference,
  }));
  return { path: '/bank/payments', body: { fileId: id, debtor: { sortCode, accountNumber }, executionDay: facts.payOn, payments } };
}

function toPayer({ id, facts }: FileToSubmit, code: string): { path: string; body: unknown } {
  const instructions = facts.instructions.map((each) => ({
    reference: each.reference,
    name: each.name,
    sortCode: each.sortCode,
    accountNumber: each.accountNumber,
    pence: penceAsNumber(each.amount),
  }));
  return { path: `/bank/payer/${encodeURIComponent(code)}/instructions`, body: { batchId: id, instructions } };
}
