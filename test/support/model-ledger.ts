import { DomainError } from '../../src/kernel/index.js';
import type { AccountId, BookId, LocalDate, Pence, ReservationId } from '../../src/kernel/index.js';
import type { AccountKey, BookBasis, EntryKind, NewEntry, NewTransfer, Owner } from '../../src/ledger/index.js';
import { accountIdOf, CHART, checkEntry } from '../../src/ledger/index.js';

/** An account as the ledger keeps it: credits less debits, what is set aside, and what of its owner's money is on its way, owed and spent. */
export interface ModelAccount {
  readonly key: AccountKey;
  posted: bigint;
  reserved: bigint;
  remitting: bigint;
  payable: bigint;
  spent: bigint;
}

export interface ModelReservation {
  readonly account: AccountId;
  readonly purpose: string;
  readonly forDay: LocalDate;
  readonly endsOn: LocalDate;
  left: bigint;
  ended: boolean;
}

interface Movement {
  readonly account: AccountId;
  readonly kind: EntryKind;
  readonly on: LocalDate;
  readonly change: Pence;
}

interface State {
  readonly accounts: Map<AccountId, ModelAccount>;
  readonly reservations: Map<ReservationId, ModelReservation>;
  readonly references: Map<string, string>;
}

const refuse = (code: string): never => {
  throw new DomainError('refused', code, code);
};

/** A ledger in memory that takes entries exactly as `ledger_record` does: all of them or none, in their order, nothing guarded below zero, a
 *  repeat is nothing. Written apart from it, small enough to be read against it. */
export class ModelLedger {
  private state: State = { accounts: new Map(), reservations: new Map(), references: new Map() };
  /** Every movement of every account, in order. */
  readonly movements: Movement[] = [];

  constructor(private readonly books: ReadonlyMap<BookId, BookBasis>) {}

  record(entries: readonly NewEntry[]): void {
    const next: State = {
      accounts: new Map([...this.state.accounts].map(([id, account]) => [id, { ...account }])),
      reservations: new Map([...this.state.reservations].map(([id, reservation]) => [id, { ...reservation }])),
      references: new Map(this.state.references),
    };
    const moved: Movement[] = [];
    for (const entry of entries) this.apply(next, entry, moved);
    this.state = next;
    this.movements.push(...moved);
  }

  get accounts(): ReadonlyMap<AccountId, ModelAccount> {
    return this.state.accounts;
  }

  get reservations(): ReadonlyMap<ReservationId, ModelReservation> {
    return this.state.reservations;
  }

  /** What stands in an account: on its normal side, set aside, and free. */
  balanceOf(key: AccountKey): { posted: Pence; reserved: Pence; free: Pence } {
    const account = this.state.accounts.get(accountIdOf(key));
    const posted = (CHART[key.kind].normal === 'credit' ? (account?.posted ?? 0n) : -(account?.posted ?? 0n)) as Pence;
    const reserved = (account?.reserved ?? 0n) as Pence;
    return { posted, reserved, free: (posted - reserved) as Pence };
  }

  private apply(state: State, entry: NewEntry, moved: Movement[]): void {
    checkEntry(entry);
    const content = JSON.stringify([entry.kind, entry.effectiveOn, entry.transfers, entry.reservations, entry.endings], (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    const name = `${entry.book} ${entry.reference}`;
    const before = state.references.get(name);
    if (before !== undefined) return void (before === content || refuse('reference-reused'));
    state.references.set(name, content);
    for (const transfer of entry.transfers ?? []) this.move(state, entry, transfer, moved);
    for (const { id, account: key, amount, purpose, forDay, endsOn } of entry.reservations ?? []) {
      const account = this.touch(state, key);
      account.reserved += amount;
      state.reservations.set(id, { account: accountIdOf(key), purpose, forDay, endsOn, left: amount, ended: false });
    }
    for (const { reservation: id, amount } of entry.endings ?? []) {
      const reservation = state.reservations.get(id)!;
      const part = amount ?? (reservation.left as Pence);
      if (part > reservation.left) refuse('more-than-reserved');
      reservation.left -= part;
      reservation.ended = true;
      state.accounts.get(reservation.account)!.reserved -= part;
    }
    for (const account of state.accounts.values()) if (CHART[account.key.kind].guarded && account.posted < account.reserved) refuse('not-enough-free');
  }

  private move(state: State, entry: NewEntry, transfer: NewTransfer, moved: Movement[]): void {
    const { debit, credit, amount } = transfer;
    this.touch(state, debit).posted -= amount;
    this.touch(state, credit).posted += amount;
    if (transfer.reservation) {
      const reservation = state.reservations.get(transfer.reservation);
      if (!reservation || reservation.account !== accountIdOf(debit) || (reservation.ended && reservation.left < amount)) return refuse('reservation-ended');
      if (reservation.left < amount) refuse('more-than-reserved');
      reservation.left -= amount;
      this.touch(state, debit).reserved -= amount;
    }
    moved.push({ account: accountIdOf(debit), kind: entry.kind, on: entry.effectiveOn, change: -amount as Pence });
    moved.push({ account: accountIdOf(credit), kind: entry.kind, on: entry.effectiveOn, change: amount });
    const owner = ownerAccount(entry.book, transfer);
    if (!owner) return;
    const account = this.touch(state, owner);
    account.remitting += credit.kind === 'remitting' ? amount : debit.kind === 'remitting' ? -amount : 0n;
    account.payable += credit.kind === 'payable' ? amount : debit.kind === 'payable' ? -amount : 0n;
    account.spent += entry.kind === 'payment' ? amount : entry.kind === 'payment-returned' || entry.kind === 'refund' ? -amount : 0n;
  }

  private touch(state: State, key: AccountKey): ModelAccount {
    const id = accountIdOf(key);
    const found = state.accounts.get(id);
    if (found) return found;
    const basis = this.books.get(key.book)!;
    if (!(CHART[key.kind].books as readonly BookBasis[]).includes(basis)) refuse('account-unknown');
    const account: ModelAccount = { key, posted: 0n, reserved: 0n, remitting: 0n, payable: 0n, spent: 0n };
    state.accounts.set(id, account);
    return account;
  }
}

/** The line or share whose money a transfer moves: as it says, else the guarded account in it, the credited one if there are two. */
function ownerAccount(book: BookId, { debit, credit, owner }: NewTransfer): AccountKey | undefined {
  const guarded = [credit, debit].filter((key) => CHART[key.kind].guarded);
  const share = guarded.find((key) => key.kind === 'share');
  const found: Owner = owner ?? (guarded[0] ? { ...guarded[0], planLine: (share ?? guarded[0]).planLine, pool: (share ?? guarded[0]).pool } : {});
  const { subject, line, planLine, pool } = found;
  if (subject === undefined) return undefined;
  if (pool !== undefined) return { book, kind: 'share', subject, line, planLine, pool };
  return line === undefined ? undefined : { book, kind: 'line', subject, line };
}
