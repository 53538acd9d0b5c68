/** What becomes of a debt (truth 3): a card payment is claimed back after part of it was spent. The payment that would need somebody else's
 *  money waits; the money-holder covers the gap with its own; the member pays back; the cover goes home; the fees are paid by whom the
 *  agreement names. After each step T's book stands here as an auditor would write it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writtenTable } from '../support/ledger-table.js';
import { WorkedLife } from '../support/worked-life-house.js';

describe('a debt, its cover and its end', () => {
  let life: WorkedLife;
  let run: { id: string };
  let day = '2026-04-01';

  beforeAll(async () => {
    life = await WorkedLife.open('2026-04-01T10:00:00Z');
  }, 60_000);
  afterAll(() => life?.house.close());
  afterEach(async () => expect(await life.house.faults()).toEqual({}));

  const bookIs = async (table: string): Promise<void> => {
    const rows = (await life.printed()).split('\n').slice(1);
    const ofT = rows.map((row) => row.split('|')).flatMap(([name, , sum]) => (sum?.trim() ? [`${name!.trim().padEnd(13)}|${sum.trim().padStart(8)}`] : []));
    expect(ofT.join('\n')).toBe(writtenTable(table));
  };
  const debts = async () => (await life.people.maker.get(`books/${life.books.T}/debts`)).body;

  /** Money from outside on T's next statement, which nothing expects: an officer says that it is nobody's yet. Answers its line. */
  async function unexpected(amount: number, from: string, reference: string, next: string): Promise<string> {
    await life.credit('T', amount, reference, from);
    const before = day;
    life.at(next);
    day = next;
    const breaks = await life.statement('T', before, next);
    const open = breaks.find((each) => each.code === 'unknown-in')!;
    await life.arrived('T', open.lineId);
    return open.lineId;
  }

  it('three put money in, C 120.00 by card; 33.33 of each is owed for a session', async () => {
    await life.fundAll();
    for (const book of ['T', 'D'] as const) expect(await life.statement(book, '2026-04-01', '2026-04-02')).toEqual([]);
    await life.startPool();
    const { A, B, C, broker, provider } = life.people;
    await A.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines.A, amountPence: 12_000 });
    await B.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines.B, amountPence: 12_000 });
    const { remittanceId } = await C.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines.C, amountPence: 12_000, by: 'card' });
    await life.house.settle();
    await life.payOnPage(remittanceId, 'pm_card_visa');
    await life.until(async () => (await life.tables()).D['remitting'] === undefined);
    const service = {
      name: 'Otter Pool',
      kind: 'community',
      service: 'Supported swimming',
      activity: 'swimming',
      about: 'Warm water.',
      place: 'M33',
      days: [4],
    };
    life.providerId = (await provider.must('post', 'providers', { ...service, pricePence: 10_000, per: 'session' })).id;
    await broker.must('post', `pools/${life.pool}/quote-requests`, { providerId: life.providerId, brief: 'Once, in warm water' });
    const offer = { providerId: life.providerId, service: 'Supported swimming', pricePence: 10_000, sessions: 1 };
    const { quoteId } = await provider.must('post', `pools/${life.pool}/quotes`, offer);
    for (const who of [A, B, C]) await who.must('post', `quotes/${quoteId}/choose`);
    const { purchaseId, sessions } = await broker.must('post', `quotes/${quoteId}/commit`, { days: ['2026-04-02'] });
    const session = sessions[0].sessionId as string;
    await provider.must('post', `purchases/${purchaseId}/sessions/${session}/record`);
    await A.must('post', `sessions/${session}/confirm`);
    await life.knowPayees();
    await provider.must('post', `purchases/${purchaseId}/invoices`, { number: 'OP-1', amountPence: 10_000, dated: '2026-04-02', sessionIds: [session] });
    await life.house.settle();
    day = '2026-04-02';
    await bookIs(`
        bank         |  400.00
        clearing     |  118.00
        fees-due     |    2.00
        line B       |  280.00
        payable      |   66.66
        share B      |   86.67
        share C      |   86.67`);
  });

  it('C’s card payment is claimed back: her debt alone, and the payment that would need B’s money waits', async () => {
    const { maker, checker } = life.people;
    const { data } = (await life.stripe('GET', 'payment_intents?limit=10')) as { data: { id: string; amount: number }[] };
    await life.tell('/sandbox/disputes', { account: 'sk_test_treasurer', payment_intent: data.find((intent) => intent.amount === 12_000)!.id });
    await life.until(async () => (await life.tables()).T['receivable C'] !== undefined);
    // Stripe's own fee for the dispute, 20.00, is due like the fee of 2.00 before it: no share is smaller for it.
    await bookIs(`
        bank         |  400.00
        clearing     |  -22.00
        fees-due     |   22.00
        line B       |  280.00
        payable      |   66.66
        receivable C |  120.00
        share B      |   86.67
        share C      |   86.67`);
    expect(await life.shares()).toMatchObject({ C: [8_667, 0, 0] });
    expect(await debts()).toMatchObject({
      items: [{ personId: life.people.C.id, owesPence: 12_000, coveredPence: 0, gapPence: 12_000, toReturnPence: 0 }],
      fees: [{ owedBy: 'money-holder', poolId: life.pool, personId: life.people.C.id, duePence: 2_200 }],
    });
    run = await maker.must('post', 'pay-runs', { book: life.books.T, cutOffOn: life.today });
    await maker.must('post', `pay-runs/${run.id}/prepare`);
    const stopped = await checker.send('post', `pay-runs/${run.id}/approve`);
    expect([stopped.status, stopped.body.code, stopped.body.facts]).toMatchObject([409, 'would-use-others-money', { shortPence: '3333' }]);
  });

  it('the money-holder covers the gap with its own money: the payment leaves, and C owes what she owed', async () => {
    const { maker, checker, C, icbMaker } = life.people;
    const at = `books/${life.books.T}/debts/cover`;
    const line = await unexpected(3_333, 'The treasurer', 'OUR OWN MONEY', '2026-04-03');
    const command = { statementLine: line, personId: C.id };
    expect((await icbMaker.send('post', at, command)).status).toBe(404);
    expect((await C.send('post', at, command)).status).toBe(404);
    expect(await maker.send('post', at, { ...command, personId: life.people.B.id })).toMatchObject({ status: 409, body: { code: 'more-than-the-gap' } });
    const answer = await maker.must('post', at, command, 'cover-once');
    expect(answer).toEqual({ book: life.books.T, settledPence: 3_333, leftPence: 8_667 });
    expect(await maker.must('post', at, command, 'cover-once')).toEqual(answer);
    expect((await maker.send('post', at, command)).status).toBe(404);
    await bookIs(`
        bank         |  433.33
        clearing     |  -22.00
        fees-due     |   22.00
        line B       |  280.00
        payable      |   66.66
        receivable ? |  -33.33
        receivable C |  120.00
        share B      |   86.67
        share C      |   86.67`);
    expect(await life.shares()).toMatchObject({ C: [8_667, 0, 0] });
    expect((await debts()).items).toMatchObject([{ owesPence: 12_000, coveredPence: 3_333, gapPence: 8_667 }]);
    await checker.must('post', `pay-runs/${run.id}/approve`);
    await life.house.settle();
    await checker.must('post', `pay-runs/${run.id}/release`);
    await life.house.settle();
    expect((await life.tables()).T['payable']).toBeUndefined();
    const early = await maker.send('post', `books/${life.books.T}/debts/return-cover`, { personId: C.id });
    expect(early).toMatchObject({ status: 409, body: { code: 'nothing-to-return' } });
  });

  it('C pays back more than she owes: her share is hers again, and the rest needs a line of her own', async () => {
    const { maker, C } = life.people;
    const at = `books/${life.books.T}/debts/pay-back`;
    const line = await unexpected(12_500, 'Carys Invented', 'PAYING BACK', '2026-04-08');
    const command = { statementLine: line, personId: C.id };
    expect(await maker.send('post', at, { ...command, personId: life.people.B.id })).toMatchObject({ status: 409, body: { code: 'nothing-owed' } });
    for (const restReference of [undefined, life.references.B, life.references.C])
      expect(await maker.send('post', at, { ...command, ...(restReference ? { restReference } : {}) })).toMatchObject({
        status: 422,
        body: { code: 'rest-has-no-line' },
      });
    const exact = await unexpected(12_000, 'Carys Invented', 'PAYING BACK EXACTLY', '2026-04-09');
    expect(await maker.must('post', at, { statementLine: exact, personId: C.id })).toMatchObject({ settledPence: 12_000, leftPence: 0 });
    expect(await life.shares()).toMatchObject({ C: [8_667, 0, 8_667] });
    expect((await debts()).items).toMatchObject([{ owesPence: 0, coveredPence: 3_333, gapPence: 0, toReturnPence: 3_333 }]);
    await bookIs(`
        bank         |  611.67
        clearing     |  -22.00
        fees-due     |   22.00
        line B       |  280.00
        receivable ? |  -33.33
        share B      |   86.67
        share C      |   86.67
        unallocated  |  125.00`);
  });

  it('the cover goes home to the money-holder, as a payment that two people decide about', async () => {
    const { maker, C } = life.people;
    const body = await life.house.database.read(life.everything, (tx) =>
      tx.row<{ id: string }>('select organisation_id as id from book where id = $1', [life.books.T]),
    );
    await life.payee('T', { kind: 'provider', subject: body!.id, name: 'The treasurer itself', sortCode: '108800', accountNumber: '10000003' });
    const asked = await maker.must('post', `books/${life.books.T}/debts/return-cover`, { personId: C.id });
    expect(asked).toMatchObject({ settledPence: 3_333 });
    expect(await maker.send('post', `books/${life.books.T}/debts/return-cover`, { personId: C.id })).toMatchObject({ status: 409 });
    expect((await life.payRun('T')).totalPence).toBe(3_333);
    expect((await debts()).items).toEqual([]);
    expect((await life.tables()).T).toMatchObject({ 'share B': '86.67', 'share C': '86.67', 'line B': '280.00' });
    expect((await life.tables()).T['payable']).toBeUndefined();
  });

  it('the fees are paid by whom the agreement names, to the penny, and by nobody else', async () => {
    const { maker, C } = life.people;
    const at = `books/${life.books.T}/fees/settle`;
    const line = await unexpected(150, 'The treasurer', 'CARD FEES', '2026-04-13');
    const command = { statementLine: line, owedBy: 'money-holder' };
    expect(await maker.send('post', at, { ...command, owedBy: 'contributor', personId: C.id })).toMatchObject({ status: 409, body: { code: 'more-than-due' } });
    expect(await maker.send('post', at, { ...command, owedBy: 'contributor' })).toMatchObject({ status: 409, body: { code: 'contributor-not-named' } });
    expect(await maker.must('post', at, command)).toEqual({ book: life.books.T, settledPence: 150, leftPence: 2_050 });
    expect((await debts()).fees).toMatchObject([{ owedBy: 'money-holder', duePence: 2_050 }]);
    const rest = await unexpected(2_051, 'The treasurer', 'CARD FEES AGAIN', '2026-04-14');
    expect(await maker.send('post', at, { ...command, statementLine: rest })).toMatchObject({
      status: 409,
      body: { code: 'more-than-due', facts: { duePence: '2050' } },
    });
    expect((await life.tables()).T).toMatchObject({ 'fees-due': '20.50', 'share B': '86.67', 'share C': '86.67' });
    const proof = (await maker.get(`books/${life.books.T}/proof`)).body;
    expect(proof).toMatchObject({ ok: true, differences: [] });
  });
});
