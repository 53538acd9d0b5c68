import { rm } from 'node:fs/promises';
import { discard } from './throw-away-cluster.mjs';

export default async function teardown() {
  await discard();
  if (process.env.TEST_SHAPES_FOLDER) await rm(process.env.TEST_SHAPES_FOLDER, { recursive: true, force: true });
}
