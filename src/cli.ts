import { commands } from './cli/commands.js';
import { runCommand } from './cli/run-command.js';

/** For operators: `npm run cli -- COMMAND`. Exit code 0 only on success. */
process.exitCode = await runCommand(commands, process.argv.slice(2));
