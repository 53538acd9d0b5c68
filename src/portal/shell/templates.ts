import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Templates } from '../../platform/index.js';
import { blockFunctions } from '../blocks/index.js';
import { assetUrl } from './assets.js';
import { pageEnd, pageStart } from './layout.js';

/** The portal's templates: every block is a function in them. `cache` is off in tests. */
export const portalTemplates = (cache: boolean): Templates =>
  new Templates({ folders: [dirname(dirname(fileURLToPath(import.meta.url)))], functions: { ...blockFunctions, assetUrl, pageStart, pageEnd }, cache });
