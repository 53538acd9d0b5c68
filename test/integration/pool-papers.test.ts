/** A whole pool on paper: codes that the pool's broker types back in become assents, votes and what was said of a session. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolId } from '../../src/kernel/index.js';
import { addDays, newId, systemActor } from '../../src/kernel/index.js';
import { mistyped } from '../support/mistyped.js';
import type { PoolingHouse } from '../support/pooling-house.js';
import type { Answered, Who } from '../support/pooling-calls.js';
import { callsOf } from '../support/pooling-calls.js';
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
const pack = async (pool: PoolId): Promise<Answered> => {
  expect((await call(house.femi, 'post', `pools/${pool}/pack`)).status).toBe(201);
  return (await call(house.femi, 'get', `pools/${pool}/pack`)).json;
};
const codeFor = (papers: readonly Answered[], name: string): string => papers.find((paper) => paper['firstName'] === name)!['reference'] as string;
const agreementOf = async (pool: PoolId): Promise<Answered> => (await call(house.asha, 'get', `pools/${pool}`)).json['agreements'][0];
const typeAssent = (pool: PoolId, reference: string, more: object = {}, who: Who = house.femi) =>
  call(who, 'post', `pools/${pool}/agreement-papers`, { reference, format: 'large-print', ...more });

describe('the agreement on paper', () => {
  it('becomes the assent of each person, in the format they read it in, and starts the pool', async () => {
    const pool = await house.propose();
    await house.offer(pool);
    const { agreement } = await pack(pool);
    expect(agreement).toMatchObject([{ firstName: 'Asha', version: 1 }, { firstName: 'Bola' }, { firstName: 'Carys' }]);
    for (const { id } of house.members) expect(JSON.stringify(agreement)).not.toContain(id);
    expect((await pack(pool))['agreement']).toEqual(agreement);
    const [asha, bola, carys] = ['Asha', 'Bola', 'Carys'].map((name) => codeFor(agreement, name)) as [string, string, string];
    expect((await typeAssent(pool, asha.toLowerCase().replaceAll('-', ' '), { helpedBy: 'her sister' })).json).toMatchObject({ agreementState: 'offered' });
    expect((await typeAssent(pool, asha)).json['code']).toBe('paper-used');
    expect((await typeAssent(pool, bola, {}, house.asha)).status).toBe(403);
    expect((await typeAssent(pool, mistyped(bola))).json['code']).toBe('paper-not-known');
    expect((await typeAssent(pool, bola, { format: 'sung' })).status).toBe(422);
    await typeAssent(pool, bola);
    expect((await typeAssent(pool, carys, { format: 'spoken' })).json).toMatchObject({ agreementState: 'in-force' });
    const kept = await house.database.read(house.everything(pool), (tx) =>
      tx.rows<{ format: string; helped: string | null; by: string }>(
        `select format, helped_by as helped, given_by as by from assent x join agreement a on a.id = x.agreement_id where a.pool_id = $1 order by x.at`,
        [pool],
      ),
    );
    expect(kept).toEqual([
      { format: 'large-print', helped: 'her sister', by: house.femi },
      { format: 'large-print', helped: null, by: house.femi },
      { format: 'spoken', helped: null, by: house.femi },
    ]);
    expect((await agreementOf(pool))['mayTakeBack']).toBe(false);
    expect((await call(house.asha, 'post', `pools/${pool}/agreements/${(await agreementOf(pool))['id']}/take-back`)).json['code']).toBe('agreement-in-force');
  });

  it('of an older version is refused with words, and so is a code of another pool', async () => {
    const pool = await house.propose();
    await house.offer(pool);
    const old = codeFor((await pack(pool))['agreement'], 'Bola');
    await house.offer(pool, { noticeDays: 14 });
    expect((await call(house.femi, 'get', `papers/${old}`)).json).toMatchObject({ kind: 'agreement', version: 1, isNewest: false, isTyped: false });
    const refused = await typeAssent(pool, old);
    expect([refused.json['code'], refused.json['detail']]).toEqual(['agreement-changed', expect.stringContaining('newer version')]);
    const fresh = codeFor((await pack(pool))['agreement'], 'Bola');
    expect(fresh).not.toBe(old);
    const other = await house.propose();
    expect((await typeAssent(other, fresh)).json['code']).toBe('paper-not-known');
    expect((await typeAssent(pool, fresh)).status).toBe(201);
    // Typed in twice at once counts once.
    const twice = codeFor((await pack(pool))['agreement'], 'Carys');
    const both = await Promise.all([typeAssent(pool, twice), typeAssent(pool, twice)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('that was typed in wrongly is taken back by the person, and only then does the pool not start; they can agree themselves later', async () => {
    const pool = await house.propose();
    await house.offer(pool);
    const { agreement } = await pack(pool);
    await typeAssent(pool, codeFor(agreement, 'Asha'));
    const { id, contentHash, mayTakeBack } = await agreementOf(pool);
    expect(mayTakeBack).toBe(true);
    expect((await call(house.bola, 'post', `pools/${pool}/agreements/${id}/take-back`)).json['code']).toBe('not-on-paper');
    expect((await call(house.asha, 'post', `pools/${pool}/agreements/${id}/take-back`)).status).toBe(201);
    expect(await agreementOf(pool)).toMatchObject({ iAssented: false, assented: [] });
    for (const name of ['Bola', 'Carys']) await typeAssent(pool, codeFor(agreement, name));
    expect((await agreementOf(pool))['state']).toBe('offered');
    expect((await typeAssent(pool, codeFor(agreement, 'Asha'))).json['code']).toBe('paper-used');
    const own = await call(house.asha, 'post', `agreements/${id}/assent`, { contentHash, format: 'easy-read' });
    expect(own.json).toMatchObject({ agreementState: 'in-force' });
  });
});

describe('a session on paper', () => {
  const bought = async (): Promise<{ pool: PoolId; session: string; code: string }> => {
    const pool = await house.fundedPool(60);
    const { sessions } = await house.committed(pool, 3000, 2);
    const code = (await pack(pool))['sessions'][0]['reference'] as string;
    return { pool, session: sessions[0]!.sessionId, code };
  };
  const lines = (...said: readonly string[]) => said.map((each, n) => ({ member: n + 1, said: each }));
  const type = (pool: PoolId, reference: string, body: object, who: Who = house.femi) =>
    call(who, 'post', `pools/${pool}/session-papers`, { reference, ...body });
  const answers = (session: string) =>
    house.database.read(house.everything(), (tx) =>
      tx.rows<{ person: string; answer: string; why: string | null; onPaper: boolean }>(
        `select person_id as person, answer, why, paper_id is not null as "onPaper" from session_answer where session_id = $1 order by id`,
        [session],
      ),
    );

  it('records it, says who came, and what each says; what a person says themselves counts instead', async () => {
    const { pool, session, code } = await bought();
    expect((await call(house.femi, 'get', `papers/${code}`)).json).toMatchObject({ kind: 'session', service: 'An hour in the warm pool', isTyped: false });
    expect((await type(pool, code, { lines: lines('right') })).json['code']).toBe('session-not-yet');
    house.clock.set(new Date(`${addDays(house.today, 6)}T18:00:00Z`));
    expect((await type(pool, code, { lines: lines('not-there') })).json['code']).toBe('sheet-empty');
    expect((await type(pool, code, { lines: lines('not-right') })).json['code']).toBe('why-needed');
    expect((await type(pool, code, { lines: lines('right') }, house.asha)).status).toBe(403);
    const typed = await type(pool, code, { lines: lines('right', 'not-right', 'not-there'), why: 'The water was cold.' });
    expect([typed.status, typed.json['state']]).toEqual([201, 'disputed']);
    expect(await answers(session)).toEqual([
      { person: house.asha.id, answer: 'confirmed', why: null, onPaper: true },
      { person: house.bola.id, answer: 'disputed', why: 'The water was cold.', onPaper: true },
    ]);
    expect((await type(pool, code, { lines: lines('right') })).json['code']).toBe('paper-used');
    expect((await call(house.bola, 'post', `sessions/${session}/confirm`)).json['state']).toBe('confirmed');
    const paper = await house.database.read(house.everything(pool), (tx) =>
      tx.row<{ came: string[] }>('select came from session_paper where session_id = $1', [session]),
    );
    expect(paper!.came).toEqual([house.asha.id, house.bola.id]);
  });

  it('does not overrule what somebody said before, and is not typed in by one with an interest in the provider', async () => {
    const { pool, session, code } = await bought();
    house.clock.set(new Date(`${addDays(house.today, 6)}T18:00:00Z`));
    const purchase = (await call(house.asha, 'get', `pools/${pool}/purchases`)).json['items'][0];
    await call(house.pat, 'post', `purchases/${purchase['id']}/sessions/${session}/record`);
    await call(house.bola, 'post', `sessions/${session}/dispute`, { why: 'Nobody came.' });
    await house.database.transaction(house.everything(), async (tx) => {
      await tx.run(`insert into broker (person_id, shown_name, listed_on) values ($1, 'Femi', '2026-01-01') on conflict do nothing`, [house.femi]);
      await tx.run(`insert into broker_conflict (id, broker_id, provider_id, kind, declared_at) values ($1, $2, $3, 'family', $4)`, [
        newId(),
        house.femi,
        house.provider,
        tx.now,
      ]);
    });
    const sheet = { lines: lines('right', 'right', 'right') };
    expect((await type(pool, code, sheet)).json['code']).toBe('interest-in-provider');
    await house.database.transaction(house.everything(), (tx) =>
      tx.run(`update broker_conflict set ended_on = '2026-11-01' where broker_id = $1`, [house.femi]),
    );
    const both = await Promise.all([type(pool, code, sheet), type(pool, code, sheet)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 201)!.json['state']).toBe('disputed');
    expect((await answers(session)).map(({ person, answer }) => [person, answer])).toEqual([
      [house.bola.id, 'disputed'],
      [house.asha.id, 'confirmed'],
      [house.carys.id, 'confirmed'],
    ]);
  });
});

describe('any code', () => {
  it('is found among the pools of the broker who asks, and is not there for others', async () => {
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    const raised = await call(house.asha, 'post', `pools/${pool}/decisions`, {
      question: 'Shall we swim on Saturdays?',
      closesOn: addDays(house.today, 14),
      reviewOn: addDays(house.today, 100),
    });
    const { votes } = await pack(pool);
    const code = codeFor(votes, 'Bola');
    expect((await call(house.femi, 'get', `papers/${code.toLowerCase()}`)).json).toMatchObject({
      kind: 'vote',
      firstName: 'Bola',
      decisionId: raised.json['decisionId'],
    });
    expect((await call(house.asha, 'get', `papers/${code}`)).status).toBe(404);
    for (const wrong of ['VOT-2222-2222', 'nothing', 'AGR-7K3M-9QXA']) expect((await call(house.femi, 'get', `papers/${wrong}`)).status).toBe(404);
    expect((await call(house.asha, 'get', `pools/${pool}/pack`)).status).toBe(403);
    expect((await call(house.pat, 'post', `pools/${pool}/pack`)).status).toBe(404);
    const seen = await house.database.read(systemActor('test', { books: [house.n] }), (tx) =>
      tx.rows('select 1 from agreement_paper union all select 1 from session_paper'),
    );
    expect(seen).toEqual([]);
  });
});

describe('the checks', () => {
  it.each([
    ['paper-assents-are-to-what-was-printed', `update agreement_paper set content_hash = decode(repeat('ab', 32), 'hex') where typed_at is not null`],
    ['sheets-say-what-was-typed', `update session_paper set came = '{}'`],
    ['sheets-say-what-was-typed', `update purchase_session set state = 'planned'`],
  ])('%s finds what was planted', async (name, sql) => {
    expect(await house.faultsAfter(sql)).toContain(name);
  });
});
