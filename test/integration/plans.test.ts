/** A plan names a care co-ordinator of its own ICB, and a budget gives somebody something for some time. What is refused leaves nothing behind. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOfEverything } from '../../src/checks.js';
import { Grants } from '../../src/identity/index.js';
import type { BookId, OrganisationId, PersonId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import type { Answer, Caller } from '../support/house.js';
import { House } from '../support/house.js';
import { inventedNhsNumber } from '../support/introductions-house.js';

const TABLES = [
  'plan',
  'plan_outcome',
  'plan_line',
  'budget',
  'budget_line',
  'entry',
  'transfer',
  'decision',
  'outbox_event',
  'audit_event',
  'idempotency_key',
];

describe('a plan and its budget', () => {
  let house: House;
  let icb: OrganisationId, elsewhere: OrganisationId;
  let book: BookId;
  let carol: Caller, olu: Caller;
  let asha: PersonId;

  beforeAll(async () => {
    house = await House.open({ at: '2026-05-01T10:00:00Z' });
    icb = await house.organisation('icb', 'NHS Greenvale ICB');
    elsewhere = await house.organisation('icb', 'NHS Elsewhere ICB');
    book = await house.book('allocation', 'NHS Greenvale ICB', { organisation: icb });
    carol = await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: icb }]);
    olu = await house.person('Olu', [{ role: 'icb-officer', on: 'icb', id: icb }]);
    const about = { icbId: icb, firstName: 'Asha', familyName: 'Invented', bornOn: '1990-05-05', nhsNumber: inventedNhsNumber(1) };
    asha = (await carol.must<{ personId: PersonId }>('post', 'holders', about)).personId;
  }, 60_000);
  afterAll(() => house?.close());
  afterEach(async () => expect(await house.faults()).toEqual({}));

  const draft = (by: Caller, coordinatorId: string, key?: string): Promise<Answer> =>
    by.send(
      'post',
      'plans',
      {
        personId: asha,
        about: 'A plan made together',
        risks: 'None beyond the usual',
        coordinatorId,
        reviewOn: '2026-08-01',
        consentOn: '2026-04-01',
        lines: [{ service: 'Swimming', category: 'activity', amountPence: 120_000, per: 'year', outcome: 'I swim' }],
      },
      key,
    );

  /** How many rows everything has that a plan or a budget writes. */
  const rows = async (): Promise<Record<string, unknown>> =>
    (await house.database.read(await actorOfEverything(house.database), (tx) =>
      tx.row<Record<string, unknown>>(`select ${TABLES.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`),
    ))!;

  /** The refusal, and that it wrote nothing. */
  async function refusal(ask: () => Promise<Answer>): Promise<{ status: number; code: unknown; fields: unknown }> {
    const before = await rows();
    const { status, body } = await ask();
    expect(await rows()).toEqual(before);
    return { status, code: body['code'], fields: body['fields'] };
  }

  describe('the care co-ordinator of a plan', () => {
    const noCoordinator = {
      status: 422,
      code: 'not-a-coordinator',
      fields: [{ field: 'coordinatorId', message: 'Choose somebody who is a care co-ordinator of this ICB today.' }],
    };

    it('is one of the ICB’s, who need not be the one who writes it', async () => {
      expect([(await draft(carol, carol.id)).status, (await draft(olu, carol.id)).status]).toEqual([201, 201]);
    });

    it('is nobody else: no officer, no co-ordinator of another ICB, not the person, and nobody who is not known here', async () => {
      const colin = await house.person('Colin', [{ role: 'care-coordinator', on: 'icb', id: elsewhere }]);
      for (const other of [olu.id, colin.id, asha, newId()])
        expect({ other, ...(await refusal(() => draft(olu, other))) }).toEqual({ other, ...noCoordinator });
    });

    it('holds the role on that day: neither until yesterday nor from tomorrow', async () => {
      const [past, future] = [await house.person('Pia', [{ role: 'care-coordinator', on: 'icb', id: icb }]), await house.person('Fay')];
      expect((await draft(carol, past.id)).status).toBe(201);
      const actor = house.system({ people: [past.id, future.id], icbs: [icb] });
      const grants = house.app.get(Grants, { strict: false });
      const role = { role: 'care-coordinator', id: icb } as const;
      await house.database.transaction(actor, async (tx) => {
        await grants.end(tx, actor, { ...role, person: past.id, why: 'works elsewhere now' });
        await grants.give(tx, actor, { ...role, person: future.id, on: 'icb', reason: 'employed', from: new Date('2026-05-02T00:00:00Z') });
      });
      for (const other of [past, future]) expect(await refusal(() => draft(carol, other.id))).toEqual(noCoordinator);
      house.clock.set(new Date('2026-05-02T10:00:00Z'));
      expect((await draft(carol, future.id)).status).toBe(201);
    });

    it('a refusal keeps no key: the same one takes the plan that is put right, and answers a repeat when the role has ended', async () => {
      const nell = await house.person('Nell', [{ role: 'care-coordinator', on: 'icb', id: icb }]);
      expect(await refusal(() => draft(carol, olu.id, 'one-intent'))).toEqual(noCoordinator);
      const made = await draft(carol, nell.id, 'one-intent');
      expect(made.status).toBe(201);
      const actor = house.system({ people: [nell.id], icbs: [icb] });
      await house.database.transaction(actor, (tx) =>
        house.app.get(Grants, { strict: false }).end(tx, actor, { person: nell.id, role: 'care-coordinator', id: icb, why: 'works elsewhere now' }),
      );
      expect((await draft(carol, nell.id, 'one-intent')).body).toEqual(made.body);
    });
  });

  describe('the budget of a plan', () => {
    let planId: string;
    const line = { name: 'Support', managed: 'notional', agreedPence: 120_000 };
    const fund = (over: object, key?: string): Promise<Answer> =>
      carol.send(
        'post',
        'budgets',
        { planId, fromDay: '2026-05-01', untilDay: '2027-05-01', reason: 'In full', lines: [{ ...line, funderId: icb, bookId: book }], ...over },
        key,
      );

    beforeAll(async () => {
      planId = (await draft(carol, carol.id)).body['id'] as string;
      await carol.must('post', `plans/${planId}/agree`, { reason: 'It fits' });
    });

    it.each([
      ['the day before it begins', '2026-04-30'],
      ['the day it begins', '2026-05-01'],
    ])('does not end on %s', async (_when, untilDay) => {
      expect(await refusal(() => fund({ untilDay }, 'one-budget'))).toEqual({
        status: 422,
        code: 'line-dates-wrong',
        fields: [{ field: 'untilDay', message: 'Give a day after the first day.' }],
      });
    });

    it('has a line', async () => {
      expect(await refusal(() => fund({ lines: [] }, 'one-budget'))).toEqual({
        status: 422,
        code: 'budget-without-lines',
        fields: [{ field: 'lines', message: 'Write down at least one line with its sum.' }],
      });
    });

    it('is opened under the same key once it is put right', async () => {
      const before = await rows();
      expect((await fund({}, 'one-budget')).status).toBe(201);
      const after = await rows();
      for (const table of ['budget', 'budget_line', 'decision', 'idempotency_key'])
        expect({ table, more: Number(after[table]) - Number(before[table]) }).toEqual({ table, more: 1 });
      expect(Number(after['entry'])).toBeGreaterThan(Number(before['entry']));
    });
  });
});
