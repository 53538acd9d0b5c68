import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { invalid, NO_SCOPE, systemActor } from '../kernel/index.js';
import { directoryPage, DirectoryImports, DirectoryQueries, serviceFull } from '../providers/index.js';
import type { Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { withApp } from './with-app.js';

/** Our judgement, November 2026: national directories come in pages well below this. */
const MOST_BYTES = 50_000_000;

async function bytesOf(where: string): Promise<Uint8Array> {
  if (!/^https?:\/\//.test(where)) return readFile(where);
  const answer = await fetch(where, { signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw invalid('directory-not-fetched', `${where} answered ${answer.status}.`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.length > MOST_BYTES) throw invalid('directory-too-large', `The file is larger than ${MOST_BYTES / 1_000_000} MB.`);
  return bytes;
}

export const directoryImportCommand: Command = {
  name: 'directory import',
  usage: 'directory import FILE|URL [--source NAME] [--json]',
  what: 'Reads an Open Referral file of services into the directory.',
  values: ['source'],
  run: async ({ words, options, json }) => {
    const [where] = words;
    if (!where) {
      process.stderr.write('Say which file or address to read.\n');
      return 2;
    }
    const bytes = await bytesOf(where);
    return withApp(async (app) => {
      const source = typeof options['source'] === 'string' ? options['source'] : basename(where);
      const done = await app.get(DirectoryImports).import(systemActor('operator', NO_SCOPE), source, bytes);
      if (json) printJson(done);
      else {
        print(
          `${done.services.added} services added, ${done.services.changed} changed, ${done.services.same} as they were; ${done.providers.added} providers added.`,
        );
        for (const problem of done.problems.slice(0, 50)) print(`  ${problem.where}: ${problem.reason}`);
        if (done.problems.length > 50) print(`  and ${done.problems.length - 50} more; --json shows all.`);
      }
      return 0;
    });
  },
};

export const directoryExportCommand: Command = {
  name: 'directory export',
  usage: 'directory export',
  what: 'Prints every listed service as Open Referral UK 3.0 JSON.',
  run: () =>
    withApp(async (app) => {
      const services: object[] = [];
      for await (const service of app.get(DirectoryQueries).all()) services.push(serviceFull(service));
      printJson(directoryPage(services, { page: 1, perPage: Math.max(1, services.length), total: services.length }));
      return 0;
    }),
};
