import type { AddressInfo } from 'node:net';
import { makeApp } from './app.js';
import { firstStart, joinSandbox, signInTable } from './first-start.js';
import { bringUpToDate, openDatabase, openSandbox } from './house.js';
import { createLogger, loadConfig, startWorker } from './platform/index.js';
import { runProgram } from './program.js';
import { schedule } from './schedule.js';

/** `npm start`: database, migrations, the invented district on the first start (not with `--empty`), web and worker in one process. */
await runProgram('commonpurse', async ({ stopping }) => {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const config = loadConfig(process.env);
  const logger = createLogger({ level: process.env['LOG_LEVEL'] ? config.logLevel : 'warn', program: 'start' });
  const database = await openDatabase(config, 'owner', say, stopping);
  const ran = await bringUpToDate(database);
  if (ran.length > 0) say(`The database is up to date (${ran.length} changes made).`);
  const { district } = await firstStart(database, process.argv.includes('--empty'), say);
  const doors = await openSandbox(database.config);
  const app = await makeApp(doors.config, { logger });
  await app.listen(config.port, config.host);
  if (doors.sandbox) await joinSandbox(app, doors.sandbox, `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
  const worker = await startWorker(app, schedule);
  for (const line of signInTable(config.publicUrl, district)) say(line);
  return async () => {
    await worker.stop();
    await app.close();
    await doors.sandbox?.close();
    await database.leave();
  };
});
