/** A program that holds an embedded cluster, for the tests to fork and to kill: `embedded-holder.mjs DATA_DIR ROLE`.
 *  It tells its parent what became of the start; the message `stop` makes it leave in order. */
import { startEmbedded } from '../../dist/src/platform/database/embedded/index.js';

const [dataDir, role] = process.argv.slice(2);
try {
  const cluster = await startEmbedded({ dataDir, role, log: () => undefined });
  process.on('message', async (message) => {
    if (message !== 'stop') return;
    await cluster.stop();
    process.exit(0);
  });
  process.send({ started: { port: cluster.port, superuserUrl: cluster.superuserUrl } });
} catch (error) {
  process.send({ refused: { code: error.code, message: error.message, facts: error.facts } }, () => process.exit(1));
}
