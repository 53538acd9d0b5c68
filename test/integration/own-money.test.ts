/** Members' own money in pools (domain EXPECT 8; features.md, A14): it comes in, is spent by the same entries, goes home to its person, and stands in no
 *  figure of any funder. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OwnLines } from '../../src/budgets/index.js';
import { Grants, People } from '../../src/identity/index.js';
import { InsightQueries, Tracking } from '../../src/insight/index.js';
import type { PaymentId, PersonId, PoolId } from '../../src/kernel/index.js';
import { addDays, newId, pence, systemActor } from '../../src/kernel/index.js';
import { Ledger, LedgerQueries } from '../../src/ledger/index.js';
import { Payees, PayInOutcomes, PayIns, StripeAccounts } from '../../src/payments/index.js';
import { OwnTopUps, PersonDepartures } from '../../src/pools/index.js';
import { InvoiceRefunds } from '../../src/purchasing/index.js';
import type { Answered } from '../support/pooling-calls.js';
import { callsOf, joins, known } from '../support/pooling-calls.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
let nell: PersonId;
const morning = new Date('2026-11-20T10:00:00Z');
const of = <T>(type: abstract new (...args: never[]) => T): T => house.app.get(type as new (...args: never[]) => T, { strict: false });

beforeAll(async () => {
  house = await poolingHouse();
  nell = await known(house, 'Nell');
  await house.database.transaction(systemActor('test', { books: [house.t] }), (tx) =>
    of(StripeAccounts).connect(tx, systemActor('test', {}), { book: house.t, secretKey: 'sk_test_invented', webhookSecret: 'whsec_invented' }),
  );
});
afterAll(() => house.close());
afterEach(async () => {
  await house.deliver();
  expect(await house.faults()).toEqual([]);
  house.clock.set(morning);
});

const call = callsOf(() => house);

/** Stripe says that a pay-in succeeded, as its webhook does. */
const paid = async (paymentId: string, amount: number, intent = `pi_${paymentId}`) =>
  of(PayInOutcomes).applyIntent(house.t, {
    id: intent,
    paymentId: paymentId as PaymentId,
    state: 'succeeded',
    amount: pence(amount),
    fee: pence(30),
    reason: null,
  });

const ownLine = async (who: PersonId): Promise<Answered> => (await call(who, 'get', 'own-money')).json['items'][0];

/** Own money at the money-holder, by card and not for any pool that takes it: what is kept. */
async function topUp(who: PersonId | Holder, pool: PoolId, amountPence: number, more: object = {}): Promise<Answered> {
  const asked = await call(who, 'post', `pools/${pool}/own-money`, { amountPence, by: 'card', ...more });
  expect(asked).toMatchObject({ status: 201, json: { state: 'asked', contributionId: null } });
  expect(await paid(asked.json['paymentId'], amountPence)).toBe('done');
  await house.deliver();
  const own = (await call(who, 'get', `pools/${pool}/own-money`)).json;
  return own['topUps'].find((each: Answered) => each['id'] === asked.json['topUpId']);
}

const ownShare = async (who: PersonId | Holder, pool: PoolId) => {
  const shares = (await call(who, 'get', `pools/${pool}/shares`)).json['mine'] as Answered[];
  return shares.find((each) => each['planLineId'] === null);
};

/** Payments of own money to its person. */
const homeOf = (who: PersonId) =>
  house.database.read(house.everything(), (tx) =>
    tx.rows<{ amount: bigint; state: string; id: string; purpose: string }>(
      `select amount_pence as amount, state, id, purpose_id as purpose from payment where purpose_noun = 'own-money' and payee_subject_id = $1 order by id`,
      [who],
    ),
  );

