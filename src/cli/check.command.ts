import { runChecks } from '../checks.js';
import { Database } from '../platform/index.js';
import type { Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { withApp } from './with-app.js';

export const checkCommand: Command = {
  name: 'check',
  usage: 'check [--json]',
  what: 'Looks whether everything that must always be true is true; names each fault.',
  run: ({ json }) =>
    withApp(async (app) => {
      const results = await runChecks(app.get(Database));
      const broken = results.filter((result) => result.faults.length > 0);
      if (json) printJson({ ok: broken.length === 0, checks: results });
      else {
        for (const { name, truth, claim, faults, tookMs } of results) {
          print(`${faults.length === 0 ? 'ok    ' : 'BROKEN'} ${name} (truth ${truth}, ${tookMs} ms): ${claim}`);
          for (const fault of faults) print(`         ${fault}`);
        }
        print(broken.length === 0 ? `All ${results.length} checks hold.` : `${broken.length} of ${results.length} checks are broken.`);
      }
      return broken.length === 0 ? 0 : 1;
    }),
};
