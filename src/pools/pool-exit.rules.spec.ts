import { describe, expect, it } from '@jest/globals';
import type { BookId, Id, LocalDate, ReservationId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { ExitFacts } from './pool-exit.rules.js';
import { addsUp, changesOf, exitStatement, leftovers } from './pool-exit.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const book = 'book-t' as BookId;
const share = 'share-c' as Id<'share'>;
const reservation = (id: string, forDay: string, left: number) => ({
  reservation: id as ReservationId,
  purpose: `session-${id}`,
  forDay: day(forDay),
  left: pence(left),
});

/** Carys on the day she leaves: two contributions, her part of one invoice, her part of a refund, two sessions to come. */
const carys: ExitFacts = {
  changes: [
    { what: 'put-in', on: day('2026-11-02'), amount: pence(12000) },
    { what: 'put-in', on: day('2026-11-05'), amount: pence(6000) },
    { what: 'invoice', on: day('2026-11-12'), amount: pence(3333) },
    { what: 'refund', on: day('2026-11-16'), amount: pence(1666) },
  ],
  shares: [{ id: share, book, posted: pence(16333), setAside: [reservation('2', '2026-11-26', 3333), reservation('3', '2026-12-24', 3334)] }],
  debts: new Map(),
};

describe('exitStatement', () => {
  it('is the one of the worked life: 33.34 freed, 33.33 kept for notice, 130.00 home', () => {
    const statement = exitStatement(carys, day('2026-11-20'), 28);
    expect(statement).toMatchObject({
      leftOn: '2026-11-20',
      noticeUntil: '2026-12-18',
      putIn: 18000n,
      returnedBefore: 0n,
      kept: 3333n,
      heldForDebt: 0n,
      toReturn: 13000n,
    });
    expect(statement.freed.map((each) => each.left)).toEqual([3334n]);
    expect(statement.returns).toEqual([{ share, amount: 13000n }]);
    expect(addsUp(statement)).toBe(true);
  });

  it.each([
    { name: 'no notice keeps nothing to come', leaves: '2026-11-20', notice: 0, kept: 0n, home: 16333n },
    { name: 'the last day of notice is the day before it ends', leaves: '2026-11-20', notice: 6, kept: 0n, home: 16333n },
    { name: 'a session on the last day of notice is owed', leaves: '2026-11-20', notice: 7, kept: 3333n, home: 13000n },
    { name: 'a session of the day itself, not yet invoiced, is owed', leaves: '2026-11-26', notice: 0, kept: 3333n, home: 13000n },
    { name: 'a session that was, and was not invoiced, is owed', leaves: '2026-11-30', notice: 0, kept: 3333n, home: 13000n },
    { name: 'long notice keeps both', leaves: '2026-11-20', notice: 60, kept: 6667n, home: 9666n },
  ])('$name', ({ leaves, notice, kept, home }) => {
    expect(exitStatement(carys, day(leaves), notice)).toMatchObject({ kept, toReturn: home });
  });

  it('keeps back what the member owes in that book, and no other', () => {
    expect(exitStatement({ ...carys, debts: new Map([[book, pence(6000)]]) }, day('2026-11-20'), 28)).toMatchObject({ heldForDebt: 6000n, toReturn: 7000n });
    expect(exitStatement({ ...carys, debts: new Map([['elsewhere' as BookId, pence(6000)]]) }, day('2026-11-20'), 28)).toMatchObject({
      heldForDebt: 0n,
      toReturn: 13000n,
    });
    expect(exitStatement({ ...carys, debts: new Map([[book, pence(99999)]]) }, day('2026-11-20'), 28)).toMatchObject({ heldForDebt: 13000n, toReturn: 0n });
  });

  it('of somebody who never put anything in is all nothing', () => {
    expect(exitStatement({ changes: [], shares: [], debts: new Map() }, day('2026-11-20'), 28)).toMatchObject({ putIn: 0n, toReturn: 0n, returns: [] });
  });

  it('refuses facts that do not add up', () => {
    expect(() => exitStatement({ ...carys, changes: carys.changes.slice(1) }, day('2026-11-20'), 28)).toThrow('adds up');
  });
});

describe('leftovers', () => {
  it('are what is free with everything set aside kept', () => {
    expect(leftovers(carys)).toEqual([{ share, amount: 9666n }]);
  });
});

describe('changesOf', () => {
  const on = day('2026-11-20');
  it.each([
    { kind: 'contribution', change: 500, what: 'put-in' },
    { kind: 'pay-in', change: 500, what: 'put-in' },
    { kind: 'remittance-received', change: 500, what: 'put-in' },
    { kind: 'refund', change: 500, what: 'refund' },
    { kind: 'invoice', change: -500, what: 'invoice' },
    { kind: 'returned', change: -500, what: 'returned' },
    { kind: 'remittance-sent', change: -500, what: 'returned' },
    { kind: 'returned', change: 500, what: 'came-back' },
    { kind: 'allocated', change: 500, what: 'put-in' },
    { kind: 'agreed', change: 500, what: 'put-in' },
    { kind: 'agreed-less', change: -500, what: 'returned' },
    { kind: 'correction', change: 500, what: 'refund' },
    { kind: 'correction', change: -500, what: 'invoice' },
  ])('$kind of $change is $what', ({ kind, change, what }) => {
    expect(changesOf([{ kind, on, change: pence(change) }], { arrived: [pence(500)] })).toEqual([{ what, on, amount: 500n }]);
  });

  it('takes money from another book for a refund when no contribution of that sum arrived', () => {
    const movements = [500, 500].map((change) => ({ kind: 'remittance-received', on, change: pence(change) }));
    expect(changesOf(movements, { arrived: [pence(500)] }).map((each) => each.what)).toEqual(['put-in', 'refund']);
  });

  it('knows money that went on to another money-holder, and money that is still between the two', () => {
    const movements = [
      { kind: 'contribution', on, change: pence(900) },
      { kind: 'remittance-sent', on, change: pence(-500) },
      { kind: 'remittance-sent', on, change: pence(-400) },
      { kind: 'remittance-received', on, change: pence(500) },
    ];
    const changes = changesOf(movements, { arrived: [], movedOut: [pence(500), pence(400)], movedIn: [pence(500)] });
    expect(changes.map((each) => each.what)).toEqual(['put-in', 'moved-out', 'moved-out', 'moved-in']);
    const statement = exitStatement({ changes, shares: [{ id: share, book, posted: pence(500), setAside: [] }], debts: new Map() }, on, 28);
    expect([statement.putIn, statement.onItsWay, statement.toReturn]).toEqual([900n, 400n, 500n]);
  });
});
