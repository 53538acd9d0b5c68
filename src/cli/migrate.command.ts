import { bringUpToDate } from '../house.js';
import type { Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { withDatabase } from './with-app.js';

export const migrateCommand: Command = {
  name: 'migrate',
  usage: 'migrate [--json]',
  what: 'Brings the database up to date (needs DATABASE_ADMIN_URL, or the embedded database).',
  run: ({ json }) =>
    withDatabase(async (database) => {
      if (!database.adminUrl) {
        process.stderr.write('DATABASE_ADMIN_URL is not set: migrations are run as the role that owns the tables.\n');
        return 1;
      }
      const ran = await bringUpToDate(database);
      if (json) printJson({ ran });
      else print(ran.length === 0 ? 'Nothing to do: the database is up to date.' : `Done: ${ran.join(', ')}`);
      return 0;
    }),
};
