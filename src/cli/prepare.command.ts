import { makeApp } from '../app.js';
import { firstStart, joinSandbox } from '../first-start.js';
import type { ReadyDatabase } from '../house.js';
import { bringUpToDate, openSandbox } from '../house.js';
import { createLogger } from '../platform/index.js';
import type { Command } from './run-command.js';
import { print } from './run-command.js';
import { withDatabase } from './with-app.js';

/** What comes once, before any web, worker or sandbox process of this version starts. */
export const prepareCommand: Command = {
  name: 'prepare',
  usage: 'prepare [--web http://web:3000]',
  what: 'Brings the database up to date and, in demo mode, fills an empty one; the simulated Stripe will tell --web what happens.',
  values: ['web'],
  run: ({ options }) =>
    withDatabase(async (database) => {
      if (!database.adminUrl) {
        process.stderr.write('DATABASE_ADMIN_URL is not set: migrations are run as the role that owns the tables.\n');
        return 1;
      }
      const ran = await bringUpToDate(database);
      print(`The database is up to date (${ran.length} changes made).`);
      const { district, isNew } = await firstStart(database, false, print);
      if (isNew && typeof options['web'] === 'string') await nameAddress(database, options['web']);
      print(district ? `It holds the invented district (${district.district}, seed ${district.seed}).` : 'Nothing was invented.');
      return 0;
    }),
};

/** Only right after the first load, while no sandbox process keeps the same books. */
async function nameAddress(database: ReadyDatabase, web: string): Promise<void> {
  const { config, sandbox } = await openSandbox(database.config);
  try {
    const app = await makeApp(config, { logger: createLogger({ level: 'error', program: 'cli' }) });
    try {
      await app.init();
      if (sandbox) await joinSandbox(app, sandbox, web);
    } finally {
      await app.close();
    }
  } finally {
    await sandbox?.close();
  }
}
