import { makeApp } from './app.js';
import { openDatabase } from './house.js';
import { createLogger, loadConfig, startWorker } from './platform/index.js';
import { runProgram } from './program.js';
import { schedule } from './schedule.js';

/** The background process: outbox relay, event and job handlers, the schedule. Any number may run beside each other. */
await runProgram('worker', async ({ stopping }) => {
  const config = loadConfig(process.env);
  const logger = createLogger({ level: config.logLevel, program: 'worker' });
  const database = await openDatabase(config, 'guest', (line) => logger.info(line), stopping);
  const app = await makeApp(database.config, { logger });
  await app.init();
  const worker = await startWorker(app, schedule);
  return async () => {
    await worker.stop();
    await app.close();
    await database.leave();
  };
});
