import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import request from 'supertest';
import { makeApp } from '../../src/app.js';
import { actorOfEverything, allChecks, seesEverything } from '../../src/checks.js';
import { Actors, Grants, People } from '../../src/identity/index.js';
import { hashPassword } from '../../src/identity/password-hash.js';
import type { Role } from '../../src/identity/index.js';
import type { Actor, BookId, GrantScope, OrganisationId, PersonId, Scope } from '../../src/kernel/index.js';
import { dayOf, newId, systemActor } from '../../src/kernel/index.js';
import { Books, Seals } from '../../src/ledger/index.js';
import type { Logger } from '../../src/platform/index.js';
import { createLogger, Database, Jobs, loadConfig, Relay, SetClock } from '../../src/platform/index.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { testDatabase } from './database.js';

const PASSWORD = 'a password of theirs';
let hashed: Promise<string> | undefined;

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

/** A person at the API: signed in, with a new key for each request unless told one. Signs in again when the clock has moved past their session. */
export class Caller {
  constructor(
    private readonly house: House,
    readonly id: PersonId,
    private token: string,
  ) {}

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of other rooms are read freely in tests
  get<Body = any>(path: string): Promise<Answer<Body>> {
    return this.ask<Body>(() => request(this.house.app.getHttpServer()).get(`/api/v1/${path}`));
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of other rooms are read freely in tests
  send<Body = any>(method: 'post' | 'put' | 'patch', path: string, body: object = {}, key: string = `key-${newId()}`): Promise<Answer<Body>> {
    return this.ask<Body>(() => request(this.house.app.getHttpServer())[method](`/api/v1/${path}`).set('idempotency-key', key).send(body));
  }

  /** Sends, and throws the answer if it is a refusal. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of other rooms are read freely in tests
  async must<Body = any>(method: 'post' | 'put' | 'patch', path: string, body: object = {}, key?: string): Promise<Body> {
    const answer = await this.send<Body>(method, path, body, key);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** What is no JSON: a file, as text. */
  async file(path: string): Promise<{ status: number; text: string; headers: Record<string, string> }> {
    const ask = (): request.Test =>
      request(this.house.app.getHttpServer())
        .get(`/api/v1/${path}`)
        .set('authorization', `Bearer ${this.token}`)
        .buffer(true)
        .parse((answer, done) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
          answer.on('error', (error: Error) => done(error, ''));
        });
    let answer = await ask();
    if (answer.status === 401) {
      this.token = await this.house.sessionAgain(this.id);
      answer = await ask();
    }
    return { status: answer.status, text: String(answer.body), headers: answer.headers as Record<string, string> };
  }

  private async ask<Body>(make: () => request.Test): Promise<Answer<Body>> {
    let answer = await make().set('authorization', `Bearer ${this.token}`);
    if (answer.status === 401) {
      this.token = await this.house.sessionAgain(this.id);
      answer = await make().set('authorization', `Bearer ${this.token}`);
    }
    return { status: answer.status, body: answer.body as Body };
  }
}

