import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { inspectedFile, inspectedTable, readStatementFile } from '../reconciliation/index.js';
import { BankAccounts, StatementImports } from '../reconciliation/index.js';
import { invalid, notFound, systemActor } from '../kernel/index.js';
import type { BookId } from '../kernel/index.js';
import { Database } from '../platform/index.js';
import type { Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { withApp } from './with-app.js';

function usage(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 2;
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'EACCES'
      ? invalid('file-not-read', `${path} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`)
      : error;
  });
}

/** Needs no database: reads a file and shows what is in it. */
export const statementInspectCommand: Command = {
  name: 'statement inspect',
  usage: 'statement inspect FILE [--json]',
  what: 'Shows what is in a bank statement file of any supported kind and currency. Imports nothing.',
  run: async ({ words: [path], json }) => {
    if (!path) return usage('Say which file to read.');
    const file = readStatementFile(await bytesOf(path));
    if (json) printJson(inspectedFile(file));
    else print(inspectedTable(file).trimEnd());
    return 0;
  },
};

export const statementImportCommand: Command = {
  name: 'statement import',
  usage: 'statement import --account REF FILE [--json]',
  what: 'Imports a bank statement into an account, whole or not at all; the same file again changes nothing.',
  values: ['account'],
  run: async ({ words: [path], options, json }) => {
    const reference = options['account'];
    if (typeof reference !== 'string') return usage('Say which bank account: --account ACC-XXXX-XXXX.');
    if (!path) return usage('Say which file to read.');
    const bytes = await bytesOf(path);
    return withApp(async (app) => {
      const database = app.get(Database);
      const books = await database.read(systemActor('operator', {}), (tx) => tx.rows<{ id: BookId }>(`select id from known_id where kind = 'book'`));
      const actor = systemActor('operator', { books: books.map((book) => book.id) });
      const account = await database.read(actor, (tx) => app.get(BankAccounts).named(tx, reference));
      if (!account) throw notFound(`The bank account ${reference}`);
      const answer = await app
        .get(StatementImports)
        .import(systemActor('operator', { books: [account.bookId] }), { accountId: account.id, fileName: basename(path), bytes });
      if (json) printJson(answer);
      else print(answer.words);
      return 0;
    });
  },
};
