/** Money of a council beside the members' (design, section 4), from its promise to what is left of it going home; and a wrong allocation put
 *  right on the way. Two members hold third-party budgets in the treasurer's book T, which stands here after each step as an auditor would
 *  write it, with the council's share as `share ?`. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationId } from '../../src/kernel/index.js';
import type { LidoPurchase } from '../support/funded-life.js';
import { lidoPurchase, summerPool } from '../support/funded-life.js';
import type { Caller } from '../support/house.js';
import { writtenTable } from '../support/ledger-table.js';
import { WorkedLife } from '../support/worked-life-house.js';

describe('a council’s money beside the members’', () => {
  let life: WorkedLife;
  let council: OrganisationId;
  let officer: Caller;
  let share: { shareId: string; reference: string };
  let purchase: LidoPurchase;

  beforeAll(async () => {
    life = await WorkedLife.open('2026-04-01T10:00:00Z');
    council = await life.house.organisation('council', 'An invented council');
    officer = await life.house.person('Cora', [{ role: 'funder-officer', on: 'icb', id: council }]);
  }, 60_000);
  afterAll(() => life?.house.close());
  afterEach(async () => expect(await life.house.faults()).toEqual({}));

  const bookIs = async (table: string): Promise<void> => {
    const rows = (await life.printed()).split('\n').slice(1);
    const ofT = rows.map((row) => row.split('|')).flatMap(([name, , sum]) => (sum?.trim() ? [`${name!.trim().padEnd(12)}|${sum.trim().padStart(8)}`] : []));
    expect(ofT.join('\n')).toBe(writtenTable(table));
  };

  it('first an allocation is put right: 400.00 quoted B’s reference and were A’s', async () => {
    await life.fund('A', 120_000, 'third-party', 'T');
    await life.fund('B', 120_000, 'third-party', 'T');
    await life.credit('T', 40_000, life.references.B, 'The ICB');
    life.at('2026-04-02');
    expect(await life.statement('T', '2026-04-01', '2026-04-02')).toEqual([]);
    await bookIs(`
        bank        |  400.00
        line B      |  400.00`);
    const wrong = (await life.house.database.read(life.everything, (tx) =>
      tx.row<{ reference: string }>(`select reference from entry where kind = 'allocated'`),
    ))!;
    const { maker, icbMaker } = life.people;
    const at = `books/${life.books.T}/corrections`;
    const command = { reference: wrong.reference, reason: 'The ICB quoted the wrong line.', lineReference: life.references.A };
    expect((await icbMaker.send('post', at, command)).status).toBe(404);
    expect(await maker.send('post', at, { ...command, reference: 'no:such:entry' })).toMatchObject({ status: 404 });
    expect(await maker.send('post', at, { ...command, lineReference: 'LIN-AAAA-AAAA' })).toMatchObject({ status: 422, body: { code: 'line-not-known' } });
    expect(await maker.send('post', at, { ...command, lineReference: life.references.B })).toMatchObject({ status: 409, body: { code: 'nothing-changes' } });
    const [first, second] = await Promise.all([maker.send('post', at, command), maker.send('post', at, command)]);
    expect([first.status, second.status].sort()).toEqual([201, 409]);
    expect([first, second].find((each) => each.status === 409)!.body.code).toBe('corrected-already');
    await bookIs(`
        bank        |  400.00
        line A      |  400.00`);
    const arrival = (await life.house.database.read(life.everything, (tx) =>
      tx.row<{ reference: string }>(`select reference from entry where kind = 'arrival' and book_id = $1`, [life.books.T]),
    ))!;
    expect(await maker.send('post', at, { ...command, reference: arrival.reference })).toMatchObject({ status: 409, body: { code: 'has-its-own-way' } });
    await life.credit('T', 40_000, life.references.B, 'The ICB');
    life.at('2026-04-03');
    expect(await life.statement('T', '2026-04-02', '2026-04-03')).toEqual([]);
  });

  it('the council promises 300.00 for the summer, and its money arrives by the reference it quotes', async () => {
    const { A, maker } = life.people;
    await summerPool(life);

    const promise = { funderId: council, purpose: 'A summer of swimming', amountPence: 30_000, endsOn: '2026-09-30', rest: 'back-at-end' };
    expect((await maker.send('post', `pools/${life.pool}/funder-shares`, promise)).status).toBe(404);
    share = await officer.must('post', `pools/${life.pool}/funder-shares`, promise);
    await life.credit('T', 30_000, share.reference, 'The council');
    life.at('2026-04-07');
    const [unknown] = await life.statement('T', '2026-04-03', '2026-04-07');
    await life.arrived('T', unknown!.lineId);
    const arrival = { statementLine: unknown!.lineId, reference: share.reference };
    expect(await maker.must('post', `books/${life.books.T}/funder-money`, arrival, 'arrives-once')).toMatchObject({ amountPence: 30_000 });
    expect(await maker.must('post', `books/${life.books.T}/funder-money`, arrival, 'arrives-once')).toMatchObject({ amountPence: 30_000 });
    expect((await maker.send('post', `books/${life.books.T}/funder-money`, arrival)).status).toBe(404);
    await bookIs(`
        bank        | 1100.00
        line A      |  350.00
        line B      |  350.00
        share ?     |  300.00
        share A     |   50.00
        share B     |   50.00`);
    const seen = (await A.get(`pools/${life.pool}/funder-shares`)).body.items;
    expect(seen).toMatchObject([{ funderName: 'An invented council', state: 'held', inPence: 30_000, freePence: 30_000 }]);
  });

  it('it pays before the members: two sessions of 160.00 take all of it and 10.00 of each', async () => {
    const { A, provider } = life.people;
    purchase = await lidoPurchase(life, ['2026-04-07', '2026-05-28']);
    const session = purchase.sessions[0]!.sessionId;
    await provider.must('post', `purchases/${purchase.purchaseId}/sessions/${session}/record`);
    await A.must('post', `sessions/${session}/confirm`);
    await life.knowPayees();
    await life.payee('T', { kind: 'provider', subject: council, name: 'The council', sortCode: '108800', accountNumber: '10000001' });
    const invoice = { number: 'LIDO-1', amountPence: 16_000, dated: '2026-04-07', sessionIds: [session] };
    await provider.must('post', `purchases/${purchase.purchaseId}/invoices`, invoice);
    await life.house.settle();
    await bookIs(`
        bank        | 1100.00
        line A      |  350.00
        line B      |  350.00
        payable     |  160.00
        share ?     |  140.00
        share A     |   50.00
        share B     |   50.00`);
    expect((await A.get(`pools/${life.pool}/funder-shares`)).body.items).toMatchObject([{ inPence: 14_000, setAsidePence: 14_000, freePence: 0 }]);
    expect((await A.get(`pools/${life.pool}/shares`)).body.mine).toMatchObject([{ putInPence: 5_000, committedPence: 1_000, freePence: 4_000 }]);
  });

  it('both end the pool: the provider is paid, everybody has their own back, and the council its 140.00', async () => {
    const { A, B, checker, maker } = life.people;
    expect(await A.must('post', `pools/${life.pool}/wind-up`)).toMatchObject({ state: 'active', saidYes: 1, members: 2 });
    expect(await B.must('post', `pools/${life.pool}/wind-up`)).toMatchObject({ state: 'closing', saidYes: 2 });
    await life.house.settle();
    await bookIs(`
        bank        | 1100.00
        line A      |  400.00
        line B      |  400.00
        payable     |  300.00`);
    expect((await checker.get(`books/${life.books.T}/proof`)).body).toMatchObject({ ok: true });
    const run = await life.payRun('T');
    expect(run.lines.map((line) => line.amountPence).sort()).toEqual([14_000, 16_000]);
    await bookIs(`
        bank        | 1100.00
        clearing    | -300.00
        line A      |  400.00
        line B      |  400.00`);
    const closed = await life.house.database.read(life.everything, (tx) => tx.row<{ state: string }>('select state from pool where id = $1', [life.pool]));
    expect(closed?.state).toBe('closed');
    const { body } = await officer.get(`funder-shares/${share.shareId}/statement`);
    expect(body).toMatchObject({
      final: true,
      statement: { putInPence: 30_000, invoices: [{ amountPence: 16_000 }], refunds: [], returnedBeforePence: 14_000, keptPence: 0, toReturnPence: 0 },
    });
    expect((await maker.get(`funder-shares/${share.shareId}/statement`)).status).toBe(404);
    expect((await officer.get(`funders/${council}/shares`)).body.items).toMatchObject([{ state: 'ended', inPence: 0 }]);
    expect((await A.get(`pools/${life.pool}/exit-statement`)).body).toMatchObject({
      left: true,
      statement: { putInPence: 5_000, invoices: [], returnedBeforePence: 5_000 },
    });
  });
});
