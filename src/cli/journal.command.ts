import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Journal } from '../insight/index.js';
import { isId, isLocalDate, spokenReference, typedReference, systemActor } from '../kernel/index.js';
import type { BookId } from '../kernel/index.js';
import { Books } from '../ledger/index.js';
import { Database } from '../platform/index.js';
import type { Command } from './run-command.js';
import { withApp } from './with-app.js';

const FORMATS = ['journal', 'csv'] as const;

function usage(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 2;
}

/** To standard output, waiting when it is full. */
const toOutput = (text: string): Promise<void> =>
  new Promise((resolve, reject) => void process.stdout.write(text, (error) => (error ? reject(error) : resolve())));

/** The books of bodies by name; a person's own account is named by whoever knows its reference. */
async function booksOfBodies(app: NestFastifyApplication): Promise<string> {
  const books = await app.get(Database).read(systemActor('operator', {}), (tx) => app.get(Books).all(tx));
  return books.map((book) => `  ${spokenReference('BOO', book.id)}  ${book.name}`).join('\n');
}

export const journalCommand: Command = {
  name: 'journal',
  usage: 'journal BOOK [--format journal|csv] [--from DAY] [--until DAY]',
  what: 'Writes a book out, by its id or reference (BOO-XXXX-XXXX), with control totals at the end: for hledger, ledger, or as CSV.',
  values: ['format', 'from', 'until'],
  run: async ({ words: [named], options }) => {
    const { format = 'journal', from, until } = options;
    const chosen = FORMATS.find((each) => each === format);
    if (!chosen) return usage('The format is journal or csv.');
    if (from !== undefined && !isLocalDate(from)) return usage('--from is a day like 2026-04-01.');
    if (until !== undefined && !isLocalDate(until)) return usage('--until is a day like 2027-04-01.');
    return withApp(async (app) => {
      const books = await app.get(Database).read(systemActor('operator', {}), (tx) => tx.rows<{ id: BookId }>(`select id from known_id where kind = 'book'`));
      if (!named) return usage(`Say which book:\n${await booksOfBodies(app)}`);
      const book = books.find(({ id }) => (isId(named) ? id === named : spokenReference('BOO', id) === typedReference(named, 'BOO')));
      if (!book) return usage(`There is no book ${named}.`);
      const file = await app.get(Journal).of(systemActor('operator', { books: [book.id] }), { book: book.id, format: chosen, from, until });
      await file.write(toOutput);
      return 0;
    });
  },
};
