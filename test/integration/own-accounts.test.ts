import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookId, OrganisationId, PersonId } from '../../src/kernel/index.js';
import { Books } from '../../src/ledger/index.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';
import { inventedNhsNumber } from '../support/introductions-house.js';

const CONDITIONS = {
  reason: 'The account is for this alone and its statements are kept.',
  isNotExcluded: true,
  isForNamedPeopleOnly: true,
  isForDirectPaymentsOnly: true,
  canBeAudited: true,
};

/** The ICB approves a direct-payment account: the person's own book, with a holder who decides alone. */
describe('opening a direct-payment account', () => {
  let house: House;
  let icb: OrganisationId;
  let officer: Caller, coordinator: Caller, icbFinance: Caller, trustFinance: Caller, elsewhere: Caller;
  let bookN: BookId;
  let numbers = 0;

  const at = (person: string): string => `people/${person}/direct-payment-accounts`;
  const scoped = (person: string, book: string) => house.system({ people: [person as PersonId], books: [book as BookId] });

  async function holder(name: string, plan: 'agreed' | 'draft' = 'agreed', bornOn = '1990-05-05'): Promise<Caller> {
    const about = { icbId: icb, firstName: name, familyName: 'Invented', bornOn, nhsNumber: inventedNhsNumber((numbers += 1)), place: 'M33' };
    const { personId } = await coordinator.must<{ personId: PersonId }>('post', 'holders', about);
    const { id } = await coordinator.must('post', 'plans', {
      personId,
      about: 'A plan made together',
      risks: 'None beyond the usual',
      coordinatorId: coordinator.id,
      reviewOn: '2026-08-01',
      consentOn: '2026-04-01',
      lines: [{ service: 'Swimming', category: 'activity', amountPence: 120_000, per: 'year', outcome: 'I swim' }],
    });
    if (plan === 'agreed') await coordinator.must('post', `plans/${id}/agree`, { reason: 'It fits' });
    return house.signedIn(personId, `${name.toLowerCase()}@example.test`);
  }

  beforeAll(async () => {
    house = await House.open({ at: '2026-05-01T10:00:00Z' });
    icb = await house.organisation('icb', 'NHS Greenvale ICB');
    const other = await house.organisation('icb', 'NHS Elsewhere ICB');
    const trust = await house.organisation('money-holder', 'Purse Keepers CIC');
    bookN = await house.book('allocation', 'NHS Greenvale ICB', { organisation: icb });
    const bookT = await house.book('cash', 'Purse Keepers CIC', { organisation: trust });
    officer = await house.person('Olu', [{ role: 'icb-officer', on: 'icb', id: icb }]);
    coordinator = await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: icb }]);
    icbFinance = await house.person('Nadia', [{ role: 'finance-officer', on: 'book', id: bookN }]);
    trustFinance = await house.person('Mona', [{ role: 'finance-officer', on: 'book', id: bookT }]);
    elsewhere = await house.person('Colin', [{ role: 'icb-officer', on: 'icb', id: other }]);
  }, 60_000);
  afterAll(() => house?.close());

  it('by the ICB’s decision-maker: a book of cash of the person’s own, into which their budget then fits', async () => {
    const cleo = await holder('Cleo');
    const opened = await officer.must<{ bookId: BookId }>(
      'post',
      at(cleo.id),
      { ...CONDITIONS, sortCode: '10-88-00', accountNumber: '10000007' },
      'one-intent',
    );
    expect(await officer.must('post', at(cleo.id), { ...CONDITIONS, sortCode: '10-88-00', accountNumber: '10000007' }, 'one-intent')).toEqual(opened);
    const book = await house.database.read(scoped(cleo.id, opened.bookId), (tx) => house.app.get(Books).find(tx, opened.bookId));
    expect(book).toMatchObject({ basis: 'cash', holderId: cleo.id, organisationId: null, name: 'Direct payment account of Cleo' });
    expect((await cleo.get(`books/${opened.bookId}/bank-accounts`)).body.items).toMatchObject([{ last4: '0007', openedOn: '2026-05-01' }]);
    const plan = (await coordinator.get(`people/${cleo.id}/plans`)).body.items[0];
    const budget = await coordinator.must('post', 'budgets', {
      planId: plan.id,
      fromDay: '2026-05-01',
      untilDay: '2027-05-01',
      reason: 'In full',
      lines: [{ name: 'Swimming', agreedPence: 120_000, managed: 'direct-payment', funderId: icb, bookId: opened.bookId }],
    });
    expect(budget.lines).toHaveLength(1);
    const [kept] = await house.database.read(scoped(cleo.id, opened.bookId), (tx) =>
      tx.rows(`select actor, why, facts from audit_event where action = 'account:open' and about_person = $1`, [cleo.id]),
    );
    expect(kept).toMatchObject({ actor: officer.id, why: CONDITIONS.reason, facts: { icb, heldAs: 'self', isNotExcluded: true, canBeAudited: true } });
    expect((await officer.send('post', at(cleo.id), CONDITIONS)).body.code).toBe('has-account');
    await house.settle();
    expect(await house.faults()).toEqual({});
  });

  it('by a finance officer of the ICB’s own book, and by nobody else’s', async () => {
    const dee = await holder('Dee');
    for (const [who, status] of [
      [coordinator, 403],
      [trustFinance, 404],
      [elsewhere, 404],
      [dee, 404],
    ] as const)
      expect((await who.send('post', at(dee.id), CONDITIONS)).status).toBe(status);
    await icbFinance.must('post', at(dee.id), CONDITIONS);
  });

  it('only when the conditions are met', async () => {
    const eve = await holder('Eve', 'draft');
    expect((await officer.send('post', at(eve.id), CONDITIONS)).body.code).toBe('plan-not-agreed');
    const fay = await holder('Fay');
    expect((await officer.send('post', at(fay.id), { ...CONDITIONS, isNotExcluded: false })).body.code).toBe('excluded');
    expect(await officer.send('post', at(fay.id), { ...CONDITIONS, canBeAudited: false })).toMatchObject({
      status: 422,
      body: { code: 'account-conditions', fields: [{ field: 'canBeAudited' }] },
    });
    expect((await officer.send('post', at(fay.id), { reason: 'None said' })).status).toBe(422);
    expect((await officer.send('post', at(fay.id), { ...CONDITIONS, openedOn: '2026-05-02' })).body.code).toBe('day-to-come');
    expect((await officer.send('post', at(fay.id), { ...CONDITIONS, sortCode: '108800' })).body.code).toBe('bank-details-incomplete');
    const left = await house.database.read(house.system({ people: [fay.id] }), (tx) => tx.rows('select id from book where holder_id = $1', [fay.id]));
    expect(left).toEqual([]);
  });

  it('held by a nominee whose authority is recorded; kinship is none, and a child needs a representative', async () => {
    const gus = await holder('Gus');
    const [nia, cousin] = [await house.person('Nia', [{ role: 'nominee', on: 'person', id: gus.id }]), await house.person('Kit')];
    expect((await officer.send('post', at(gus.id), { ...CONDITIONS, accountHolderId: cousin.id })).body.code).toBe('no-authority');
    const { bookId } = await officer.must<{ bookId: BookId }>('post', at(gus.id), { ...CONDITIONS, accountHolderId: nia.id });
    expect((await nia.get(`books/${bookId}/payments`)).status).toBe(200);
    expect((await gus.get(`books/${bookId}/payments`)).status).toBe(404);
    const kim = await holder('Kim', 'agreed', '2015-02-02');
    expect((await officer.send('post', at(kim.id), CONDITIONS)).body.code).toBe('needs-representative');
    const rosa = await house.person('Rosa', [{ role: 'representative', on: 'person', id: kim.id }]);
    expect(await officer.must('post', at(kim.id), { ...CONDITIONS, accountHolderId: rosa.id })).toMatchObject({ personId: kim.id, accountHolderId: rosa.id });
    await house.settle();
    expect(await house.faults()).toEqual({});
  });

  describe('when a nomination ends', () => {
    const why = { reason: 'She has moved away, and wrote to us.' };
    /** A nominee recorded by the co-ordinator, who holds the account: what they see while it lasts, and how it is asked. */
    async function nominated(holderName: string, nomineeName: string) {
      const person = await holder(holderName);
      const nominee = await house.person(nomineeName);
      const about = { nomineeId: nominee.id, nomineeAgreedOn: '2026-04-20', reason: 'Asked for in writing; we agree.' };
      await coordinator.must('post', `people/${person.id}/nominees`, about);
      const { bookId } = await officer.must<{ bookId: BookId }>('post', at(person.id), {
        ...CONDITIONS,
        accountHolderId: nominee.id,
        sortCode: '10-88-00',
        accountNumber: `1${String((numbers += 1)).padStart(7, '0')}`,
      });
      const statuses = async () =>
        Promise.all(
          [`books/${bookId}/payments`, `books/${bookId}/bank-accounts`, `people/${person.id}/budget-lines`, `people/${person.id}/plans`].map(
            async (path) => (await nominee.get(path)).status,
          ),
        );
      expect(await statuses()).toEqual([200, 200, 200, 200]);
      return { person, nominee, bookId, statuses, end: `people/${person.id}/nominees/${nominee.id}/end` };
    }
    const grantsOf = (nominee: Caller) =>
      house.database.read(house.system({ people: [nominee.id] }), (tx) =>
        tx.rows<{ role: string; ended: boolean }>('select role, until_at is not null as ended from access_grant where person_id = $1 order by role', [
          nominee.id,
        ]),
      );

    it('the account is the nominee’s no more, from that moment: every door answers 404', async () => {
      const { person, nominee, bookId, statuses, end } = await nominated('Hope', 'Nell');
      expect(await person.must('post', end, why)).toEqual({ personId: person.id, nomineeId: nominee.id });
      expect(await statuses()).toEqual([404, 404, 404, 404]);
      expect(await grantsOf(nominee)).toEqual([
        { role: 'account-holder', ended: true },
        { role: 'nominee', ended: true },
      ]);
      const audit = await house.database.read(scoped(nominee.id, bookId), (tx) =>
        tx.rows(`select actor, why, facts from audit_event where action = 'grant:end' and about_person = $1 order by id`, [nominee.id]),
      );
      expect(audit).toEqual([
        { actor: person.id, why: why.reason, facts: { role: 'nominee', id: person.id } },
        { actor: person.id, why: why.reason, facts: { role: 'account-holder', id: bookId } },
      ]);
      expect((await person.send('post', end, why)).status).toBe(404);
      expect(await house.faults()).toEqual({});
    });

    it('the account waits for a new holder, whom the ICB names: the person, or another with authority', async () => {
      const { person, nominee, bookId, statuses, end } = await nominated('Faye', 'Nina');
      const path = `${at(person.id)}/holder`;
      await person.must('post', end, why);
      expect((await officer.get(at(person.id))).body).toMatchObject({ account: { bookId, holders: [] }, mayHold: [{ personId: person.id, as: 'self' }] });
      expect((await officer.send('post', path, { accountHolderId: nominee.id, reason: 'Again' })).body.code).toBe('no-authority');
      for (const [who, status] of [
        [coordinator, 403],
        [trustFinance, 404],
        [elsewhere, 404],
        [person, 404],
      ] as const)
        expect((await who.send('post', path, { reason: 'Mine' })).status).toBe(status);
      await officer.must('post', path, { reason: 'She will do it herself.' });
      expect((await person.get(`books/${bookId}/payments`)).status).toBe(200);
      expect((await officer.send('post', path, { reason: 'Twice' })).body.code).toBe('held-already');
      const rosa = await house.person('Ros', [{ role: 'representative', on: 'person', id: person.id }]);
      await officer.must('post', path, { accountHolderId: rosa.id, reason: 'She asked for it.' });
      expect((await person.get(`books/${bookId}/payments`)).status).toBe(404);
      expect((await rosa.get(`books/${bookId}/payments`)).status).toBe(200);
      expect(await statuses()).toEqual([404, 404, 404, 404]);
      expect((await coordinator.get(at(person.id))).body).toMatchObject({
        account: { holders: [rosa.id] },
        mayHold: [{ as: 'self' }, { as: 'representative', name: 'Ros Invented' }],
      });
      expect((await elsewhere.get(at(person.id))).status).toBe(404);
      await house.settle();
      expect(await house.faults()).toEqual({});
    });

    it('by the nominee, or by staff of the ICB; by nobody else', async () => {
      const ida = await nominated('Ida', 'Nan');
      for (const [who, status] of [
        [trustFinance, 404],
        [elsewhere, 404],
        [icbFinance, 404],
      ] as const)
        expect((await who.send('post', ida.end, why)).status).toBe(status);
      expect(await ida.statuses()).toEqual([200, 200, 200, 200]);
      await coordinator.must('post', ida.end, why);
      expect(await ida.statuses()).toEqual([404, 404, 404, 404]);
      const joy = await nominated('Joy', 'Noa');
      await joy.nominee.must('post', joy.end, why);
      expect(await joy.statuses()).toEqual([404, 404, 404, 404]);
    });

    it('what they hold by other authority stays theirs', async () => {
      const one = await nominated('Lea', 'Ned');
      const own = await holder('Abel');
      await officer.must('post', at(own.id), CONDITIONS);
      await coordinator.must('post', `people/${own.id}/nominees`, { nomineeId: one.nominee.id, nomineeAgreedOn: '2026-04-20', reason: 'Asked for.' });
      await one.person.must('post', one.end, why);
      expect((await one.nominee.get(`people/${own.id}/plans`)).status).toBe(200);
      expect((await grantsOf(one.nominee)).filter((grant) => !grant.ended)).toEqual([{ role: 'nominee', ended: false }]);
    });

    it('is recorded by staff, once, and of two people', async () => {
      const mia = await holder('Mia');
      const noor = await house.person('Noor');
      const command = { nomineeId: noor.id, nomineeAgreedOn: '2026-04-20', reason: 'Asked for.' };
      const path = `people/${mia.id}/nominees`;
      for (const [who, status] of [
        [mia, 404],
        [noor, 404],
        [elsewhere, 404],
      ] as const)
        expect((await who.send('post', path, command)).status).toBe(status);
      expect((await coordinator.send('post', path, { ...command, nomineeId: mia.id })).body.code).toBe('nominee-is-the-person');
      await coordinator.must('post', path, command);
      expect((await coordinator.send('post', path, command)).body.code).toBe('nominated-already');
    });
  });

  it('two who approve at once open one account', async () => {
    const lou = await holder('Lou');
    const answers = await Promise.all([officer.send('post', at(lou.id), CONDITIONS), icbFinance.send('post', at(lou.id), CONDITIONS)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
  });
});
