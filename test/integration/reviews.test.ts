/** When things with one member do not go well (features.md C7): stages in order, voices that nobody sees before a stage closes, and small pools that send nobody away. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Grants, People } from '../../src/identity/index.js';
import type { LocalDate, PersonId, PoolId } from '../../src/kernel/index.js';
import { addDays, newId, systemActor } from '../../src/kernel/index.js';
import { MemberReviews } from '../../src/pools/index.js';
import type { Answered, Who } from '../support/pooling-calls.js';
import { callsOf } from '../support/pooling-calls.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
let reviews: MemberReviews;
/** Olu and Tess are members too here: a pool of five. */
let five: readonly Holder[];
const morning = new Date('2026-11-20T10:00:00Z');
beforeAll(async () => {
  house = await poolingHouse();
  reviews = house.app.get(MemberReviews, { strict: false });
  five = [...house.members, ...[house.olu, house.tess].map((id) => ({ ...house.asha, id }))];
});
afterAll(() => house.close());
afterEach(async () => {
  house.clock.set(morning);
  await house.deliver();
  expect(await house.faults()).toEqual([]);
});

const call = callsOf(() => house);
const words = 'We would like to hear how things are for you.';
const stageOf = (stage: string, more: object = {}) => ({
  stage,
  words,
  ...(stage === 'leave' ? {} : { untilOn: addDays(house.today, 5) }),
  closesOn: addDays(house.today, 10),
  ...more,
});
/** About Carys, who joined third. */
const begin = async (pool: PoolId): Promise<string> => {
  const { status, json } = await call(house.femi, 'post', `pools/${pool}/reviews`, { ...stageOf('talk'), aboutMember: 3 });
  expect([status, json['code']]).toEqual([201, undefined]);
  return json['reviewId'];
};
const say = (who: Who, review: string, says: string, more: object = {}) => call(who, 'post', `reviews/${review}/voices`, { says, ...more });
const seen = async (who: Who, review: string) => (await call(who, 'get', `reviews/${review}`)).json;
const others = (): readonly Holder[] => five.filter((each) => each !== house.carys);
/** Every other says the same, and the chair closes the stage. */
const allSay = async (review: string, says: string): Promise<void> => {
  for (const who of others()) expect((await say(who, review, says)).status).toBe(201);
  expect((await call(house.femi, 'post', `reviews/${review}/close`)).status).toBe(201);
};
/** As far as the voices that ask Carys to leave. */
const asFarAsLeaving = async (pool: PoolId): Promise<string> => {
  const review = await begin(pool);
  for (const [says, next] of [
    ['conditions', 'conditions'],
    ['pause', 'pause'],
    ['leave', 'leave'],
  ] as const) {
    await allSay(review, says);
    expect((await call(house.femi, 'post', `reviews/${review}/stages`, stageOf(next))).status).toBe(201);
  }
  await allSay(review, 'leave');
  return review;
};
const days = (n: number): void => house.clock.set(new Date(`${addDays('2026-11-20' as LocalDate, n)}T10:00:00Z`));

