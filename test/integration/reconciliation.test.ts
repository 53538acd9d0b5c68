/** Bank statements: taken in whole and once, matched line by line, and the books held against them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { statementInspectCommand } from '../../src/cli/statement.command.js';
import type { LocalDate, PaymentId } from '../../src/kernel/index.js';
import { newId, pence, spokenReference } from '../../src/kernel/index.js';
import { Uploads } from '../../src/platform/index.js';
import type { Loose } from '../support/sandbox-test.js';
import { KEY } from '../support/payments-house.js';
import { ReconciliationHouse } from '../support/reconciliation-house.js';

let house: ReconciliationHouse;
beforeEach(async () => {
  house = new ReconciliationHouse();
  await house.open();
});
afterEach(async () => {
  expect(await house.faults()).toEqual([]);
  await house.close();
});

const [fri, sat, mon, tue] = ['2026-11-20', '2026-11-21', '2026-11-23', '2026-11-24'] as LocalDate[] as [LocalDate, LocalDate, LocalDate, LocalDate];
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (words: string): Uint8Array => new TextEncoder().encode(words);
const later = (to: string): void => house.clock.set(new Date(`${to}T10:00:00Z`));
const credit = (more: object = {}): Promise<unknown> =>
  house.tell('/bank/credits', {
    sortCode: '108800',
    accountNumber: '10000001',
    pence: 2_500,
    name: 'Mrs Featherstone',
    reference: 'SWIMMING',
    day: fri,
    ...more,
  });
const figures = async () => ({ t: await house.table(house.t), d: await house.table(house.d) });
const count = async (table: string): Promise<number> => (await house.write((tx) => tx.row<{ n: number }>(`select count(*)::int as n from ${table}`)))!.n;

/** A CSV as a bank writes it, from lines with a signed amount in pence. */
function csv(opening: number, rows: readonly (readonly [string, string, number])[]): Uint8Array {
  let balance = opening;
  const pounds = (amount: number): string => (Math.abs(amount) / 100).toFixed(2);
  const lines = rows.map(([day, words, amount]) => {
    balance += amount;
    return `${day},${words},${amount < 0 ? pounds(amount) : ''},${amount < 0 ? '' : pounds(amount)},${pounds(balance)}`;
  });
  return bytesOf(`Date,Description,Debit Amount,Credit Amount,Balance\n${lines.join('\n')}\n`);
}

describe('real files of other banks', () => {
  const folder = join('..', 'shared', 'data', 'camt053');

  it('are all read by inspect, with no database, and refused by a sterling account', async () => {
    if (!existsSync(folder)) {
      console.warn(`${folder} is not here: the real camt.053 files were not read.`);
      return;
    }
    const printed: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => Boolean(printed.push(String(chunk))));
    const codes: Record<string, string> = {};
    try {
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.xml'))) {
        const path = join(folder, name);
        const isWrong = name.includes('wrong');
        await expect(
          statementInspectCommand.run({ words: [path], options: {}, json: true }).then(
            (answer) => (answer === 0 ? 'read' : 'not'),
            () => 'refused',
          ),
        ).resolves.toBe(isWrong ? 'refused' : 'read');
        if (!isWrong) expect(JSON.parse(printed.splice(0).join('')).statements.length).toBeGreaterThan(0);
        codes[name] = await code(house.import(house.accountT, new Uint8Array(readFileSync(path))));
      }
    } finally {
      write.mockRestore();
    }
    expect(Object.keys(codes).length).toBeGreaterThanOrEqual(8);
    expect(Object.values(codes).every((each) => ['statement-not-understood', 'statement-of-another-account', 'statement-not-in-sterling'].includes(each))).toBe(
      true,
    );
    expect([await count('upload'), await count('statement')]).toEqual([0, 0]);
  });

  it('in another currency are refused with the reason, even for the right account', async () => {
    const bytes = bytesOf(text(await house.fromBank('10000001', fri, sat)).replaceAll('GBP', 'EUR'));
    await expect(house.import(house.accountT, bytes)).rejects.toThrow(/in EUR, and this account is in pounds sterling/);
  });
});

