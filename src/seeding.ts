import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeApp } from './app.js';
import { randomFrom } from './district/index.js';
import { openSandbox } from './house.js';
import { DomainError } from './kernel/index.js';
import { Seals } from './ledger/index.js';
import type { Config } from './platform/index.js';
import { appDataSource, createLogger, Database, LONDON_DAYS, SetClock, SystemClock } from './platform/index.js';
import type { District } from './seed/index.js';
import { beginSeed, finishSeed, SeedHouse, seedLarge, seedPilot } from './seed/index.js';

export interface SeedOrder {
  readonly district: District;
  readonly seed: string;
  /** How many people the pilot has; for tests. */
  readonly people?: number | undefined;
  /** The instant at which the history ends; for tests. */
  readonly now?: Date | undefined;
}

const PILOT_PEOPLE = 600;

/** Fills an empty database with an invented district, through an app of its own whose clock it sets. Refuses in live mode, with a
 *  Stripe key of the site's own, and on a database that holds anybody. */
export async function seedDistrict(given: Config, order: SeedOrder, say: (line: string) => void): Promise<void> {
  if (given.mode === 'live') throw new DomainError('refused', 'live-is-not-seeded', 'Invented people never enter a live installation.');
  if (given.stripe.secretKey || given.stripe.apiUrl)
    throw new DomainError(
      'refused',
      'seed-needs-sandbox',
      'The invented district pays through the simulated Stripe and bank: unset STRIPE_SECRET_KEY and STRIPE_API_URL.',
    );
  const config = { ...given, databaseUrl: relaxed(given.databaseUrl!) };
  const source = await appDataSource(config.databaseUrl).initialize();
  const database = new Database(source, new SystemClock());
  try {
    const run = await beginSeed(database, order.district, order.seed);
    await rm(join(config.dataDir, 'sandbox'), { recursive: true, force: true });
    await withHouse(config, order.now ?? new Date(), say, async (house, now) => {
      await seedPilot(house, randomFrom(order.seed), { people: order.people ?? PILOT_PEOPLE, now });
      if (order.district !== 'pilot') await seedLarge(house, randomFrom(order.seed).branch('large'), order.district);
    });
    await new Seals(database).sealWaiting();
    await finishSeed(database, run);
  } finally {
    await source.destroy();
  }
}

async function withHouse(config: Config, now: Date, say: (line: string) => void, work: (house: SeedHouse, now: Date) => Promise<void>): Promise<void> {
  const clock = new SetClock(now);
  const doors = await openSandbox(config, () => clock.now());
  try {
    const app = await makeApp(doors.config, { clock, logger: createLogger({ level: 'error', program: 'seed' }) });
    try {
      await app.init();
      await work(new SeedHouse({ app, clock, sandbox: doors.sandbox!, say }), now);
    } finally {
      await app.close();
    }
  } finally {
    await doors.sandbox?.close();
  }
}

/** Commits need not reach the disk one by one: a seed that is broken off is begun again anyway. */
function relaxed(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', `${LONDON_DAYS} -c synchronous_commit=off -c jit=off`);
  return url.toString();
}
