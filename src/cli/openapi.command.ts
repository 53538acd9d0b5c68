import { openApiOf } from '../openapi.js';
import type { Command } from './run-command.js';
import { printJson } from './run-command.js';
import { withApp } from './with-app.js';

export const openapiCommand: Command = {
  name: 'openapi',
  usage: 'openapi',
  what: 'Prints the description of the JSON API.',
  run: () =>
    withApp(async (app) => {
      printJson(openApiOf(app));
      return 0;
    }),
};
