import { makeApp } from './app.js';
import { openSandbox } from './house.js';
import type { Config } from './platform/index.js';
import { createLogger, Database, SetClock } from './platform/index.js';
import { randomFrom } from './district/index.js';
import { DomainError } from './kernel/index.js';
import type { District } from './seed/index.js';
import { beginSeed, finishSeed, SeedHouse, seedPilot } from './seed/index.js';

export interface SeedOrder {
  readonly district: District;
  readonly seed: string;
  /** How many people the pilot has; for tests. */
  readonly people?: number | undefined;
  /** The instant that the history ends at; for tests. */
  readonly now?: Date | undefined;
}

const PILOT_PEOPLE = 600;

/** Fills an empty database with an invented district, through an app of its own whose clock it sets. Refuses in live mode, and a
 *  database that holds anybody. */
export async function seedDistrict(config: Config, order: SeedOrder, say: (line: string) => void): Promise<void> {
  if (config.mode === 'live') throw new DomainError('refused', 'live-is-not-seeded', 'Invented people never enter a live installation.');
  const now = order.now ?? new Date();
  const clock = new SetClock(now);
  const doors = await openSandbox(config, () => clock.now());
  const app = await makeApp({ ...doors.config, databaseUrl: relaxed(doors.config.databaseUrl!) }, { clock, logger: createLogger({ level: 'error', program: 'seed' }) });
  try {
    await app.init();
    if (!doors.sandbox) throw new DomainError('refused', 'seed-needs-sandbox', 'The invented district pays through the simulated Stripe and bank: unset STRIPE_SECRET_KEY and STRIPE_API_URL.');
    const database = app.get(Database);
    const run = await beginSeed(database, order.district, order.seed);
    const house = new SeedHouse({ app, clock, sandbox: doors.sandbox, say });
    await seedPilot(house, randomFrom(order.seed), { people: order.people ?? PILOT_PEOPLE, now });
    await finishSeed(database, run);
  } finally {
    await app.close();
    await doors.sandbox?.close();
  }
}

/** Commits need not reach the disk one by one: a seed that is broken off is begun again anyway. */
function relaxed(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', '-c synchronous_commit=off');
  return url.toString();
}
