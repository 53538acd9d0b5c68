/** A pool's quotes: what its broker has to do with a provider is said before any quote, to members and to the broker (RULE 20). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Brokers } from '../../src/brokers/index.js';
import type { PoolId } from '../../src/kernel/index.js';
import { newId, pence } from '../../src/kernel/index.js';
import { Pools } from '../../src/pools/index.js';
import { Quotes } from '../../src/purchasing/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();

describe('quotes of a provider that the pool’s broker has an interest in', () => {
  let place: PoolScene;
  let pool: PoolId;
  const company = Company.of(browser, () => place);
  const [brothers, others] = [newId<'provider'>(), newId<'provider'>()];

  beforeAll(async () => {
    place = await PoolScene.open('2026-11-20T10:00:00Z');
    const { scene, people, house } = place;
    await house.database.transaction(house.system({ providers: [brothers, others] }), async (tx) => {
      for (const [id, name] of [
        [brothers, 'Leaf & Spade'],
        [others, 'Spade & Sons'],
      ] as const)
        await tx.run(`insert into provider (id, name, kind, tier, state, made_at) values ($1, $2, 'micro-enterprise', 1, 'listed', $3)`, [id, name, tx.now]);
    });
    const femi = await scene.actor(people.femi);
    const made = await house.app.get(Pools).propose(femi, {
      name: 'Friday Gardeners',
      purpose: 'Grow food and have company.',
      members: [people.asha, people.bola, people.carys].map((personId) => ({ personId })),
    });
    pool = made.poolId;
    const broker = await scene.actor(people.femi);
    for (const providerId of [brothers, others]) {
      await house.app.get(Quotes).ask(broker, pool, { providerId, brief: 'Gardening on Fridays' });
      await house.app.get(Quotes).give(broker, pool, { providerId, service: 'Gardening', pricePence: pence(6_000), sessions: 4 });
    }
  }, 120_000);
  afterAll(() => place?.close());

  it('are read after that, by everybody; of another provider nothing is said, nor from the day after it ended', async () => {
    const { scene, people, house } = place;
    const open = async (username: string) => {
      const visitor = await company.as(username);
      await visitor.open(`/pools/${pool}/quotes`);
      return visitor;
    };
    await (await open('asha')).saysNothingOf('has family at');
    const { id } = await house.app.get(Brokers).declareConflict(await scene.actor(people.femi), { providerId: brothers, kind: 'family', words: 'My brother' });
    for (const username of ['asha', 'femi']) {
      const visitor = await open(username);
      const text = await visitor.page.locator('main').innerText();
      const said = text.indexOf('The broker of this pool has family at Leaf & Spade. My brother.');
      expect({ username, isBefore: said >= 0 && said < text.indexOf('Side by side') }).toEqual({ username, isBefore: true });
      expect(text).not.toContain('has family at Spade & Sons');
      await company.look(visitor, `quotes-interest-${username}`);
    }
    await house.app.get(Brokers).endConflict(await scene.actor(people.femi), id);
    await (await open('bola')).says('has family at');
    house.clock.set(new Date('2026-11-21T09:00:00Z'));
    await (await open('bola')).saysNothingOf('has family at');
  });
});