describe('telling the broker', () => {
  it('is read by the broker alone, taken up with a talk or turned down with an answer', async () => {
    const pool = await house.startedPool(five);
    const asked = { aboutHarm: false, aboutMember: 3, words: 'Carys comes late every week.' };
    expect((await call(house.asha, 'post', `pools/${pool}/review-asks`, asked)).status).toBe(201);
    expect((await call(house.asha, 'post', `pools/${pool}/review-asks`, asked)).json['code']).toBe('asked-already');
    expect((await call(house.bola, 'post', `pools/${pool}/review-asks`, { ...asked, words: 'I do not like her hat.' })).status).toBe(201);
    for (const [who, n] of [
      [house.femi, 2],
      [house.asha, 1],
      [house.carys, 0],
      [house.olu, 0],
    ] as const) {
      const { json } = await call(who, 'get', `pools/${pool}/reviews`);
      expect([json['reviews'], json['asks'].length]).toEqual([[], n]);
    }
    const { asks } = (await call(house.femi, 'get', `pools/${pool}/reviews`)).json;
    const hat = (asks as Answered[]).find((ask) => ask['words'].includes('hat'))!;
    expect(hat).toMatchObject({ firstName: 'Carys', askedBy: 'Bola' });
    expect((await call(house.asha, 'post', `review-asks/${hat['id']}/turn-down`, { words: 'No' })).status).toBe(404);
    expect((await call(house.femi, 'post', `review-asks/${hat['id']}/turn-down`, { words: 'A hat is hers to choose.' })).status).toBe(201);
    expect((await call(house.bola, 'get', `pools/${pool}/reviews`)).json['asks']).toMatchObject([{ state: 'turned-down', answer: 'A hat is hers to choose.' }]);
    const review = await begin(pool);
    expect((await call(house.asha, 'get', `pools/${pool}/reviews`)).json).toMatchObject({ asks: [{ state: 'taken-up' }], reviews: [{ id: review }] });
    expect((await seen(house.carys, review))['stages'][0]).toMatchObject({ stage: 'talk', words, counts: null });
    expect((await seen(house.asha, review))['stages'][0]['words']).toBeNull();
  });

  it('is for members: who was only asked to join reads of no talk, and tells nothing', async () => {
    const pool = await house.startedPool(five.filter((each) => each.id !== house.tess));
    const review = await begin(pool);
    await house.pools.invite(await house.as(house.femi), pool, { personId: house.tess });
    expect((await call(house.tess, 'get', `pools/${pool}`)).status).toBe(200);
    expect((await call(house.tess, 'get', `pools/${pool}/reviews`)).json).toEqual({ reviews: [], asks: [] });
    expect((await call(house.tess, 'get', `reviews/${review}`)).status).toBe(404);
    const told = await call(house.tess, 'post', `pools/${pool}/review-asks`, { aboutHarm: false, aboutMember: 1, words: 'I have heard of her.' });
    expect(told.json['code']).toBe('not-a-member');
  });

  it('takes no words about harm', async () => {
    const pool = await house.startedPool(five);
    const { status, json } = await call(house.asha, 'post', `pools/${pool}/review-asks`, { aboutHarm: true, aboutMember: 3, words: 'She hit me.' });
    expect([status, json['code']]).toEqual([409, 'harm-goes-elsewhere']);
    expect((await call(house.asha, 'post', `pools/${pool}/review-asks`, { aboutMember: 3, words: 'She hit me.' })).status).toBe(422);
    const kept = await house.database.read(house.everything(), (tx) => tx.rows(`select 1 from review_ask where words like '%hit%'`));
    expect(kept).toEqual([]);
  });

  it('needs a broker, and one without an interest of their own', async () => {
    const alone = await house.startedPool(five);
    const asked = { aboutHarm: false, aboutMember: 3, words: 'Carys comes late.' };
    await house.database.transaction(house.everything(), (tx) => tx.run('update pool set broker_id = null where id = $1', [alone]));
    expect((await call(house.asha, 'post', `pools/${alone}/review-asks`, asked)).json['code']).toBe('no-broker');
    expect((await call(house.femi, 'post', `pools/${alone}/broker`)).json['code']).toBe('not-everybody-asked');
    await house.database.transaction(house.everything(), async (tx) => {
      for (const id of [house.olu, house.tess])
        await house.app
          .get(Grants, { strict: false })
          .give(tx, systemActor('test', {}), { person: house.femi, role: 'broker-pools', on: 'person', id, reason: 'appointed' });
    });
    expect((await call(house.pat, 'post', `pools/${alone}/broker`)).status).toBe(403);
    expect((await call(house.femi, 'post', `pools/${alone}/broker`)).status).toBe(201);
    expect((await call(house.asha, 'post', `pools/${alone}/review-asks`, asked)).status).toBe(201);

    const pool = await house.startedPool(five);
    await house.chosenQuote(pool, five, 1000, 1);
    await house.database.transaction(house.everything(), (tx) =>
      tx.run(`insert into broker (person_id, shown_name, listed_on) values ($1, 'Femi', '2026-01-01')`, [house.femi]),
    );
    await house.database.transaction(house.everything(), (tx) =>
      tx.run(`insert into broker_conflict (id, broker_id, provider_id, kind, declared_at) values ($1, $2, $3, 'family', $4)`, [
        newId(),
        house.femi,
        house.provider,
        tx.now,
      ]),
    );
    for (const [who, path, body] of [
      [house.asha, `pools/${pool}/review-asks`, asked],
      [house.femi, `pools/${pool}/reviews`, { ...stageOf('talk'), aboutMember: 3 }],
    ] as const)
      expect((await call(who, 'post', path, body)).json['code']).toBe('chair-conflicted');
    await house.database.transaction(house.everything(), (tx) =>
      tx.run(`update broker_conflict set ended_on = '2026-11-01' where broker_id = $1`, [house.femi]),
    );
    expect((await call(house.asha, 'post', `pools/${pool}/review-asks`, asked)).status).toBe(201);
    await house.database.transaction(house.everything(), (tx) =>
      house.app.get(People, { strict: false }).connect(tx, house.femi, house.olu, 'family', '2026-01-01' as LocalDate),
    );
    expect((await call(house.asha, 'post', `pools/${pool}/review-asks`, { ...asked, aboutMember: 4 })).json['code']).toBe('chair-conflicted');
  });
});

