/** The drill through the doors (features.md, C16): a money-holder closes while a bill is in the bank's hands and a member's card money at Stripe. What became of both is told late, by a webhook
 *  that Stripe signs and by a file of the bank that a finance officer imports. Nothing is lost or counted twice, and late money goes on to the successor or home. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { BookId } from '../../src/kernel/index.js';

import { PaymentSettings } from '../../src/payments/index.js';
import type { Caller } from '../support/house.js';
import { ledgerTable, printedTable, writtenTable } from '../support/ledger-table.js';
import { STRIPE_KEY, WorkedLife } from '../support/worked-life-house.js';

const SORT_CODE = '108800';
const OF_T = { sortCode: SORT_CODE, accountNumber: '10000001' };
const OF_PROVIDER = { sortCode: SORT_CODE, accountNumber: '10000003' };
const OF_U = { sortCode: SORT_CODE, accountNumber: '10000005' };

describe('a money-holder that closes, heard of from outside', () => {
  let life: WorkedLife;
  let U: BookId;
  let uAccount: string;
  let uOfficer: Caller;
  let lead: Caller;
  let invoiceId: string;

  beforeAll(async () => {
    life = await WorkedLife.open('2026-04-01T10:00:00Z');
    await life.fundAll();
    for (const book of ['T', 'D'] as const) {
      await life.statement(book, '2026-04-01', '2026-04-02');
      await life.allocateWaiting(book);
    }
    await life.startPool();
    await openSuccessor();
    await agreeOnSuccessor();
    const { A, B, C } = life.people;
    for (const [who, letter] of [
      [A, 'A'],
      [B, 'B'],
    ] as const)
      await who.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines[letter], amountPence: 12_000 });
    await life.payOnPage(await byCard(C, 12_000), 'pm_card_visa');
    await life.until(async () => (await life.tables()).D['remitting'] === undefined);
    await life.debitOfD('card', 12_000, 'OTTER POOL');
  }, 90_000);
  afterAll(() => life?.house.close());
  afterEach(async () => expect(await life.house.faults()).toEqual({}));

  async function openSuccessor(): Promise<void> {
    const { house } = life;
    const body = await house.organisation('money-holder', 'An invented successor');
    U = await house.book('cash', 'The successor', { organisation: body });
    uOfficer = await house.person('Uma', [{ role: 'finance-officer', on: 'book', id: U }]);
    lead = await house.person('Lena', [{ role: 'finance-lead', on: 'book', id: life.books.T }]);
    await life.tell('/bank/accounts', { ...OF_U, name: 'The successor', openingPence: 0 });
    const all = house.system({ books: [U] });
    await house.database.transaction(all, (tx) =>
      house.app.get(PaymentSettings).set(tx, all, U, { coolingOffHours: 0, account: { name: 'The successor', ...OF_U } }),
    );
    uAccount = (await uOfficer.must('post', 'bank-accounts', { bookId: U, name: 'U', ...OF_U, openedOn: life.today })).id;
  }

  async function agreeOnSuccessor(): Promise<void> {
    const { A, B, C, broker } = life.people;
    const agreement = await broker.must('post', `pools/${life.pool}/agreements`, {
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      moneyHolderBook: life.books.T,
      successorBook: U,
      feesOwedBy: 'money-holder',
      reviewOn: '2026-10-01',
      text: 'We swim on Thursdays. If our treasurer fails, the successor takes over.',
    });
    for (const who of [A, B, C])
      await who.must('post', `agreements/${agreement.agreementId}/assent`, { contentHash: agreement.contentHash, format: 'standard' });
    await life.house.settle();
  }

  async function byCard(who: Caller, amountPence: number): Promise<string> {
    const { remittanceId } = await who.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines.C, amountPence, by: 'card' });
    await life.house.settle();
    return remittanceId;
  }

  /** The file of a bank account up to a day (exclusive), as an officer uploads it. */
  async function bankFile(officer: Caller, account: string, bank: { sortCode: string; accountNumber: string }, from: string, until: string): Promise<number> {
    const file = await fetch(`${life.house.sandbox.url}/bank/accounts/${bank.sortCode}-${bank.accountNumber}/statement?from=${from}&until=${until}`);
    const answer = await request(life.house.app.getHttpServer())
      .post(`/api/v1/bank-accounts/${account}/statements`)
      .set('authorization', `Bearer ${await life.house.sessionAgain(officer.id)}`)
      .set('idempotency-key', `file-${from}-${until}-${Math.random()}`)
      .attach('file', Buffer.from(await file.arrayBuffer()), 'statement.xml');
    await life.house.settle();
    return answer.status;
  }

  const books = async (): Promise<string> =>
    life.house.database.read(
      life.house.system({ books: [...Object.values(life.books), U], people: ['A', 'B', 'C'].map((each) => life.people[each as 'A'].id) }),
      async (tx) => {
        const names = new Map((['A', 'B', 'C'] as const).map((letter) => [life.people[letter].id as string, letter]));
        const { T, D } = life.books;
        return printedTable({ T: await ledgerTable(tx, T, names), U: await ledgerTable(tx, U, names), D: await ledgerTable(tx, D, names) });
      },
    );
  const booksAre = async (table: string): Promise<void> => expect(await books()).toBe(writtenTable(table));
  /** How the payments for the bill stand in the book that closes: one, and never a second. */
  const billsOfT = async (): Promise<string[]> =>
    (
      await life.house.database.read(life.everything, (tx) =>
        tx.rows<{ state: string }>('select state from payment where purpose_id = $1 and book_id = $2', [invoiceId, life.books.T]),
      )
    ).map((row) => row.state);
  const webhooks = (): Promise<{ outcome: string; type: string }[]> =>
    life.house.database.read(life.everything, (tx) =>
      tx.rows(`select type, outcome from webhook_event where type = 'payment_intent.succeeded' order by received_at`),
    );

  it('closes with a bill in the bank’s hands and 60.00 of C at Stripe, of which nobody has told us', async () => {
    const { A, broker, provider, C } = life.people;
    const about = { name: 'Otter Pool', kind: 'community', service: 'Supported swimming', activity: 'swimming', about: 'Warm water, kind people.' };
    life.providerId = (await provider.must('post', 'providers', { ...about, place: 'M33', days: [4], pricePence: 10_000, per: 'session' })).id;
    await broker.must('post', `pools/${life.pool}/quote-requests`, { providerId: life.providerId, brief: 'Once a month, warm water.' });
    const { quoteId } = await provider.must('post', `pools/${life.pool}/quotes`, {
      providerId: life.providerId,
      service: 'Supported swimming',
      pricePence: 10_000,
      sessions: 2,
    });
    for (const who of [A, life.people.B, C]) await who.must('post', `quotes/${quoteId}/choose`);
    const { purchaseId } = await broker.must('post', `quotes/${quoteId}/commit`, { days: ['2026-04-16', '2026-05-14'] });
    const purchase = (await A.get(`purchases/${purchaseId}`)).body;
    life.at('2026-04-17');
    await provider.must('post', `purchases/${purchaseId}/sessions/${purchase.sessions[0].id}/record`);
    await A.must('post', `sessions/${purchase.sessions[0].id}/confirm`);
    const payee = { kind: 'provider', subject: life.providerId, name: 'Otter Pool', ...OF_PROVIDER };
    await life.payee('T', payee);
    await life.payee('N', payee);
    await life.payee('T', { kind: 'book', subject: U, name: 'The successor', ...OF_U });
    ({ invoiceId } = await provider.must('post', `purchases/${purchaseId}/invoices`, {
      number: 'OP-1',
      amountPence: 10_000,
      dated: '2026-04-17',
      sessionIds: [purchase.sessions[0].id],
    }));
    await life.house.settle();
    expect((await life.payRun('T')).totalPence).toBe(6_666);

    await life.tell('/sandbox/switches', { webhooks: { mode: 'never' } });
    await life.payOnPage(await byCard(C, 6_000), 'pm_card_visa');
    await life.debitOfD('card', 6_000, 'OTTER POOL');
    await life.house.settle();
    expect((await life.people.maker.send('post', `books/${life.books.T}/closing`, { reason: 'No.' })).status).toBe(403);
    expect(await lead.must('post', `books/${life.books.T}/closing`, { reason: 'It is insolvent.' })).toMatchObject({ handedOver: 1, stopped: 0 });
    await life.house.settle();
    expect(await billsOfT()).toEqual(['in-file']);
    await booksAre(`
                     |        T |        U |        D
        bank         |   400.00 |          |   300.00
        clearing     |    51.34 |          |  -120.00
        fees-due     |     2.00 |          |
        line B       |   280.00 |          |
        line C       |          |          |   120.00
        remitting    |          |          |    60.00
        share B      |    86.67 |          |
        share C      |    86.67 |          |`);
  });

  it('learns from the bank’s file, imported after the closing, that the bill was paid, and puts B’s late money into B’s own line', async () => {
    life.at('2026-04-20');
    await life.credit('T', 5_000, life.references.B, 'The ICB');
    life.at('2026-04-21');
    expect(await bankFile(life.people.maker, life.accounts.T, OF_T, '2026-04-02', '2026-04-21')).toBe(201);
    await life.allocateWaiting('T');
    expect(await billsOfT()).toEqual(['reconciled']);
    // The share of the pool waits for what C has paid and nobody has told us of.
    await booksAre(`
                     |        T |        U |        D
        bank         |   383.34 |          |   300.00
        clearing     |   118.00 |          |  -120.00
        fees-due     |     2.00 |          |
        line B       |   330.00 |          |
        line C       |          |          |   120.00
        remitting    |          |          |    60.00
        share B      |    86.67 |          |
        share C      |    86.67 |          |`);
    // The same file again brings nothing new.
    await bankFile(life.people.maker, life.accounts.T, OF_T, '2026-04-02', '2026-04-21');
    expect((await life.tables()).T).toMatchObject({ bank: '383.34', 'line B': '330.00' });
  });

  it('learns from Stripe’s signed webhook, which comes after the closing, of C’s 60.00: all of it goes to the successor', async () => {
    const before = (await webhooks()).length;
    const forged = await fetch(`${life.house.url}/webhooks/stripe/${life.books.T}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=0' },
      body: '{"id":"evt_forged","object":"event","type":"payment_intent.succeeded","data":{"object":{"id":"pi_x"}}}',
    });
    expect(forged.status).toBe(422);
    await life.tell('/sandbox/switches', { webhooks: { mode: 'twice' } });
    await life.tell('/sandbox/release', { account: STRIPE_KEY });
    await life.until(async () => (await life.tables()).D['remitting'] === undefined);
    expect((await webhooks()).length).toBe(before + 1);
    await booksAre(`
                     |        T |        U |        D
        bank         |   383.34 |          |   300.00
        clearing     |   176.90 |          |  -180.00
        fees-due     |     3.10 |          |
        line B       |   330.00 |          |
        line C       |          |          |   120.00
        remitting    |   233.34 |          |`);
    expect((await life.payRun('T')).totalPence).toBe(23_334);
    life.at('2026-04-22');
    expect(await bankFile(uOfficer, uAccount, OF_U, '2026-04-01', '2026-04-22')).toBe(201);
    expect(await bankFile(life.people.maker, life.accounts.T, OF_T, '2026-04-21', '2026-04-22')).toBe(201);
    expect(await life.statement('D', '2026-04-02', '2026-04-22')).toEqual([]);
    await booksAre(`
                     |        T |        U |        D
        bank         |   150.00 |   233.34 |   120.00
        clearing     |   176.90 |          |
        fees-due     |     3.10 |          |
        line B       |   330.00 |          |
        line C       |          |          |   120.00
        share B      |          |    86.67 |
        share C      |          |   146.67 |`);
    // For the session to come as much is set aside with the successor.
    expect(await life.shares()).toMatchObject({ B: [8_667, 3_334, 5_333], C: [14_667, 3_333, 11_334] });
    expect(await life.outside()).toEqual({ stripe: [17_690, 17_690], bankT: [15_000, 15_000], bankD: [12_000, 12_000] });
  });

  it('sends on what the provider gives back to the old account after all has moved', async () => {
    life.at('2026-04-24');
    await life.tell('/bank/credits', { ...OF_T, pence: 3_000, name: 'Otter Pool', reference: 'OTTER CREDIT NOTE 1' });
    const refund = { bookId: life.books.T, via: 'bank', amountPence: 3_000, on: '2026-04-24', reference: 'OTTER CREDIT NOTE 1' };
    await life.people.maker.must('post', `invoices/${invoiceId}/refunds`, refund);
    await life.house.settle();
    life.at('2026-04-27');
    await bankFile(life.people.maker, life.accounts.T, OF_T, '2026-04-22', '2026-04-27');
    expect(await life.payRun('T')).toMatchObject({ totalPence: 3_000 });
    life.at('2026-04-28');
    expect(await bankFile(uOfficer, uAccount, OF_U, '2026-04-22', '2026-04-28')).toBe(201);
    expect(await bankFile(life.people.maker, life.accounts.T, OF_T, '2026-04-27', '2026-04-28')).toBe(201);
    await booksAre(`
                     |        T |        U |        D
        bank         |   150.00 |   263.34 |   120.00
        clearing     |   176.90 |          |
        fees-due     |     3.10 |          |
        line B       |   330.00 |          |
        line C       |          |          |   120.00
        share B      |          |   101.67 |
        share C      |          |   161.67 |`);
  });
});
