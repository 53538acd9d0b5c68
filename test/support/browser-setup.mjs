import { prepare } from './throw-away-cluster.mjs';
import { unpackChromium } from './unpack-chromium.mjs';

/** Before the browser tests: the database, and the browser unpacked once (workers would race for it). */
export default async function setup() {
  await prepare();
  await unpackChromium();
}
