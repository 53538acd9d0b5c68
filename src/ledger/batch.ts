import { createHash } from 'node:crypto';
import { invariant, newId } from '../kernel/index.js';
import type { AccountKey } from './account-key.js';
import { accountIdOf } from './account-key.js';
import { CHART } from './chart.js';
import type { NewEntry, NewTransfer, Owner } from './entry.js';

/** The JSON that `ledger_record` takes. Pence travel as text, so that no amount passes through a float. */
export function batchOf(entries: readonly NewEntry[]): string {
  const accounts = new Map<string, AccountKey>();
  const idOf = (key: AccountKey): string => {
    const id = accountIdOf(key);
    accounts.set(id, key);
    return id;
  };
  const ids = entries.map(() => newId<'entry'>());
  const transfers = entries.flatMap((entry, n) =>
    (entry.transfers ?? []).map((transfer) => {
      checkTransfer(entry, transfer);
      return {
        n,
        id: newId(),
        debit: idOf(transfer.debit),
        credit: idOf(transfer.credit),
        debit_kind: transfer.debit.kind,
        credit_kind: transfer.credit.kind,
        amount: String(transfer.amount),
        reservation: transfer.reservation,
        ...ownerRow(ownerOf(transfer)),
      };
    }),
  );
  const reservations = entries.flatMap((entry, n) =>
    (entry.reservations ?? []).map((each) => {
      invariant(each.amount > 0n && CHART[each.account.kind].guarded, 'a reservation sets money of a line or share aside');
      return {
        n,
        id: each.id,
        entry: ids[n],
        account: idOf(each.account),
        purpose: each.purpose,
        amount: String(each.amount),
        for_day: each.forDay,
        ends_on: each.endsOn,
      };
    }),
  );
  const ends = entries.flatMap((entry, n) =>
    (entry.endings ?? []).map((each) => ({
      n,
      id: newId(),
      entry: ids[n],
      reservation: each.reservation,
      amount: each.amount === undefined ? null : String(each.amount),
      how: each.as,
    })),
  );
  const rows = entries.map((entry, n) => ({
    n,
    id: ids[n],
    book: entry.book,
    reference: entry.reference,
    kind: entry.kind,
    day: entry.effectiveOn,
    corrects: entry.corrects ?? null,
    hash: contentHash(entry),
  }));
  const accountRows = [...accounts].map(([id, key]) => ({
    id,
    book: key.book,
    kind: key.kind,
    subject: key.subject,
    line: key.line,
    plan_line: key.planLine,
    pool: key.pool,
    channel: key.channel,
  }));
  return JSON.stringify({ accounts: accountRows, entries: rows, reservations, transfers, ends });
}

function checkTransfer(entry: NewEntry, transfer: NewTransfer): void {
  invariant(transfer.amount > 0n, 'a transfer has a positive amount');
  invariant(transfer.debit.book === entry.book && transfer.credit.book === entry.book, 'no transfer crosses books');
}

/** Whose money: as said, else the line's or share's on either side (the credited one if both: money arrives there). */
export function ownerOf(transfer: NewTransfer): Owner {
  if (transfer.owner) return transfer.owner;
  const side = [transfer.credit, transfer.debit].find((key) => CHART[key.kind].guarded);
  const share = [transfer.credit, transfer.debit].find((key) => key.kind === 'share');
  if (!side) return {};
  return { subject: side.subject, line: side.line, planLine: (share ?? side).planLine, pool: (share ?? side).pool };
}

const ownerRow = (owner: Owner): object => ({ subject: owner.subject, line: owner.line, plan_line: owner.planLine, pool: owner.pool });

/** What a reference stands for: hashed without ids we make ourselves, so that an honest repeat hashes alike. */
function contentHash(entry: NewEntry): string {
  const content = [
    entry.kind,
    entry.effectiveOn,
    entry.corrects ?? '',
    ...(entry.transfers ?? []).map((t) => ['t', accountIdOf(t.debit), accountIdOf(t.credit), t.amount, t.reservation ?? ''].join(',')),
    ...(entry.reservations ?? []).map((r) => ['r', accountIdOf(r.account), r.purpose, r.amount, r.forDay, r.endsOn].join(',')),
    ...(entry.endings ?? []).map((e) => ['e', e.reservation, e.amount ?? '', e.as].join(',')),
  ];
  return createHash('sha256').update(content.join('\n')).digest('hex');
}
