import { readFile } from 'node:fs/promises';
import { systemActor } from '../kernel/index.js';
import type { BrokenSeal, ChainHead } from '../ledger/index.js';
import { Books, Seals } from '../ledger/index.js';
import { Database } from '../platform/index.js';
import type { Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { withApp } from './with-app.js';

export const sealsCommand: Command = {
  name: 'seals',
  usage: 'seals [--verify] [--against FILE] [--json]',
  what: 'Seals what waits and prints the head of every book’s chain, to be kept elsewhere; proves every seal; or finds heads kept before.',
  values: ['against'],
  flags: ['verify'],
  run: ({ json, options }) =>
    withApp(async (app) => {
      const seals = app.get(Seals, { strict: false });
      const kept = typeof options['against'] === 'string' ? headsIn(await readFile(options['against'], 'utf8')) : [];
      await seals.sealWaiting();
      const books = await app.get(Database).read(systemActor('seals', {}), (tx) => app.get(Books, { strict: false }).everyId(tx));
      const heads = await seals.heads(books);
      const broken = [...(options['verify'] === true ? await seals.broken(books) : []), ...(await seals.missing(kept))];
      if (json) printJson({ ok: broken.length === 0, heads, broken });
      else printPlain(heads, broken, options['verify'] === true, kept.length);
      return broken.length === 0 ? 0 : 1;
    }),
};

function printPlain(heads: readonly ChainHead[], broken: readonly BrokenSeal[], isProved: boolean, kept: number): void {
  for (const { book, n, hash } of heads) print(`${book} ${n} ${hash}`);
  for (const { book, n, why } of broken) print(`BROKEN ${book} ${n}: ${why}`);
  if (isProved && broken.length === 0) print(`All seals of ${heads.length} books hold.`);
  if (kept > 0 && broken.length === 0) print(`All ${kept} heads are where they were.`);
}

/** The heads of a file that this command wrote, as text or as JSON; other lines are passed over. Throws when there is none. */
function headsIn(text: string): ChainHead[] {
  const heads = text.trimStart().startsWith('{')
    ? (JSON.parse(text) as { heads: ChainHead[] }).heads
    : text.split('\n').flatMap((line): ChainHead[] => {
        const [, book, n, hash] = /^([0-9a-f-]{36}) (\d+) ([0-9a-f]{64})\s*$/.exec(line) ?? [];
        return book ? [{ book: book as ChainHead['book'], n: Number(n), hash: hash! }] : [];
      });
  if (heads.length === 0) throw new Error('There are no heads in this file.');
  return heads;
}
