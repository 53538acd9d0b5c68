import { bodyAddCommand, bodyListCommand } from './body.command.js';
import { bookSetCommand, bookShowCommand } from './book.command.js';
import { checkCommand } from './check.command.js';
import { directoryExportCommand, directoryImportCommand } from './directory.command.js';
import { bookCloseCommand, bookExportCommand } from './holder.command.js';
import { journalCommand } from './journal.command.js';
import { migrateCommand } from './migrate.command.js';
import { jobsCommand } from './jobs.command.js';
import { personPlaceCommand, placeImportCommand } from './place.command.js';
import { prepareCommand } from './prepare.command.js';
import { openapiCommand } from './openapi.command.js';
import { sandboxCommand } from './sandbox.command.js';
import { sealsCommand } from './seals.command.js';
import { seedCommand } from './seed.command.js';
import type { Command } from './run-command.js';
import { staffAddCommand, staffEndCommand, staffListCommand } from './staff.command.js';
import { statementImportCommand, statementInspectCommand } from './statement.command.js';

/** Every operators' command. */
export const commands: readonly Command[] = [
  migrateCommand,
  prepareCommand,
  seedCommand,
  sandboxCommand,
  bodyAddCommand,
  bodyListCommand,
  bookSetCommand,
  bookShowCommand,
  bookExportCommand,
  bookCloseCommand,
  staffAddCommand,
  staffListCommand,
  staffEndCommand,
  placeImportCommand,
  personPlaceCommand,
  checkCommand,
  sealsCommand,
  jobsCommand,
  openapiCommand,
  directoryImportCommand,
  directoryExportCommand,
  statementInspectCommand,
  statementImportCommand,
  journalCommand,
];
