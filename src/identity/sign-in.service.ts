import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { PersonId } from '../kernel/index.js';
import { DomainError, invalid, refused, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, sqlStateOf } from '../platform/index.js';
import { Actors } from './actors.service.js';
import { hashPassword, passwordFits } from './password-hash.js';
import { decidePassword } from './password.rules.js';

/** Our judgement, November 2026: ten wrong passwords in a row shut a sign-in for fifteen minutes. */
const WRONG_BEFORE_LOCK = 10;
const LOCK_MS = 15 * 60_000;

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

  /** Sets the name and password of a person. With `mustChange` it is a first password: nothing else is open until they have chosen their own.
   *  Refuses: see `decidePassword`; username-not-valid, username-taken. */
  async setPassword(tx: Tx, person: PersonId, username: string, password: string, { mustChange = false } = {}): Promise<void> {
    const name = nameOf(username);
    if (!/^\S{3,200}$/.test(name)) throw invalid('username-not-valid', 'A sign-in name has 3 letters or more and no spaces.');
    decidePassword(password, name);
    const passwordHash = await hashPassword(password);
    const setting = tx.run(
      `insert into sign_in (person_id, username, password_hash, changed_at, must_change) values ($1, $2, $3, $4, $5)
       on conflict (person_id) do update set username = excluded.username, password_hash = excluded.password_hash, changed_at = excluded.changed_at,
         must_change = excluded.must_change, wrong_in_a_row = 0, locked_until = null`,
      [person, name, passwordHash, tx.now, mustChange],
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
    const person = await this.prove({ username }, password);
    if (!person) throw wrong();
    const system = systemActor('sign-in', {});
    return this.database.transaction(system, async (tx) => {
      await this.audit.record(tx, { kind: 'person', id: person, grants: [], scope: system.scope }, { action: 'session:begin', noun: 'session' });
      return this.actors.beginSession(tx, person, device);
    });
  }

  /** Whose sign-in it is, if the password is right: then wrong ones before are forgotten, else one more is counted. Refuses: sign-in-locked. */
  async prove(of: { username: string } | { person: PersonId }, password: string): Promise<PersonId | undefined> {
    const system = systemActor('sign-in', {});
    const [column, value] = 'person' in of ? ['person_id', of.person] : ['username', nameOf(of.username)];
    const found = await this.database.transaction(system, (tx) =>
      tx.row<{ person: PersonId; hash: string; locked: boolean }>(
        `select person_id as person, password_hash as hash, coalesce(locked_until > $2, false) as locked from sign_in where ${column} = $1`,
        [value, tx.now],
      ),
    );
    const fits = await passwordFits(found?.hash, password);
    if (!found) return undefined;
    if (found.locked) throw new DomainError('too-many', 'sign-in-locked', 'There were too many wrong passwords. Wait 15 minutes, then try again.');
    await this.database.transaction(system, (tx) => (fits ? forgetWrong(tx, found.person) : countWrong(tx, found.person)));
    return fits ? found.person : undefined;
  }
}

const forgetWrong = (tx: Tx, person: PersonId): Promise<number> =>
  tx.run('update sign_in set wrong_in_a_row = 0, locked_until = null where person_id = $1', [person]);

const countWrong = (tx: Tx, person: PersonId): Promise<number> =>
  tx.run(
    `update sign_in set wrong_in_a_row = wrong_in_a_row + 1,
            locked_until = case when wrong_in_a_row + 1 >= $2 then $3::timestamptz else locked_until end where person_id = $1`,
    [person, WRONG_BEFORE_LOCK, new Date(tx.now.getTime() + LOCK_MS)],
  );
