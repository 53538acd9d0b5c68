/** Web and the nightly refresh in one process, as `npm start` has them: the app on one port, and a door on another that runs the refresh and
 *  answers how many milliseconds it took. `node web-with-refresh.mjs DOOR`; settings come from the environment as for the app. */
import { createServer } from 'node:http';
import { compiled } from './scene.mjs';

const [{ makeApp }, platform] = await Promise.all(['app.js', 'platform/index.js'].map(compiled));
const config = platform.loadConfig(process.env);
const app = await makeApp(config, { logger: platform.createLogger({ level: 'warn', program: 'bench' }) });
await app.listen(config.port, config.host);
const jobs = app.get(platform.Jobs, { strict: false });

const door = createServer(async (_request, response) => {
  const began = performance.now();
  try {
    await jobs.runJob('matching-suggest', new Date());
    response.end(String(performance.now() - began));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
door.listen(Number(process.argv[2]), config.host);
process.once('SIGTERM', async () => {
  door.close();
  await app.close();
  process.exit(0);
});
