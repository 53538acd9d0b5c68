/** One life through the API: three people find each other, join part of their money from three books and two ICBs, buy
 *  swimming together, and see every penny. After each step the ledger is printed as a table. An auditor should enjoy it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookId, OrganisationId, PersonId } from '../../src/kernel/index.js';
import { dayOf, pence, startOfDay, addDays } from '../../src/kernel/index.js';
import { PaymentSettings, StripeAccounts } from '../../src/payments/index.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';
import { inventedNhsNumber } from '../support/invented-nhs-number.js';
import { ledgerTable } from '../support/ledger-table.js';

describe('one life', () => {
  let house: House;
  let icb1: OrganisationId, icb2: OrganisationId, treasurer: OrganisationId;
  let bookN: BookId, bookT: BookId, bookD: BookId;
  let coordinator1: Caller, coordinator2: Caller, broker: Caller, provider: Caller;
  let maker: Caller, checker: Caller, icbMaker: Caller, icbChecker: Caller;
  let ann: Caller, bola: Caller, cleo: Caller;
  let providerId: string, poolId: string;
  const lines: Record<string, string> = {};
  const names = (): Map<string, string> =>
    new Map([
      [ann.id, 'Ann'],
      [bola.id, 'Bola'],
      [cleo.id, 'Cleo'],
    ]);
  const everything = (): { books: BookId[]; pools: never[]; people: PersonId[] } => ({
    books: [bookN, bookT, bookD],
    pools: [poolId as never].filter(Boolean),
    people: [ann.id, bola.id, cleo.id],
  });
  const ledger = (): Promise<Record<'N' | 'T' | 'D', Record<string, string>>> =>
    house.database.read(house.system(everything()), async (tx) => ({
      N: await ledgerTable(tx, bookN, names()),
      T: await ledgerTable(tx, bookT, names()),
      D: await ledgerTable(tx, bookD, names()),
    }));

  beforeAll(async () => {
    house = await House.open({ at: '2026-04-01T09:00:00Z' });
    icb1 = await house.organisation('icb', 'The first ICB');
    icb2 = await house.organisation('icb', 'The second ICB');
    treasurer = await house.organisation('money-holder', 'A treasurer');
    bookN = await house.book('allocation', 'The first ICB', { organisation: icb1 });
    bookT = await house.book('cash', 'A treasurer', { organisation: treasurer });
    coordinator1 = await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: icb1 }]);
    coordinator2 = await house.person('Colin', [{ role: 'care-coordinator', on: 'icb', id: icb2 }]);
    maker = await house.person('Mona', [{ role: 'finance-officer', on: 'book', id: bookT }]);
    checker = await house.person('Chidi', [{ role: 'finance-officer', on: 'book', id: bookT }]);
    icbMaker = await house.person('Nadia', [{ role: 'finance-officer', on: 'book', id: bookN }]);
    icbChecker = await house.person('Nick', [{ role: 'finance-officer', on: 'book', id: bookN }]);
    provider = await house.person('Petra');
    await post('/bank/accounts', { sortCode: '001122', accountNumber: '12345678', name: 'A treasurer', openedOn: '2026-04-01' });
    await post('/bank/payers', { code: 'ICB1', name: 'The first ICB' });
    await post('/sandbox/webhook_endpoints', { account: 'sk_test_treasurer', url: `${house.url}/webhooks/stripe/${bookT}`, secret: 'whsec_treasurer' });
    const setUp = house.system({ books: [bookN, bookT], people: [maker.id, checker.id, icbMaker.id, icbChecker.id] });
    await house.database.transaction(setUp, async (tx) => {
      const settings = house.app.get(PaymentSettings, { strict: false });
      await house.app
        .get(StripeAccounts, { strict: false })
        .connect(tx, setUp, { book: bookT, secretKey: 'sk_test_treasurer', webhookSecret: 'whsec_treasurer' });
      await settings.set(tx, setUp, bookT, { coolingOffHours: 0, account: { name: 'A treasurer', sortCode: '001122', accountNumber: '12345678' } });
      await settings.set(tx, setUp, bookN, { coolingOffHours: 0, payerCode: 'ICB1' });
      for (const [book, person] of [
        [bookT, maker],
        [bookT, checker],
        [bookN, icbMaker],
        [bookN, icbChecker],
      ] as const)
        await settings.setLimit(tx, setUp, { book, person: person.id, limit: pence(100_000) });
    });
  });
  afterAll(() => house.close());

  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${house.sandbox.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };

  const holder = async (coordinator: Caller, icbId: string, firstName: string, index: number): Promise<Caller> => {
    const { personId } = await coordinator.must<{ personId: PersonId }>('post', 'holders', {
      icbId,
      firstName,
      familyName: 'Invented',
      bornOn: '1990-05-05',
      nhsNumber: inventedNhsNumber(index),
      place: 'M33',
    });
    return house.signedIn(personId, `${firstName.toLowerCase()}@example.test`);
  };

  const planAndFund = async (coordinator: Caller, who: Caller, line: { managed: string; funderId: string; bookId: string }): Promise<string> => {
    const plan = await coordinator.must('post', 'plans', {
      personId: who.id,
      about: 'A plan made together',
      risks: 'None beyond the usual at a pool',
      coordinatorId: coordinator.id,
      reviewOn: '2026-07-01',
      consentOn: '2026-04-01',
      lines: [{ service: 'Swimming with support', category: 'activity', amountPence: 120_000, per: 'year', outcome: 'I swim every week with people I like' }],
    });
    await coordinator.must('post', `plans/${plan.id}/agree`, { reason: 'Meets the need and is affordable' });
    const budget = await coordinator.must('post', 'budgets', {
      planId: plan.id,
      fromDay: '2026-04-01',
      untilDay: '2027-04-01',
      reason: 'Agreed in full',
      lines: [{ name: 'Swimming', agreedPence: 120_000, ...line }],
    });
    return budget.lines[0].id as string;
  };

  it('1. plans are agreed and funded: one notional, one third-party, one direct payment, in two ICBs', async () => {
    ann = await holder(coordinator1, icb1, 'Ann', 1);
    bola = await holder(coordinator1, icb1, 'Bola', 2);
    cleo = await holder(coordinator2, icb2, 'Cleo', 3);
    bookD = await house.book('cash', 'Cleo’s own account', { holder: cleo.id });
    await house.grant(cleo.id, 'account-holder', 'book', bookD);
    lines['Ann'] = await planAndFund(coordinator1, ann, { managed: 'notional', funderId: icb1, bookId: bookN });
    lines['Bola'] = await planAndFund(coordinator1, bola, { managed: 'third-party', funderId: icb1, bookId: bookT });
    lines['Cleo'] = await planAndFund(coordinator2, cleo, { managed: 'direct-payment', funderId: icb2, bookId: bookD });
    await house.settle();
    const [line] = (await ann.get(`people/${ann.id}/budget-lines`)).body.items;
    expect(line).toMatchObject({ agreedPence: 120_000, freePence: 120_000, committedPence: 0, spentPence: 0, stillToComePence: 0 });
    const [cleos] = (await cleo.get(`people/${cleo.id}/budget-lines`)).body.items;
    expect(cleos).toMatchObject({ agreedPence: 120_000, freePence: 0, stillToComePence: 120_000 });
  });

  it('nobody sees another’s budget, and what may not be seen is 404', async () => {
    expect((await ann.get(`people/${bola.id}/budget-lines`)).status).toBe(404);
    expect((await coordinator2.get(`people/${ann.id}/plans`)).status).toBe(404);
    expect((await ann.get(`budget-lines/${lines['Bola']}`)).status).toBe(404);
    expect((await coordinator1.get(`people/${ann.id}/plans`)).status).toBe(200);
    expect(
      (await ann.get('me/looks')).body.items.some(
        (look: { action: string; actor: string }) => look.action === 'record:viewed' && look.actor === coordinator1.id,
      ),
    ).toBe(true);
  });

  it('2. they say what a good life looks like, and what they are looking for', async () => {
    await house.database.transaction(house.system({}), (tx) =>
      tx.run(`insert into place (district, name, lat, lon) values ('M33', 'Sale', 53.42, -2.32) on conflict do nothing`),
    );
    await ann.must('put', `people/${ann.id}/good-life`, { words: 'I want to be in water again, and to laugh on Thursdays.' });
    await ann.must('post', `people/${ann.id}/goals`, { matters: 'Swim every week', signs: ['I have been four times'], areas: ['b', 'g'] });
    const { items: terms } = (await ann.get('goal-terms')).body as { items: { id: string }[] };
    const goals = terms.slice(0, 2).map((term) => term.id);
    for (const who of [ann, bola, cleo]) {
      await who.must('put', `people/${who.id}/card`, { goals, days: ['4'], pace: 'gentle', groupSize: 'few', distanceMiles: 5, place: 'M33' });
      await who.must('post', `people/${who.id}/card/open`);
    }
    await house.settle();
  });

  it('3. suggestions say why; only when both say yes do first names show', async () => {
    const seen = (await ann.get(`people/${ann.id}/suggestions`)).body.items as { id: string; reasons: unknown[] }[];
    expect(seen.length).toBeGreaterThanOrEqual(1);
    expect(seen[0]!.reasons.length).toBeGreaterThan(0);
    expect(JSON.stringify(seen)).not.toMatch(/Bola|Cleo/);
    for (const suggestion of seen) await ann.must('post', `suggestions/${suggestion.id}/answer`, { answer: 'yes' });
    expect((await bola.get(`people/${bola.id}/introductions`)).body.items).toEqual([]);
    for (const suggestion of (await bola.get(`people/${bola.id}/suggestions`)).body.items as { id: string }[])
      await bola.must('post', `suggestions/${suggestion.id}/answer`, { answer: 'yes' });
    house.clock.set(new Date('2026-04-03T09:00:00Z'));
    await house.run('introductions-pair-answers');
    await house.settle();
    const met = (await ann.get(`people/${ann.id}/introductions`)).body.items;
    expect(JSON.stringify(met)).toContain('Bola');
    expect(JSON.stringify(met)).not.toContain('Cleo');
  });

  it('4. with a broker they make a pool; all assent to the same version', async () => {
    const { brokerId } = await coordinator1.must<{ brokerId: PersonId }>('post', 'brokers', { icbId: icb1, firstName: 'Bren', familyName: 'Invented' });
    broker = await house.signedIn(brokerId, 'bren@example.test');
    for (const who of [ann, bola, cleo]) await who.must('post', `people/${who.id}/appointments`, { brokerId, covers: ['goals', 'card', 'plan', 'pools'] });
    const [introduction] = (await ann.get(`people/${ann.id}/introductions`)).body.items as { id: string }[];
    const pool = await broker.must('post', 'pools', {
      name: 'Thursday swimmers',
      purpose: 'Swim together every Thursday',
      introductionId: introduction!.id,
      moneyHolderBookId: bookT,
      members: [{ personId: ann.id }, { personId: bola.id }, { personId: cleo.id }],
    });
    poolId = pool.poolId as string;
    const agreement = await broker.must('post', `pools/${poolId}/agreements`, {
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      moneyHolderBook: bookT,
      feesOwedBy: 'money-holder',
      reviewOn: '2026-10-01',
      text: 'We swim on Thursdays. We share the cost in equal parts.',
    });
    const early = await ann.send('post', `pools/${poolId}/contributions`, { lineId: lines['Ann'], amountPence: 12_000 });
    expect(early.status).toBe(409);
    for (const who of [ann, bola, cleo])
      await who.must('post', `agreements/${agreement.agreementId}/assent`, { contentHash: agreement.contentHash, format: 'standard' });
    await house.settle();
    expect((await ann.get(`pools/${poolId}`)).body).toMatchObject({ state: 'active' });
  });

  it('5. money arrives, and each puts in 120.00; by card it buys nothing until it has arrived', async () => {
    await arrive(bookT, 40_000);
    await maker.must('post', `budget-lines/${lines['Bola']}/allocations`, { amountPence: 40_000, reference: 'first payment' });
    await arrive(bookD, 30_000);
    await house.grant(maker.id, 'finance-officer', 'book', bookD);
    await maker.must('post', `budget-lines/${lines['Cleo']}/allocations`, { amountPence: 30_000, reference: 'first payment' });
    await ann.must('post', `pools/${poolId}/contributions`, { lineId: lines['Ann'], amountPence: 12_000 });
    await bola.must('post', `pools/${poolId}/contributions`, { lineId: lines['Bola'], amountPence: 12_000 });
    const byCard = await cleo.must('post', `pools/${poolId}/contributions`, { lineId: lines['Cleo'], amountPence: 12_000, by: 'card' });
    await house.settle();
    expect(await ledger()).toMatchObject({
      N: { 'line Ann': '1080.00', 'share Ann': '120.00' },
      T: { 'share Bola': '120.00' },
      D: { 'line Cleo': '180.00', remitting: '120.00' },
    });
    expect((await cleo.get(`people/${cleo.id}/budget-lines`)).body.items[0]).toMatchObject({
      freePence: 18_000,
      committedPence: 12_000,
      stillToComePence: 90_000,
    });
    await payByCard(byCard);
    await waitFor(async () => (await ledger()).T['share Cleo'] === '120.00');
    expect(await ledger()).toMatchObject({
      T: { clearing: '118.00', 'fees-due': '2.00', 'share Bola': '120.00', 'share Cleo': '120.00' },
      D: { 'line Cleo': '180.00' },
    });
    expect((await cleo.get(`people/${cleo.id}/budget-lines`)).body.items[0]).toMatchObject({ freePence: 30_000, committedPence: 0 });
  });

  /** Money reaches a book, as a statement would show it. */
  const arrive = async (book: BookId, amount: number): Promise<void> => {
    const { Ledger } = await import('../../src/ledger/index.js');
    await house.database.transaction(house.system({ books: [book] }), (tx) =>
      new Ledger().record(tx, [
        {
          book,
          reference: `story:arrival:${book}`,
          kind: 'arrival',
          effectiveOn: dayOf(house.clock.now()),
          transfers: [{ debit: { book, kind: 'bank' }, credit: { book, kind: 'unallocated' }, amount: pence(amount) }],
        },
      ]),
    );
  };

  /** Opens the hosted page and pays as a person would. */
  const payByCard = async (contribution: Record<string, unknown>): Promise<void> => {
    const { payAt } = (await cleo.get<{ payAt: string }>(`remittances/${contribution['remittanceId'] as string}/pay-in`)).body;
    const page = await (await fetch(payAt)).text();
    expect(page).toMatch(/simulated/i);
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? payAt;
    const paid = await fetch(new URL(action, payAt), {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ method: 'pm_card_visa' }),
    });
    expect(paid.status).toBe(303);
  };

  const waitFor = async (claim: () => Promise<boolean>): Promise<void> => {
    const until = Date.now() + 15_000;
    while (Date.now() < until) {
      await house.settle();
      if (await claim()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`not so in time: ${claim.toString()}; the ledger is ${JSON.stringify(await ledger(), null, 1)}`);
  };

  let purchase: { id: string; sessions: { id: string }[] };
  it('6. they choose a quote; it is committed against the shares, and nobody pays another’s', async () => {
    const listed = await provider.must('post', 'providers', {
      name: 'Otter Pool',
      kind: 'community',
      service: 'Supported swimming',
      activity: 'swimming',
      about: 'Warm water, kind people.',
      place: 'M33',
      days: [4],
      pricePence: 10_000,
      per: 'session',
    });
    providerId = listed.id as string;
    await broker.must('post', `pools/${poolId}/quote-requests`, { providerId, brief: 'Thursdays at 4, warm water, one helper in the pool' });
    const quote = await provider.must('post', `pools/${poolId}/quotes`, { providerId, service: 'Supported swimming', pricePence: 10_000, sessions: 3 });
    for (const who of [ann, bola, cleo]) await who.must('post', `quotes/${quote.quoteId}/choose`);
    const tooMuch = await broker.send('post', `quotes/${quote.quoteId}/commit`, { days: ['2026-04-09', '2026-04-16', '2026-04-23', '2026-04-30'] });
    expect(tooMuch.status).toBeGreaterThanOrEqual(400);
    const committed = await broker.must('post', `quotes/${quote.quoteId}/commit`, { days: ['2026-04-09', '2026-04-16', '2026-04-23'] });
    purchase = (await ann.get(`purchases/${committed.purchaseId}`)).body;
    await house.settle();
    expect((await ann.get(`people/${ann.id}/budget-lines`)).body.items[0]).toMatchObject({ freePence: 110_000, committedPence: 10_000 });
  });

  let invoiceId: string;
  it('7. a session happens, is confirmed, invoiced, and split to the penny', async () => {
    house.clock.set(startOfDay(addDays(dayOf(new Date('2026-04-09T12:00:00Z')), 1)));
    const [first] = purchase.sessions;
    await provider.must('post', `purchases/${purchase.id}/sessions/${first!.id}/record`);
    await ann.must('post', `sessions/${first!.id}/confirm`);
    const key = 'the-same-invoice-twice';
    const invoice = { number: 'OP-1', amountPence: 10_000, dated: '2026-04-10', sessionIds: [first!.id] };
    const received = await provider.must('post', `purchases/${purchase.id}/invoices`, invoice, key);
    expect(await provider.must('post', `purchases/${purchase.id}/invoices`, invoice, key)).toEqual(received);
    expect((await provider.send('post', `purchases/${purchase.id}/invoices`, invoice)).status).toBe(409);
    invoiceId = received.invoiceId as string;
    await house.settle();
    expect(await ledger()).toMatchObject({
      N: { 'share Ann': '86.66', payable: '33.34' },
      T: { 'share Bola': '86.67', 'share Cleo': '86.67', payable: '66.66' },
    });
  });

  it('8. two officers of each book pay it: Stripe from the treasurer’s account, a file from the ICB', async () => {
    const connected = await fetch(`${house.sandbox.url}/v1/accounts`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_treasurer', 'idempotency-key': 'connect-otter', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ type: 'express', country: 'GB' }),
    });
    const account = (await connected.json()) as { id: string };
    await post(`/sandbox/accounts/${account.id}/ready`, {}).catch(() => undefined);
    const details = { kind: 'provider', subject: providerId, name: 'Otter Pool', sortCode: '009988', accountNumber: '87654321' };
    const payeeT = await maker.must('post', `books/${bookT}/payees`, { ...details, stripeAccountId: account.id });
    const payeeN = await icbMaker.must('post', `books/${bookN}/payees`, details);
    expect((await maker.send('post', `payees/${payeeT.id}/check`, { version: 1, how: 'call-back' })).status).toBe(409);
    await checker.must('post', `payees/${payeeT.id}/check`, { version: 1, how: 'call-back' });
    await icbChecker.must('post', `payees/${payeeN.id}/check`, { version: 1, how: 'call-back' });
    for (const [book, first, second] of [
      [bookT, maker, checker],
      [bookN, icbMaker, icbChecker],
    ] as const) {
      const [held] = (await first.get(`books/${book}/payments?state=held`)).body.items as { id: string; reason: string }[];
      expect(held!.reason).toMatch(/where to pay/);
      await first.must('post', `payments/${held!.id}/release`);
      const run = await first.must('post', 'pay-runs', { book, cutOffOn: '2026-05-10' });
      await first.must('post', `pay-runs/${run.id}/prepare`);
      expect((await first.send('post', `pay-runs/${run.id}/approve`)).status).toBe(409);
      await second.must('post', `pay-runs/${run.id}/approve`);
      await second.must('post', `pay-runs/${run.id}/release`);
      await house.settle();
    }
    await waitFor(async () => (await ledger()).T['clearing'] === '51.34');
    expect(await ledger()).toMatchObject({ N: { 'share Ann': '86.66', spent: '33.34' }, T: { clearing: '51.34' } });
    expect((await ann.get(`people/${ann.id}/budget-lines`)).body.items[0]).toMatchObject({ spentPence: 3334 });
    expect((await ann.get(`invoices/${invoiceId}`)).status).toBe(200);
  });

  it('9. background jobs track the spend, and every check holds', async () => {
    await house.run('insight-track');
    await house.run('insight-reviews');
    await house.settle();
    const { forecast } = (await ann.get(`budget-lines/${lines['Ann']}/forecast`)).body;
    expect(forecast).toMatchObject({ line: lines['Ann'] });
    expect(await house.faults()).toEqual({});
  });
});
