import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { conflict, invalid, notFound, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, RateLimiter } from '../platform/index.js';
import { Actors } from './actors.service.js';
import type { ChangePassword } from './identity.dto.js';
import { hashPassword } from './password-hash.js';
import { decidePassword } from './password.rules.js';
import { SignIn } from './sign-in.service.js';

/** From where somebody changes their password: the session goes on, and the address has only so many tries. */
export interface ChangedFrom {
  readonly session: string;
  readonly address: string;
}

/** A person's own password. */
@Injectable()
export class Passwords {
  constructor(
    private readonly database: Database,
    private readonly signIns: SignIn,
    private readonly actors: Actors,
    private readonly limits: RateLimiter,
    private readonly audit: Audit,
  ) {}

  /** The name with which the actor signs in. */
  async usernameOf(actor: Actor): Promise<string> {
    const row = await this.database.read(systemActor('sign-in', {}), (tx) => signInOf(tx, actor.id as PersonId));
    if (!row) throw notFound('The sign-in');
    return row.username;
  }

  /** Changes the actor's own password by the one they have now. Every other session of theirs ends; the one it is done from goes on. Refuses:
   *  too-many-tries and sign-in-locked as signing in does, present-password-wrong, password-not-new, password-changed-meanwhile; see `decidePassword`. */
  async change(actor: Actor, command: ChangePassword, from: ChangedFrom): Promise<{ sessionsEnded: number }> {
    const username = await this.usernameOf(actor);
    const person = actor.id as PersonId;
    decidePassword(command.newPassword, username);
    this.limits.takeSignIn(from.address, username);
    const before = (await this.database.read(systemActor('sign-in', {}), (tx) => signInOf(tx, person)))!.hash;
    if (!(await this.signIns.prove({ person }, command.presentPassword)))
      throw wrongField('present-password-wrong', 'presentPassword', 'This is not the password you have now. Check it and try again.');
    this.limits.forgive(username);
    if (command.newPassword === command.presentPassword)
      throw wrongField('password-not-new', 'newPassword', 'This is the password you have now. Choose a new one.');
    const hash = await hashPassword(command.newPassword);
    return this.database.transaction(systemActor('sign-in', {}), async (tx) => {
      const changed = await tx.run('update sign_in set password_hash = $2, changed_at = $3, must_change = false where person_id = $1 and password_hash = $4', [
        person,
        hash,
        tx.now,
        before,
      ]);
      if (changed === 0) throw conflict('password-changed-meanwhile', 'This password has just been changed from somewhere else. Sign in with that one.');
      const sessionsEnded = await this.actors.endOtherSessions(tx, person, from.session);
      await this.audit.record(tx, actor, { action: 'password:change', noun: 'sign-in', about: person, facts: { sessionsEnded } });
      return { sessionsEnded };
    });
  }
}

const signInOf = (tx: Tx, person: PersonId): Promise<{ username: string; hash: string } | undefined> =>
  tx.row('select username, password_hash as hash from sign_in where person_id = $1', [person]);

const wrongField = (code: string, field: string, message: string): Error => invalid(code, message, [{ field, message }]);
