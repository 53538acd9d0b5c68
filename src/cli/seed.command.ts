import { actorOfEverything, runChecks } from '../checks.js';
import { Database } from '../platform/index.js';
import { census, DISTRICTS, isDistrict, missing } from '../seed/index.js';
import { seedDistrict } from '../seeding.js';
import { bringUpToDate } from '../house.js';
import type { Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { withApp, withDatabase } from './with-app.js';

export const seedCommand: Command = {
  name: 'seed',
  usage: `seed --district ${DISTRICTS.join('|')} [--seed 1] | seed --census [--json]`,
  values: ['district', 'seed'],
  flags: ['census'],
  what: 'Fills an empty database with an invented district; or counts every state of every noun that is here.',
  run: async ({ options, json }) => {
    if (options['census'] === true) return showCensus(json);
    const district = options['district'] ?? 'pilot';
    if (!isDistrict(district)) {
      process.stderr.write(`There is no district "${String(district)}": choose ${DISTRICTS.join(', ')}.\n`);
      return 2;
    }
    await withDatabase(async (database) => {
      await bringUpToDate(database);
      await seedDistrict(database.config, { district, seed: String(options['seed'] ?? '1') }, json ? () => undefined : print);
    });
    return withApp(async (app) => {
      const broken = (await runChecks(app.get(Database))).filter((check) => check.faults.length > 0);
      if (json) printJson({ district, ok: broken.length === 0, broken });
      else
        print(
          broken.length === 0
            ? `The ${district} is here, and every check holds.`
            : `The ${district} is here, and ${broken.map((check) => check.name).join(', ')} are broken.`,
        );
      return broken.length === 0 ? 0 : 1;
    });
  },
};

function showCensus(json: boolean): Promise<number> {
  return withApp(async (app) => {
    const database = app.get(Database);
    const rows = await census(database, await actorOfEverything(database));
    const lacking = missing(rows);
    if (json) printJson({ ok: lacking.length === 0, states: rows });
    else {
      print(`${'noun'.padEnd(28)} ${'state'.padEnd(18)} ${'now'.padStart(8)} ${'ever'.padStart(8)}`);
      for (const { noun, state, now, ever, excused } of rows)
        print(`${noun.padEnd(28)} ${state.padEnd(18)} ${String(now).padStart(8)} ${String(ever).padStart(8)}${ever === 0 ? `  ${excused ?? 'NEVER'}` : ''}`);
      print(lacking.length === 0 ? `All ${rows.length} states occur.` : `${lacking.length} of ${rows.length} states never occur.`);
    }
    return lacking.length === 0 ? 0 : 1;
  });
}
