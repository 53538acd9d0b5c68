import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { makeApp } from '../app.js';
import type { ReadyDatabase } from '../house.js';
import { bringUpToDate, openDatabase } from '../house.js';
import type { Clock } from '../platform/index.js';
import { createLogger, loadConfig } from '../platform/index.js';

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** The database of the settings, as a guest beside a running app or alone; closed afterwards whatever happens. */
export async function withDatabase<T>(work: (database: ReadyDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase(loadConfig(process.env), 'guest', tell);
  try {
    return await work(database);
  } finally {
    await database.leave();
  }
}

/** The app without its doors open: services to call. Brings the database up to date first when it may. */
export async function withApp<T>(work: (app: NestFastifyApplication) => Promise<T>, options: { clock?: Clock } = {}): Promise<T> {
  return withDatabase(async (database) => {
    await bringUpToDate(database);
    const app = await makeApp(database.config, { logger: createLogger({ level: 'error', program: 'cli' }), ...options });
    await app.init();
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  });
}
