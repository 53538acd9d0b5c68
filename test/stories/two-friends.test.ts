/** Two friends start: Ann cannot use the service by herself and has a broker; Raj does it by himself. They know each other from the day centre,
 *  need no card, and six weeks later swim together with their own money. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookId, OrganisationId, PersonId } from '../../src/kernel/index.js';
import { dayOf, pence } from '../../src/kernel/index.js';
import { Ledger } from '../../src/ledger/index.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';
import { inventedNhsNumber } from '../support/introductions-house.js';
import { ledgerTable } from '../support/ledger-table.js';

describe('two friends', () => {
  let house: House;
  let icb: OrganisationId;
  let book: BookId;
  let coordinator: Caller, officer: Caller, broker: Caller, ann: Caller, raj: Caller;
  const lines: Record<string, string> = {};
  let introductionId: string, poolId: string;

  beforeAll(async () => {
    house = await House.open({ at: '2026-05-04T09:00:00Z' });
    icb = await house.organisation('icb', 'Wetherdale ICB');
    const treasurer = await house.organisation('money-holder', 'A treasurer');
    book = await house.book('cash', 'A treasurer', { organisation: treasurer });
    coordinator = await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: icb }]);
    officer = await house.person('Mona', [{ role: 'finance-officer', on: 'book', id: book }]);
  }, 120_000);
  afterAll(async () => {
    await house.settle();
    expect(await house.faults()).toEqual({});
    await house.close();
  });

  const holder = async (firstName: string, index: number): Promise<Caller> => {
    const { personId } = await coordinator.must<{ personId: PersonId }>('post', 'holders', {
      icbId: icb,
      firstName,
      familyName: 'Invented',
      bornOn: '1990-05-05',
      nhsNumber: inventedNhsNumber(index),
    });
    const who = await house.signedIn(personId, `${firstName.toLowerCase()}@example.test`);
    const plan = await coordinator.must('post', 'plans', {
      personId,
      about: 'A plan made together',
      risks: 'None beyond the usual at a pool',
      coordinatorId: coordinator.id,
      reviewOn: '2026-08-01',
      consentOn: '2026-05-01',
      lines: [{ service: 'Swimming with support', category: 'activity', amountPence: 60_000, per: 'year', outcome: 'I swim with a friend' }],
    });
    await coordinator.must('post', `plans/${plan.id}/agree`, { reason: 'Meets the need and is affordable' });
    const budget = await coordinator.must('post', 'budgets', {
      planId: plan.id,
      fromDay: '2026-05-01',
      untilDay: '2027-05-01',
      reason: 'Agreed in full',
      lines: [{ name: 'Swimming', agreedPence: 60_000, managed: 'third-party', funderId: icb, bookId: book }],
    });
    lines[firstName] = budget.lines[0].id as string;
    return who;
  };

  it('1. have each a plan and money for it, and no card; no place of theirs is even known', async () => {
    [ann, raj] = [await holder('Ann', 1), await holder('Raj', 2)];
    await house.settle();
    for (const who of [ann, raj]) expect((await who.get(`people/${who.id}/card`)).status).toBe(404);
  });

  it('2. Ann asks a broker to help her find others; the broker prints an invitation for Raj', async () => {
    const { brokerId } = await coordinator.must<{ brokerId: PersonId }>('post', 'brokers', { icbId: icb, firstName: 'Bren', familyName: 'Invented' });
    broker = await house.signedIn(brokerId, 'bren@example.test');
    expect((await broker.send('post', `people/${ann.id}/invitations/paper`)).status).toBe(404);
    await ann.must('post', `people/${ann.id}/appointments`, { brokerId, covers: ['goals', 'card', 'plan', 'pools'] });
    await broker.must('post', `people/${ann.id}/invitations/paper`);
    const { sent } = (await broker.get(`people/${ann.id}/invitations`)).body;
    expect(sent).toMatchObject([{ way: 'paper', toName: null, state: 'waiting', expiresOn: '2026-06-15' }]);
    expect((await raj.get(`people/${raj.id}/invitations`)).body.received).toEqual([]);
  });

  it('3. the paper lies in a drawer for six weeks and ends; nothing else happens', async () => {
    house.clock.set(new Date('2026-06-15T00:20:00Z'));
    const [paper] = (await broker.get(`people/${ann.id}/invitations`)).body.sent;
    await house.run('introductions-end-invitations');
    await house.settle();
    expect(paper.state).toBe('ended');
    expect((await ann.get('me/notices')).body.items.map((notice: { wording: { title: string } }) => notice.wording.title)).toContain(
      'An invitation you sent has ended',
    );
    expect((await raj.get(`people/${raj.id}/introductions`)).body.items).toEqual([]);
  });

  it('4. Raj tells Ann his code; her broker types it in with his name, and Raj says yes', async () => {
    house.clock.set(new Date('2026-06-15T09:00:00Z'));
    const { code } = await raj.must('post', `people/${raj.id}/friend-code`);
    expect(await broker.must('post', `people/${ann.id}/codes`, { firstName: 'Raj', code })).toEqual({ outcome: 'asked' });
    await house.settle();
    expect((await raj.get('me/notices')).body.items[0].wording.title).toBe('Somebody you know asks to do things with you');
    const [asked] = (await raj.get(`people/${raj.id}/invitations`)).body.received;
    expect(asked.fromName).toBe('Ann');
    introductionId = (await raj.must('post', `invitations/${asked.id}/answer`, { answer: 'yes' })).introductionId as string;
  });

  it('5. they plan the first meeting: where, who comes, and how each gets home', async () => {
    await raj.must('post', `introductions/${introductionId}/messages`, { words: 'Hello Ann! The baths on Thursday?' });
    await raj.must('post', `introductions/${introductionId}/steps`, { kind: 'meet', onDay: '2026-06-18', words: 'Sale baths at two' });
    await broker.must('put', `introductions/${introductionId}/meeting`, { company: 'Ann’s sister Jo', wayHome: 'Jo drives' });
    await raj.must('put', `introductions/${introductionId}/meeting`, { company: '', wayHome: 'The 41 bus' });
    const plan = (await raj.get(`people/${raj.id}/introductions/${introductionId}/meeting`)).body;
    expect(plan).toEqual({ company: '', othersCompany: 'Ann’s sister Jo', wayHome: 'The 41 bus' });
  });

  it('6. two are enough for a pool, and it grows from their introduction', async () => {
    house.clock.set(new Date('2026-07-02T09:00:00Z'));
    const pool = await raj.must('post', 'pools', {
      name: 'Thursday swim',
      purpose: 'Swim together',
      introductionId,
      moneyHolderBookId: book,
      members: [{ personId: ann.id }, { personId: raj.id }],
    });
    poolId = pool.poolId as string;
    expect((await raj.get(`people/${raj.id}/introductions`)).body.items[0].state).toBe('became-pool');
    await house.grant(broker.id, 'pool-broker', 'pool', poolId);
    const agreement = await broker.must('post', `pools/${poolId}/agreements`, {
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      moneyHolderBook: book,
      feesOwedBy: 'money-holder',
      reviewOn: '2026-12-01',
      text: 'We swim on Thursdays. We share the cost in equal parts.',
    });
    for (const who of [ann, raj])
      await who.must('post', `agreements/${agreement.agreementId}/assent`, { contentHash: agreement.contentHash, format: 'standard' });
    await house.settle();
    expect((await ann.get(`pools/${poolId}`)).body).toMatchObject({ state: 'active' });
  });

  it('7. each puts in 60.00 of their own money, and every penny is still theirs', async () => {
    await house.database.transaction(house.system({ books: [book] }), (tx) =>
      new Ledger().record(tx, [
        {
          book,
          reference: 'story:arrival',
          kind: 'arrival',
          effectiveOn: dayOf(house.clock.now()),
          transfers: [{ debit: { book, kind: 'bank' }, credit: { book, kind: 'unallocated' }, amount: pence(20_000) }],
        },
      ]),
    );
    for (const line of Object.values(lines))
      await officer.must('post', `budget-lines/${line}/allocations`, { amountPence: 10_000, reference: 'first payment' });
    for (const [who, line] of [
      [ann, lines['Ann']],
      [raj, lines['Raj']],
    ] as const)
      await who.must('post', `pools/${poolId}/contributions`, { lineId: line, amountPence: 6_000 });
    await house.settle();
    const names = new Map([
      [ann.id as string, 'Ann'],
      [raj.id as string, 'Raj'],
    ]);
    const table = await house.database.read(house.system({ books: [book], pools: [poolId as never], people: [ann.id, raj.id] }), (tx) =>
      ledgerTable(tx, book, names),
    );
    expect(table).toMatchObject({ 'line Ann': '40.00', 'share Ann': '60.00', 'line Raj': '40.00', 'share Raj': '60.00' });
  });
});
