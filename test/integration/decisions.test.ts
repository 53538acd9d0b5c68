/** Deciding together (features.md C8 to C10; RULE 17): who may vote for whom, and what comes out. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Grants } from '../../src/identity/index.js';
import type { PersonId, PoolId } from '../../src/kernel/index.js';
import { addDays, newId, systemActor } from '../../src/kernel/index.js';
import { DecisionOutcomes } from '../../src/pools/index.js';
import { mistyped } from '../support/mistyped.js';
import { callsOf } from '../support/pooling-calls.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
let outcomes: DecisionOutcomes;
const morning = new Date('2026-11-20T10:00:00Z');
beforeAll(async () => {
  house = await poolingHouse();
  outcomes = house.app.get(DecisionOutcomes, { strict: false });
});
afterAll(() => house.close());
afterEach(async () => {
  house.clock.set(morning);
  await house.deliver();
  expect(await house.faults()).toEqual([]);
});

const call = callsOf(() => house);
const good = () => ({ question: 'Shall we swim on Saturdays?', closesOn: addDays(house.today, 14), reviewOn: addDays(house.today, 100) });
const raise = async (who: Holder | PersonId, pool: PoolId, more: object = {}): Promise<string> => {
  const { status, json } = await call(who, 'post', `pools/${pool}/decisions`, { ...good(), ...more });
  expect([status, json['code']]).toEqual([201, undefined]);
  return json['decisionId'];
};
const vote = (who: Holder | PersonId, decision: string, choice: string, more: object = {}) =>
  call(who, 'post', `decisions/${decision}/votes`, { choice, ...more });
const seen = async (who: Holder | PersonId, decision: string) => (await call(who, 'get', `decisions/${decision}`)).json;
/** The day after the last one to vote, just after midnight in London. */
const itEnds = async (): Promise<number> => {
  house.clock.set(new Date(`${addDays(house.today, 15)}T00:10:00Z`));
  return outcomes.closeDue(addDays(house.today, 15));
};

