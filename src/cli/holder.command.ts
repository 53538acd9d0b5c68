import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { BookId } from '../kernel/index.js';
import { formatPounds, invalid, penceAsNumber, spokenReference, systemActor } from '../kernel/index.js';
import { HolderClosings, HolderCopies, HolderPlanQueries } from '../pools/index.js';
import type { Call, Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { staffObjectOf } from './staff-object.js';
import { withApp } from './with-app.js';

const operator = systemActor('operator', {});

export const bookExportCommand: Command = {
  name: 'book export',
  usage: 'book export --on book:UUID [--csv] [--json]',
  what: 'Copies today where every penny of each pool is with this body, unless today’s copy is there, and lists the copies; with --csv writes them out.',
  values: ['on'],
  flags: ['csv'],
  exitOfRefusal: 2,
  run: ({ options, json }) =>
    withApp(async (app) => {
      const book = await bookOf(app, options);
      await app.get(HolderCopies).makeOf(operator, book);
      const queries = app.get(HolderPlanQueries);
      const latest = await queries.latestOfBook(operator, book);
      if (json) printJson({ items: latest.map(({ held, ...copy }) => ({ ...copy, heldPence: penceAsNumber(held) })) });
      else if (options['csv'] === true) for (const { id } of latest) process.stdout.write((await queries.whole(operator, book, id)).csv);
      else
        for (const copy of latest)
          print(`${spokenReference('POO', copy.poolId)}  ${copy.madeOn}  ${formatPounds(copy.held)}  ${copy.rows} rows  ${copy.sha256}`);
      if (latest.length === 0 && !json) print('This body holds no money of a pool.');
      return 0;
    }),
};

export const bookCloseCommand: Command = {
  name: 'book close',
  usage: 'book close --on book:UUID --reason TEXT [--json]',
  what: 'A body that holds money fails or closes: it takes nothing new, last copies are made, and each pool goes to the successor its agreement names. There is no way back; run again, it goes on where it stopped.',
  values: ['on', 'reason'],
  exitOfRefusal: 2,
  run: ({ options, json }) =>
    withApp(async (app) => {
      const { reason } = options;
      if (typeof reason !== 'string' || reason.trim() === '' || reason.length > 900)
        throw invalid('reason-needed', 'Say why, in 900 letters at most: --reason TEXT.');
      const closed = await app.get(HolderClosings).close(operator, await bookOf(app, options), reason.trim());
      if (json) printJson(closed);
      else print(`${closed.handedOver} pools go to their successors, ${closed.stopped} are stopped and their money goes home.`);
      return 0;
    }),
};

async function bookOf(app: NestFastifyApplication, { on }: Call['options']): Promise<BookId> {
  if (typeof on !== 'string' || !on.startsWith('book:')) throw invalid('book-needed', 'Say which book: --on book:UUID. "body list" shows those there are.');
  return (await staffObjectOf(app, on)).id as BookId;
}
