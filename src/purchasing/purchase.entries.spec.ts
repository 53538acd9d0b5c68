import { describe, expect, it } from '@jest/globals';
import type { BookId, Id, LocalDate, PersonId, ReservationId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { AccountKey } from '../ledger/index.js';
import type { ShareId } from '../pools/index.js';
import { commitmentEntries, expiryEntry, invoiceEntries } from './purchase.entries.js';

const on = '2026-11-20' as LocalDate;
const account = (book: string, subject: string): AccountKey => ({ book: book as BookId, kind: 'share', subject });
const reservation = (id: string, book: string, subject: string) => ({
  id: id as ReservationId,
  account: account(book, subject),
  amount: pence(3333),
  purpose: 'session' as Id<string>,
  forDay: on,
  endsOn: on,
});
const part = (book: string, subject: string, amount: number, freed: number) => ({
  share: subject as ShareId,
  personId: subject as PersonId,
  book: book as BookId,
  amount: pence(amount),
  vat: pence(0),
  account: account(book, subject),
  from: amount > 0 ? [{ reservation: `r-${subject}` as ReservationId, amount: pence(amount) }] : [],
  freed: freed > 0 ? [{ reservation: `r-${subject}` as ReservationId, amount: pence(freed) }] : [],
});

describe('how purchasing moves money', () => {
  it('reserves in each book under one reference', () => {
    const entries = commitmentEntries({ id: 'p' as Id<'purchase'>, on }, [reservation('1', 'n', 'a'), reservation('2', 't', 'b'), reservation('3', 't', 'c')]);
    expect(entries.map((entry) => [entry.book, entry.reference, entry.kind, entry.reservations?.length])).toEqual([
      ['n', 'purchase:p:committed', 'commitment', 1],
      ['t', 'purchase:p:committed', 'commitment', 2],
    ]);
  });

  it('posts an invoice from what was set aside: share / payable, and frees the rest', () => {
    const entries = invoiceEntries({ id: 'i' as Id<'invoice'>, providerId: 'pool-and-paddle', on }, [
      part('n', 'a', 3334, 0),
      part('t', 'b', 3333, 0),
      part('t', 'c', 0, 12),
    ]);
    expect(entries[0]).toEqual({
      book: 'n',
      reference: 'invoice:i:split',
      kind: 'invoice',
      effectiveOn: on,
      endings: [],
      transfers: [{ debit: account('n', 'a'), credit: { book: 'n', kind: 'payable', subject: 'pool-and-paddle' }, amount: 3334n, reservation: 'r-a' }],
    });
    expect(entries[1]).toMatchObject({ book: 't', transfers: [{ amount: 3333n }], endings: [{ reservation: 'r-c', amount: 12n, as: 'void' }] });
  });

  it('ends what is past', () => {
    expect(expiryEntry({ id: 'r' as ReservationId, book: 'n' as BookId, left: pence(5), on })).toEqual({
      book: 'n',
      reference: 'reservation:r:expired',
      kind: 'commitment-ended',
      effectiveOn: on,
      endings: [{ reservation: 'r', amount: 5n, as: 'expired' }],
    });
  });
});