describe('an import', () => {
  it('brings the lines of a statement once, keeps the file, and says when everything was here', async () => {
    await credit();
    const bytes = await house.fromBank('10000001', fri, sat);
    const first = await house.import(house.accountT, bytes, 'key-1');
    expect(first).toMatchObject({
      again: false,
      statements: [{ number: 1, newLines: 1, openingPence: 100_000, closingPence: 102_500 }],
      words: '1 line was added.',
    });
    expect(await house.import(house.accountT, bytes, 'key-1')).toEqual(first);
    expect(await house.import(house.accountT, bytes)).toMatchObject({
      again: true,
      statements: [],
      uploadId: first.uploadId,
      words: expect.stringMatching(/Nothing was added/),
    });
    expect([await count('statement'), await count('statement_line'), await count('upload')]).toEqual([1, 1, 1]);
    expect(Buffer.from((await house.write((tx) => house.get(Uploads).read(tx, first.uploadId))).bytes).equals(Buffer.from(bytes))).toBe(true);
    expect(await code(house.import(house.accountT, new Uint8Array([0x4d, 0x5a, 0, 1])))).toBe('statement-not-understood');
    const { content } = (await house.write((tx) => tx.row<{ content: Buffer }>('select content from upload')))!;
    expect(content.includes('10000001')).toBe(false);
  });

  it('adds only what is new of a longer period, and keeps genuine twins', async () => {
    await credit();
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat));
    later(mon);
    await credit({ day: fri });
    await credit({ day: mon });
    expect(await house.import(house.accountT, await house.fromBank('10000001', fri, tue))).toMatchObject({
      statements: [{ newLines: 2, knownLines: 1, openingPence: 102_500, closingPence: 107_500 }],
    });
    expect((await house.lines(house.accountT)).map((line) => [line.bookedOn, line.amount])).toEqual([
      [fri, 2_500n],
      [fri, 2_500n],
      [mon, 2_500n],
    ]);
  });

  it('keeps twins of files that name no reference of the bank, and never guesses which is which', async () => {
    const [row, other] = [
      ['20/11/2026', 'SWIMMING CLUB', 500],
      ['20/11/2026', 'BUS', -300],
    ] as const;
    await house.import(house.accountT, csv(100_000, [row, row, other]));
    expect(await code(house.import(house.accountT, csv(100_700, [row])))).toBe('statement-ambiguous');
    expect(await house.import(house.accountT, csv(100_000, [row, row, other, row]))).toMatchObject({ statements: [{ newLines: 1 }] });
    expect(await house.import(house.accountT, csv(101_200, [['23/11/2026', 'SWIMMING CLUB', 500]]))).toMatchObject({ statements: [{ newLines: 1 }] });
    expect(await count('statement_line')).toBe(5);
  });

  it('changes nothing when the same lines come in another order', async () => {
    const rows = [
      ['20/11/2026', 'SWIMMING CLUB', 500],
      ['20/11/2026', 'BUS', -300],
      ['23/11/2026', 'LUNCH', -100],
    ] as const;
    await house.import(house.accountT, csv(100_000, rows));
    expect(await house.import(house.accountT, csv(100_000, [rows[1], rows[0], rows[2]]))).toMatchObject({ again: true });
    expect(await count('statement_line')).toBe(3);
  });

  it('refuses a gap with both figures, a changed line, another account, and a sum that is wrong: then nothing at all is kept', async () => {
    await house.import(house.accountT, csv(100_000, [['20/11/2026', 'SWIMMING CLUB', 500]]));
    await expect(house.import(house.accountT, csv(100_700, [['24/11/2026', 'BUS', -300]]))).rejects.toThrow(
      /opens with £1,007\.00, and the last one closed with £1,005\.00/,
    );
    expect(
      await code(
        house.import(
          house.accountT,
          csv(100_000, [
            ['20/11/2026', 'SWIMMING CLUB', 500],
            ['20/11/2026', 'BUS', 1],
            ['23/11/2026', 'BUS', -300],
          ]),
        ),
      ),
    ).toBe('done');
    expect(
      await code(
        house.import(
          house.accountT,
          csv(100_000, [
            ['20/11/2026', 'SWIMMING CLUB', 500],
            ['20/11/2026', 'BUS', 2],
            ['23/11/2026', 'BUS', -300],
            ['24/11/2026', 'TEA', -50],
          ]),
        ),
      ),
    ).toBe('statement-contradicts');
    expect(await code(house.import(house.accountT, await house.fromBank('10000002', fri, sat)))).toBe('statement-of-another-account');
    expect(await code(house.import(house.accountT, bytesOf('Date,Description,Amount,Balance\n24/11/2026,A,1.00,1002.07\n25/11/2026,B,1.00,1009.07\n')))).toBe(
      'statement-does-not-add-up',
    );
    expect([await count('statement'), await count('upload')]).toEqual([2, 2]);
  });

  it('of two at once is done once', async () => {
    await credit();
    const bytes = await house.fromBank('10000001', fri, sat);
    const answers = await Promise.all(Array.from({ length: 4 }, () => house.import(house.accountT, bytes)));
    expect(answers.map((answer) => answer.again).sort()).toEqual([false, true, true, true]);
    expect(await count('statement_line')).toBe(1);
  });

  it('is for officers of the book, and nothing of what it brought can be changed', async () => {
    await credit();
    const bytes = await house.fromBank('10000001', fri, sat);
    expect(await code(house.imports.import(await house.as(house.people.c), { accountId: house.accountT, fileName: 'x', bytes }))).toBe('not-found');
    await house.import(house.accountT, bytes);
    for (const sql of [
      'update statement_line set amount_pence = 1',
      'delete from statement_line',
      'update statement set closing_pence = 1',
      'delete from upload',
      'delete from line_match',
    ])
      await expect(house.write((tx) => tx.run(sql))).rejects.toMatchObject({ driverError: { code: '42501' } });
  });
});

