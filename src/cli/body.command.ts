import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Audit } from '../audit/index.js';
import type { BookId, LocalDate, OrganisationId } from '../kernel/index.js';
import { dayOf, invalid, isLocalDate, newId, refused, spokenReference, systemActor } from '../kernel/index.js';
import type { BookBasis } from '../ledger/index.js';
import { Books } from '../ledger/index.js';
import type { OrganisationKind } from '../organisations/index.js';
import { Organisations, ORGANISATION_KINDS } from '../organisations/index.js';
import { Database } from '../platform/index.js';
import type { Call, Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { withApp } from './with-app.js';

/** Providers list themselves. */
const KINDS = ORGANISATION_KINDS.filter((kind) => kind !== 'provider');

/** Which bodies keep accounts, and how: an ICB pays from its own ledger, a money-holder from its bank. */
const BOOKS: Partial<Readonly<Record<OrganisationKind, { readonly basis: BookBasis; readonly called: string }>>> = {
  icb: { basis: 'allocation', called: 'personal health budgets' },
  'money-holder': { basis: 'cash', called: 'client account' },
};

interface NewBody {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly code: string | null;
  readonly from: LocalDate | undefined;
}

interface AddedBody {
  readonly id: OrganisationId;
  readonly bookId: BookId | null;
}

export const bodyAddCommand: Command = {
  name: 'body add',
  usage: `body add --kind ${KINDS.join('|')} --name N [--code ODS] [--from DAY] [--json]`,
  what: 'Adds a body; an ICB and a money-holder with a book of their own, open from --from (left out: today). Prints what "staff add --on" takes.',
  values: ['kind', 'name', 'code', 'from'],
  exitOfRefusal: 2,
  run: async ({ options, json }) => {
    const body = readBody(options);
    return withApp(async (app) => {
      const added = await add(app, body);
      if (json) printJson({ ...body, ...added });
      else {
        print(`icb:${added.id}  ${body.name} (${body.kind})`);
        if (added.bookId) print(`book:${added.bookId}  its book, ${spokenReference('BOO', added.bookId)}`);
      }
      return 0;
    });
  },
};

export const bodyListCommand: Command = {
  name: 'body list',
  usage: 'body list [--json]',
  what: 'Every body there is with its books: what "staff add --on" takes.',
  run: ({ json }) =>
    withApp(async (app) => {
      const { bodies, books } = await app
        .get(Database)
        .read(systemActor('operator', {}), async (tx) => ({ bodies: await app.get(Organisations).all(tx), books: await app.get(Books).all(tx) }));
      const items = bodies.map((body) => ({ ...body, books: books.filter((book) => book.organisationId === body.id) }));
      if (json) printJson({ items });
      else
        for (const { id, name, kind, books: own } of items) {
          print(`icb:${id}  ${name} (${kind})`);
          for (const book of own) print(`  book:${book.id}  ${book.name} (${book.basis}), ${spokenReference('BOO', book.id)}`);
        }
      if (!json && items.length === 0) print('There is no body yet: "body add" adds the first.');
      return 0;
    }),
};

function readBody(options: Call['options']): NewBody {
  const { kind: typed, name, code, from } = options as Readonly<Record<string, string | undefined>>;
  const kind = KINDS.find((each) => each === typed);
  if (!kind) throw invalid('kind-not-known', `--kind is one of ${KINDS.join(', ')}.`);
  if (!name?.trim() || name.trim().length > 160) throw invalid('name-needed', 'Give the body a name of 160 letters at most: --name N.');
  if (code !== undefined && !/^[A-Za-z0-9]{3,10}$/.test(code)) throw invalid('code-not-understood', '--code is an ODS code, like ZZM1.');
  if (from !== undefined && !isLocalDate(from)) throw invalid('day-not-understood', '--from is a day like 2026-04-01.');
  return { kind, name: name.trim(), code: code?.toUpperCase() ?? null, from };
}

/** The body and its book, in one transaction. Refuses: body-known (one of the kind has the name), body-code-taken. */
function add(app: NestFastifyApplication, { kind, name, code, from }: NewBody): Promise<AddedBody> {
  const [id, bookId] = [newId<'organisation'>(), newId<'book'>()];
  const actor = systemActor('operator', { books: [bookId], icbs: [id] });
  const book = BOOKS[kind];
  return app.get(Database).transaction(actor, async (tx) => {
    const organisations = app.get(Organisations);
    const day = from ?? dayOf(tx.now);
    if ((await organisations.ofKind(tx, kind)).some((each) => each.name.toLowerCase() === name.toLowerCase()))
      throw refused('body-known', `There is a body of kind ${kind} with the name ${name} already.`);
    await organisations.add(tx, { id, kind, name, odsCode: code, validFrom: day, validUntil: null });
    if (book)
      await app.get(Books).open(tx, { id: bookId, basis: book.basis, name: `${name}: ${book.called}`, organisationId: id, holderId: null, openedOn: day });
    await app.get(Audit).record(tx, actor, { action: 'body:add', noun: 'organisation', nounId: id, ...(book ? { book: bookId } : {}), facts: { kind } });
    return { id, bookId: book ? bookId : null };
  });
}
