import { join } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import type { Config } from './platform/index.js';
import { migrate } from './platform/index.js';
import type { EmbeddedCluster } from './platform/database/embedded/index.js';
import { prepareDatabase, startEmbedded } from './platform/database/embedded/index.js';
import type { Sandbox } from './sandbox/index.js';

/** A database the app can use: its address filled in, and how to leave it. */
export interface ReadyDatabase {
  readonly config: Config;
  readonly adminUrl: string | undefined;
  readonly cluster: EmbeddedCluster | undefined;
  leave(): Promise<void>;
}

/** Opens the database named by the settings, or the embedded one in DATA_DIR. `owner` for `npm start`, `guest` for the rest. */
export async function openDatabase(
  config: Config,
  role: 'owner' | 'guest',
  say: (line: string) => void,
  onLost?: (error: Error) => void,
): Promise<ReadyDatabase> {
  if (config.databaseUrl) return { config, adminUrl: config.databaseAdminUrl, cluster: undefined, leave: () => Promise.resolve() };
  const cluster = await startEmbedded({ dataDir: config.dataDir, role, log: say, ...(onLost ? { onLost } : {}) });
  const { adminUrl, appUrl } = await prepareDatabase(cluster);
  return { config: { ...config, databaseUrl: appUrl }, adminUrl, cluster, leave: () => cluster.stop() };
}

/** Migrates when we hold the owner's address; otherwise the operator runs `migrate` with DATABASE_ADMIN_URL. */
export async function bringUpToDate(database: ReadyDatabase): Promise<string[]> {
  return database.adminUrl ? migrate(database.adminUrl) : [];
}

/** In demo mode without a Stripe key: the simulated Stripe and bank, on the port they had before if it is free. */
export async function openSandbox(config: Config, now?: () => Date): Promise<{ config: Config; sandbox: Sandbox | undefined }> {
  if (config.mode === 'live' || config.stripe.secretKey || config.stripe.apiUrl) return { config, sandbox: undefined };
  const { startSandbox } = await import('./sandbox/index.js');
  const folder = join(config.dataDir, 'sandbox');
  const time = now ? { now } : {};
  const portFile = join(config.dataDir, 'sandbox.port');
  const before = Number(await readFile(portFile, 'utf8').catch(() => '0'));
  const sandbox = await startSandbox({ port: before, folder, ...time }).catch(() => startSandbox({ port: 0, folder, ...time }));
  await writeFile(portFile, String(sandbox.port));
  return { config: { ...config, stripe: { ...config.stripe, apiUrl: sandbox.url } }, sandbox };
}
