import type { AccountId, BookId } from '../kernel/index.js';
import { newId } from '../kernel/index.js';
import { bigints, bytesOf, days, ints, sha256, texts, uuids } from '../platform/index.js';
import type { AccountKey } from './account-key.js';
import { accountIdOf } from './account-key.js';
import { CHART } from './chart.js';
import type { NewEntry, NewReservation, NewTransfer, Owner, ReservationEnding } from './entry.js';

/** Entries of one book as `ledger_record` takes them: each kind of row as columns. */
export interface Batch {
  readonly parameters: readonly unknown[];
  /** Every account touched; those not known to exist are described in the parameters, and made. */
  readonly accounts: readonly AccountId[];
}

/** The accounts that a batch touches, each once; they are made on their first use. */
class Touched {
  readonly keys = new Map<AccountId, AccountKey>();
  private readonly ids = new Map<AccountKey, AccountId>();

  add(key: AccountKey): AccountId {
    const id = this.idOf(key);
    this.keys.set(id, key);
    return id;
  }

  /** Worked out once for each key that an entry names. */
  readonly idOf = (key: AccountKey): AccountId => {
    const known = this.ids.get(key);
    if (known) return known;
    const id = accountIdOf(key);
    this.ids.set(key, id);
    return id;
  };
}

/** `isKnown`: accounts that exist for certain need no description. The entries are of `book` and were checked (`checkEntry`). */
export function batchOf(book: BookId, entries: readonly NewEntry[], now: Date, reportEach: boolean, isKnown: (id: AccountId) => boolean): Batch {
  const touched = new Touched();
  const transfers: TransferRow[] = [];
  const reservations: (Omit<NewReservation, 'account'> & { n: number; account: AccountId })[] = [];
  const ends: (ReservationEnding & { n: number; id: string })[] = [];
  entries.forEach((entry, at) => {
    const n = at + 1;
    for (const each of entry.transfers ?? []) transfers.push(transferRow(entry, n, each, touched));
    for (const each of entry.reservations ?? []) reservations.push({ ...each, n, account: touched.add(each.account) });
    for (const each of entry.endings ?? []) ends.push({ ...each, n, id: newId() });
  });
  const accounts = [...touched.keys.keys()].sort();
  return {
    accounts,
    parameters: [
      book,
      now,
      reportEach,
      uuids(entries.map(() => newId())),
      texts(entries.map((entry) => entry.reference)),
      texts(entries.map((entry) => entry.kind)),
      days(entries.map((entry) => entry.effectiveOn)),
      days(entries.map((entry) => entry.bookOn)),
      uuids(entries.map((entry) => entry.corrects)),
      bytesOf(entries.map((entry) => contentHash(entry, touched.idOf))),
      ints(transfers.map((row) => row.n)),
      uuids(transfers.map((row) => row.id)),
      texts(transfers.map((row) => row.kind)),
      uuids(transfers.map((row) => row.debit)),
      uuids(transfers.map((row) => row.credit)),
      texts(transfers.map((row) => row.debitKind)),
      texts(transfers.map((row) => row.creditKind)),
      bigints(transfers.map((row) => row.amount)),
      uuids(transfers.map((row) => row.ownerAccount)),
      uuids(transfers.map((row) => row.owner.subject)),
      uuids(transfers.map((row) => row.owner.line)),
      uuids(transfers.map((row) => row.owner.planLine)),
      uuids(transfers.map((row) => row.owner.pool)),
      uuids(transfers.map((row) => row.reservation)),
      ints(reservations.map((row) => row.n)),
      uuids(reservations.map((row) => row.id)),
      uuids(reservations.map((row) => row.account)),
      uuids(reservations.map((row) => row.purpose)),
      bigints(reservations.map((row) => row.amount)),
      days(reservations.map((row) => row.forDay)),
      days(reservations.map((row) => row.endsOn)),
      ints(ends.map((row) => row.n)),
      uuids(ends.map((row) => row.id)),
      uuids(ends.map((row) => row.reservation)),
      bigints(ends.map((row) => row.amount)),
      texts(ends.map((row) => row.as)),
      uuids(accounts),
      texts(accounts.map((id) => touched.keys.get(id)!.kind)),
      descriptions(accounts.filter((id) => !isKnown(id)).map((id) => [id, touched.keys.get(id)!])),
    ],
  };
}

type TransferRow = ReturnType<typeof transferRow>;

function transferRow(entry: NewEntry, n: number, transfer: NewTransfer, touched: Touched) {
  const owner = ownerOf(transfer);
  const account = ownerAccount(entry.book, owner);
  return {
    n,
    id: newId(),
    kind: entry.kind,
    debit: touched.add(transfer.debit),
    credit: touched.add(transfer.credit),
    debitKind: transfer.debit.kind,
    creditKind: transfer.credit.kind,
    amount: transfer.amount,
    reservation: transfer.reservation,
    owner,
    ownerAccount: account && touched.add(account),
  };
}

function descriptions(accounts: readonly (readonly [AccountId, AccountKey])[]): string | null {
  if (accounts.length === 0) return null;
  return JSON.stringify(
    accounts.map(([id, key]) => ({ id, kind: key.kind, subject: key.subject, line: key.line, plan_line: key.planLine, pool: key.pool, channel: key.channel })),
  );
}

/** Whose money: as said, else the line's or share's on either side (the credited one if both: money arrives there). */
export function ownerOf(transfer: NewTransfer): Owner {
  if (transfer.owner) return transfer.owner;
  const { credit, debit } = transfer;
  const side = CHART[credit.kind].guarded ? credit : CHART[debit.kind].guarded ? debit : undefined;
  const share = credit.kind === 'share' ? credit : debit.kind === 'share' ? debit : undefined;
  if (!side) return {};
  return { subject: side.subject, line: side.line, planLine: (share ?? side).planLine, pool: (share ?? side).pool };
}

/** The line or share of an owner in a book: where it is kept what of their money is on its way, owed and spent. None for money that is
 *  neither of a line nor of a pool. */
function ownerAccount(book: BookId, { subject, line, planLine, pool }: Owner): AccountKey | undefined {
  if (subject === undefined) return undefined;
  if (pool !== undefined) return { book, kind: 'share', subject, line, planLine, pool };
  return line === undefined ? undefined : { book, kind: 'line', subject, line };
}

/** What a reference stands for: hashed without ids we make ourselves, so that an honest repeat hashes alike. */
export function contentHash(entry: NewEntry, idOf: (key: AccountKey) => AccountId = accountIdOf): Buffer {
  const content = [
    entry.kind,
    entry.effectiveOn,
    entry.bookOn ?? '',
    entry.corrects ?? '',
    ...(entry.transfers ?? []).map((t) => ['t', idOf(t.debit), idOf(t.credit), t.amount, t.reservation ?? ''].join(',')),
    ...(entry.reservations ?? []).map((r) => ['r', idOf(r.account), r.purpose, r.amount, r.forDay, r.endsOn].join(',')),
    ...(entry.endings ?? []).map((e) => ['e', e.reservation, e.amount ?? '', e.as].join(',')),
  ];
  return sha256(content.join('\n'));
}