describe('own money comes in', () => {
  it('by card: into the pool at once when Stripe says so, said twice or not', async () => {
    const pool = await house.startedPool();
    await joins(call, house, pool, nell, false);
    const asked = await call(nell, 'post', `pools/${pool}/own-money`, { amountPence: 2_000, by: 'card' });
    expect(asked.json).toMatchObject({ state: 'asked', reference: expect.stringMatching(/^OWN-/) as unknown });
    expect(await ownShare(nell, pool)).toBeUndefined(); // RULE 25: nothing until it has succeeded
    expect(await Promise.all([paid(asked.json['paymentId'], 2_000), paid(asked.json['paymentId'], 2_000)])).toContain('done');
    await house.deliver();
    // Whoever hears of it again changes nothing, even where the first hearing was not written down.
    const again = systemActor('pools', { books: [house.t], people: [nell] });
    await house.database.transaction(again, (tx) => of(OwnTopUps).paid(tx, asked.json['paymentId']));
    expect(await ownShare(nell, pool)).toMatchObject({ putInPence: 2_000, freePence: 2_000 });
    expect(await ownLine(nell)).toMatchObject({ broughtInPence: 2_000, herePence: 0, inPoolsPence: 2_000, spentPence: 0 });
    const mine = (await call(nell, 'get', `pools/${pool}`)).json['history'].map((each: Answered) => each['sentence']);
    expect(mine).toContain('You put in some of your own money.');
    const others = (await call(house.asha, 'get', `pools/${pool}`)).json['history'].map((each: Answered) => each['sentence']);
    expect(others).toContain('Money from Nell arrived.');
    expect(others.join(' ')).not.toContain('own money');
  });

  it('by bank transfer: what names the person’s reference is theirs, and goes where they said, the oldest wish first', async () => {
    const pool = await house.startedPool();
    const first = await call(house.asha, 'post', `pools/${pool}/own-money`, { amountPence: 1_500, by: 'bank' });
    await call(house.asha, 'post', `pools/${pool}/own-money`, { amountPence: 900, by: 'bank' });
    expect((await call(house.asha, 'get', `pools/${pool}/own-money`)).json['sendTo']).toEqual({
      name: 'Treasurer',
      sortCode: '108800',
      accountNumber: '10000001',
    });
    const line = (await house.database.read(house.everything(), (tx) => of(OwnLines).named(tx, house.t, first.json['reference'])))!;
    await house.database.transaction(house.everything(), async (tx) => {
      await of(Ledger).record(tx, [
        {
          book: house.t,
          reference: 'test:own-arrival',
          kind: 'arrival',
          effectiveOn: house.today,
          transfers: [{ debit: { book: house.t, kind: 'bank' }, credit: { book: house.t, kind: 'unallocated' }, amount: pence(2_000), owner: {} }],
        },
      ]);
      await of(OwnLines).allocateIn(tx, line.id, pence(2_000), 'statement-line:test');
    });
    await house.deliver();
    const own = (await call(house.asha, 'get', `pools/${pool}/own-money`)).json;
    expect(own['topUps'].map((each: Answered) => [each['amountPence'], each['state']])).toEqual([
      [900, 'asked'],
      [1_500, 'in-pool'],
    ]);
    expect(own['herePence']).toBe(500);
    expect(own['ways']).toEqual(['here', 'card', 'bacs-debit', 'bank']);
    // What is here can be put in, and not a penny more.
    expect((await call(house.asha, 'post', `pools/${pool}/own-money`, { amountPence: 501, by: 'here' })).json['code']).toBe('not-enough-free');
    expect((await call(house.asha, 'post', `pools/${pool}/own-money`, { amountPence: 500, by: 'here' })).json).toMatchObject({ state: 'in-pool' });
  });

  it('is refused where nobody holds real money, and to who may not', async () => {
    const nobody = await house.startedPool(house.members, { moneyHolderBook: undefined });
    const ask = (who: PersonId | Holder, pool: PoolId, more: object = {}) =>
      call(who, 'post', `pools/${pool}/own-money`, { amountPence: 100, by: 'card', ...more });
    expect((await ask(house.carys, nobody)).json).toMatchObject({ code: 'no-real-money-here' });
    expect((await call(house.carys, 'get', `pools/${nobody}/own-money`)).json['blocked']).toMatchObject({ code: 'no-real-money-here' });
    const pool = await house.startedPool([house.carys, house.bola]);
    expect((await ask(nell, pool)).status).toBe(404);
    expect((await ask(house.femi, pool)).status).toBe(403);
    expect((await ask(house.asha, pool, { personId: house.carys.id })).status).toBe(404);
    expect((await ask(house.carys, pool, { amountPence: 0 })).status).toBe(422);
    expect((await ask(house.carys, pool, { by: 'here' })).json['code']).toBe('not-enough-free');
    for (let n = 0; n < 5; n += 1) expect((await ask(house.carys, pool, { by: 'bank' })).status).toBe(201);
    const more = await ask(house.carys, pool, { by: 'bank' });
    expect(more.json['code']).toBe('too-many-waiting');
    const [waiting] = (await call(house.carys, 'get', `pools/${pool}/own-money`)).json['topUps'];
    expect((await call(house.bola, 'post', `pools/${pool}/own-money/${waiting.id}/withdraw`)).status).toBe(404);
    expect((await call(house.carys, 'post', `pools/${pool}/own-money/${waiting.id}/withdraw`)).json).toMatchObject({ state: 'withdrawn' });
    expect((await call(house.carys, 'post', `pools/${pool}/own-money/${waiting.id}/withdraw`)).json['code']).toBe('top-up-is-over');
    expect((await call(house.carys, 'post', `pools/${pool}/freeze`, { reason: 'A pause.', lastDay: addDays(house.today, 5) })).status).toBe(201);
    expect((await ask(house.bola, pool)).json['code']).toBe('pool-not-active');
  });

  it('from somebody who came without money: when they say that they pay from now on, and not before it is there', async () => {
    const pool = await house.startedPool();
    const dan = await known(house, 'Dan');
    await joins(call, house, pool, dan, true);
    expect((await call(dan, 'post', `pools/${pool}/own-money`, { amountPence: 2_000, by: 'card' })).json['code']).toBe('comes-without-money');
    const asked = await call(dan, 'post', `pools/${pool}/own-money`, { amountPence: 2_000, by: 'card', paysFromNow: true });
    const pays = async () => (await call(dan, 'get', `pools/${pool}`)).json['members'].find((each: Answered) => each['isMe']).pays as boolean;
    expect(await pays()).toBe(false);
    await paid(asked.json['paymentId'], 2_000);
    await house.deliver();
    expect(await pays()).toBe(true);
    expect((await call(dan, 'get', `pools/${pool}`)).json['history'].map((each: Answered) => each['sentence'])).toContain('You pay your part from now on.');
    const byHours = await house.startedPool(house.members, { split: 'ratio', parts: house.members.map((each) => ({ personId: each.id, part: 1 })) });
    await joins(call, house, byHours, dan, true);
    expect((await call(dan, 'post', `pools/${byHours}/own-money`, { amountPence: 100, by: 'bank', paysFromNow: true })).json['code']).toBe('part-not-agreed');
  });
});

