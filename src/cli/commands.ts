import { checkCommand } from './check.command.js';
import { directoryExportCommand, directoryImportCommand } from './directory.command.js';
import { migrateCommand } from './migrate.command.js';
import { jobsCommand } from './jobs.command.js';
import { openapiCommand } from './openapi.command.js';
import { seedCommand } from './seed.command.js';
import type { Command } from './run-command.js';
import { statementImportCommand, statementInspectCommand } from './statement.command.js';

/** Every operators' command. */
export const commands: readonly Command[] = [
  migrateCommand,
  seedCommand,
  checkCommand,
  jobsCommand,
  openapiCommand,
  directoryImportCommand,
  directoryExportCommand,
  statementInspectCommand,
  statementImportCommand,
];
