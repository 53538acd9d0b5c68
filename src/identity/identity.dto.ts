import { IdField, TextField } from '../platform/index.js';

export class SignInCommand {
  @TextField({ max: 200 })
  username!: string;

  @TextField({ max: 200 })
  password!: string;
}

export class ChangePassword {
  @TextField({ max: 200, what: 'password you have now' })
  presentPassword!: string;

  @TextField({ max: 200, what: 'new password', description: '12 characters or more, and none that many people use.' })
  newPassword!: string;
}

/** Keyed pages: the id of the last row shown. */
export class PageQuery {
  @IdField({ optional: true })
  before?: string;
}