/** The whole app on a database of its own, with the simulated Stripe and bank beside it and a clock that stands still. */
export class House {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly clock: SetClock,
    readonly sandbox: Sandbox,
    readonly url: string,
    private readonly leave: () => Promise<void>,
  ) {}

  static async open(
    options: { at?: string; sandbox?: Partial<SandboxOptions>; settings?: Readonly<Record<string, string>>; logger?: Logger } = {},
  ): Promise<House> {
    const made = await testDatabase();
    const clock = new SetClock(new Date(options.at ?? '2026-05-01T10:00:00Z'));
    const folder = await mkdtemp(join(tmpdir(), 'commonpurse-house-'));
    const sandbox = await startSandbox({ folder: join(folder, 'sandbox'), now: () => clock.now(), ...options.sandbox });
    const config = {
      ...loadConfig({
        PORT: '0',
        HOST: '127.0.0.1',
        DATA_DIR: folder,
        DATABASE_URL: made.appUrl,
        LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
        ...options.settings,
      }),
      publicUrl: 'http://127.0.0.1',
    };
    const app = await makeApp(
      { ...config, stripe: { ...config.stripe, apiUrl: sandbox.url } },
      { clock, logger: options.logger ?? createLogger({ level: config.logLevel, program: 'test' }) },
    );
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    return new House(app, clock, sandbox, url, async () => {
      await app.close();
      await sandbox.close();
      await made.drop();
      await rm(folder, { recursive: true, force: true });
    });
  }

  async close(): Promise<void> {
    await this.leave();
  }

  get database(): Database {
    return this.app.get(Database);
  }

  get source(): DataSource {
    return this.app.get(DataSource);
  }

  system(scope: Partial<Scope>): Actor {
    return systemActor('test', scope);
  }

  /** What the worker would have done by now: events handled, batches sealed, and what sealing announced. */
  async settle(): Promise<void> {
    do await this.app.get(Relay).drainEvents();
    while ((await this.app.get(Seals).sealWaiting()) > 0);
  }

  async run(job: string): Promise<void> {
    await this.app.get(Jobs).runJob(job, this.clock.now());
  }

  async organisation(kind: string, name: string): Promise<OrganisationId> {
    const id = newId<'organisation'>() as OrganisationId;
    await this.database.transaction(this.system({}), (tx) =>
      tx.run('insert into organisation (id, kind, name, valid_from) values ($1, $2, $3, $4)', [id, kind, name, '2022-07-01']),
    );
    return id;
  }

  async book(basis: 'allocation' | 'cash', name: string, owner: { organisation?: OrganisationId; holder?: PersonId }): Promise<BookId> {
    const id = newId<'book'>() as BookId;
    await this.database.transaction(this.system({ books: [id], ...(owner.holder ? { people: [owner.holder] } : {}) }), (tx) =>
      this.app
        .get(Books)
        .open(tx, { id, basis, name, organisationId: owner.organisation ?? null, holderId: owner.holder ?? null, openedOn: dayOf(this.clock.now()) }),
    );
    return id;
  }

  /** A person with a role and a sign-in, already signed in. */
  async person(firstName: string, grants: readonly { role: Role; on: GrantScope; id: string | null }[] = []): Promise<Caller> {
    const id = newId<'person'>() as PersonId;
    const scope = (on: GrantScope): string[] => grants.filter((grant) => grant.on === on).map((grant) => grant.id!);
    const actor = systemActor('test', {
      people: [id, ...(scope('person') as PersonId[])],
      books: scope('book') as BookId[],
      icbs: scope('icb') as OrganisationId[],
      pools: scope('pool') as never,
      providers: scope('provider') as never,
    });
    await this.database.transaction(actor, async (tx) => {
      await this.app.get(People).register(tx, actor, { id, firstName, familyName: 'Invented' });
      for (const grant of grants) await this.app.get(Grants).give(tx, actor, { person: id, ...grant, reason: 'test' });
    });
    return this.signedIn(id, `${firstName.toLowerCase()}-${id.slice(-12)}`);
  }

  /** Gives a person a sign-in by which they can sign in, and a session as signing in would begin it. All have one password, so it is hashed once: a
   *  hash is made to take long, and tests of signing in make their own. */
  async signedIn(id: PersonId, username: string): Promise<Caller> {
    const hash = await (hashed ??= hashPassword(PASSWORD));
    await this.database.transaction(this.system({ people: [id] }), (tx) =>
      tx.run(
        `insert into sign_in (person_id, username, password_hash, changed_at, must_change) values ($1, $2, $3, $4, false)
         on conflict (person_id) do update set username = excluded.username, password_hash = excluded.password_hash`,
        [id, username, hash, tx.now],
      ),
    );
    return new Caller(this, id, await this.sessionAgain(id));
  }

  /** A session as signing in again would begin it, beside the rate limit, which counts real time while this clock jumps. */
  sessionAgain(id: PersonId): Promise<string> {
    return this.database.transaction(this.system({}), (tx) => this.app.get(Actors).beginSession(tx, id, null));
  }

  async grant(id: PersonId, role: Role, on: GrantScope, target: string): Promise<void> {
    const actor = systemActor('test', { people: [id], books: on === 'book' ? [target as BookId] : [], icbs: on === 'icb' ? [target as OrganisationId] : [] });
    await this.database.transaction(
      actor,
      async (tx) => void (await this.app.get(Grants).give(tx, actor, { person: id, role, on, id: target, reason: 'test' })),
    );
  }

  /** Every check of every room: none may find a fault. */
  async faults(): Promise<Record<string, readonly string[]>> {
    await this.app.get(Seals).sealWaiting();
    const found: Record<string, readonly string[]> = {};
    // In one transaction, as a test has little data: a hundred of them cost more than the questions.
    await this.database.read(await actorOfEverything(this.database), async (tx) => {
      for (const check of [seesEverything, ...allChecks]) {
        const faults = await check.find(tx);
        if (faults.length > 0) found[check.name] = faults;
      }
    });
    return found;
  }
}
