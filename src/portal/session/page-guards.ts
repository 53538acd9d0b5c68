import { randomBytes } from 'node:crypto';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { SignedInRequest } from '../../identity/index.js';
import { Actors, refuseReaders, requireOwnPassword } from '../../identity/index.js';
import { DomainError, forbidden } from '../../kernel/index.js';
import type { Config } from '../../platform/index.js';
import { CONFIG } from '../../platform/index.js';
import { cookieOf, readCookie, SESSION_COOKIE, VISITOR_COOKIE } from './cookies.js';
import { formTokenOf, same, unmasked } from './form-token.js';
import { requireSameSite } from './same-site.js';

const isForm = (method: string): boolean => method !== 'GET' && method !== 'HEAD';
const STALE = 'This page was open for too long. Go back, open it again and try once more.';

/** Takes the form's token out of the body, so that commands see only their own fields. */
function takeToken(request: SignedInRequest): string {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const token = body['_csrf'];
  delete body['_csrf'];
  return typeof token === 'string' ? unmasked(token) : '';
}

/** For pages: the session in the cookie; forms must carry the session's token and come from a page of ours. */
@Injectable()
export class PageSignedIn implements CanActivate {
  constructor(private readonly actors: Actors) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const token = readCookie(request, SESSION_COOKIE);
    const actor = token ? await this.actors.actorOf(token) : undefined;
    if (!token || !actor) throw new DomainError('unauthenticated', 'not-signed-in', 'Sign in first.');
    if (isForm(request.method)) {
      requireSameSite(request);
      if (!this.actors.formTokenFits(token, takeToken(request))) throw forbidden(STALE);
    }
    requireOwnPassword(context, actor);
    refuseReaders(context, request.method, actor);
    request.actor = actor;
    request.sessionToken = token;
    return true;
  }
}

/** For pages anyone may open: knows the actor if there is one; forms carry a token bound to a cookie of their own. */
@Injectable()
export class PageForAnyone implements CanActivate {
  constructor(
    private readonly actors: Actors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<SignedInRequest & { visitorToken?: string }>();
    const session = readCookie(request, SESSION_COOKIE);
    if (session) {
      const actor = await this.actors.actorOf(session);
      if (actor) Object.assign(request, { actor, sessionToken: session });
    }
    const visitor = readCookie(request, VISITOR_COOKIE);
    if (isForm(request.method)) {
      requireSameSite(request);
      if (!visitor || !same(takeToken(request), formTokenOf(visitor))) throw forbidden(STALE);
      request.visitorToken = visitor;
      return true;
    }
    request.visitorToken = visitor ?? randomBytes(24).toString('base64url');
    if (!visitor)
      http.getResponse<FastifyReply>().header('set-cookie', cookieOf(VISITOR_COOKIE, request.visitorToken, this.config.publicUrl.startsWith('https:')));
    return true;
  }
}
