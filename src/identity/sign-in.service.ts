import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Audit } from '../audit/index.js';
import type { PersonId } from '../kernel/index.js';
import { DomainError, invalid, refused, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, sqlStateOf } from '../platform/index.js';
import { Actors } from './actors.service.js';

/** argon2id with the parameters OWASP names first: 19 MiB, two passes, one lane. */
const ARGON = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Our judgement, November 2026: ten wrong passwords in a row shut a sign-in for fifteen minutes. */
const WRONG_BEFORE_LOCK = 10;
const LOCK_MS = 15 * 60_000;
/** Verified when nobody has the name, so that both cases take the same time. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Zm9yIG5vYm9keSBhdCBhbGwsIG5vdCBhIGhhc2gh';

const UNIQUE_VIOLATION = '23505';

const nameOf = (username: string): string => username.trim().toLowerCase();
const wrong = (): DomainError => new DomainError('unauthenticated', 'wrong-sign-in', 'The name or password is not right. Check both and try again.');

@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly actors: Actors,
    private readonly audit: Audit,
  ) {}

  /** Sets or changes the name and password of a person. Refuses: password-too-short, username-not-valid, username-taken. */
  async setPassword(tx: Tx, person: PersonId, username: string, password: string): Promise<void> {
    if (password.length < 10) throw invalid('password-too-short', 'Use a password of 10 characters or more.');
    const name = nameOf(username);
    if (!/^\S{3,200}$/.test(name)) throw invalid('username-not-valid', 'A sign-in name has 3 letters or more and no spaces.');
    const passwordHash = await hash(password, ARGON);
    const setting = tx.run(
      `insert into sign_in (person_id, username, password_hash, changed_at) values ($1, $2, $3, $4)
       on conflict (person_id) do update set username = excluded.username, password_hash = excluded.password_hash, changed_at = excluded.changed_at, wrong_in_a_row = 0, locked_until = null`,
      [person, name, passwordHash, tx.now],
    );
    await setting.catch((error: unknown) => {
      throw sqlStateOf(error) === UNIQUE_VIOLATION ? refused('username-taken', 'This sign-in name is somebody’s already.') : error;
    });
  }

  /** Who signs in by this name. */
  async personWith(tx: Tx, username: string): Promise<PersonId | undefined> {
    return (await tx.row<{ person: PersonId }>('select person_id as person from sign_in where username = $1', [nameOf(username)]))?.person;
  }

  /** Answers a session's token. Refuses: wrong-sign-in, without saying which of the two was wrong; locked, after ten wrong in a row. */
  async signIn(username: string, password: string, device: string | null): Promise<string> {
    const system = systemActor('sign-in', {});
    const found = await this.database.transaction(system, (tx) =>
      tx.row<{ person: PersonId; hash: string; locked: boolean }>(
        `select person_id as person, password_hash as hash, coalesce(locked_until > $2, false) as locked from sign_in where username = $1`,
        [nameOf(username), tx.now],
      ),
    );
    const fits = await verify(found?.hash ?? NOBODY, password).catch(() => false);
    if (!found) throw wrong();
    if (found.locked) throw new DomainError('too-many', 'sign-in-locked', 'There were too many wrong passwords. Wait 15 minutes, then try again.');
    if (!fits) {
      await this.database.transaction(system, (tx) =>
        tx.run(
          `update sign_in set wrong_in_a_row = wrong_in_a_row + 1,
                  locked_until = case when wrong_in_a_row + 1 >= $2 then $3::timestamptz else locked_until end where person_id = $1`,
          [found.person, WRONG_BEFORE_LOCK, new Date(tx.now.getTime() + LOCK_MS)],
        ),
      );
      throw wrong();
    }
    return this.database.transaction(system, async (tx) => {
      await tx.run('update sign_in set wrong_in_a_row = 0, locked_until = null where person_id = $1', [found.person]);
      await this.audit.record(tx, { kind: 'person', id: found.person, grants: [], scope: system.scope }, { action: 'session:begin', noun: 'session' });
      return this.actors.beginSession(tx, found.person, device);
    });
  }
}