describe('who acts for somebody', () => {
  it('a representative puts it in and has it sent home; a nominee, who looks after the budget, does not', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const [rep, nominee] = [await known(house, 'Rosa'), await known(house, 'Noor')];
    const anyone = systemActor('test', { people: [rep, nominee, house.bola.id] });
    await house.database.transaction(anyone, async (tx) => {
      for (const [person, role] of [
        [rep, 'representative'],
        [nominee, 'nominee'],
      ] as const)
        await of(Grants).give(tx, anyone, { person, role, on: 'person', id: house.bola.id, reason: 'appointed' });
    });
    const ask = { amountPence: 300, by: 'card', personId: house.bola.id };
    expect((await call(nominee, 'post', `pools/${pool}/own-money`, ask)).status).toBe(403);
    expect((await call(nominee, 'get', `own-money?personId=${house.bola.id}`)).status).toBe(403);
    const asked = await call(rep, 'post', `pools/${pool}/own-money`, ask);
    await paid(asked.json['paymentId'], 300);
    await house.deliver();
    const path = `pools/${pool}/own-money/${asked.json['topUpId'] as string}/take-back`;
    expect((await call(rep, 'post', path, { personId: house.bola.id })).json).toMatchObject({ state: 'taken-back' });
    const [line] = (await call(rep, 'get', `own-money?personId=${house.bola.id}`)).json['items'];
    expect((await call(nominee, 'post', `own-money/${line.id}/home`)).status).toBe(404);
    expect((await call(rep, 'post', `own-money/${line.id}/home`)).json).toMatchObject({ amountPence: 300 });
  });

  it('a standing permission to collect from an account of budget money is never used for it', async () => {
    const pool = await house.startedPool([house.asha, house.carys]);
    await house.database.transaction(house.everything(), (tx) =>
      of(PayIns).keepMandate(tx, house.everything(), { book: house.t, subject: house.carys.id, paymentMethod: 'pm_of_the_direct_payment_account' }),
    );
    const asked = await call(house.carys, 'post', `pools/${pool}/own-money`, { amountPence: 100, by: 'bacs-debit' });
    const about = { books: [house.t], people: [house.carys.id] };
    await of(PayInOutcomes).collect({ about, payload: { paymentId: asked.json['paymentId'] } } as never);
    const payment = await house.database.read(house.everything(), (tx) =>
      tx.row<{ state: string; sending: Date | null }>('select state, sending_at as sending from payment where id = $1', [asked.json['paymentId']]),
    );
    expect(payment).toEqual({ state: 'planned', sending: null });
  });
});

