import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../../kernel/index.js';
import { exists, isAlive } from './files.js';
import type { Place } from './place.js';
import { lastLines, run } from './run.js';

/** The builtin locale sorts alike on every machine and folds case by Unicode. */
const flags = [
  '-U',
  'postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--data-checksums',
];

const litter = /^postgres-new-(\d+)-[0-9a-f]+(\.pw)?$/;
const tenMinutes = 600_000;

export const isInitialised = (place: Place): Promise<boolean> => exists(join(place.data, 'PG_VERSION'));

/** Makes the cluster aside, then renames it into place: of several starters exactly one wins, and one that is killed
 *  half-way leaves only litter. Throws when initdb fails, as on a full disk. */
export async function initialise(place: Place, password: string, durable: boolean): Promise<void> {
  const aside = join(place.base, `postgres-new-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(aside, { mode: 0o700 });
    await writeFile(`${aside}.pw`, password, { mode: 0o600, flag: 'wx' });
    if (place.account) {
      await chown(aside, place.account.uid, place.account.gid);
      await chown(`${aside}.pw`, place.account.uid, place.account.gid);
    }
    const args = ['-D', aside, `--pwfile=${aside}.pw`, ...flags, ...(durable ? [] : ['--no-sync'])];
    const { code, output } = await run(place.binaries.initdb, args, place.account);
    if (code !== 0) {
      throw new DomainError('unavailable', 'postgres-not-made', `PostgreSQL could not make its folder in ${place.base}:\n${lastLines(output)}`);
    }
    await rename(aside, place.data).catch(async (error: unknown) => {
      if (!(await isInitialised(place))) throw error;
    });
  } finally {
    await rm(`${aside}.pw`, { force: true });
    await rm(aside, { recursive: true, force: true });
  }
}

/** Removes what starters that were killed inside initdb left behind; their `.pw` file holds the password. What a living
 *  starter made is left alone for ten minutes (its process id may have gone to another). */
export async function sweepLitter(place: Place): Promise<void> {
  for (const name of await readdir(place.base)) {
    const pid = litter.exec(name)?.[1];
    if (pid === undefined) continue;
    const path = join(place.base, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? 0);
    if (isAlive(Number(pid)) && age < tenMinutes) continue;
    await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined); // its initdb may still be writing: next time
  }
}
