import { prepare } from './throw-away-cluster.mjs';

/** Before the integration tests: the database. */
export default async function setup() {
  await prepare();
}
