import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonId, PoolId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import { Grants, People } from '../../src/identity/index.js';
import { PoolScene } from '../browser/pages/pool-scene.js';
import type { Caller } from '../support/house.js';

interface Notice {
  readonly kind: string;
  readonly wording: { readonly title: string; readonly sentences: readonly string[] };
}

const TERMS = { split: 'equal', absence: 'pay-to-hold-place', noticeDays: 28, decide: 'all-agree', feesOwedBy: 'money-holder', reviewOn: '2027-04-01' };

/** A pool that runs itself, and a member whose representative and nominee stand at her place. */
describe('places in a pool', () => {
  let scene: PoolScene;
  let asha: Caller, bola: Caller, carys: Caller, femi: Caller;
  let rosa: Caller, nia: Caller, cousin: Caller, carer: Caller;
  let petra: Caller;
  let pool = '' as PoolId;
  let agreement: { agreementId: string; contentHash: string };
  const provider = newId<'provider'>();

  const lineOf = async (who: Caller): Promise<string> => (await who.get(`people/${who.id}/budget-lines`)).body.items[0].id;
  const inbox = async (who: Caller): Promise<Notice[]> => (await who.get<{ items: Notice[] }>('me/notices')).body.items;
  const assent = { format: 'standard' };
  const house = () => scene.scene.house;

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    const { people } = scene;
    asha = await house().signedIn(people.asha, 'asha');
    bola = await house().signedIn(people.bola, 'bola');
    carys = await house().signedIn(people.carys, 'carys');
    femi = await house().signedIn(people.femi, 'femi');
    rosa = await house().person('Rosa', [{ role: 'representative', on: 'person', id: people.bola }]);
    nia = await house().person('Nia', [{ role: 'nominee', on: 'person', id: people.bola }]);
    carer = await house().person('Cal', [{ role: 'carer', on: 'person', id: people.bola }]);
    cousin = await house().person('Kit');
    petra = await house().person('Petra', [{ role: 'provider', on: 'provider', id: provider }]);
    await house().database.transaction(house().system({ people: [people.bola, cousin.id], providers: [provider] }), async (tx) => {
      await house()
        .app.get(People)
        .connect(tx, people.bola, cousin.id, 'family', '2020-01-01' as never);
      await tx.run(`insert into provider (id, name, kind, tier, state, made_at) values ($1, 'Leaf & Spade', 'micro-enterprise', 1, 'listed', $2)`, [
        provider,
        tx.now,
      ]);
    });
  }, 120_000);
  afterAll(() => scene?.close());

  it('who proposes a pool is not asked to join it; the others are', async () => {
    const members = [asha, bola, carys].map(({ id }) => ({ personId: id }));
    pool = (await asha.must('post', 'pools', { name: 'Friday Gardeners', purpose: 'Grow food together.', moneyHolderBookId: scene.treasury, members })).poolId;
    await house().settle();
    expect((await inbox(asha)).map((notice) => notice.kind)).not.toContain('pool-invited');
    for (const who of [bola, carys]) expect((await inbox(who)).map((notice) => notice.kind)).toContain('pool-invited');
    agreement = await asha.must('post', `pools/${pool}/agreements`, { ...TERMS, moneyHolderBook: scene.treasury, text: 'We garden on Fridays.' });
  });

  it('a broker who proposes is no member, so every member is asked', async () => {
    const members = [asha, carys].map(({ id }) => ({ personId: id }));
    const before = (await inbox(asha)).filter((notice) => notice.kind === 'pool-invited').length;
    const other = await femi.must<{ poolId: string }>('post', 'pools', { name: 'Broker’s pool', purpose: 'Swim.', members });
    await house().settle();
    expect((await inbox(asha)).filter((notice) => notice.kind === 'pool-invited')).toHaveLength(before + 1);
    const ask = { providerId: provider, brief: 'Swimming for two.' };
    expect((await asha.send('post', `pools/${other.poolId}/quote-requests`, ask)).status).toBe(403);
    expect((await femi.send('post', `pools/${other.poolId}/quote-requests`, ask)).status).toBe(201);
  });

  it('a representative agrees for the person; nominee, carer, broker and family do not', async () => {
    const forBola = { ...assent, contentHash: agreement.contentHash, personId: bola.id };
    for (const who of [nia, carer, cousin, femi]) expect((await who.send('post', `agreements/${agreement.agreementId}/assent`, forBola)).status).toBe(404);
    await rosa.must('post', `agreements/${agreement.agreementId}/assent`, forBola);
    for (const who of [asha, carys]) await who.must('post', `agreements/${agreement.agreementId}/assent`, { ...assent, contentHash: agreement.contentHash });
    await house().settle();
    const given = await house().database.read(house().system({ people: [bola.id] }), (tx) =>
      tx.rows<{ by: PersonId }>('select given_by as by from assent where person_id = $1', [bola.id]),
    );
    expect(given).toEqual([{ by: rosa.id }]);
  });

  it('both put her money in, and the notice says how much', async () => {
    const line = await lineOf(bola);
    await nia.must('post', `pools/${pool}/contributions`, { lineId: line, amountPence: 5_000 });
    await rosa.must('post', `pools/${pool}/contributions`, { lineId: line, amountPence: 2_050 });
    for (const [who, status] of [
      [carer, 403],
      [cousin, 404],
    ] as const)
      expect((await who.send('post', `pools/${pool}/contributions`, { lineId: line, amountPence: 100 })).status).toBe(status);
    await house().settle();
    const arrived = (await inbox(bola)).filter((notice) => notice.kind === 'money-arrived').map((notice) => notice.wording.sentences[0]);
    expect(arrived).toEqual(['£20.50 is there. It is still yours until it is spent.', '£50.00 is there. It is still yours until it is spent.']);
  });

  it('both see her pools as she does, and she sees that they looked', async () => {
    for (const [who, as] of [
      [rosa, 'representative'],
      [nia, 'nominee'],
    ] as const) {
      expect((await who.get('pools')).body.items).toEqual([]);
      expect((await who.get(`pools?personId=${bola.id}`)).body.items).toMatchObject([{ id: pool, name: 'Friday Gardeners' }]);
      const seen = (await who.get(`pools/${pool}?personId=${bola.id}`)).body;
      const own = (await bola.get(`pools/${pool}`)).body;
      const actingFor = { personId: bola.id, firstName: 'Bola', as, mayDecide: as === 'representative' };
      // What happened is told to its reader: `you` is who reads.
      const sentences = (view: typeof own) => (view.history as { sentence: string }[]).map((each) => each.sentence).join(' ');
      expect({ ...seen, history: [] }).toEqual({ ...own, history: [], actingFor });
      expect([sentences(seen), sentences(own)]).toEqual([expect.not.stringMatching(/\byou\b/i), expect.stringMatching(/\byou\b/i)]);
      expect(sentences(seen)).toContain('Bola');
      expect(seen.mine).toMatchObject({ putInPence: 7_050, freePence: 7_050 });
      expect((await who.get(`pools/${pool}`)).body).toEqual(seen);
      expect((await who.get(`pools/${pool}/shares`)).body).toEqual((await bola.get(`pools/${pool}/shares`)).body);
      expect((await who.get(`pools/${pool}/exit-statement?personId=${bola.id}`)).status).toBe(200);
      expect((await who.get(`pools/${pool}?personId=${asha.id}`)).status).toBe(404);
      const looks = (await bola.get('me/looks')).body.items as { action: string; actor: string; noun: string; why: string }[];
      expect(looks).toContainEqual(expect.objectContaining({ action: 'record:viewed', actor: who.id, noun: 'pool', why: `as your ${as}` }));
    }
    for (const who of [carer, cousin]) {
      expect((await who.get(`pools/${pool}`)).status).toBe(404);
      expect((await who.get(`pools/${pool}?personId=${bola.id}`)).status).toBe(404);
      expect((await who.get(`pools?personId=${bola.id}`)).status).toBe(404);
    }
    const own = (await asha.get('me/looks')).body.items as { noun: string; action: string }[];
    expect(own.filter((look) => look.noun === 'pool' && look.action === 'record:viewed')).toEqual([]);
  });

  it('where there is no broker, members who hold a share give the brief, and the provider answers it', async () => {
    const ask = { providerId: provider, brief: 'Gardening on Fridays for three.' };
    const at = `pools/${pool}/quote-requests`;
    expect(await carys.send('post', at, ask)).toMatchObject({ status: 409, body: { code: 'no-share' } });
    expect((await nia.send('post', at, ask)).status).toBe(403);
    for (const who of [carer, cousin, petra]) expect((await who.send('post', at, ask)).status).toBe(404);
    expect(await petra.send('post', `pools/${pool}/quotes`, { providerId: provider, service: 'Gardening', pricePence: 6_000, sessions: 2 })).toMatchObject({
      status: 409,
    });
    expect(await rosa.send('post', at, ask)).toMatchObject({ status: 201, body: { poolId: pool, providerId: provider } });
    await asha.must('post', `pools/${pool}/contributions`, { lineId: await lineOf(asha), amountPence: 12_000 });
    expect((await asha.send('post', at, ask)).status).toBe(201);
    await petra.must('post', `pools/${pool}/quotes`, { providerId: provider, service: 'Gardening', pricePence: 6_000, sessions: 2 });
    expect((await asha.get(`pools/${pool}/quotes`)).body.items).toMatchObject([{ providerId: provider, pricePence: 6_000, state: 'offered' }]);
    const [quote] = (await asha.get(`pools/${pool}/quotes`)).body.items as { id: string }[];
    const choose = `quotes/${quote!.id}/choose?personId=${bola.id}`;
    expect((await nia.send('post', choose, {})).status).toBe(403);
    for (const who of [cousin, petra, asha]) expect((await who.send('post', choose, {})).status).toBe(404);
    expect(await rosa.must('post', choose)).toMatchObject({ quoteId: quote!.id });
    const yes = await house().database.read(house().system({ pools: [pool] }), (tx) =>
      tx.rows<{ person: string }>('select person_id as person from quote_choice where quote_id = $1', [quote!.id]),
    );
    expect(yes).toEqual([{ person: bola.id }]);
    const asked = await house().database.read(house().system({ people: [bola.id], pools: [pool] }), (tx) =>
      tx.rows<{ actor: string; about: string | null }>(
        `select actor, about_person as about from audit_event where action = 'quote:ask' and pool_id = $1 order by id`,
        [pool],
      ),
    );
    expect(asked).toEqual([
      { actor: rosa.id, about: bola.id },
      { actor: asha.id, about: null },
    ]);
  });

  it('a representative ends her place; a nominee or broker does not; and authority that ended opens nothing', async () => {
    const leave = { personId: bola.id };
    for (const who of [nia, carer, femi]) expect((await who.send('post', `pools/${pool}/leave`, leave)).status).toBe(403);
    expect((await cousin.send('post', `pools/${pool}/leave`, leave)).status).toBe(404);
    const ended = house().system({ people: [bola.id, nia.id] });
    await house().database.transaction(ended, (tx) =>
      house().app.get(Grants).end(tx, ended, { person: nia.id, role: 'nominee', id: bola.id, why: 'The nomination was withdrawn.' }),
    );
    expect((await nia.get(`pools/${pool}`)).status).toBe(404);
    expect(await rosa.must('post', `pools/${pool}/leave`, leave)).toMatchObject({ personId: bola.id, statement: { toReturnPence: 7_050 } });
    await house().settle();
    expect((await rosa.get(`pools/${pool}`)).status).toBe(404);
    expect((await rosa.get(`pools?personId=${bola.id}`)).body.items).toEqual([]);
    expect(await house().faults()).toEqual({});
  });
});
