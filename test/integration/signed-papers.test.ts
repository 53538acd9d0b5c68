/** Putting money in and choosing a quote on paper: signed by the member or who acts for them, typed in by the pool's broker, once, and by every rule that holds without paper. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Grants } from '../../src/identity/index.js';
import type { PersonId, PlanLineId, PoolId, ProviderId } from '../../src/kernel/index.js';
import { addDays, newId, pence } from '../../src/kernel/index.js';
import { mistyped } from '../support/mistyped.js';
import type { Answered, Who } from '../support/pooling-calls.js';
import { callsOf } from '../support/pooling-calls.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
const morning = new Date('2026-11-20T10:00:00Z');
beforeAll(async () => {
  house = await poolingHouse();
});
afterAll(() => house.close());
afterEach(async () => {
  house.clock.set(morning);
  await house.deliver();
  expect(await house.faults()).toEqual([]);
});

const call = callsOf(() => house);
const pack = async (pool: PoolId, withMoney = true): Promise<Answered> => {
  expect((await call(house.femi, 'post', `pools/${pool}/pack`, { withMoney })).status).toBe(201);
  return (await call(house.femi, 'get', `pools/${pool}/pack`)).json;
};
const codeFor = (papers: readonly Answered[], name: string): string => papers.find((paper) => paper['firstName'] === name)!['reference'] as string;
const signed = () => ({ signedBy: 'member', signedOn: house.today, readBack: true });
const putIn = (pool: PoolId, reference: string, amountPence: number, more: object = {}, who: Who = house.femi, key: string = newId()) =>
  call(who, 'post', `pools/${pool}/contribution-papers`, { reference, amountPence, ...signed(), ...more }, key);
const choose = (pool: PoolId, reference: string, quoteId: string, more: object = {}, who: Who = house.femi, key: string = newId()) =>
  call(who, 'post', `pools/${pool}/quote-papers`, { reference, quoteId, choice: 'yes', ...signed(), ...more }, key);
const codes = (...answers: readonly { json: Answered }[]): unknown[] => answers.map(({ json }) => json['code']);
const acts = (role: 'representative' | 'nominee', of: Holder, person: PersonId) =>
  house.database.transaction(house.everything(), async (tx) => {
    const grant = { person, role, on: 'person' as const, id: of.id, reason: 'asked to' };
    await house.app.get(Grants).give(tx, house.everything(), grant);
    return () => house.database.transaction(house.everything(), (later) => house.app.get(Grants).end(later, house.everything(), { ...grant, why: 'over' }));
  });
const offered = async (pool: PoolId, pricePence = 3000): Promise<string> =>
  (
    await house.quotes.give(await house.as(house.femi), pool, {
      providerId: house.provider,
      service: 'An hour in the warm pool',
      pricePence: pence(pricePence),
      sessions: 2,
    })
  ).quoteId;

describe('putting money in on paper', () => {
  it('is the member’s own contribution, with who signed, on which day, and who typed it in; the same paper twice has one effect', async () => {
    const pool = await house.startedPool();
    expect((await pack(pool, false))['money']).toEqual([]);
    const { money } = await pack(pool);
    expect(money).toMatchObject([{ firstName: 'Asha', isTyped: false, lastDay: addDays(house.today, 28) }, { firstName: 'Bola' }, { firstName: 'Carys' }]);
    for (const { id, lineId } of house.members) for (const own of [id, lineId]) expect(JSON.stringify(money)).not.toContain(own);
    expect((await pack(pool))['money']).toEqual(money);
    const bola = codeFor(money, 'Bola');
    expect((await call(house.femi, 'get', `papers/${bola}`)).json).toMatchObject({ kind: 'money', firstName: 'Bola', sources: [], isCurrent: true });
    const before = await house.balance(house.line(house.bola));
    const key = newId();
    const first = await putIn(pool, bola.toLowerCase().replaceAll('-', ' '), 4000, {}, house.femi, key);
    expect([first.status, first.json]).toEqual([201, expect.objectContaining({ state: 'arrived', amountPence: 4000 })]);
    expect((await putIn(pool, bola.toLowerCase().replaceAll('-', ' '), 4000, {}, house.femi, key)).json).toEqual(first.json);
    expect(codes(await putIn(pool, bola, 4000))).toEqual(['paper-used']);
    expect((await house.balance(house.share(pool, house.bola))).free).toBe(4000);
    expect((await house.balance(house.line(house.bola))).free).toBe(before.free - 4000);
    const seen = (await call(house.bola, 'get', `pools/${pool}`)).json;
    expect(seen['contributions']).toMatchObject([{ amountPence: 4000, paper: { signedBy: 'member', signedOn: house.today } }]);
    expect(seen['history'].map((each: Answered) => each['sentence'])).toContain('You signed a paper to put money in, and the broker typed it in.');
    expect((await call(house.asha, 'get', `pools/${pool}`)).json['contributions']).toEqual([]);
    const written = await house.database.read(house.everything(pool), (tx) =>
      tx.rows(
        `select actor, facts ->> 'signedBy' as "signedBy", facts ->> 'reference' as reference from audit_event where action = 'pool:type-contribution' and noun_id = $1`,
        [first.json['contributionId']],
      ),
    );
    expect(written).toEqual([{ actor: house.femi, signedBy: 'member', reference: bola }]);
    // A new sheet can be signed for more.
    const again = codeFor((await pack(pool))['money'], 'Bola');
    expect(again).not.toBe(bola);
    const both = await Promise.all([putIn(pool, again, 500), putIn(pool, again, 500)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await house.balance(house.share(pool, house.bola))).free).toBe(4500);
  });

  it('goes on its way by bank where the money lies in another account', async () => {
    const pool = await house.startedPool();
    const made = await putIn(pool, codeFor((await pack(pool))['money'], 'Carys'), 2500);
    expect(made.json).toMatchObject({ state: 'on-its-way', by: 'bank' });
    await house.arriveByBank(made.json['remittanceId']);
    await house.deliver();
    expect((await house.balance(house.share(pool, house.carys))).free).toBe(2500);
  });

  it('is typed in by the pool’s broker alone, with a code of that pool, read back, and signed on a day that can be', async () => {
    const [pool, other] = [await house.startedPool(), await house.startedPool()];
    const { money } = await pack(pool);
    const code = codeFor(money, 'Bola');
    expect((await putIn(pool, code, 100, {}, house.asha)).status).toBe(403);
    expect((await putIn(pool, code, 100, {}, house.bola)).status).toBe(403);
    expect((await putIn(pool, code, 100, {}, house.pat)).status).toBe(404);
    expect(codes(await putIn(other, code, 100), await putIn(pool, mistyped(code), 100))).toEqual(['paper-not-known', 'paper-not-known']);
    expect(codes(await putIn(pool, code, 100, { readBack: false }))).toEqual(['not-read-back']);
    for (const signedOn of [addDays(house.today, -1), addDays(house.today, 1)])
      expect(codes(await putIn(pool, code, 100, { signedOn }))).toEqual(['signed-on-wrong-day']);
    for (const wrong of [{ amountPence: 0 }, { amountPence: -1 }, { amountPence: 1.5 }, { signedBy: 'neighbour' }, { signedOn: 'yesterday' }])
      expect((await putIn(pool, code, 100, wrong)).status).toBe(422);
    expect((await house.balance(house.share(pool, house.bola))).posted).toBe(0);
    expect((await putIn(pool, code, 100)).status).toBe(201);
  });

  it('is signed by who may use the person’s money, never by the one who types it in', async () => {
    const pool = await house.startedPool();
    const code = codeFor((await pack(pool))['money'], 'Bola');
    expect(codes(await putIn(pool, code, 100, { signedBy: 'nominee' }))).toEqual(['signer-not-known']);
    const own = await acts('nominee', house.bola, house.femi);
    expect(codes(await putIn(pool, code, 100, { signedBy: 'nominee' }))).toEqual(['signer-not-known']);
    await own();
    const nia = await acts('nominee', house.bola, house.pat);
    expect((await putIn(pool, code, 100, { signedBy: 'nominee' })).status).toBe(201);
    await nia();
    const next = codeFor((await pack(pool))['money'], 'Bola');
    expect(codes(await putIn(pool, next, 100, { signedBy: 'nominee' }))).toEqual(['signer-not-known']);
  });

  it('that is old is refused with words: another version, four weeks, who left, a pool that is stopped', async () => {
    const pool = await house.startedPool();
    const { money } = await pack(pool);
    const [asha, bola, carys] = ['Asha', 'Bola', 'Carys'].map((name) => codeFor(money, name)) as [string, string, string];
    await house.leaving.leave(await house.as(house.carys), pool, {});
    const left = await putIn(pool, carys, 100);
    expect([left.json['code'], left.json['detail']]).toEqual(['not-a-member', expect.stringContaining('Carys')]);
    const femi = await house.as(house.femi);
    await house.freezes.freeze(femi, pool, { reason: 'The hall has no heating.' });
    expect(codes(await putIn(pool, asha, 100))).toEqual(['pool-not-active']);
    expect((await pack(pool))['money'].length).toBe(2);
    await house.freezes.unfreeze(femi, pool, { reason: 'It is warm.' });
    house.clock.set(new Date('2026-12-18T10:00:00Z'));
    expect((await putIn(pool, asha, 100)).status).toBe(201);
    house.clock.set(new Date('2026-12-19T10:00:00Z'));
    const late = await putIn(pool, bola, 100);
    expect([late.json['code'], late.json['detail']]).toEqual(['paper-too-old', expect.stringContaining('18 December 2026')]);
    const fresh = codeFor((await pack(pool))['money'], 'Bola');
    expect(fresh).not.toBe(bola);
    const { agreementId, contentHash } = await house.offer(pool, { noticeDays: 14 });
    for (const each of [house.asha, house.bola]) await house.agreements.assent(await house.as(each), agreementId, { contentHash, format: 'easy-read' });
    expect(codes(await putIn(pool, fresh, 100))).toEqual(['agreement-changed']);
    expect((await house.balance(house.share(pool, house.bola))).posted).toBe(0);
    expect((await call(house.femi, 'get', `papers/${fresh}`)).json).toMatchObject({ isCurrent: false });
  });

  it('says that it cannot go in, and nothing of what is the person’s own: how much is free, or that their part is stopped', async () => {
    const pool = await house.startedPool();
    const code = codeFor((await pack(pool))['money'], 'Bola');
    const { free } = await house.balance(house.line(house.bola));
    const over = await putIn(pool, code, free + 1);
    expect([over.json['code'], over.json['detail']]).toEqual(['not-enough-free', expect.not.stringContaining('£')]);
    const bola = await house.as(house.bola);
    await house.freezes.freezePart(bola, pool, { reason: 'My own reason.' });
    const stopped = await putIn(pool, code, 100);
    expect(stopped.json['code']).toBe('cannot-go-in-now');
    expect(JSON.stringify(stopped.json)).not.toMatch(/stopped|frozen|reason/i);
    expect((await house.balance(house.share(pool, house.bola))).posted).toBe(0);
    await house.freezes.unfreezePart(bola, pool, { reason: 'Over.' });
    expect((await putIn(pool, code, free)).status).toBe(201);
  });

  it('asks which money where there is more than one, and writes down for the person that the broker looked', async () => {
    const pool = await house.startedPool();
    await house.database.transaction(house.everything(), (tx) =>
      tx.run(
        `insert into plan_line (id, plan_id, outcome_id, service, category, amount_pence, per)
         select $1, plan_id, outcome_id, 'Gardening with others', category, 100, per from plan_line where id = $2`,
        [newId(), house.asha.planLineId],
      ),
    );
    const code = codeFor((await pack(pool))['money'], 'Asha');
    const { sources } = (await call(house.femi, 'get', `papers/${code}`)).json;
    expect(sources.map((each: Answered) => each['service']).sort()).toEqual(['Gardening with others', 'Swimming with others']);
    const looks = await house.database.read(house.everything(), (tx) =>
      tx.rows(`select actor, why from audit_event where about_person = $1 and why like 'to type in your paper%'`, [house.asha.id]),
    );
    expect(looks).toEqual([{ actor: house.femi, why: 'to type in your paper about putting money in' }]);
    expect(codes(await putIn(pool, code, 100), await putIn(pool, code, 100, { planLineId: newId<'plan-line'>() as PlanLineId }))).toEqual([
      'source-needed',
      'source-needed',
    ]);
    expect((await putIn(pool, code, 100, { planLineId: house.asha.planLineId })).status).toBe(201);
    // What was put in from before is meant where the paper does not say.
    expect((await putIn(pool, codeFor((await pack(pool))['money'], 'Asha'), 100)).status).toBe(201);
    expect((await house.balance(house.share(pool, house.asha))).free).toBe(200);
  });
});

describe('choosing a quote on paper', () => {
  it('is that member’s yes, and the quote is chosen as the agreement says', async () => {
    const pool = await house.startedPool();
    const quote = await offered(pool);
    const { quotes } = await pack(pool, false);
    expect(quotes).toMatchObject([
      { firstName: 'Asha', quotes: [{ id: quote, isOnOffer: true }], mayObject: false },
      { firstName: 'Bola' },
      { firstName: 'Carys' },
    ]);
    const [asha, bola, carys] = ['Asha', 'Bola', 'Carys'].map((name) => codeFor(quotes, name)) as [string, string, string];
    expect((await choose(pool, asha, quote, {}, house.bola)).status).toBe(403);
    expect(codes(await choose(pool, asha, newId()))).toEqual(['quote-not-on-paper']);
    expect(codes(await choose(pool, asha, quote, { choice: 'object' }))).toEqual(['objections-count-for-nothing']);
    expect((await choose(pool, asha, quote, { signedBy: 'nominee' })).status).toBe(422);
    const key = newId();
    const first = await choose(pool, asha, quote, {}, house.femi, key);
    expect(first.json).toEqual({ quoteId: quote, state: 'offered' });
    expect((await choose(pool, asha, quote, {}, house.femi, key)).json).toEqual(first.json);
    expect(codes(await choose(pool, asha, quote))).toEqual(['paper-used']);
    await acts('representative', house.bola, house.pat);
    expect((await choose(pool, bola, quote, { signedBy: 'representative' })).json['state']).toBe('offered');
    const both = await Promise.all([choose(pool, carys, quote), choose(pool, carys, quote)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 201)!.json['state']).toBe('chosen');
    const mine = (await call(house.asha, 'get', `pools/${pool}/quotes`)).json['items'][0];
    expect(mine).toMatchObject({ state: 'chosen', iChose: true, onPaper: { signedBy: 'member', signedOn: house.today } });
    const history = (await call(house.asha, 'get', `pools/${pool}`)).json['history'].map((each: Answered) => each['sentence']);
    expect(history).toContain('You signed a paper to choose a quote, and the broker typed it in.');
  });

  it('is refused with words when the quote was taken back, the agreement changed, or the broker has an interest in the provider', async () => {
    const pool = await house.startedPool();
    const [gone, stays] = [await offered(pool), await offered(pool, 3500)];
    const { quotes } = await pack(pool, false);
    const [asha, bola] = ['Asha', 'Bola'].map((name) => codeFor(quotes, name)) as [string, string];
    await house.quotes.withdraw(await house.as(house.femi), gone as never);
    expect(codes(await choose(pool, asha, gone))).toEqual(['quote-gone']);
    expect((await choose(pool, asha, stays)).status).toBe(201);
    // Another set of quotes is another sheet, for those who have not answered.
    const fresh = (await pack(pool, false))['quotes'] as Answered[];
    expect(fresh.map((each) => each['firstName'])).toEqual(['Bola', 'Carys']);
    await conflict(house.femi, house.provider);
    expect(codes(await choose(pool, bola, stays))).toEqual(['interest-in-provider']);
    await house.database.transaction(house.everything(), (tx) =>
      tx.run(`update broker_conflict set ended_on = '2026-11-01' where broker_id = $1`, [house.femi]),
    );
    const { agreementId, contentHash } = await house.offer(pool, { decide: 'no-strong-objection' });
    for (const each of house.members) await house.agreements.assent(await house.as(each), agreementId, { contentHash, format: 'easy-read' });
    expect(codes(await choose(pool, bola, stays))).toEqual(['agreement-changed']);
    const { quotes: newest } = await pack(pool, false);
    expect(newest[0]).toMatchObject({ firstName: 'Bola', mayObject: true });
    expect((await choose(pool, codeFor(newest, 'Bola'), stays, { choice: 'object' })).status).toBe(201);
    const said = (await call(house.bola, 'get', `pools/${pool}/quotes`)).json['items'].find((each: Answered) => each['id'] === stays);
    expect(said).toMatchObject({ iObjected: true, objections: 1 });
    // Nobody is told who could not live with it: the history says nothing of that paper.
    expect(JSON.stringify((await call(house.asha, 'get', `pools/${pool}`)).json['history'])).not.toMatch(/Bola signed a paper/);
    // What they say themselves later takes its place.
    expect((await call(house.bola, 'post', `quotes/${stays}/choose`)).status).toBe(201);
  });

  it('is refused for who left, and in a pool that is stopped', async () => {
    const pool = await house.startedPool();
    const quote = await offered(pool);
    const { quotes } = await pack(pool, false);
    await house.leaving.leave(await house.as(house.carys), pool, {});
    expect(codes(await choose(pool, codeFor(quotes, 'Carys'), quote))).toEqual(['not-a-member']);
    await house.freezes.freeze(await house.as(house.femi), pool, { reason: 'A rest.' });
    expect(codes(await choose(pool, codeFor(quotes, 'Bola'), quote))).toEqual(['pool-not-active']);
  });
});

describe('the checks', () => {
  it.each([
    ['paper-money-is-what-was-signed', `update contribution_paper set amount_pence = amount_pence + 1 where typed_at is not null`],
    ['paper-money-is-what-was-signed', `update contribution_paper set signed_on = signed_on - 1 where typed_at is not null`],
    ['paper-choices-are-what-was-signed', `update quote_paper set choice = case choice when 'yes' then 'object' else 'yes' end where typed_at is not null`],
    ['paper-choices-are-what-was-signed', `update quote_paper set signed_on = signed_on - 1 where typed_at is not null`],
  ])('%s finds what was planted', async (name, sql) => {
    expect(await house.faultsAfter(sql)).toContain(name);
  });
});

async function conflict(broker: PersonId, provider: ProviderId): Promise<void> {
  await house.database.transaction(house.everything(), async (tx) => {
    await tx.run(`insert into broker (person_id, shown_name, listed_on) values ($1, 'Femi', '2026-01-01') on conflict do nothing`, [broker]);
    await tx.run(`insert into broker_conflict (id, broker_id, provider_id, kind, declared_at) values ($1, $2, $3, 'family', $4)`, [
      newId(),
      broker,
      provider,
      tx.now,
    ]);
  });
}
