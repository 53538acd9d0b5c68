import type { ExecutionContext } from '@nestjs/common';
import { SetMetadata } from '@nestjs/common';
import { DomainError } from '../../kernel/index.js';
import type { SignedInActor } from '../signed-in-actor.js';

const BEFORE_OWN_PASSWORD = 'before-own-password';

/** A door that is open while the password is still the first one, which somebody else chose: changing it, and the way out. */
export const BeforeOwnPassword = (): MethodDecorator => SetMetadata(BEFORE_OWN_PASSWORD, true);

/** Refuses: password-must-change, at every other door. */
export function requireOwnPassword(context: ExecutionContext, actor: SignedInActor): void {
  if (!actor.mustChangePassword || Reflect.getMetadata(BEFORE_OWN_PASSWORD, context.getHandler()) === true) return;
  throw new DomainError('forbidden', 'password-must-change', 'Choose a password of your own first: PUT /api/v1/me/password.');
}
