import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { StaffGrant, StaffMember } from '../identity/index.js';
import { firstPassword, readStaffRole, Staff, STAFF_ROLES } from '../identity/index.js';
import type { BookId, Pence, PersonId } from '../kernel/index.js';
import { dayOf, invalid, parsePounds, systemActor } from '../kernel/index.js';
import { Books } from '../ledger/index.js';
import { Organisations } from '../organisations/index.js';
import { PaymentSettings } from '../payments/index.js';
import { Database } from '../platform/index.js';
import type { Call, Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { staffObjectOf } from './staff-object.js';
import { typedLines } from './typed-lines.js';
import { withApp } from './with-app.js';

/** Whoever runs the installation: written so into the audit. */
const operator = systemActor('operator', {});

export const staffAddCommand: Command = {
  name: 'staff add',
  usage: 'staff add --username U [--name "First Family"] [--role R --on site|icb:UUID|book:UUID|provider:UUID] [--may-approve POUNDS] [--password-stdin]',
  what: `Adds somebody who works here, with a first password (printed once, or read from standard input); or, without --name, one more role. Roles: ${STAFF_ROLES.join(', ')}.`,
  values: ['name', 'username', 'role', 'on', 'may-approve'],
  flags: ['password-stdin'],
  exitOfRefusal: 2,
  run: async ({ options, json }) => {
    const [name, username] = [textOf(options, 'name'), needed(options, 'username')];
    const limit = limitOf(options);
    const typed = options['password-stdin'] === true ? (await typedLines('First password: '))[0] : undefined;
    return withApp(async (app) => {
      const grant = await grantOf(app, options);
      if (!grant && name === undefined) throw invalid('role-needed', 'Say which role: --role R --on OBJECT.');
      if (limit !== undefined && grant?.role !== 'finance-officer') throw invalid('limit-without-role', '--may-approve goes with --role finance-officer.');
      const password = typed ?? firstPassword();
      const { personId, isNew } = await app.get(Staff).add(operator, { name, username, password, grant });
      if (limit !== undefined) await allow(app, { book: grant!.object.id as BookId, person: personId, limit });
      const shown = isNew && typed === undefined ? password : undefined;
      if (json) printJson({ personId, username, isNew, ...(shown === undefined ? {} : { firstPassword: shown }) });
      else {
        print(isNew ? `${username} can sign in (${personId}).` : `${username} has one more role (${personId}).`);
        if (shown !== undefined) print(`First password: ${shown}`);
        if (isNew) print('They choose their own when they first sign in; nothing else is open before that.');
      }
      return 0;
    });
  },
};

export const staffListCommand: Command = {
  name: 'staff list',
  usage: 'staff list [--json]',
  what: 'Who works here: names, sign-ins, roles, what for and since when.',
  run: ({ json }) =>
    withApp(async (app) => {
      const staff: StaffMember[] = [];
      for (let after: PersonId | undefined; ; ) {
        const { items, next } = await app.get(Staff).list(operator, after);
        staff.push(...items);
        if (next === null) break;
        after = next;
      }
      const names = await namesOf(app);
      const rows = staff.map((each) => ({
        ...each,
        onName: each.id === null ? null : (names.get(each.id) ?? null),
        from: dayOf(each.from),
        until: each.until && dayOf(each.until),
      }));
      if (json) printJson({ items: rows });
      else {
        for (const { name, username, role, on, id, onName, from, until } of rows)
          print(
            `${(username ?? '(no sign-in)').padEnd(24)} ${name.padEnd(28)} ${role.padEnd(18)} ${id === null ? on : `${on}:${id}`}${onName ? ` ${onName}` : ''}, since ${from}${until ? `, until ${until}` : ''}`,
          );
        if (rows.length === 0) print('Nobody works here yet: "staff add" adds the first.');
      }
      return 0;
    }),
};

export const staffEndCommand: Command = {
  name: 'staff end',
  usage: 'staff end --username U --role R --on site|icb:UUID|book:UUID|provider:UUID',
  what: 'Ends a role from today, at once. The person and their sign-in stay.',
  values: ['username', 'role', 'on'],
  exitOfRefusal: 2,
  run: async ({ options, json }) => {
    const username = needed(options, 'username');
    const [role, on] = [needed(options, 'role'), needed(options, 'on')];
    return withApp(async (app) => {
      const { personId } = await app.get(Staff).end(operator, username, { role: readStaffRole(role), object: await staffObjectOf(app, on) });
      if (json) printJson({ personId, username, role, on });
      else print(`${username} no longer has the role ${role} there.`);
      return 0;
    });
  },
};

const textOf = (options: Call['options'], name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value.trim() : undefined;
};

function needed(options: Call['options'], name: string): string {
  const value = textOf(options, name);
  if (!value) throw invalid('option-needed', `--${name} is needed.`);
  return value;
}

async function grantOf(app: NestFastifyApplication, options: Call['options']): Promise<StaffGrant | undefined> {
  if (options['role'] === undefined && options['on'] === undefined) return undefined;
  return { role: readStaffRole(needed(options, 'role')), object: await staffObjectOf(app, needed(options, 'on')) };
}

function limitOf(options: Call['options']): Pence | undefined {
  const text = textOf(options, 'may-approve');
  return text === undefined ? undefined : parsePounds(text);
}

/** The largest single payment that the officer may approve: zero until somebody sets it. */
const allow = (app: NestFastifyApplication, limit: { book: BookId; person: PersonId; limit: Pence }): Promise<void> =>
  app.get(Database).transaction(systemActor('operator', { books: [limit.book] }), (tx) => app.get(PaymentSettings).setLimit(tx, operator, limit));

/** Bodies and their books by id. */
const namesOf = (app: NestFastifyApplication): Promise<Map<string, string>> =>
  app
    .get(Database)
    .read(
      operator,
      async (tx) => new Map([...(await app.get(Organisations).all(tx)), ...(await app.get(Books).all(tx))].map(({ id, name }) => [id as string, name])),
    );
