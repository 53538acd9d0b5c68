import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { refused } from '../../../kernel/index.js';
import { type Binaries, binariesIn, packagedBinaries } from './binaries.js';
import { codeOf, exists, textOf } from './files.js';
import { type Account, run } from './run.js';

/** Where a cluster lies, which programs run it and as whom. */
export interface Place {
  /** DATA_DIR: the secrets, and commonly the cluster too. */
  readonly dataDir: string;
  /** Holds the cluster and its log: DATA_DIR, or a folder of its own when the server's user cannot reach DATA_DIR. */
  readonly base: string;
  /** The cluster: PostgreSQL's own data folder. */
  readonly data: string;
  readonly log: string;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
}

/** Where a server started by root keeps what must be reachable by the user `postgres`. */
export const systemHome = '/var/lib/commonpurse';

const weAreRoot = (): boolean => process.getuid?.() === 0;

/** Finds or chooses the place for DATA_DIR, and makes the folders. PostgreSQL refuses to run as root, so root's server
 *  runs as the owner of an existing cluster, else as user `postgres`; what that user cannot reach is put in `home`. */
export async function choosePlace(folder: string, say: (line: string) => void, home = systemHome): Promise<Place> {
  const dataDir = await makeFolder(folder);
  const chosen = (await textOf(join(dataDir, 'postgres.location')))?.trim();
  const account = await accountFor(join(chosen ?? dataDir, 'postgres'));
  const base = chosen ?? (await reachableBase(dataDir, account, home));
  if (base !== dataDir) say(`The database of ${dataDir} lies in ${base}.`);
  const log = join(base, 'postgres.log');
  await makeLog(log, account);
  return { dataDir, base, data: join(base, 'postgres'), log, binaries: await reachableBinaries(account, home), account };
}

async function makeFolder(folder: string): Promise<string> {
  if (await mkdir(folder, { recursive: true, mode: weAreRoot() ? 0o711 : 0o700 })) await chmod(folder, weAreRoot() ? 0o711 : 0o700);
  return await realpath(folder);
}

async function accountFor(data: string): Promise<Account | undefined> {
  const owner = await stat(join(data, 'PG_VERSION')).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refused(
      'data-folder-closed',
      `The database in ${data} belongs to another user of this machine (${codeOf(error)}). Start Commonpurse as that user, or choose another DATA_DIR.`,
    );
  });
  if (!weAreRoot()) {
    if (owner && process.getuid && owner.uid !== process.getuid()) {
      throw refused(
        'data-folder-closed',
        `The database in ${data} belongs to user ${owner.uid} of this machine. Start Commonpurse as that user, or choose another DATA_DIR.`,
      );
    }
    return undefined;
  }
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await postgresAccount();
}

/** The system user `postgres`, made when missing. */
async function postgresAccount(): Promise<Account> {
  const look = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).output.trim() || Number.NaN);
  if (Number.isNaN(await look('-u'))) await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  const account = { uid: await look('-u'), gid: await look('-g') };
  if (Number.isNaN(account.uid) || Number.isNaN(account.gid)) {
    throw refused(
      'no-postgres-user',
      'PostgreSQL does not run as root, and there is no user "postgres" to run it as. Make one, or start Commonpurse as an ordinary user.',
    );
  }
  return account;
}

/** Whether that user may enter the folder, or run the program, at this path. */
async function canReach(account: Account | undefined, path: string): Promise<boolean> {
  return account === undefined || (await run('sh', ['-c', 'test -x "$0"', path], account)).code === 0;
}

async function reachableBase(dataDir: string, account: Account | undefined, home: string): Promise<string> {
  if (await canReach(account, dataDir)) return dataDir;
  if (await exists(join(dataDir, 'postgres', 'PG_VERSION'))) {
    throw refused(
      'data-folder-closed',
      `The database in ${dataDir} belongs to a user who may not enter that folder. Open the folders above it to that user (chmod o+x), or move it.`,
    );
  }
  const base = join(home, `data-${hash(dataDir)}`);
  await openFolder(home);
  await openFolder(base);
  await writeFile(join(dataDir, 'postgres.location'), `${base}\n`, { flag: 'wx' }).catch(() => undefined); // a rival wrote the same
  return base;
}

async function reachableBinaries(account: Account | undefined, home: string): Promise<Binaries> {
  const packaged = await packagedBinaries();
  if (await canReach(account, packaged.initdb)) return packaged;
  const { version } = JSON.parse(await readFile(join(dirname(packaged.root), 'package.json'), 'utf8')) as { version: string };
  const root = join(home, `postgres-${hash(`${version} ${process.arch} ${packaged.root}`)}`);
  if (!(await exists(root))) {
    await openFolder(home);
    const aside = `${root}.${process.pid}-${randomBytes(4).toString('hex')}`;
    await cp(packaged.root, aside, { recursive: true, verbatimSymlinks: true });
    await chmod(aside, 0o755);
    await rename(aside, root).catch(() => rm(aside, { recursive: true, force: true })); // a rival was faster
  }
  return binariesIn(packaged, root);
}

async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
}

/** The log must be the server's to write. One over 10 MB is put aside, in place of the one before. */
async function makeLog(log: string, account: Account | undefined): Promise<void> {
  const size = (await stat(log).catch(() => undefined))?.size ?? 0;
  if (size > 10_000_000) await rename(log, `${log}.1`).catch(() => undefined);
  await writeFile(log, '', { flag: 'a', mode: 0o600 });
  if (account) await chown(log, account.uid, account.gid);
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
