import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';

/** The code of a system error (`ENOENT`) or of PostgreSQL's (`57P03`); undefined for any other. */
export const codeOf = (error: unknown): string | undefined => (error as { code?: string } | undefined)?.code;

/** False when there is no such path; any other difficulty is thrown. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/** The file's text, or undefined when there is no such file. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The secret in this file, made at random (256 bits) when there is none. Of several that make it at once exactly one
 *  wins, and none ever reads half a secret: it is written aside and linked into place. Mode 0600. */
export async function secretFile(path: string): Promise<string> {
  const found = (await textOf(path))?.trim();
  if (found) return found;
  const aside = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(aside, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(aside, path).catch(async (error: unknown) => {
      if (codeOf(error) !== 'EEXIST') await copyFile(aside, path, constants.COPYFILE_EXCL); // no hard links here
    });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}

/** Bytes that may still be written to the disk that holds this folder. */
export async function freeBytes(dir: string): Promise<number> {
  const disk = await statfs(dir);
  return disk.bavail * disk.bsize;
}

/** Whether a process with this id is alive. One that we may not signal is alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
