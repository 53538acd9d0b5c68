import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './throw-away-cluster.mjs';
import { unpackChromium } from './unpack-chromium.mjs';

/** Before the browser tests: the database, the browser unpacked once (workers would race for it), and a folder that says which shapes of
 *  page passed. */
export default async function setup() {
  process.env.TEST_SHAPES_FOLDER = await mkdtemp(join(tmpdir(), 'commonpurse-shapes-'));
  await prepare();
  await unpackChromium();
}