describe('a question', () => {
  it('is raised by a member, voted on by each once, shown with reasons but no names, and answered after its last day', async () => {
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    const decision = await raise(house.asha, pool);
    expect((await vote(house.asha, decision, 'for', { reason: 'The pool is warmer then.' })).status).toBe(201);
    expect((await vote(house.bola, decision, 'against', { reason: 'My sister comes on Saturdays.' })).status).toBe(201);
    expect((await vote(house.bola, decision, 'for', { reason: 'She can come too.' })).status).toBe(201);
    const open = await seen(house.carys, decision);
    expect(open).toMatchObject({ state: 'open', members: 3, voted: 2, needed: 2, counts: null, mine: null, raisedBy: 'Asha' });
    for (const secret of [house.asha, house.bola, house.carys]) expect(JSON.stringify(open)).not.toContain(secret.id);
    expect(open['reasons']).toEqual({ for: ['She can come too.', 'The pool is warmer then.'], against: [] });
    expect((await seen(house.bola, decision))['mine']).toMatchObject({ choice: 'for', way: 'self', isBroughtByOther: false });
    expect(await itEnds()).toBe(1);
    expect(await seen(house.carys, decision)).toMatchObject({ state: 'carried', counts: { for: 2, against: 0 }, voted: 2 });
    expect((await vote(house.carys, decision, 'against')).json['code']).toBe('vote-closed');
    expect(await itEnds()).toBe(0);
  });

  it('is decided as the agreement said when it was raised, whatever a later version says', async () => {
    const pool = await house.startedPool(house.members, { decide: 'all-agree' });
    const decision = await raise(house.asha, pool);
    for (const who of house.members) await vote(who, decision, who === house.carys ? 'against' : 'for');
    const next = await house.offer(pool, { decide: 'most-agree' });
    for (const who of house.members)
      await house.agreements.assent(await house.as(who), next.agreementId, { contentHash: next.contentHash, format: 'standard' });
    const later = await raise(house.asha, pool);
    for (const who of house.members) await vote(who, later, who === house.carys ? 'against' : 'for');
    await itEnds();
    expect([(await seen(house.asha, decision))['state'], (await seen(house.asha, later))['state']]).toEqual(['not-carried', 'carried']);
  });

  it.each([
    ['all-agree', undefined, ['for', 'for', 'either'], 'carried'],
    ['most-agree', 100, ['for', 'for'], 'too-few'],
    ['most-agree', 50, ['for', 'for'], 'carried'],
    ['no-strong-objection', undefined, ['for', 'against', 'against'], 'carried'],
    ['no-strong-objection', undefined, ['for', 'for', 'object'], 'not-carried'],
  ] as const)('%s, quorum %s, votes %j: %s', async (decide, quorumPercent, votes, state) => {
    const pool = await house.startedPool(house.members, { decide, ...(quorumPercent ? { quorumPercent } : {}) });
    const decision = await raise(house.bola, pool);
    for (const [at, choice] of votes.entries()) expect((await vote(house.members[at]!, decision, choice)).status).toBe(201);
    await itEnds();
    expect((await seen(house.asha, decision))['state']).toBe(state);
  });

  it('on which two people do not agree goes to a broker, and to nobody’s vote', async () => {
    const pool = await house.startedPool([house.asha, house.bola], { decide: 'most-agree' });
    const decision = await raise(house.asha, pool);
    await vote(house.asha, decision, 'for');
    await vote(house.bola, decision, 'against');
    await itEnds();
    expect((await seen(house.bola, decision))['state']).toBe('to-broker');
  });

  it('ends early only when everybody has voted, and is taken back by who raised it or the broker', async () => {
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    const decision = await raise(house.asha, pool);
    await vote(house.asha, decision, 'for');
    await vote(house.bola, decision, 'for');
    expect((await call(house.asha, 'post', `decisions/${decision}/close`)).json['code']).toBe('votes-missing');
    await vote(house.carys, decision, 'against');
    expect((await call(house.bola, 'post', `decisions/${decision}/close`)).status).toBe(403);
    expect((await call(house.asha, 'post', `decisions/${decision}/close`)).json['state']).toBe('carried');
    const other = await raise(house.asha, pool);
    expect((await call(house.carys, 'post', `decisions/${other}/withdraw`)).status).toBe(403);
    expect((await call(house.femi, 'post', `decisions/${other}/withdraw`)).json['state']).toBe('withdrawn');
    expect((await vote(house.asha, other, 'for')).json['code']).toBe('vote-closed');
  });

  it('that a representative raised for somebody is taken back by them', async () => {
    await house.database.transaction(systemActor('test', { people: [house.bola.id, house.tess] }), (tx) =>
      house.app.get(Grants, { strict: false }).give(tx, systemActor('test', {}), {
        person: house.tess,
        role: 'representative',
        on: 'person',
        id: house.bola.id,
        reason: 'a test of who takes a question back',
      }),
    );
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    const decision = await raise(house.tess, pool, { personId: house.bola.id });
    expect((await call(house.tess, 'post', `decisions/${decision}/withdraw`)).json).toMatchObject({ state: 'withdrawn' });
  });

  it('is not raised by who was only asked to join', async () => {
    const pool = await house.startedPool([house.asha, house.bola], { decide: 'most-agree' });
    await house.pools.invite(await house.as(house.femi), pool, { personId: house.carys.id });
    const { status, json } = await call(house.carys, 'post', `pools/${pool}/decisions`, good());
    expect([status, json['code']]).toEqual([409, 'not-a-member']);
  });

  it('counts a vote given in the moment it ends, or refuses it: never half', async () => {
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    const decision = await raise(house.asha, pool);
    for (const who of house.members) await vote(who, decision, 'for');
    const [changed, closed] = await Promise.all([vote(house.carys, decision, 'against'), call(house.asha, 'post', `decisions/${decision}/close`)]);
    expect(closed.json['state']).toBe('carried');
    const { counts } = await seen(house.asha, decision);
    expect([changed.status === 201, counts]).toEqual(
      changed.status === 201 ? [true, { for: 2, against: 1, either: 0, object: 0 }] : [false, { for: 3, against: 0, either: 0, object: 0 }],
    );
  });

  it('is not there for a stranger, and leaves out the vote of one who has left', async () => {
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    const decision = await raise(house.asha, pool);
    expect((await call(house.pat, 'get', `decisions/${decision}`)).status).toBe(404);
    expect((await vote(house.pat, decision, 'for')).status).toBe(404);
    for (const who of house.members) await vote(who, decision, who === house.asha ? 'for' : 'against');
    await house.leaving.leave(await house.as(house.bola), pool, {});
    await house.deliver();
    expect((await vote(house.bola, decision, 'against')).json['code'] ?? 'not found').toMatch(/not-found|not-a-member/);
    await itEnds();
    // Two are left who do not agree.
    expect(await seen(house.asha, decision)).toMatchObject({ state: 'to-broker', members: 2, voted: 2 });
  });
});