describe('a pledge', () => {
  it('is of budget money alone: own money is refused with words, and is not found for others', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    await topUp(house.bola, pool, 400);
    const [line] = (await call(house.bola, 'get', 'own-money')).json['items'];
    const round = await call(house.asha, 'post', `pools/${pool}/pledge-rounds`, {
      purpose: 'A hoist',
      thresholdPence: 1_000,
      freeUntil: addDays(house.today, 10),
      reachBy: addDays(house.today, 20),
      ending: 'release',
    });
    const pledge = { lineId: line.id, planLineId: house.bola.planLineId, amountPence: 100 };
    const path = `pledge-rounds/${round.json['roundId'] as string}/pledges`;
    expect((await call(house.bola, 'post', path, pledge)).json['code']).toBe('own-money-not-pledged');
    expect((await call(house.asha, 'post', path, pledge)).status).toBe(404);
  });
});

describe('own money in a pool', () => {
  it('is drawn after plan money: only what that does not reach is taken of it', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    await house.putIn(pool, house.asha, 40);
    await house.putIn(pool, house.bola, 100);
    await topUp(house.asha, pool, 6_000);
    const quote = await house.chosenQuote(pool, [house.asha, house.bola], 10_000, 1);
    await house.purchases.commit(await house.as(house.femi), quote, { days: [addDays(house.today, 6)] });
    expect((await house.balance(house.share(pool, house.asha))).reserved).toBe(4_000);
    expect(await ownShare(house.asha, pool)).toMatchObject({ freePence: 5_000, committedPence: 1_000 });
  });

  it('pays a bill with others’ plan money, has its part of a refund, and goes home to the penny: own money and nobody’s plan', async () => {
    await house.knowPayees();
    const pool = await house.startedPool([house.bola, house.asha]);
    const kim = await known(house, 'Kim');
    await joins(call, house, pool, kim, false);
    await house.putIn(pool, house.asha, 60);
    await house.putIn(pool, house.bola, 60);
    await topUp(kim, pool, 6_000);
    const quote = await house.chosenQuote(pool, [house.asha, house.bola], 9_000, 1);
    await call(kim, 'post', `quotes/${quote}/choose`);
    const purchase = await house.purchases.commit(await house.as(house.femi), quote, { days: [addDays(house.today, 6)] });
    const session = await house.attended(purchase, 0);
    const { invoiceId } = await house.invoices.receive(await house.as(house.pat), purchase.purchaseId, {
      number: 'OWN-1',
      amountPence: pence(9_000),
      dated: house.today,
      sessionIds: [session],
    });
    await house.pay(invoiceId);
    expect(await ownShare(kim, pool)).toMatchObject({ putInPence: 6_000, freePence: 3_000, spentPence: 3_000 });
    const refund = await of(InvoiceRefunds).record(await house.as(house.tess), invoiceId, {
      bookId: house.t,
      via: 'bank',
      amountPence: pence(900),
      on: house.today,
      reference: 'a credit note',
    });
    expect([...refund.partsPence].sort()).toEqual([300, 300, 300]);
    await house.deliver();
    expect(await ownShare(kim, pool)).toMatchObject({ freePence: 3_300, spentPence: 2_700 });
    const left = await call(kim, 'post', `pools/${pool}/leave`);
    expect(left.json['statement']).toMatchObject({
      putInPence: 6_000,
      invoices: [{ amountPence: 3_000 }],
      refunds: [{ amountPence: 300 }],
      toReturnPence: 3_300,
    });
    const [home] = await homeOf(kim);
    expect(home).toMatchObject({ amount: 3_300n, state: 'held' });
    // Two officers enter and check where it goes; the payment is released, prepared by one and approved by the other.
    const payee = await of(Payees).enter(await house.as(house.tess), {
      book: house.t,
      kind: 'person',
      subject: kim,
      person: kim,
      name: 'K Invented',
      sortCode: '10-88-00',
      accountNumber: '10000004',
    });
    await of(Payees).check(await house.as(house.tom), { payee: payee.id, version: payee.version, how: 'call-back' });
    await call(house.tess, 'post', `payments/${home!.id}/release`);
    await house.pay(home!.purpose);
    expect(await ownLine(kim)).toMatchObject({
      broughtInPence: 6_000,
      spentPence: 2_700,
      wentHomePence: 3_300,
      herePence: 0,
      inPoolsPence: 0,
      goingHomePence: 0,
    });
    const entries = await house.database.read(house.everything(), (tx) =>
      tx.rows<{ line: string }>(
        `select e.kind || ' ' || t.debit_kind || '/' || t.credit_kind || ' ' || t.amount_pence as line from transfer t join entry e on e.id = t.entry_id
         where t.line_id = (select id from own_line where person_id = $1) order by e.id`,
        [kim],
      ),
    );
    expect(entries.map((each) => each.line)).toEqual([
      'pay-in clearing/line 6000',
      'fee fees-due/clearing 30',
      'contribution line/share 6000',
      'invoice share/payable 3000',
      'payment payable/clearing 3000',
      'refund clearing/share 300',
      'returned share/line 3300',
      'returned line/payable 3300',
      'payment payable/clearing 3300',
    ]);
  });

  it('can be taken back for a week, while nothing is set aside of it', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const first = await topUp(house.asha, pool, 700);
    expect(first['takeBackUntil']).toBe(addDays(house.today, 7));
    const path = `pools/${pool}/own-money/${first['id']}/take-back`;
    expect((await call(house.bola, 'post', path)).status).toBe(404);
    expect((await call(house.asha, 'post', path)).json).toMatchObject({ state: 'taken-back' });
    expect((await call(house.asha, 'post', path)).json['code']).toBe('top-up-is-over');
    expect(await ownShare(house.asha, pool)).toMatchObject({ freePence: 0, putInPence: 0 });
    const later = (await call(house.asha, 'post', `pools/${pool}/own-money`, { amountPence: 700, by: 'here' })).json;
    house.clock.set(new Date('2026-11-28T10:00:00Z'));
    expect((await call(house.asha, 'post', `pools/${pool}/own-money/${later['topUpId']}/take-back`)).json['code']).toBe('too-late-to-take-back');
    house.clock.set(new Date('2026-11-27T10:00:00Z'));
    await house.putIn(pool, house.bola, 7);
    const quote = await house.chosenQuote(pool, [house.asha, house.bola], 1_400, 1);
    await house.purchases.commit(await house.as(house.femi), quote, { days: [addDays(house.today, 6)] });
    expect((await call(house.asha, 'post', `pools/${pool}/own-money/${later['topUpId']}/take-back`)).json['code']).toBe('not-free-any-more');
  });

  it('goes in beside plan money at the same moment, and the last penny of it goes once', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    await topUp(house.asha, pool, 1_000);
    const [only] = (await call(house.asha, 'get', `pools/${pool}/own-money`)).json['topUps'];
    await call(house.asha, 'post', `pools/${pool}/own-money/${only.id}/take-back`);
    const here = (await ownLine(house.asha.id))['herePence'] as number;
    const both = await Promise.all([
      call(house.asha, 'post', `pools/${pool}/own-money`, { amountPence: here, by: 'here' }),
      call(house.asha, 'post', `pools/${pool}/own-money`, { amountPence: here, by: 'here' }),
      house.contributions.contribute(await house.as(house.bola), { poolId: pool, lineId: house.bola.lineId, amountPence: pence(100) }),
      call(house.asha, 'post', `pools/${pool}/contributions`, { lineId: house.asha.lineId, amountPence: 100 }),
    ]);
    expect(
      both
        .slice(0, 2)
        .map((each) => (each as Answered)['status'] as number)
        .sort(),
    ).toEqual([201, 409]);
    expect(await ownShare(house.asha, pool)).toMatchObject({ freePence: here });
    expect((await house.balance(house.share(pool, house.asha))).free).toBe(100);
    // The same request again is the same answer, and no second sum.
    const key = newId();
    const again = await Promise.all([1, 2].map(() => call(house.bola, 'post', `pools/${pool}/own-money`, { amountPence: 50, by: 'bank' }, key)));
    expect(new Set(again.map((each) => each.json['topUpId'])).size).toBe(1);
  });
});

