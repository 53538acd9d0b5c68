import { IdField, TextField } from '../platform/index.js';

export class SignInCommand {
  @TextField({ max: 200 })
  username!: string;

  @TextField({ max: 200 })
  password!: string;
}

/** Keyed pages: the id of the last row shown. */
export class PageQuery {
  @IdField({ optional: true })
  before?: string;
}
