/** Who a session's token stands for is read once for all who ask at the same moment, and anew after every ring of the database. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ActorCache } from '../../src/identity/actor-cache.js';
import type { SignedInActor } from '../../src/identity/index.js';
import type { PersonId } from '../../src/kernel/index.js';
import { newId, NO_SCOPE } from '../../src/kernel/index.js';
import type { Config } from '../../src/platform/index.js';
import { SetClock } from '../../src/platform/index.js';
import type { TestDatabase } from '../support/database.js';
import { testDatabase } from '../support/database.js';

const token = Buffer.from('a token’s hash');
const actor = (): SignedInActor => ({ kind: 'person', id: newId<'person'>() as PersonId, grants: [], scope: NO_SCOPE });

describe('the actor of a token', () => {
  let made: TestDatabase;
  let cache: ActorCache;
  let reads = 0;

  beforeAll(async () => {
    made = await testDatabase();
    cache = new ActorCache({ databaseUrl: made.appUrl } as Config, new SetClock(new Date('2026-05-01T10:00:00Z')));
    cache.onModuleInit();
    await until(() => isKept());
  });
  afterAll(async () => {
    await cache.onModuleDestroy();
    await made.drop();
  });

  /** Reads slowly, so that others ask meanwhile. */
  const slowly = (answer: () => SignedInActor | undefined) => async (): Promise<SignedInActor | undefined> => {
    reads += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return answer();
  };
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let left = 200; !(await isSo()); left--) {
      if (left === 0) throw new Error('it never came to be');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  /** Something is kept only while the database's rings are heard. */
  async function isKept(): Promise<boolean> {
    const [first, other] = [actor(), actor()];
    await cache.get(token, async () => first);
    return (await cache.get(token, async () => other)) === first;
  }

  it('is read once for all who ask meanwhile, and then kept', async () => {
    cache.forget();
    reads = 0;
    const one = actor();
    const all = await Promise.all(
      Array.from({ length: 9 }, () =>
        cache.get(
          token,
          slowly(() => one),
        ),
      ),
    );
    expect(all.every((each) => each === one)).toBe(true);
    expect(await cache.get(token, slowly(actor))).toBe(one);
    expect(reads).toBe(1);
  });

  it('is read anew by who asks after a ring, though an earlier read has not ended, whose answer is then not kept', async () => {
    cache.forget();
    const [before, after, probe, other] = [actor(), actor(), actor(), actor()];
    let end: (found: SignedInActor) => void = () => undefined;
    const early = cache.get(token, () => new Promise((resolve) => (end = resolve)));
    const probed = (): Promise<SignedInActor | undefined> => cache.get(Buffer.from('another'), async () => other);
    await cache.get(Buffer.from('another'), async () => probe);
    expect(await probed()).toBe(probe);

    const client = new pg.Client({ connectionString: made.adminUrl });
    await client.connect();
    await client.query('notify actors');
    await client.end();
    await until(async () => (await probed()) === other);
    expect(await cache.get(token, async () => after)).toBe(after);
    end(before);
    expect(await early).toBe(before);
    expect(await cache.get(token, slowly(actor))).toBe(after);
  });

  it('is a failure for all who waited for the same read, and is read anew by the next', async () => {
    cache.forget();
    const failing = Array.from({ length: 3 }, () =>
      cache.get(token, async () => {
        await Promise.resolve();
        throw new Error('the database is away');
      }),
    );
    expect((await Promise.allSettled(failing)).map((each) => each.status)).toEqual(['rejected', 'rejected', 'rejected']);
    const one = actor();
    expect(await cache.get(token, async () => one)).toBe(one);
  });
});