describe('stages', () => {
  it('go one step at a time, as the voices ask, and are told to members by what they may know', async () => {
    const pool = await house.startedPool(five, { absence: 'pay-if-you-come' });
    const review = await begin(pool);
    expect((await call(house.femi, 'post', `reviews/${review}/stages`, stageOf('pause'))).json['code']).toBe('stage-out-of-order');
    for (const [who, says, reason] of [
      [house.asha, 'conditions', 'She could text when she is late.'],
      [house.bola, 'conditions', ''],
      [house.olu, 'continue', 'I would talk once more.'],
    ] as const)
      expect((await say(who, review, says, { reason })).status).toBe(201);
    // A later word takes the place of an earlier one.
    expect((await say(house.olu, review, 'conditions', { reason: 'I would talk once more.' })).status).toBe(201);
    expect((await say(house.olu, review, 'leave')).json['code']).toBe('not-offered');
    expect((await call(house.femi, 'post', `reviews/${review}/close`)).json['code']).toBe('voices-missing');
    for (const who of [house.femi, house.asha, house.tess, house.carys])
      expect((await seen(who, review))['stages'][0]).toMatchObject({ given: 3, counts: null, reasons: null, outcome: null });
    expect((await seen(house.asha, review))['stages'][0]['mine']).toMatchObject({ says: 'conditions', isBroughtByOther: false });
    days(11);
    expect(await reviews.closeDue(house.today)).toBeGreaterThan(0);
    expect(await reviews.closeDue(house.today)).toBe(0);
    const [chair, other, member] = await Promise.all([house.femi, house.tess, house.carys].map((who) => seen(who, review)));
    expect(chair!['stages'][0]).toMatchObject({
      outcome: 'go-further',
      counts: { conditions: 3, continue: 0, stay: 0 },
      reasons: ['I would talk once more.', 'She could text when she is late.'],
    });
    expect(other!['stages'][0]).toMatchObject({ counts: { conditions: 3 }, reasons: null });
    expect(member!['stages'][0]).toMatchObject({ outcome: 'go-further', counts: null, reasons: null });
    for (const each of five) expect(JSON.stringify([chair, other, member])).not.toContain(each.id);
    expect((await call(house.femi, 'post', `reviews/${review}/stages`, stageOf('conditions'))).status).toBe(201);
    await allSay(review, 'pause');
    expect((await call(house.femi, 'post', `reviews/${review}/stages`, stageOf('pause'))).status).toBe(201);
    expect((await seen(house.carys, review))['stages'].at(-1)).toMatchObject({ stage: 'pause', placeHeld: false });
    await allSay(review, 'stay');
    expect((await seen(house.carys, review))['state']).toBe('settled');
    const { history } = (await call(house.bola, 'get', `pools/${pool}`)).json as { history: { sentence: string }[] };
    const told = history.map((each) => each.sentence).filter((sentence) => sentence.startsWith('The group'));
    expect([...told].reverse()).toEqual([
      'The group talked about how things go.',
      'The group agreed on how to go on.',
      'The group agreed on some time apart.',
      'The group found a way to go on.',
    ]);
    expect((await say(house.asha, review, 'stay')).json['code']).toBe('review-over');
  });

  it('decide nothing with fewer than three voices', async () => {
    const pool = await house.startedPool(five);
    const review = await begin(pool);
    for (const who of [house.asha, house.bola]) await say(who, review, 'conditions');
    days(11);
    await reviews.closeDue(house.today);
    expect((await seen(house.femi, review))['stages'][0]).toMatchObject({ outcome: 'too-few' });
    expect((await call(house.femi, 'post', `reviews/${review}/stages`, stageOf('conditions'))).json['code']).toBe('stage-out-of-order');
    expect((await call(house.femi, 'post', `reviews/${review}/stages`, stageOf('talk'))).status).toBe(201);
  });

  it.each([2, 3])('in a pool of %i ask nobody, and can never end a membership', async (size) => {
    const pool = await house.startedPool(five.slice(3 - size, 3));
    const { json } = await call(house.femi, 'post', `pools/${pool}/reviews`, { ...stageOf('talk'), aboutMember: size });
    const review = json['reviewId'];
    expect((await say(house.bola, review, 'conditions')).json['code']).toBe('too-few-to-ask');
    expect(await seen(house.bola, review)).toMatchObject({ isTooSmall: true, may: { say: [] } });
    expect((await call(house.femi, 'post', `reviews/${review}/close`)).status).toBe(201);
    for (const stage of ['conditions', 'pause', 'leave'])
      expect((await call(house.femi, 'post', `reviews/${review}/stages`, stageOf(stage))).json['code']).toBe('stage-out-of-order');
    expect((await call(house.femi, 'post', `reviews/${review}/end-membership`)).json['code']).toBe('not-asked-by-voices');
    expect((await call(house.femi, 'post', `reviews/${review}/settle`, { words: 'They go on, and take turns with the music.' })).status).toBe(201);
    expect((await seen(house.carys, review))['endWords']).toContain('take turns');
  });
});

