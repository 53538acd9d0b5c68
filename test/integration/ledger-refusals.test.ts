/** Bad input: each fault is refused with a code of its own, and nothing is written. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookId, LocalDate, Pence } from '../../src/kernel/index.js';
import { newId, pence, systemActor } from '../../src/kernel/index.js';
import type { AccountKey, NewEntry } from '../../src/ledger/index.js';
import { entry, LedgerHouse, lineOf, member, move, plain, pool, reservation, shareOf } from '../support/ledger-house.js';

const day = '2026-05-01' as LocalDate;

describe('what the ledger refuses', () => {
  let house: LedgerHouse;
  let [book, other, allocation, shut] = ['', '', '', ''] as unknown as [BookId, BookId, BookId, BookId];
  const [ann, ben] = [member(), member()];
  const group = pool();
  const [held, ended] = [reservation(), reservation()];
  let first: NewEntry;

  const line = (of = book): AccountKey => lineOf(of, ann);
  const share = (of = book): AccountKey => shareOf(of, ann, group);
  const give = (debit: AccountKey, credit: AccountKey, amount: unknown, more: object = {}): NewEntry =>
    entry(debit.book, 'contribution', [{ debit, credit, amount: amount as Pence, ...more }]);
  const setAside = (account: AccountKey, amount: unknown, more: object = {}): NewEntry =>
    entry(account.book, 'commitment', [], {
      reservations: [{ id: reservation(), account, amount: amount as Pence, purpose: newId(), forDay: day, endsOn: day, ...more }],
    });
  const payable = (): AccountKey => ({ book, kind: 'payable', subject: group });

  beforeAll(async () => {
    house = await LedgerHouse.open();
    book = await house.book('cash', '2026-04-01');
    other = await house.book('cash', '2026-04-01');
    allocation = await house.book('allocation', '2026-04-01');
    shut = await house.book('cash', '2026-04-01');
    first = entry(book, 'arrival', [move(plain(book, 'bank'), line(), 10_000)]);
    await house.record(first);
    const share0 = give(line(), share(), pence(5_000));
    const reserve = (id: typeof held): NewEntry =>
      entry(book, 'commitment', [], { reservations: [{ id, account: share(), amount: pence(1_000), purpose: newId(), forDay: day, endsOn: day }] });
    await house.record(share0, reserve(held), reserve(ended), entry(book, 'commitment-ended', [], { endings: [{ reservation: ended, as: 'void' }] }));
    await house.seals.sealWaiting();
    await house.database.transaction(house.actor, async (tx) => {
      await house.books.close(tx, house.actor, book, '2026-05-01' as LocalDate);
      await tx.run('update book set closed_on = $2 where id = $1', [shut, day]);
    });
  });
  afterAll(() => house.close());

  const written = () =>
    house.sql(`select (select count(*) from entry) as entries, (select count(*) from transfer) as transfers, (select count(*) from reservation) as reservations,
      (select count(*) from reservation_end) as ends, (select count(*) from account) as accounts, (select count(*) from ledger_batch) as batches,
      (select sum(posted_pence) from account) as posted, (select sum(reserved_pence) from account) as reserved, (select sum(left_pence) from reservation) as left`);

  const table: [string, string, () => NewEntry[]][] = [
    ['nothing', 'amount-not-positive', () => [give(line(), share(), 0n)]],
    ['less than nothing', 'amount-not-positive', () => [give(line(), share(), -1n)]],
    ['a fraction of a penny', 'amount-not-whole', () => [give(line(), share(), 10.5)]],
    ['a number that is no bigint', 'amount-not-whole', () => [give(line(), share(), 10)]],
    ['text', 'amount-not-whole', () => [give(line(), share(), '10')]],
    ['no number', 'amount-not-whole', () => [give(line(), share(), Number.NaN)]],
    ['more than JSON carries', 'amount-too-large', () => [give(line(), share(), 2n ** 53n)]],
    ['more than a bigint column', 'amount-too-large', () => [give(line(), share(), 2n ** 63n)]],
    ['nothing set aside', 'amount-not-positive', () => [setAside(share(), 0n)]],
    ['a fraction set aside', 'amount-not-whole', () => [setAside(share(), 0.5)]],
    ['too much set aside to be a number', 'amount-too-large', () => [setAside(share(), 2n ** 64n)]],
    [
      'an ending of nothing',
      'amount-not-positive',
      () => [entry(book, 'commitment-ended', [], { endings: [{ reservation: held, amount: 0n as Pence, as: 'void' }] })],
    ],
    ['an account of another book', 'account-of-another-book', () => [give(line(), share(other), 10n)]],
    ['a reservation in another book', 'account-of-another-book', () => [{ ...setAside(share(other), 10n), book }]],
    ['a kind that there is not', 'account-unknown', () => [give(line(), { book, kind: 'savings' as never }, 10n)]],
    ['a kind that the book has not', 'account-unknown', () => [entry(allocation, 'arrival', [move(plain(allocation, 'bank'), line(allocation), 10)])]],
    ['an agreed sum in a cash book', 'account-unknown', () => [entry(book, 'agreed', [move(plain(book, 'agreed'), line(), 10)])]],
    ['a share without a pool', 'account-unknown', () => [give(line(), { book, kind: 'share', subject: ann.subject }, 10n)]],
    ['a line without a holder', 'account-unknown', () => [give({ book, kind: 'line', line: ann.line }, share(), 10n)]],
    ['an account twice', 'account-twice', () => [give(line(), line(), 10n)]],
    ['money set aside that is nobody’s', 'reservation-not-possible', () => [setAside(plain(book, 'unallocated'), 10n)]],
    ['a reservation that ends before its day', 'reservation-not-possible', () => [setAside(share(), 10n, { endsOn: '2026-04-30' })]],
    ['a reference too short', 'reference-wrong', () => [{ ...give(line(), share(), 10n), reference: 'x' }]],
    ['a reference too long', 'reference-wrong', () => [{ ...give(line(), share(), 10n), reference: 'x'.repeat(201) }]],
    ['a day before the true one', 'booked-before-true', () => [{ ...give(line(), share(), 10n), bookOn: '2026-04-30' as LocalDate }]],
    [
      'a closed period, asked for outright',
      'period-closed',
      () => [{ ...give(line(), share(), 10n), effectiveOn: '2026-04-20' as LocalDate, bookOn: '2026-04-20' as LocalDate }],
    ],
    ['a closed book', 'book-closed', () => [entry(shut, 'arrival', [move(plain(shut, 'bank'), line(shut), 10)])]],
    [
      'a closed book, on a day that was open',
      'book-closed',
      () => [
        { ...entry(shut, 'arrival', [move(plain(shut, 'bank'), line(shut), 10)]), effectiveOn: '2026-04-20' as LocalDate, bookOn: '2026-04-20' as LocalDate },
      ],
    ],
    ['a reference with another amount', 'reference-reused', () => [{ ...first, transfers: [move(plain(book, 'bank'), line(), 10_001)] }]],
    ['a reference for another account', 'reference-reused', () => [{ ...first, transfers: [move(plain(book, 'bank'), lineOf(book, ben), 10_000)] }]],
    ['a reference on another day', 'reference-reused', () => [{ ...first, effectiveOn: '2026-05-02' as LocalDate }]],
    ['a reference of another kind', 'reference-reused', () => [{ ...first, kind: 'correction' }]],
    ['an ended reservation', 'reservation-ended', () => [give(share(), payable(), 10n, { reservation: ended })]],
    ['a reservation of another account', 'reservation-ended', () => [give(line(), payable(), 10n, { reservation: held })]],
    ['a reservation that there is not', 'reservation-ended', () => [give(share(), payable(), 10n, { reservation: reservation() })]],
    ['more than was set aside', 'more-than-reserved', () => [give(share(), payable(), 1_001n, { reservation: held })]],
    [
      'more ended than is left',
      'more-than-reserved',
      () => [entry(book, 'commitment-ended', [], { endings: [{ reservation: held, amount: 1_001n as Pence, as: 'void' }] })],
    ],
    ['more than is in a line', 'not-enough-free', () => [give(line(), share(), 5_001n)]],
    ['money that is set aside', 'not-enough-free', () => [give(share(), line(), 4_001n)]],
    ['more set aside than is free', 'not-enough-free', () => [setAside(share(), 4_001n)]],
    ['each little enough, all too much', 'not-enough-free', () => [give(line(), share(), 3_000n), give(line(), share(), 3_000n)]],
    ['money of an account never used', 'not-enough-free', () => [give(lineOf(book, ben), shareOf(book, ben, group), 1n)]],
    ['one bad among good', 'amount-not-positive', () => [give(line(), share(), 1n), give(line(), share(), 0n)]],
    ['one short among good', 'not-enough-free', () => [give(line(), share(), 1n), give(lineOf(book, ben), shareOf(book, ben, group), 1n)]],
    ['one short in another book', 'not-enough-free', () => [give(line(), share(), 1n), give(line(other), share(other), 1n)]],
  ];

  it.each(table)('%s: %s', async (_, code, entries) => {
    const before = await written();
    await expect(house.record(...entries())).rejects.toMatchObject({ code });
    expect(await written()).toEqual(before);
  });

  it.each(table)('each by itself, %s: %s', async (_, code, entries) => {
    const before = await written();
    const each = entries();
    const answers = house.database.transaction(house.actor, (tx) => house.ledger.recordEach(tx, each));
    if (!['not-enough-free', 'reference-reused'].includes(code)) return expect(answers).rejects.toMatchObject({ code });
    const outcomes = await answers;
    expect(outcomes).toContain(code);
    if (outcomes.includes('recorded')) await house.record(...each.flatMap((one, n) => (outcomes[n] === 'recorded' ? [undo(one)] : [])));
    else expect(withoutAccounts(await written())).toEqual(withoutAccounts(before));
    return expect(await house.faults()).toEqual({});
  });

  /** Where each has its own fate, the transaction stands: an account opened for one that was refused stays, at nothing. */
  const withoutAccounts = ([row]: unknown[]): object => ({ ...(row as object), accounts: 0 });

  /** Brings back what the good ones among the bad moved, for the rows of the table that follow. */
  const undo = (one: NewEntry): NewEntry =>
    entry(
      one.book,
      'returned',
      one.transfers!.map(({ debit, credit, amount }) => move(credit, debit, amount)),
    );

  it('a book outside the scope', async () => {
    const before = await written();
    const outside = house.database.transaction(systemActor('test', { books: [other] }), (tx) => house.ledger.record(tx, [give(line(), share(), 1n)]));
    await expect(outside).rejects.toMatchObject({ driverError: { code: '42501' } });
    expect(await written()).toEqual(before);
  });
});
