import { discard } from './throw-away-cluster.mjs';

export default async function teardown() {
  await discard();
}