describe('own money goes home', () => {
  it('when its member leaves: to their own bank account, waiting for details where nobody knows them', async () => {
    const pool = await house.startedPool();
    const eve = await known(house, 'Eve');
    await joins(call, house, pool, eve, false);
    await topUp(eve, pool, 3_000);
    const { json } = await call(eve, 'post', `pools/${pool}/leave`);
    expect(json['statement']).toMatchObject({ putInPence: 3_000, toReturnPence: 3_000 });
    expect(await ownLine(eve)).toMatchObject({ herePence: 0, inPoolsPence: 0, goingHomePence: 3_000 });
    const [payment] = await homeOf(eve);
    expect(payment).toMatchObject({ amount: 3_000n, state: 'held' });
    // Called off, the money is theirs here again; they ask for it themselves, once.
    expect((await call(house.tess, 'post', `payments/${payment!.id}/recall`, { reason: 'She asked us to wait.' })).status).toBe(200);
    await house.deliver();
    await house.deliver();
    const line = await ownLine(eve);
    expect(line).toMatchObject({ herePence: 3_000, goingHomePence: 0 });
    expect((await call(house.asha, 'post', `own-money/${line['id']}/home`)).status).toBe(404);
    expect((await call(eve, 'post', `own-money/${line['id']}/home`, { amountPence: 3_001 })).json['code']).toBe('not-enough-free');
    const twice = await Promise.all([1, 2].map(() => call(eve, 'post', `own-money/${line['id']}/home`)));
    expect(twice.map((each) => each.status).sort()).toEqual([201, 409]);
    expect((await homeOf(eve)).map((each) => each.state)).toEqual(['recalled', 'held']);
  });

  it('comes too late for a pool that was left: straight home', async () => {
    const pool = await house.startedPool();
    const lee = await known(house, 'Lee');
    await joins(call, house, pool, lee, false);
    const asked = await call(lee, 'post', `pools/${pool}/own-money`, { amountPence: 400, by: 'bacs-debit' });
    await call(lee, 'post', `pools/${pool}/leave`);
    await paid(asked.json['paymentId'], 400);
    await house.deliver();
    expect(await homeOf(lee)).toMatchObject([{ amount: 400n }]);
    expect(await ownLine(lee)).toMatchObject({ herePence: 0, goingHomePence: 400 });
  });

  it('after a death it waits for a finance officer, and no funder reaches it', async () => {
    const pool = await house.startedPool();
    const ray = await known(house, 'Ray');
    await joins(call, house, pool, ray, false);
    await topUp(ray, pool, 1_200);
    const scope = await of(PersonDepartures).scopeOf(ray);
    const actor = systemActor('test', { ...scope, people: [ray] });
    await house.database.transaction(actor, async (tx) => {
      await of(People).recordDeath(tx, actor, ray, house.today);
      await of(PersonDepartures).died(tx, actor, ray, scope.pools, house.today);
    });
    expect(await homeOf(ray)).toEqual([]);
    const listed = (await call(house.tess, 'get', `books/${house.t}/own-money`)).json['items'].find((each: Answered) => each['personId'] === ray);
    expect(listed).toMatchObject({ personName: 'Ray Invented', hasDied: true, herePence: 1_200 });
    expect((await call(house.olu, 'get', `books/${house.t}/own-money`)).status).toBe(404);
    expect((await call(house.olu, 'post', `own-money/${listed.id}/home`)).status).toBe(404);
    expect((await call(house.tess, 'post', `own-money/${listed.id}/home`)).json).toMatchObject({ amountPence: 1_200 });
    expect(await homeOf(ray)).toMatchObject([{ amount: 1_200n, state: 'held' }]);
  });

  it('with another money-holder it goes home from there, and not by the one of before', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const sam = await known(house, 'Sam');
    await joins(call, house, pool, sam, false);
    await topUp(sam, pool, 800);
    const { agreementId, contentHash } = await house.offer(pool, { moneyHolderBook: house.u });
    for (const who of [house.asha, house.bola]) await house.agreements.assent(await house.as(who), agreementId, { contentHash, format: 'easy-read' });
    await call(sam, 'post', `agreements/${agreementId}/assent`, { contentHash, format: 'standard' });
    await house.deliver();
    const refused = await call(sam, 'post', `pools/${pool}/own-money`, { amountPence: 100, by: 'bank' });
    expect(refused.json['code']).toBe('money-holder-changing');
    const moving = await house.database.read(house.everything(pool), (tx) =>
      tx.rows<{ id: string }>(`select id from remittance where pool_id = $1 and state = 'on-the-way'`, [pool]),
    );
    expect(moving).toHaveLength(1);
    await house.arriveByBank(moving[0]!.id);
    expect(await ownShare(sam, pool)).toMatchObject({ bookId: house.t, freePence: 0 });
    await call(sam, 'post', `pools/${pool}/leave`);
    const lines = (await call(sam, 'get', 'own-money')).json['items'] as Answered[];
    expect(lines.map((line) => [line['bookName'], line['herePence'], line['goingHomePence']])).toEqual([
      ['T', 0, 0],
      ['U', 0, 800],
    ]);
    expect(await homeOf(sam)).toMatchObject([{ amount: 800n }]);
  });
});