describe('votes that others bring', () => {
  it('are brought by one who was asked, for two others at most, and read back to the person', async () => {
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    const decision = await raise(house.asha, pool);
    expect((await vote(house.asha, decision, 'for', { forMember: 2 })).json['code']).toBe('not-asked-to-vote');
    expect((await call(house.bola, 'post', `decisions/${decision}/proxies`, { toMember: 1 })).status).toBe(201);
    expect((await seen(house.asha, decision))['votesFor']).toMatchObject([{ firstName: 'Bola', hasVoted: false }]);
    expect((await vote(house.asha, decision, 'for', { forMember: 2, reason: 'Bola likes it.' })).status).toBe(201);
    expect((await seen(house.bola, decision))['mine']).toMatchObject({ choice: 'for', way: 'proxy', isBroughtByOther: true, broughtBy: 'Asha' });
    await call(house.bola, 'post', `decisions/${decision}/proxies`, {});
    expect((await vote(house.asha, decision, 'against', { forMember: 2 })).json['code']).toBe('not-asked-to-vote');
    // The person has the last word.
    await vote(house.bola, decision, 'against');
    expect((await seen(house.bola, decision))['mine']).toMatchObject({ choice: 'against', way: 'self' });
    expect((await call(house.bola, 'post', `decisions/${decision}/proxies`, { toMember: 2 })).json['code']).toBe('not-a-member');
  });

  it('of more than two others are refused, also when brought at once', async () => {
    const four = await house.startedPool(house.members, { decide: 'most-agree' });
    const decision = await raise(house.asha, four);
    // One person acts for all three members.
    const helper = house.olu;
    const grants = house.app.get(Grants, { strict: false });
    await house.database.transaction(systemActor('test', { people: house.members.map(({ id }) => id) }), async (tx) => {
      for (const { id } of house.members)
        await grants.give(tx, systemActor('test', {}), {
          person: helper,
          role: 'representative',
          on: 'person',
          id,
          reason: 'a test of one who carries many votes',
        });
    });
    const answers = await Promise.all(house.members.map(({ id }) => vote(helper, decision, 'for', { personId: id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409]);
    expect(answers.find(({ status }) => status === 409)!.json['code']).toBe('too-many-votes');
    expect((await seen(house.femi, decision))['voted']).toBe(2);
    // Read back as what it was: not a member's doing, nor the broker's.
    const brought = await Promise.all(house.members.map(async (who) => (await seen(who, decision))['mine']));
    expect(brought.filter(Boolean)).toMatchObject([{ broughtBy: 'Somebody who acts for you' }, { broughtBy: 'Somebody who acts for you' }]);
  });

  it('on paper carry a reference, are typed in once, and by the broker as many as there are', async () => {
    const pool = await house.startedPool(house.members, { decide: 'no-strong-objection' });
    const decision = await raise(house.asha, pool);
    expect((await call(house.femi, 'post', `decisions/${decision}/papers`)).json['made']).toBe(3);
    expect((await call(house.femi, 'post', `decisions/${decision}/papers`)).json['made']).toBe(0);
    const papers = (await call(house.femi, 'get', `decisions/${decision}/papers`)).json['items'] as { firstName: string; reference: string }[];
    expect(papers.map(({ firstName }) => firstName).sort()).toEqual(['Asha', 'Bola', 'Carys']);
    const type = (who: PersonId | Holder, reference: string, choice = 'for') => call(who, 'post', `pools/${pool}/papers`, { reference, choice });
    const [first, ...rest] = papers;
    expect((await type(house.femi, mistyped(first!.reference))).json['code']).toBe('paper-not-known');
    const other = papers.find(({ firstName }) => firstName === 'Bola')!;
    expect((await type(house.carys, other.reference)).json['code']).toBe('paper-not-known');
    expect((await type(house.femi, first!.reference.toLowerCase())).status).toBe(201);
    expect((await type(house.femi, first!.reference)).json['code']).toBe('paper-used');
    for (const { reference } of rest) expect((await type(house.femi, reference, 'object')).status).toBe(201);
    expect((await seen(house.bola, decision))['mine']).toMatchObject({ way: 'paper', isBroughtByOther: true, broughtBy: 'The broker' });
    await itEnds();
    expect((await seen(house.asha, decision))['state']).toBe('not-carried');
  });
});

describe('several ideas and one sum', () => {
  it('share it by Equal Shares, beside what counting votes would give, and say how many get nothing under each', async () => {
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    // Two like the cinema and the trip; Carys likes the garden alone, which costs her equal part. Of two that cost each supporter alike beside their
    // cost the cheaper comes first, and for the cinema too little is left.
    const decision = await raise(house.asha, pool, {
      question: 'What shall we do with £90?',
      budgetPence: 9000,
      ideas: [
        { words: 'The cinema', costPence: 5000 },
        { words: 'A trip to the sea', costPence: 4000 },
        { words: 'Plants for the garden', costPence: 3000 },
      ],
    });
    const ideas = (await seen(house.asha, decision))['ideas'] as {
      id: string;
      words: string;
      isFunded: boolean | null;
      isFundedByVotes: boolean | null;
      wantedBy: number | null;
    }[];
    const [cinema, trip, garden] = ideas.map(({ id }) => id);
    expect(ideas.every(({ wantedBy, isFunded }) => wantedBy === null && isFunded === null)).toBe(true);
    const want = (who: Holder, wanted: (string | undefined)[]) => call(who, 'post', `decisions/${decision}/votes`, { ideas: wanted });
    for (const who of [house.asha, house.bola]) expect((await want(who, [cinema, trip])).status).toBe(201);
    expect((await want(house.carys, [garden])).status).toBe(201);
    expect((await want(house.carys, [newId()])).json['code']).toBe('idea-unknown');
    await itEnds();
    const done = await seen(house.carys, decision);
    expect(done['state']).toBe('carried');
    expect(done['ideas']).toMatchObject([
      { words: 'The cinema', wantedBy: 2, isFunded: false, isFundedByVotes: true },
      { words: 'A trip to the sea', wantedBy: 2, isFunded: true, isFundedByVotes: true },
      { words: 'Plants for the garden', wantedBy: 1, isFunded: true, isFundedByVotes: false },
    ]);
    expect(done['sharedOut']).toEqual({ spentPence: 7000, spentByVotesPence: 9000, leftOut: 0, leftOutByVotes: 1 });
  });

  it.each([
    [{ budgetPence: 1000 }, 'ideas-need-a-sum'],
    [{ closesOn: '2026-11-21' }, 'closes-too-soon'],
    [{ reviewOn: '2026-11-22' }, 'review-before-outcome'],
    [{ question: '' }, 'not-valid'],
    [
      {
        budgetPence: 100,
        ideas: [
          { words: 'a', costPence: 200 },
          { words: 'b', costPence: 1 },
        ],
      },
      'idea-too-dear',
    ],
    [
      {
        budgetPence: 100.5,
        ideas: [
          { words: 'a', costPence: 200 },
          { words: 'b', costPence: 1 },
        ],
      },
      'not-valid',
    ],
  ])('refuse %j with %s, and nothing is written', async (more, code) => {
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    const { status, json } = await call(house.asha, 'post', `pools/${pool}/decisions`, { ...good(), ...more });
    expect(status).toBeGreaterThanOrEqual(400);
    if (code !== 'not-valid') expect(json['code']).toBe(code);
    expect((await call(house.asha, 'get', `pools/${pool}/decisions`)).json['items']).toEqual([]);
  });
});

describe('leaving while a vote closes', () => {
  it.each([1, 2, 3, 4])('counts whoever was a member when it closed, with their vote or without, try %i', async (n) => {
    house.clock.set(new Date('2026-11-20T10:00:00Z'));
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    const decision = await raise(house.asha, pool);
    await vote(house.asha, decision, 'against');
    await vote(house.bola, decision, 'for');
    await vote(house.carys, decision, 'for');
    house.clock.set(new Date(`${addDays(house.today, 15)}T00:10:00Z`));
    const carys = await house.as(house.carys);
    const leaves = () => house.leaving.leave(carys, pool, {});
    const closes = () => outcomes.closeDue(house.today);
    const [one, other] = n % 2 === 0 ? [leaves, closes] : [closes, leaves];
    for (const each of await Promise.allSettled([one(), other(), closes()])) expect(each.status).toBe('fulfilled');
    const { state, members, voted, counts } = await seen(house.asha, decision);
    if (members === 3) expect([state, voted, counts]).toEqual(['carried', 3, { for: 2, against: 1, either: 0, object: 0 }]);
    // Two who do not agree are not outvoted one by the other.
    else expect([state, members, voted, counts]).toEqual(['to-broker', 2, 2, { for: 1, against: 1, either: 0, object: 0 }]);
    expect((await vote(house.bola, decision, 'against')).json['code']).toBe('vote-closed');
  });
});

describe('the checks', () => {
  it.each([
    ['votes-are-in-time', `update pool_vote set at = at + interval '30 days'`],
    ['votes-are-not-collected', `update pool_vote set way = 'proxy'`],
    ['outcomes-are-of-the-votes', `update pool_decision set outcome = jsonb_set(outcome, '{voted}', '9') where outcome is not null`],
  ])('%s finds what was planted', async (name, sql) => {
    expect(await house.faultsAfter(sql)).toContain(name);
  });
});
