import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { bringUpToDate } from './house.js';
import type { ReadyDatabase } from './house.js';
import { systemActor } from './kernel/index.js';
import { Books } from './ledger/index.js';
import { StripeAccounts } from './payments/index.js';
import type { Config } from './platform/index.js';
import { appDataSource, BadSettings, Database, SystemClock } from './platform/index.js';
import { prepareDatabase } from './platform/database/embedded/index.js';
import type { Sandbox } from './sandbox/index.js';
import type { SeedRun } from './seed/index.js';
import { DEMO_PASSWORD, DEMO_STRIPE_ACCOUNTS, hasPeople, seedRunOf, SIGN_INS } from './seed/index.js';
import { seedDistrict } from './seeding.js';

const FIRST_DISTRICT = { district: 'pilot', seed: '1' } as const;

export interface FirstStart {
  /** Which district is here, if any. */
  readonly district: SeedRun | undefined;
  /** It was loaded just now. */
  readonly isNew: boolean;
}

/** In demo mode, on a database with nobody in it: loads the invented district. A load that was broken off is begun again on a clean
 *  database. */
export async function firstStart(database: ReadyDatabase, wantsEmpty: boolean, say: (line: string) => void): Promise<FirstStart> {
  const { config } = database;
  const before = await look(config);
  if (before.run?.state === 'started') await startAfresh(database, say);
  else if (before.run || before.people) return { district: before.run, isNew: false };
  if (config.mode === 'live' || wantsEmpty || config.stripe.secretKey || config.stripe.apiUrl) return { district: undefined, isNew: false };
  say('This is the first start: an invented district is loaded. It takes about a minute.');
  await seedDistrict(config, FIRST_DISTRICT, say);
  return { district: (await look(config)).run, isNew: true };
}

async function look(config: Config): Promise<{ run: SeedRun | undefined; people: boolean }> {
  const source = await appDataSource(config.databaseUrl!).initialize();
  try {
    const database = new Database(source, new SystemClock());
    return { run: await seedRunOf(database), people: await hasPeople(database) };
  } finally {
    await source.destroy();
  }
}

/** Half a district is worse than none. Our own database is made anew; somebody else's is theirs to clean. */
async function startAfresh(database: ReadyDatabase, say: (line: string) => void): Promise<void> {
  const { cluster, config } = database;
  if (!cluster)
    throw new BadSettings([
      'The loading of the invented district was broken off in this database. Drop the database that DATABASE_URL names, create it again, and start once more',
    ]);
  say('The last loading was broken off: it is begun again on a clean database.');
  const client = new pg.Client({ connectionString: cluster.superuserUrl });
  await client.connect();
  await client.query('drop database if exists commonpurse with (force)').finally(() => client.end());
  await prepareDatabase(cluster);
  await rm(join(config.dataDir, 'sandbox'), { recursive: true, force: true });
  await bringUpToDate(database);
}

/** The simulated Stripe sends the events of each money-holder's account to an address of ours. */
export async function joinSandbox(app: Pick<NestFastifyApplication, 'get'>, sandbox: Sandbox, web: string): Promise<void> {
  const stripe = app.get(StripeAccounts);
  const bare = await stripe.bookOfBareAddress();
  const books = await app.get(Database).read(systemActor('sandbox', {}), (tx) => app.get(Books).all(tx));
  for (const { book: name, key } of DEMO_STRIPE_ACCOUNTS) {
    const book = books.find((each) => each.name === name)?.id;
    const secret = book && (await stripe.webhookSecretOf(book));
    if (!secret) continue;
    const url = new URL(book === bare ? '/webhooks/stripe' : `/webhooks/stripe/${book}`, web);
    const response = await fetch(new URL('/sandbox/webhook_endpoints', sandbox.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: key, url, secret }),
    });
    if (!response.ok) throw new Error(`the simulated Stripe did not take our address: ${await response.text()}`);
  }
}

/** Where to go and as whom, for a demonstration. */
export function signInTable(address: string, district: SeedRun | undefined): string[] {
  if (!district) return [`Commonpurse is at ${address}`];
  const width = Math.max(...SIGN_INS.map((each) => each.username.length));
  return [
    '',
    `Commonpurse is at ${address}`,
    `It holds an invented district (${district.district}, seed ${district.seed}): nobody in it is real, and payments are simulated.`,
    '',
    `Sign in at ${address}/sign-in with the password ${DEMO_PASSWORD} as`,
    ...SIGN_INS.map(({ username, who }) => `  ${username.padEnd(width)}  ${who}`),
    '',
  ];
}