describe('kept apart', () => {
  it('no figure of a funder, of a plan or of a budget holds a penny of it', async () => {
    const everything = systemActor('test', { ...house.everything().scope, people: [...house.everything().scope.people, nell] });
    const totals = () =>
      house.database.transaction(everything, async (tx) => {
        const ledger = of(LedgerQueries);
        await new Tracking(ledger).track(tx, everything.scope.people);
        return new InsightQueries().funderTotals(tx, house.icb);
      });
    const pool = await house.startedPool([house.asha, house.bola]);
    const before = await totals();
    const lines = async () => (await call(house.asha, 'get', `people/${house.asha.id}/budget-lines`)).json;
    const budget = await lines();
    await topUp(house.asha, pool, 5_000);
    expect(await totals()).toEqual(before);
    expect(await lines()).toEqual(budget);
  });

  it.each([
    [
      'own-money-is-no-funders',
      `update account set plan_line_id = (select id from plan_line limit 1) where kind = 'share' and line_id in (select id from own_line)`,
    ],
    ['own-money-that-came-is-told', `update own_top_up set amount_pence = amount_pence + 1 where state = 'in-pool'`],
    ['own-money-goes-home', `update payment set payee_subject_id = (select id from person limit 1) where purpose_noun = 'own-money'`],
    [
      'own-money-is-real',
      `update own_line set book_id = (select id from book where basis = 'allocation' limit 1) where id = (select id from own_line limit 1)`,
    ],
  ])('a fault is found: %s', async (name, sql) => {
    expect(await house.faultsAfter(sql)).toContain(name);
  });
});
