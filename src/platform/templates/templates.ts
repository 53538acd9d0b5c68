import nunjucks from 'nunjucks';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { filters } from './filters.js';

/** Where templates are looked for and what they may call. */
export interface TemplateOptions {
  /** Folders searched in order; nhsuk-frontend's comes last by itself. */
  readonly folders: readonly string[];
  /** Functions templates may call. What they return must be `Html` to be printed as markup. */
  readonly functions?: Readonly<Record<string, unknown>>;
  /** Off in tests, so that a changed template is read again. */
  readonly cache: boolean;
}

/** The folder of nhsuk-frontend's templates, styles and scripts. */
export const nhsukFolder = (): string => join(dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json')), 'dist');

/** Turns a template and a model into a page. The only keeper of Nunjucks. */
export class Templates {
  private readonly environment: nunjucks.Environment;

  constructor(options: TemplateOptions) {
    const loader = new nunjucks.FileSystemLoader([...options.folders, nhsukFolder()], { watch: false, noCache: !options.cache });
    this.environment = new nunjucks.Environment(loader, { autoescape: true, trimBlocks: true, lstripBlocks: true });
    for (const [name, filter] of Object.entries(filters)) this.environment.addFilter(name, filter);
    for (const [name, value] of Object.entries(options.functions ?? {})) this.environment.addGlobal(name, value);
  }

  /** The page as text. Throws when the template is missing or faulty. */
  render(name: string, model: object): string {
    return this.environment.render(name, model);
  }
}