describe('voices', () => {
  it('of an open stage are behind a wall: the app’s own role sees none but its author’s, and of a closed one the member it is about sees none', async () => {
    const pool = await house.startedPool(five);
    const review = await begin(pool);
    await say(house.asha, review, 'conditions', { reason: 'She is late.' });
    await say(house.bola, review, 'stay');
    const raw = (scope: object): Promise<{ person: string }[]> =>
      house.database.read(systemActor('test', scope), (tx) => tx.rows('select person_id as person from pool_review_voice where review_id = $1', [review]));
    expect(await raw({ pools: [pool], books: [house.n, house.t], icbs: [house.icb] })).toEqual([]);
    expect(await raw({ pools: [pool], people: [house.femi] })).toEqual([]);
    expect(await raw({ pools: [pool], people: [house.carys.id] })).toEqual([]);
    expect(await raw({ pools: [pool], people: [house.asha.id] })).toEqual([{ person: house.asha.id }]);
    await say(house.olu, review, 'stay');
    await say(house.tess, review, 'stay');
    const late = house.database.transaction(systemActor('test', { pools: [pool], people: [house.asha.id] }), (tx) =>
      tx.run(`update pool_review_voice set person_id = $1 where review_id = $2`, [house.femi, review]),
    );
    await expect(late).rejects.toMatchObject({ driverError: { code: '42501' } });
    await call(house.femi, 'post', `reviews/${review}/close`);
    expect(await raw({ pools: [pool] })).toHaveLength(4);
    expect(await raw({ pools: [pool], people: [house.carys.id] })).toEqual([]);
    const after = await house.database.transaction(systemActor('test', { pools: [pool], people: [house.asha.id] }), (tx) =>
      tx.run(`update pool_review_voice set says = 'stay' where review_id = $1`, [review]),
    );
    expect(after).toBe(0);
  });

  it('of a stage that is dropped open to nobody', async () => {
    const pool = await house.startedPool(five);
    const review = await begin(pool);
    for (const who of others()) await say(who, review, 'conditions', { reason: 'A reason.' });
    await call(house.femi, 'post', `reviews/${review}/settle`, { words: 'It has come right by itself.' });
    expect((await seen(house.femi, review))['stages'][0]).toMatchObject({ state: 'dropped', counts: null, reasons: null });
    expect(
      await house.database.read(systemActor('test', { pools: [pool] }), (tx) => tx.rows('select 1 from pool_review_voice where review_id = $1', [review])),
    ).toEqual([]);
  });

  it('are refused to the member, strangers, one who acts for both, and one who carries many; typed in by the broker for who asked', async () => {
    const pool = await house.startedPool(five);
    const review = await begin(pool);
    expect((await say(house.carys, review, 'stay')).json['code']).toBe('about-yourself');
    expect((await say(house.pat, review, 'stay')).status).toBe(404);
    expect((await say(house.asha, review, 'stay', { forMember: 2 })).status).toBe(403);
    expect((await say(house.femi, review, 'stay', { forMember: 2 })).status).toBe(201);
    expect((await seen(house.bola, review))['stages'][0]['mine']).toMatchObject({ says: 'stay', isBroughtByOther: true });
    expect((await say(house.femi, review, 'stay', { forMember: 3 })).json['code']).toBe('about-yourself');
    const grants = house.app.get(Grants, { strict: false });
    const acts = (ids: readonly PersonId[]) =>
      house.database.transaction(house.everything(), async (tx) => {
        for (const id of ids)
          await grants.give(tx, systemActor('test', {}), {
            person: house.pat,
            role: 'representative',
            on: 'person',
            id,
            reason: 'one who carries many voices',
          });
      });
    await acts([house.asha.id, house.bola.id, house.olu]);
    const sent = await Promise.all([house.asha.id, house.bola.id, house.olu].map((personId) => say(house.pat, review, 'continue', { personId })));
    expect(sent.map(({ status }) => status).sort()).toEqual([201, 201, 409]);
    expect(sent.find(({ status }) => status === 409)!.json['code']).toBe('too-many-votes');
    await acts([house.carys.id]);
    expect((await say(house.pat, review, 'stay', { personId: house.asha.id })).json['code']).toBe('acts-for-both');
    await house.database.transaction(house.everything(), async (tx) => {
      for (const id of [house.asha.id, house.bola.id, house.olu, house.carys.id])
        await grants.end(tx, systemActor('test', {}), { person: house.pat, role: 'representative', id, why: 'the test is over' });
    });
  });

  it('given while a stage closes count or are refused: never half', async () => {
    const pool = await house.startedPool(five);
    const review = await begin(pool);
    for (const who of others()) await say(who, review, 'conditions');
    const [changed, closed] = await Promise.all([say(house.asha, review, 'stay'), call(house.femi, 'post', `reviews/${review}/close`)]);
    expect(closed.status).toBe(201);
    const { counts } = (await seen(house.femi, review))['stages'][0];
    expect(counts).toEqual(changed.status === 201 ? { stay: 1, continue: 0, conditions: 3 } : { stay: 0, continue: 0, conditions: 4 });
    // Twice at once closes once.
    const twice = await Promise.all([1, 2].map(() => call(house.femi, 'post', `reviews/${review}/stages`, stageOf('conditions'))));
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('the member', () => {
  it('reads what is said, answers in their own words, names a supporter, and never sees who said what', async () => {
    const pool = await house.startedPool(five);
    const review = await begin(pool);
    expect((await call(house.asha, 'post', `reviews/${review}/answers`, { words: 'I am not Carys.' })).status).toBe(403);
    const answer = { words: 'My bus comes late.', supporter: 'my sister Nia', agrees: true };
    expect((await call(house.carys, 'post', `reviews/${review}/answers`, answer)).status).toBe(201);
    expect((await call(house.carys, 'post', `reviews/${review}/answers`, { words: 'I am sorry.', forAll: true })).status).toBe(201);
    expect((await seen(house.femi, review))['answers']).toMatchObject([{ supporter: 'my sister Nia', agrees: true }, { words: 'I am sorry.' }]);
    expect((await seen(house.asha, review))['answers']).toMatchObject([{ words: 'I am sorry.' }]);
    await allSay(review, 'conditions');
    const own = await seen(house.carys, review);
    expect(own['stages'][0]).toMatchObject({ counts: null, reasons: null, mine: null });
    expect(own['others']).toEqual([]);
  });

  it('appeals, and nothing goes further until that is answered; an appeal that was right ends it', async () => {
    const pool = await house.startedPool(five);
    const review = await asFarAsLeaving(pool);
    expect((await call(house.bola, 'post', `reviews/${review}/appeal`, { words: 'x' })).status).toBe(403);
    expect((await call(house.carys, 'post', `reviews/${review}/appeal`, { words: 'Nobody asked about my bus.' })).status).toBe(201);
    expect((await call(house.carys, 'post', `reviews/${review}/appeal`, { words: 'Again.' })).json['code']).toBe('appealed-already');
    days(20);
    expect((await call(house.femi, 'post', `reviews/${review}/end-membership`)).json['code']).toBe('appeal-open');
    expect((await call(house.femi, 'post', `reviews/${review}/stages`, stageOf('talk'))).json['code']).toBe('appeal-open');
    const upheld = await call(house.femi, 'post', `reviews/${review}/appeal/answer`, { isUpheld: true, words: 'They were right.' });
    expect(upheld.json).toMatchObject({ state: 'set-aside' });
    expect(await seen(house.carys, review)).toMatchObject({ appeal: { answer: 'They were right.' }, state: 'set-aside' });
    expect((await seen(house.asha, review))['appeal']).toBeNull();
  });
});

describe('leaving', () => {
  it('comes only by two thirds of the others, after time to appeal, with an exit statement and the money home', async () => {
    const pool = await house.startedPool(five);
    await house.putIn(pool, house.carys, 50);
    const review = await asFarAsLeaving(pool);
    expect(await seen(house.carys, review)).toMatchObject({ leavesFrom: '2026-12-04' });
    expect((await call(house.femi, 'post', `reviews/${review}/end-membership`)).json['code']).toBe('still-time-to-appeal');
    days(14);
    expect((await call(house.asha, 'post', `reviews/${review}/end-membership`)).status).toBe(403);
    const key = newId();
    const ended = await Promise.all([1, 2].map(() => call(house.femi, 'post', `reviews/${review}/end-membership`, {}, key)));
    expect(ended.map(({ json }) => json['state'])).toContain('left');
    await house.deliver();
    const { left, statement } = await house.poolQueries.exitStatement(await house.as(house.carys), pool);
    expect(left).toBe(true);
    expect(statement.putInPence).toBe(5000);
    expect((await house.balance(house.share(pool, house.carys))).posted).toBe(0);
    expect((await seen(house.asha, review))['state']).toBe('left');
    expect((await call(house.carys, 'get', `reviews/${review}`)).status).toBe(404);
    expect((await call(house.asha, 'get', `pools/${pool}`)).json['history'][0]['sentence']).toBe('Carys left, with an exit statement.');
  });

  it('of one’s own accord while it closes ends the talk once, and nobody is told more', async () => {
    const pool = await house.startedPool(five);
    const review = await begin(pool);
    for (const who of others()) await say(who, review, 'conditions');
    const [left, closed] = await Promise.all([call(house.carys, 'post', `pools/${pool}/leave`), call(house.femi, 'post', `reviews/${review}/close`)]);
    expect([left.status, closed.status]).toEqual([201, 201]);
    await house.deliver();
    expect((await seen(house.femi, review))['state']).toBe('gone');
    expect((await call(house.femi, 'post', `reviews/${review}/stages`, stageOf('conditions'))).json['code']).toBe('review-over');
  });

  it('by the broker and of one’s own accord at once happens once', async () => {
    const pool = await house.startedPool(five);
    const review = await asFarAsLeaving(pool);
    days(15);
    const both = await Promise.all([call(house.carys, 'post', `pools/${pool}/leave`), call(house.femi, 'post', `reviews/${review}/end-membership`)]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    await house.deliver();
    expect(['left', 'gone']).toContain((await seen(house.asha, review))['state']);
    const exits = await house.database.read(house.everything(pool), (tx) =>
      tx.rows('select 1 from pool_exit where pool_id = $1 and person_id = $2', [pool, house.carys.id]),
    );
    expect(exits).toHaveLength(1);
  });
});

describe('the checks', () => {
  it.each([
    ['nobody-leaves-without-voices', `update pool_review_stage set outcome = 'go-further' where outcome = 'too-few'`],
    ['nobody-leaves-without-voices', `delete from pool_review_voice where says = 'leave'`],
    ['nobody-leaves-without-voices', `update pool_review_stage set outcome = 'go-on' where stage = 'leave'`],
    ['stages-come-in-order', `update pool_review_stage set stage = 'leave', until_on = null where place = 1`],
    ['voices-are-the-others', `update pool_review_stage set given = given + 1`],
    [
      'voices-are-the-others',
      `update pool_review_voice v set person_id = r.person_id from pool_review r where r.id = v.review_id and v.id = (select max(id::text)::uuid from pool_review_voice)`,
    ],
  ])('%s finds what was planted', async (name, sql) => {
    expect(await house.faultsAfter(sql)).toContain(name);
  });
});
