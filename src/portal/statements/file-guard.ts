import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { SignedInRequest } from '../../identity/index.js';
import { Actors } from '../../identity/index.js';
import { DomainError, forbidden } from '../../kernel/index.js';
import type { ReceivedFile } from '../../platform/index.js';
import { receiveFile } from '../../platform/index.js';
import { readCookie, SESSION_COOKIE } from '../session/cookies.js';
import { unmasked } from '../session/form-token.js';
import { requireSameSite } from '../session/same-site.js';

/** For forms with a file: the session in the cookie and a page of ours. The form's token lies beside the file, so `FilesOfForms` reads and
 *  checks it. */
@Injectable()
export class PageWithFile implements CanActivate {
  constructor(private readonly actors: Actors) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const token = readCookie(request, SESSION_COOKIE);
    const actor = token ? await this.actors.actorOf(token) : undefined;
    if (!token || !actor) throw new DomainError('unauthenticated', 'not-signed-in', 'Sign in first.');
    requireSameSite(request);
    request.actor = actor;
    request.sessionToken = token;
    return true;
  }
}

/** Reads a form with a file, whose token must fit the session. */
@Injectable()
export class FilesOfForms {
  constructor(private readonly actors: Actors) {}

  /** The fields, and the file if one was chosen. Refuses a form whose token does not fit (forbidden), and a file that is too large. */
  async read(request: SignedInRequest): Promise<{ fields: Record<string, unknown>; file: Pick<ReceivedFile, 'name' | 'bytes'> | undefined }> {
    const { fields, name, bytes } = await receiveFile(request);
    const { _csrf: token, ...rest } = fields;
    if (!this.actors.formTokenFits(request.sessionToken!, unmasked(token ?? '')))
      throw forbidden('This page was open for too long. Go back, open it again and try once more.');
    return { fields: rest, file: bytes.length > 0 ? { name, bytes } : undefined };
  }
}
