import { rm } from 'node:fs/promises';
import { choosePlace } from './place.js';
import { stopServer } from './start-cluster.js';

/** Stops the server of a throw-away DATA_DIR, whoever uses it, and removes the folder. For tests. */
export async function discardCluster(dataDir: string): Promise<void> {
  const place = await choosePlace(dataDir, () => undefined);
  await stopServer(place, 'immediate');
  if (place.base !== place.dataDir) await rm(place.base, { recursive: true, force: true });
  await rm(place.dataDir, { recursive: true, force: true });
}
