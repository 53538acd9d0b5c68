import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { createParamDecorator, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/index.js';
import { DomainError, invariant } from '../../kernel/index.js';
import type { SignedInActor } from '../signed-in-actor.js';
import { Actors } from '../actors.service.js';
import { refuseReaders } from './for-readers.js';
import { requireOwnPassword } from './own-password.js';

export type SignedInRequest = FastifyRequest & { actor?: SignedInActor; sessionToken?: string };

/** For `/api`: the session's token in `Authorization: Bearer …`. Cookies are not read here, so other sites cannot ride on them. */
@Injectable()
export class SignedIn implements CanActivate {
  constructor(private readonly actors: Actors) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
    const actor = token ? await this.actors.actorOf(token) : undefined;
    if (!actor || !token)
      throw new DomainError('unauthenticated', 'not-signed-in', 'Sign in first: POST /api/v1/sign-in, then send the token as Authorization: Bearer.');
    requireOwnPassword(context, actor);
    refuseReaders(context, request.method, actor);
    request.actor = actor;
    request.sessionToken = token;
    return true;
  }
}

/** The actor the guard found. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const actor = context.switchToHttp().getRequest<SignedInRequest>().actor;
  invariant(actor, 'CurrentActor needs a guard');
  return actor;
});