describe('matching', () => {
  it('finds every payment of a file on a plain statement, and the books agree with the bank', async () => {
    await house.own(house.b, 50_000);
    const ids = await house.paidByFile(house.t, house.b, [3_333, 4_444, 4_444]);
    expect((await house.proof.ofBook(await house.una(), house.t)).inFlight.map((item) => item.pence).sort()).toEqual([-3_333n, -4_444n, -4_444n]);
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat));
    await house.deliver();
    for (const id of ids) expect(await house.stateOf(id)).toBe('reconciled');
    expect((await house.lines(house.accountT)).map((line) => [line.state, line.rule])).toEqual([
      ['matched', 'reference'],
      ['matched', 'reference'],
      ['matched', 'reference'],
    ]);
    expect(await house.table(house.t)).toEqual({ bank: '877.79', 'share B': '377.79', unallocated: '500.00' });
    expect(await house.proof.ofBook(await house.una(), house.t)).toMatchObject({ ok: true, statementOn: fri, inFlight: [], differences: [] });
    expect(await house.match()).toMatchObject({ looked: 0, matched: 0 });
  });

  it.each([
    ['camt053', false],
    ['camt053', true],
    ['csv', false],
    ['csv', true],
  ])('finds a file booked as one line (%s, one line: %s) on a statement that is hard to read', async (format, batchBooking) => {
    await house.tell('/bank/accounts', { sortCode: '108800', accountNumber: '10000001', name: 'Treasurer', batchBooking });
    await house.own(house.b, 50_000);
    await house.paidByFile(house.t, house.b, [3_333, 4_444, 4_444, 5_000]);
    await house.tell('/bank/accounts/108800-10000001/hard-day', { day: fri });
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat, `format=${format}&hard=true`));
    const run = await house.match();
    const lines = await house.lines(house.accountT);
    const ours = lines.filter((line) => line.direction === 'debit' && line.amount !== 650n && line.amount !== 1_299n);
    expect(ours.map((line) => line.state)).toEqual(ours.map(() => 'matched'));
    expect(run).toMatchObject({
      matched: batchBooking ? 1 : 4,
      breaks: 5,
      byRule: batchBooking ? { [format === 'csv' ? 'batch-reference' : 'batch-parts']: 1 } : { 'reference-in-words': 4 },
    });
    const breaks = await house.breaks.ofBook(await house.una(), house.t);
    expect(breaks.items.map((each) => each.code).sort()).toEqual(['bank-charge', 'unknown-in', 'unknown-in', 'unknown-in', 'unknown-out']);
    const proof = await house.proof.ofBook(await house.una(), house.t);
    expect([proof.ok, proof.differences.map((each) => each.words)]).toEqual([
      false,
      ['The bank shows £90.51 more than our books: 5 lines that nothing explains yet.'],
    ]);
  });

  it('settles a remittance on both statements: what left here is what arrived there', async () => {
    await house.own(house.c, 20_000);
    const sent = await house.write((tx) => house.remittances.send(tx, house.all, { from: house.c.share, to: house.c.line, amount: pence(13_000), by: 'bank' }));
    await house.approved(sent.payOutId!);
    await house.deliver();
    await house.files.release(await house.as(house.people.vera), house.t);
    await house.deliver();
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat, 'hard=true'));
    await house.match();
    expect(await house.table(house.t)).toMatchObject({ bank: '870.00', clearing: '130.00', remitting: '130.00' });
    expect(await house.proof.ofBook(await house.una(), house.t)).toMatchObject({ ok: true, inFlight: [{ kind: 'remittance-out', pence: 13_000n }] });
    await house.import(house.accountD, await house.fromBank('10000002', fri, sat, 'hard=true'));
    await house.match(house.d);
    await house.deliver();
    expect(await figures()).toEqual({
      t: { bank: '870.00', 'share C': '70.00', unallocated: '800.00' },
      d: { bank: '430.00', 'line C': '130.00', unallocated: '300.00' },
    });
    for (const book of [house.t, house.d]) expect(await house.proof.ofBook(house.all, book)).toMatchObject({ ok: true, inFlight: [] });
  });

  it('takes a payment that the bank sent back as come back, and its next attempt as another one', async () => {
    await house.own(house.b, 50_000);
    await house.tell('/sandbox/switches', { bounce: { next: 1 } });
    const [id] = await house.paidByFile(house.t, house.b, [3_333]);
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat));
    await house.match();
    later(mon);
    await house.sandbox.run();
    await house.import(house.accountT, await house.fromBank('10000001', mon, tue));
    expect(await house.match()).toMatchObject({ matched: 1 });
    expect(await house.stateOf(id!)).toBe('returned');
    expect(await house.table(house.t)).toEqual({ bank: '1000.00', payable: '33.33', 'share B': '466.67', unallocated: '500.00' });
    await house.payments.planAgain(await house.una(), { payment: id! });
    await house.approved(id!);
    await house.deliver();
    await house.files.release(await house.as(house.people.vera), house.t);
    await house.deliver();
    later(tue);
    await house.import(house.accountT, await house.fromBank('10000001', mon, '2026-11-25' as LocalDate));
    expect(await house.match()).toMatchObject({ matched: 1, byRule: { reference: 1 } });
    expect([await house.stateOf(id!), (await house.proof.ofBook(await house.una(), house.t)).ok]).toEqual(['reconciled', true]);
  });

  it('books money that names a budget line as nobody’s yet, and tells who it is for', async () => {
    const reference = spokenReference('LIN', newId());
    await credit({ pence: 40_000, name: 'An invented ICB', reference });
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat, 'hard=true'));
    expect(await house.match()).toMatchObject({ matched: 1, unallocated: 1, byRule: { 'budget-line': 1 } });
    const [waiting] = await house.database.read(house.all, (tx) => house.reads.unallocatedLines(tx, house.t));
    expect(waiting).toMatchObject({ amount: 40_000n, lineReference: reference });
    const events = await house.write((tx) => tx.rows<{ payload: object }>(`select payload from outbox_event where name = 'moneyArrived'`));
    expect(events).toEqual([{ payload: { lineId: waiting!.lineId, bookId: house.t, amountPence: 40_000 } }]);
    const [line] = await house.lines(house.accountT);
    await house.write((tx) => house.matching.allocated(tx, waiting!.lineId));
    expect(await code(house.matching.undo(await house.una(), line!.matchId!, { reason: 'a mistake' }))).toBe('already-allocated');
  });

  it('undone is as if it had never been, and is then left to people', async () => {
    await house.own(house.b, 50_000);
    const [id] = await house.paidByFile(house.t, house.b, [3_333]);
    const before = { ...(await figures()), proof: (await house.proof.ofBook(await house.una(), house.t)).inFlight, state: await house.stateOf(id!) };
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat));
    await house.match();
    const [matched] = await house.lines(house.accountT);
    await house.matching.undo(await house.una(), matched!.matchId!, { reason: 'It was another one.' });
    expect({ ...(await figures()), proof: (await house.proof.ofBook(await house.una(), house.t)).inFlight, state: await house.stateOf(id!) }).toEqual(before);
    const corrections = await house.write((tx) =>
      tx.rows<{ made: string }>(`select m.kind as made from entry e join entry m on m.id = e.corrects_entry_id where e.kind = 'correction'`),
    );
    expect(corrections).toEqual([{ made: 'bank-line' }]);
    expect(await code(house.matching.undo(await house.una(), matched!.matchId!, { reason: 'again' }))).toBe('match-undone');
    expect(await house.match()).toMatchObject({ matched: 0, breaks: 1 });
    const [open] = await house.lines(house.accountT);
    expect(open).toMatchObject({ state: 'break', matchId: null });
    await house.matching.byHand(await house.una(), open!.id, { items: [{ kind: 'payment', id: id! }] });
    expect([await house.stateOf(id!), (await house.proof.ofBook(await house.una(), house.t)).ok]).toEqual(['reconciled', true]);
  });

  it('by hand adds up to the penny, once; a bank’s charge is the money-holder’s debt', async () => {
    await house.own(house.b, 50_000);
    const [first, second] = await house.paidByFile(house.t, house.b, [3_333, 4_444]);
    await house.tell('/bank/accounts/108800-10000001/hard-day', { day: fri });
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat));
    const una = await house.una();
    const lines = await house.lines(house.accountT);
    const of = (amount: bigint) => lines.find((line) => line.amount === amount)!.id;
    const hand = (line: string, ...items: { kind: string; id?: string }[]) => code(house.matching.byHand(una, line, { items: items as never }));
    expect(await hand(of(3_333n), { kind: 'payment', id: second! })).toBe('items-do-not-add-up');
    expect(await hand(of(650n), { kind: 'arrival' })).toBe('direction-differs');
    expect(await hand(of(3_333n), { kind: 'payment', id: first! })).toBe('done');
    expect(await hand(of(3_333n), { kind: 'payment', id: first! })).toBe('line-matched');
    expect(await hand(of(4_444n), { kind: 'payment', id: first! })).toBe('item-matched');
    expect(await hand(of(650n), { kind: 'bank-charge' })).toBe('done');
    expect((await house.table(house.t))['fees-due']).toBe('6.50');
    const runs = await Promise.all([house.match(), house.match()]);
    expect(runs.map((run) => run.matched).sort()).toEqual([0, 1]);
  });

  it('knows which card payments a pay-out of Stripe brought: they are reconciled while its match stands', async () => {
    await house.listenToStripe();
    await house.tell('/sandbox/accounts', { key: KEY, bank: { sortCode: '108800', accountNumber: '10000001' } });
    const byCard = async (amount: number): Promise<PaymentId> => {
      await house.post(house.d, 'allocated', `test:d:${amount}`, [
        { debit: { book: house.d, kind: 'unallocated' }, credit: house.c.line, amount: pence(amount) },
      ]);
      const sent = await house.write((tx) =>
        house.remittances.send(tx, house.all, { from: house.c.line, to: house.c.share, amount: pence(amount), by: 'card' }),
      );
      await house.payOnPage(await house.queries.payInAddress(await house.as(house.people.c), sent.remittanceId, '/money'), 'pm_card_visa');
      await house.until(async () => (await house.stateOf(sent.payInId!)) === 'succeeded');
      return sent.payInId!;
    };
    const [first, second] = [await byCard(4_000), await byCard(5_000)];
    await house.tell('/sandbox/automatic-payout', { account: KEY });
    const after = await byCard(6_000);
    await house.sandbox.run();
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat));
    await house.match();
    const [payout] = (await house.breaks.ofBook(await house.una(), house.t)).items;
    expect(payout).toMatchObject({ code: 'stripe-payout' });
    const states = async () => Promise.all([first, second, after].map((id) => house.stateOf(id)));
    const seen = { items: [{ kind: 'stripe-payout' as const }] };
    const made = await house.matching.byHand(await house.una(), payout!.lineId!, seen);
    expect(await states()).toEqual(['succeeded', 'succeeded', 'succeeded']);
    await house.deliver();
    expect(await states()).toEqual(['reconciled', 'reconciled', 'succeeded']);
    await house.matching.undo(await house.una(), made.matchId, { reason: 'I looked at another line.' });
    await house.deliver();
    expect(await states()).toEqual(['succeeded', 'succeeded', 'succeeded']);
    // Matched anew before anybody was told of the undoing: what is true in the end counts, whichever is heard first.
    const again = await house.matching.byHand(await house.una(), payout!.lineId!, seen);
    await house.matching.undo(await house.una(), again.matchId, { reason: 'No, wait.' });
    await house.matching.byHand(await house.una(), payout!.lineId!, seen);
    await house.deliver();
    expect(await states()).toEqual(['reconciled', 'reconciled', 'succeeded']);
    const { amount } = (await house.lines(house.accountT)).find((line) => line.id === payout!.lineId)!;
    expect([amount, (await house.proof.ofBook(await house.una(), house.t)).ok]).toEqual([8_825n, true]);
  });

  it('explains a refund by its reference, and what only a person can know by hand: a card payment, a Stripe pay-out', async () => {
    await house.own(house.b, 50_000);
    const [id] = await house.paidByFile(house.t, house.b, [5_000]);
    await house.write((tx) =>
      house.refunds.record(tx, house.all, { book: house.t, via: 'bank', amount: pence(2_000), on: fri, reference: 'CREDIT NOTE 2217', payments: [id!] }),
    );
    await credit({ pence: 2_000, name: 'Swim Well Limited', reference: 'CREDIT NOTE 2217' });
    await credit({ pence: 9_900, name: 'STRIPE PAYMENTS UK LTD', reference: 'STRIPE 7QXA' });
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat));
    expect(await house.match()).toMatchObject({ matched: 2, breaks: 1 });
    const payout = (await house.breaks.ofBook(await house.una(), house.t)).items[0]!;
    expect([payout.code, payout.suggestions.map((each) => each.kind)]).toEqual(['stripe-payout', ['stripe-payout', 'arrival']]);
    await house.matching.byHand(await house.una(), payout.lineId!, { items: [{ kind: 'stripe-payout' }] });
    expect(await house.proof.ofBook(await house.una(), house.t)).toMatchObject({ ok: true, inFlight: [], figures: { clearingStripe: -9_900n } });

    const cleo = await house.as(house.people.c);
    await house.post(house.d, 'allocated', 'test:own-d', [{ debit: { book: house.d, kind: 'unallocated' }, credit: house.c.line, amount: pence(30_000) }]);
    const sent = await house.write((tx) => house.remittances.send(tx, house.all, { from: house.c.line, to: house.c.share, amount: pence(12_000), by: 'card' }));
    await house.tell('/bank/lines', {
      sortCode: '108800',
      accountNumber: '10000002',
      kind: 'card',
      direction: 'debit',
      pence: 12_000,
      name: 'CARD 4471 CHECKOUT',
      day: fri,
    });
    await house.import(house.accountD, await house.fromBank('10000002', fri, sat));
    expect(await house.match(house.d)).toMatchObject({ matched: 0, breaks: 1 });
    const card = (await house.breaks.ofBook(cleo, house.d)).items[0]!;
    expect([card.code, card.suggestions]).toMatchObject(['one-may-fit', [{ kind: 'remittance-out', id: sent.remittanceId }]]);
    await house.matching.byHand(cleo, card.lineId!, { items: [{ kind: 'remittance-out', id: sent.remittanceId }] });
    expect(await house.table(house.d)).toEqual({ bank: '180.00', clearing: '120.00', 'line C': '180.00', remitting: '120.00' });
    expect(await house.proof.ofBook(cleo, house.d)).toMatchObject({ ok: true, inFlight: [{ kind: 'remittance-out', pence: 12_000n }] });
  });

  it('is right about every one of many payments alike, on the hardest statement', async () => {
    await house.own(house.b, 100_000);
    const ids = await house.paidByFile(
      house.t,
      house.b,
      Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? 2_500 : 1_000 + n)),
    );
    await house.tell('/bank/accounts/108800-10000001/hard-day', { day: fri });
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat, 'format=csv&hard=true'));
    await house.match();
    const ours = (await house.lines(house.accountT)).filter((line) => line.state === 'matched');
    const references = new Map(
      (await house.write((tx) => tx.rows<{ id: string; reference: string }>('select id, reference from payment'))).map((row) => [
        row.id,
        row.reference.replaceAll('-', ''),
      ]),
    );
    for (const line of ours) expect(line.words.replace(/[^A-Z0-9]/g, '')).toContain(references.get(line.items[0]!.id!)!);
    expect([ours.length, new Set(ours.map((line) => line.items[0]!.id)).size]).toEqual([ids.length, ids.length]);
  });

  it('leaves unanswered breaks that stop releases, until a named person answers', async () => {
    await credit();
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat));
    await house.match();
    const unanswered = () => house.write((tx) => house.breaks.unanswered(tx, house.t));
    expect(await unanswered()).toMatchObject({ count: 1 });
    later(tue);
    const [open] = (await house.breaks.ofBook(await house.una(), house.t)).items;
    expect(open).toMatchObject({ age: 2, ownerId: [house.people.una, house.people.vera, house.people.will].sort()[0] });
    await house.breaks.answer(await house.una(), open!.id, { answer: 'A gift; we are asking the sender.' });
    expect(await unanswered()).toMatchObject({ count: 0 });
    await house.matching.byHand(await house.una(), open!.lineId!, { items: [{ kind: 'arrival' }] });
    expect((await house.breaks.ofBook(await house.una(), house.t)).items).toEqual([]);
  });
});

