/** One life in figures, through the services and the API: three members, three books, every kind of movement, to the penny. The same figures as
 *  bare ledger entries are in `worked-life-ledger.test.ts`. After each step the three books stand here as an auditor would write them. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writtenTable } from '../support/ledger-table.js';
import { WorkedLife } from '../support/worked-life-house.js';

describe('the worked life', () => {
  let life: WorkedLife;
  let purchase: { id: string; sessions: { id: string }[] };
  let invoiceId: string;
  let transferId: string;

  beforeAll(async () => {
    life = await WorkedLife.open('2026-04-01T10:00:00Z');
  }, 60_000);
  afterAll(() => life.house.close());
  afterEach(async () => expect(await life.house.faults()).toEqual({}));

  const booksAre = async (table: string): Promise<void> => expect(await life.printed()).toBe(writtenTable(table));
  const numbersOf = async (letter: 'A' | 'B' | 'C'): Promise<Record<string, number>> =>
    (await life.people[letter].get(`budget-lines/${life.lines[letter]}`)).body;

  it('1: budgets are agreed, and money arrives', async () => {
    await life.fundAll();
    for (const book of ['T', 'D'] as const) {
      expect(await life.statement(book, '2026-04-01', '2026-04-02')).toEqual([]);
      await life.allocateWaiting(book);
    }
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   400.00 |   300.00
        line A       |  1200.00 |          |
        line B       |          |   400.00 |
        line C       |          |          |   300.00`);
    expect(await numbersOf('C')).toMatchObject({ agreedPence: 120_000, stillToComePence: 90_000, freePence: 30_000 });
  });

  it('2: each puts in 120.00; C by card, where it buys nothing until it has arrived', async () => {
    await life.startPool();
    const { A, B, C } = life.people;
    for (const [who, letter] of [
      [A, 'A'],
      [B, 'B'],
    ] as const)
      await who.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines[letter], amountPence: 12_000 });
    const { remittanceId } = await C.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines.C, amountPence: 12_000, by: 'card' });
    await life.house.settle();
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   400.00 |   300.00
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   180.00
        remitting    |          |          |   120.00
        share A      |   120.00 |          |
        share B      |          |   120.00 |`);
    expect(await numbersOf('C')).toMatchObject({ freePence: 18_000, committedPence: 12_000, spentPence: 0 });

    await life.payOnPage(remittanceId, 'pm_card_visa');
    await life.until(async () => (await life.tables()).D['remitting'] === undefined);
    await life.debitOfD('card', 12_000, 'OTTER POOL');
    life.at('2026-04-07');
    expect(await life.statement('D', '2026-04-02', '2026-04-07')).toEqual([]);
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   400.00 |   180.00
        clearing     |          |   118.00 |
        fees-due     |          |     2.00 |
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   180.00
        share A      |   120.00 |          |
        share B      |          |   120.00 |
        share C      |          |   120.00 |`);
  });

  it('3: C puts in 60.00 by Direct Debit, three days under way', async () => {
    const { remittanceId } = await life.people.C.must('post', `pools/${life.pool}/contributions`, {
      lineId: life.lines.C,
      amountPence: 6_000,
      by: 'bacs-debit',
    });
    await life.payOnPage(remittanceId, 'pm_bacs_debit');
    await life.house.settle();
    expect((await life.tables()).T).toMatchObject({ clearing: '118.00', 'share C': '120.00' });
    life.at('2026-04-10');
    await life.until(async () => (await life.tables()).D['remitting'] === undefined);
    await life.debitOfD('direct-debit', 6_000, 'THURSDAY SWIMMERS');
    life.at('2026-04-11');
    expect(await life.statement('D', '2026-04-07', '2026-04-11')).toEqual([]);
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   400.00 |   120.00
        clearing     |          |   177.40 |
        fees-due     |          |     2.60 |
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   120.00
        share A      |   120.00 |          |
        share B      |          |   120.00 |
        share C      |          |   180.00 |`);
    expect(await life.outside()).toEqual({ stripe: [17_740, 17_740], bankT: [40_000, 40_000], bankD: [12_000, 12_000] });
  });

  it('4: three sessions are committed: 100.00 is set aside in each share, and moves nothing', async () => {
    const { A, B, C, broker, provider } = life.people;
    life.providerId = (
      await provider.must('post', 'providers', {
        name: 'Otter Pool',
        kind: 'community',
        service: 'Supported swimming',
        activity: 'swimming',
        about: 'Warm water, kind people.',
        place: 'M33',
        days: [4],
        pricePence: 10_000,
        per: 'session',
      })
    ).id;
    await broker.must('post', `pools/${life.pool}/quote-requests`, { providerId: life.providerId, brief: 'Once a month, warm water, one helper in the pool' });
    const { quoteId } = await provider.must('post', `pools/${life.pool}/quotes`, {
      providerId: life.providerId,
      service: 'Supported swimming',
      pricePence: 10_000,
      sessions: 3,
    });
    for (const who of [A, B, C]) await who.must('post', `quotes/${quoteId}/choose`);
    const { purchaseId } = await broker.must('post', `quotes/${quoteId}/commit`, { days: ['2026-04-16', '2026-05-14', '2026-06-11'] });
    purchase = (await A.get(`purchases/${purchaseId}`)).body;
    await life.house.settle();
    expect(await life.shares()).toEqual({ A: [12_000, 10_000, 2_000], B: [12_000, 10_000, 2_000], C: [18_000, 10_000, 8_000] });
    expect((await life.tables()).T).toMatchObject({ 'share B': '120.00', 'share C': '180.00' });
    expect(await numbersOf('A')).toMatchObject({ freePence: 110_000, committedPence: 10_000, spentPence: 0 });
  });

  it('5: the invoice of 100.00 is split 33.34 + 33.33 + 33.33', async () => {
    life.at('2026-04-17');
    const { A, provider } = life.people;
    const [first] = purchase.sessions;
    await provider.must('post', `purchases/${purchase.id}/sessions/${first!.id}/record`);
    await A.must('post', `sessions/${first!.id}/confirm`);
    await life.knowPayees();
    invoiceId = (
      await provider.must('post', `purchases/${purchase.id}/invoices`, { number: 'OP-1', amountPence: 10_000, dated: '2026-04-17', sessionIds: [first!.id] })
    ).invoiceId;
    await life.house.settle();
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   400.00 |   120.00
        clearing     |          |   177.40 |
        fees-due     |          |     2.60 |
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   120.00
        payable      |    33.34 |    66.66 |
        share A      |    86.66 |          |
        share B      |          |    86.67 |
        share C      |          |   146.67 |`);
  });

  it('6: two payments, each with its maker and checker: a file from N, Stripe from T', async () => {
    life.at('2026-04-20');
    expect((await life.payRun('N')).totalPence).toBe(3_334);
    expect((await life.payRun('T')).totalPence).toBe(6_666);
    await life.until(async () => (await life.people.A.get(`invoices/${invoiceId}`)).status === 200 && (await life.tables()).T['payable'] === undefined);
    expect(await life.payerReport()).toEqual({ settled: 1 });
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   400.00 |   120.00
        clearing     |          |   110.74 |
        fees-due     |          |     2.60 |
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   120.00
        share A      |    86.66 |          |
        share B      |          |    86.67 |
        share C      |          |   146.67 |
        spent        |    33.34 |          |`);
    expect(await life.outside()).toMatchObject({ stripe: [11_074, 11_074] });
    const { data } = (await life.stripe('GET', 'transfers')) as { data: { id: string; amount: number }[] };
    expect(data.map((transfer) => transfer.amount)).toEqual([6_666]);
    transferId = data[0]!.id;
    expect((await life.people.provider.get(`invoices/${invoiceId}`)).body).toMatchObject({ state: 'paid' });
  });

  it('7: a refund of 50.00 lands in T: 16.67 + 16.67 + 16.66; A’s part goes on to N', async () => {
    life.at('2026-04-24');
    await life.stripe('POST', `transfers/${transferId}/reversals`, { amount: '5000' });
    const refund = { bookId: life.books.T, via: 'stripe', amountPence: 5_000, on: '2026-04-24', reference: 'OTTER CREDIT NOTE 1' };
    const { partsPence } = await life.people.maker.must('post', `invoices/${invoiceId}/refunds`, refund);
    expect(partsPence).toEqual([1_667, 1_667, 1_666]);
    await life.house.settle();
    expect(await life.tables()).toMatchObject({
      N: { 'share A': '86.66', spent: '33.34' },
      T: { clearing: '160.74', remitting: '16.67', 'share B': '103.34', 'share C': '163.33' },
    });
    expect(await numbersOf('A')).toMatchObject({ spentPence: 1_667, committedPence: 6_666 + 1_667 });

    expect((await life.payRun('T')).totalPence).toBe(1_667);
    life.at('2026-04-25');
    expect(await life.statement('T', '2026-04-02', '2026-04-25')).toEqual([]);
    expect(await life.payerReport()).toEqual({ known: 1, arrived: 1 });
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   383.33 |   120.00
        clearing     |          |   160.74 |
        fees-due     |          |     2.60 |
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   120.00
        share A      |   103.33 |          |
        share B      |          |   103.34 |
        share C      |          |   163.33 |
        spent        |    16.67 |          |`);
    expect(await life.outside()).toEqual({ stripe: [16_074, 16_074], bankT: [38_333, 38_333], bankD: [12_000, 12_000] });
  });

  it('8a: C leaves with 28 days of notice: 33.34 is freed, 33.33 stays set aside, and 130.00 goes back to her line', async () => {
    life.at('2026-04-30');
    const left = {
      leftOn: '2026-04-30',
      noticeUntil: '2026-05-28',
      putInPence: 18_000,
      invoices: [{ on: '2026-04-17', amountPence: 3_333 }],
      refunds: [{ on: '2026-04-24', amountPence: 1_666 }],
      returnedBeforePence: 0,
      keptForNotice: [{ forDay: '2026-05-14', amountPence: 3_333 }],
      keptPence: 3_333,
      freedPence: 3_334,
      heldForDebtPence: 0,
      onItsWayPence: 0,
      toReturnPence: 13_000,
    };
    const { C } = life.people;
    expect((await C.get(`pools/${life.pool}/exit-statement`)).body).toEqual({ left: false, statement: left });
    expect(await C.must('post', `pools/${life.pool}/leave`)).toMatchObject({ statement: left });
    await life.house.settle();
    expect((await life.payRun('T')).totalPence).toBe(13_000);
    life.at('2026-05-01');
    expect(await life.statement('T', '2026-04-25', '2026-05-01')).toEqual([]);
    expect(await life.statement('D', '2026-04-11', '2026-05-01')).toEqual([]);
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   253.33 |   250.00
        clearing     |          |   160.74 |
        fees-due     |          |     2.60 |
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   250.00
        share A      |   103.33 |          |
        share B      |          |   103.34 |
        share C      |          |    33.33 |
        spent        |    16.67 |          |`);
    expect(await life.shares()).toEqual({ A: [10_333, 6_666, 3_667], B: [10_334, 6_667, 3_667], C: [3_333, 3_333, 0] });
  });

  it('8b: her part of the session in notice is invoiced and paid, and nobody else’s with it', async () => {
    life.at('2026-05-15');
    const { B, C, provider } = life.people;
    const second = purchase.sessions[1]!;
    await provider.must('post', `purchases/${purchase.id}/sessions/${second.id}/record`);
    await B.must('post', `sessions/${second.id}/confirm`);
    const invoice = { amountPence: 3_333, dated: '2026-05-15', sessionIds: [second.id], forMembers: [C.id] };
    expect((await provider.send('post', `purchases/${purchase.id}/invoices`, { ...invoice, number: 'OP-2', amountPence: 3_334 })).body).toMatchObject({
      code: 'more-than-set-aside',
    });
    await provider.must('post', `purchases/${purchase.id}/invoices`, { ...invoice, number: 'OP-2' });
    await life.house.settle();
    expect((await life.payRun('T')).totalPence).toBe(3_333);
    await life.until(async () => (await life.tables()).T['payable'] === undefined);
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   253.33 |   250.00
        clearing     |          |   127.41 |
        fees-due     |          |     2.60 |
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   250.00
        share A      |   103.33 |          |
        share B      |          |   103.34 |
        spent        |    16.67 |          |`);
    expect(await life.shares()).toMatchObject({ A: [10_333, 6_666, 3_667], B: [10_334, 6_667, 3_667], C: [0, 0, 0] });
  });

  it('C’s exit statement adds up: 180.00 - 33.33 + 16.66 - 33.33 - 130.00 = nothing left', async () => {
    const { left, statement } = (await life.people.C.get(`pools/${life.pool}/exit-statement`)).body;
    const sum = (changes: { amountPence: number }[]): number => changes.reduce((total, each) => total + each.amountPence, 0);
    expect([left, statement.putInPence, sum(statement.invoices), sum(statement.refunds), statement.keptPence, statement.toReturnPence]).toEqual([
      true,
      18_000,
      3_333,
      1_666,
      3_333,
      13_000,
    ]);
    expect(statement.putInPence - sum(statement.invoices) + sum(statement.refunds) - statement.keptPence - statement.toReturnPence).toBe(0);
    expect(await numbersOf('C')).toMatchObject({ agreedPence: 120_000, freePence: 25_000, committedPence: 0, spentPence: 5_000, stillToComePence: 90_000 });
  });

  it('9: months later the Direct Debit is claimed back: a debt of C, and of nobody else', async () => {
    life.at('2026-09-15');
    const { data } = (await life.stripe('GET', 'payment_intents?limit=10')) as { data: { id: string; amount: number }[] };
    await life.tell('/sandbox/disputes', { account: 'sk_test_treasurer', payment_intent: data.find((intent) => intent.amount === 6_000)!.id });
    await life.until(async () => (await life.tables()).T['receivable C'] !== undefined);
    await life.credit('D', 6_000, 'DIRECT DEBIT GUARANTEE', 'Refund of a Direct Debit');
    life.at('2026-09-16');
    const [claim] = await life.statement('D', '2026-05-01', '2026-09-16');
    await life.arrived('D', claim!.lineId);
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   253.33 |   310.00
        clearing     |          |    67.41 |
        fees-due     |          |     2.60 |
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   250.00
        receivable C |          |    60.00 |
        share A      |   103.33 |          |
        share B      |          |   103.34 |
        spent        |    16.67 |          |
        unallocated  |          |          |    60.00`);
    expect(await life.outside()).toEqual({ stripe: [6_741, 6_741], bankT: [25_333, 25_333], bankD: [31_000, 31_000] });
    expect(await life.shares()).toMatchObject({ C: [0, 0, 0] });
  });

  it('ends with every book proved against its bank', async () => {
    expect(await life.statement('T', '2026-05-01', '2026-09-16')).toEqual([]);
    for (const book of ['N', 'T', 'D'] as const) {
      const officer = { N: life.people.icbMaker, T: life.people.maker, D: life.people.C }[book];
      expect((await officer.get(`books/${life.books[book]}/proof`)).body).toMatchObject({ ok: true, differences: [], inFlight: [] });
    }
  });

  it('the gap stops what would need B’s money, and nothing else', async () => {
    const { maker, checker, provider } = life.people;
    await life.stripe('POST', `transfers/${transferId}/reversals`, { amount: '1500' });
    const refund = { bookId: life.books.T, via: 'stripe', amountPence: 1_500, on: '2026-09-16', reference: 'OTTER CREDIT NOTE 2' };
    expect((await maker.must('post', `invoices/${invoiceId}/refunds`, refund)).partsPence).toEqual([500, 500, 500]);
    await life.house.settle();
    expect(await life.shares()).toMatchObject({ C: [500, 0, 0] });

    const run = await maker.must('post', 'pay-runs', { book: life.books.T, cutOffOn: life.today });
    expect(run).toMatchObject({ lineCount: 1, totalPence: 500 });
    await maker.must('post', `pay-runs/${run.id}/prepare`);
    const stopped = await checker.send('post', `pay-runs/${run.id}/approve`);
    expect([stopped.status, stopped.body.code, stopped.body.facts]).toMatchObject([409, 'would-use-others-money', { shortPence: '5500' }]);
    expect(stopped.body.detail).toContain('£55.00 that belongs to other people');

    const second = purchase.sessions[1]!;
    await provider.must('post', `purchases/${purchase.id}/invoices`, { number: 'OP-3', amountPence: 6_667, dated: '2026-09-16', sessionIds: [second.id] });
    await life.house.settle();
    expect((await life.payRun('T')).totalPence).toBe(3_334);
    await life.until(async () => (await life.tables()).T['payable'] === undefined);
    await booksAre(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |   253.33 |   310.00
        clearing     |          |    49.07 |
        fees-due     |          |     2.60 |
        line A       |  1080.00 |          |
        line B       |          |   280.00 |
        line C       |          |          |   250.00
        payable      |    33.33 |          |
        receivable C |          |    60.00 |
        remitting    |          |     5.00 |
        share A      |    70.00 |          |
        share B      |          |    75.00 |
        share C      |          |     5.00 |
        spent        |    16.67 |          |
        unallocated  |          |          |    60.00`);
    expect(await life.outside()).toMatchObject({ stripe: [4_907, 4_907], bankT: [25_333, 25_333] });
  });

  it('10: C pays the 60.00 back, and the 5.00 that her debt held back goes home to her line', async () => {
    const { maker, C } = life.people;
    await life.credit('T', 6_000, 'PAYING BACK', 'Carys Invented');
    life.at('2026-09-17');
    const open = await life.statement('T', '2026-09-16', '2026-09-17');
    const paid = open.find((each) => each.code === 'unknown-in')!;
    await life.arrived('T', paid.lineId);
    await maker.must('post', `books/${life.books.T}/debts/pay-back`, { statementLine: paid.lineId, personId: C.id });
    await life.house.settle();
    expect(await life.shares()).toMatchObject({ C: [0, 0, 0] });
    const after = (await life.tables()).T;
    expect(after).toMatchObject({ bank: '313.33', remitting: '10.00', 'line B': '280.00', 'share B': '75.00' });
    expect(after['receivable C']).toBeUndefined();
  });
});
