import { makeApp } from './app.js';
import { openDatabase } from './house.js';
import { createLogger, loadConfig } from './platform/index.js';
import { runProgram } from './program.js';

/** The web process: the JSON API and the portal. Any number may run beside each other; migrations are run by the operator. */
await runProgram('web', async ({ stopping }) => {
  const config = loadConfig(process.env);
  const logger = createLogger({ level: config.logLevel, program: 'web' });
  const database = await openDatabase(config, 'guest', (line) => logger.info(line), stopping);
  const app = await makeApp(database.config, { logger });
  await app.listen(config.port, config.host);
  return async () => {
    await app.close();
    await database.leave();
  };
});