describe('the nightly proof', () => {
  it('keeps what it found, names the difference, opens a break, and ends it when the book agrees again', async () => {
    await credit();
    await house.import(house.accountT, await house.fromBank('10000001', fri, sat));
    expect(await house.proof.keep(house.t)).toMatchObject({ ok: false, differences: [{ what: 'bank', pence: 2_500n }] });
    expect((await house.breaks.ofBook(await house.una(), house.t)).items.map((each) => [each.kind, each.code])).toEqual([['proof', 'bank-differs']]);
    await house.match();
    const [line] = await house.lines(house.accountT);
    await house.matching.byHand(await house.una(), line!.id, { items: [{ kind: 'arrival' }] });
    later(mon);
    expect(await house.proof.keep(house.t)).toMatchObject({ ok: true });
    expect((await house.breaks.ofBook(await house.una(), house.t)).items).toEqual([]);
    expect(await house.proof.lastOf(await house.una(), house.t)).toMatchObject({ ok: true, statementOn: fri });
    expect(await house.proof.keep(house.n)).toMatchObject({ ok: true, basis: 'allocation' });
  });
});

describe('the API', () => {
  it('takes a file, matches, and shows lines, breaks and the proof', async () => {
    await credit();
    const authorization = `Bearer ${await house.token(house.people.una)}`;
    const call = async (method: string, path: string, body?: FormData | object): Promise<{ status: number; json: Loose }> => {
      const isForm = body instanceof FormData;
      const answer = await fetch(`${house.url}/api/v1/${path}`, {
        method,
        headers: { authorization, 'idempotency-key': newId(), ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
      });
      return { status: answer.status, json: await answer.json() };
    };
    const form = new FormData();
    form.append('file', new Blob([(await house.fromBank('10000001', fri, sat)) as Uint8Array<ArrayBuffer>]), '../=statement.xml');
    const imported = await call('POST', `bank-accounts/${house.accountT}/statements`, form);
    expect([imported.status, imported.json.words]).toEqual([201, '1 line was added.']);
    expect((await call('POST', `bank-accounts/${house.accountT}/statements`, {})).json.code).toBe('file-missing');
    expect((await call('POST', `books/${house.t}/match`, {})).json).toMatchObject({ matched: 0, breaks: 1 });
    const accounts = await call('GET', `books/${house.t}/bank-accounts`);
    expect(accounts.json.items).toMatchObject([{ sortCode: '108800', last4: '0001', closingPence: 102_500 }]);
    const [statement] = (await call('GET', `bank-accounts/${house.accountT}/statements`)).json.items;
    const lines = (await call('GET', `statements/${statement.id}`)).json.lines.items;
    expect(lines).toMatchObject([{ state: 'break', amountPence: 2_500, reasons: [expect.stringMatching(/came in/)] }]);
    const [open] = (await call('GET', `books/${house.t}/breaks`)).json.items;
    const matched = await call('POST', `lines/${open.lineId}/match`, { items: [{ kind: 'arrival' }] });
    expect(matched).toMatchObject({ status: 201, json: { state: 'unallocated' } });
    expect((await call('POST', `matches/${matched.json.matchId}/undo`, { reason: 'tried it' })).json).toMatchObject({ undone: true });
    expect((await call('GET', `books/${house.t}/proof`)).json).toMatchObject({ ok: false, statementOn: fri, differences: [{ what: 'bank', pence: 2_500 }] });
    expect((await call('GET', `statements/${newId()}`)).status).toBe(404);
  });
});
