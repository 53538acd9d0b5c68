import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { BrokersModule } from '../../src/brokers/index.js';
import { Holders, HoldersModule } from '../../src/holders/index.js';
import { Actors, Grants, IdentityModule, People } from '../../src/identity/index.js';
import type { Agreement, Help, Need, Pace } from '../../src/introductions/index.js';
import { Cards, IntroductionsModule } from '../../src/introductions/index.js';
import type { Actor, LocalDate, OrganisationId, PersonId } from '../../src/kernel/index.js';
import { addMonths, dayOf, newId, systemActor } from '../../src/kernel/index.js';
import { MatchingModule } from '../../src/matching/index.js';
import type { Check } from '../../src/platform/index.js';
import { createLogger, Database, httpAdapter, installHttp, loadConfig, PlatformModule, SetClock } from '../../src/platform/index.js';
import type { TestDatabase } from './database.js';
import { testDatabase } from './database.js';
import { inventedNhsNumber } from './invented-nhs-number.js';

export { inventedNhsNumber } from './invented-nhs-number.js';

export interface Answered {
  readonly status: number;
  readonly body: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

export interface Neighbour {
  readonly id: PersonId;
  readonly token: string;
}

/** A run of the rooms where people find each other, on a database of its own, entered by the JSON door. */
export interface IntroductionsHouse {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  readonly clock: SetClock;
  readonly icb: OrganisationId;
  readonly officer: Neighbour;
  actor(person: PersonId): Promise<Actor>;
  call(who: Neighbour, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answered>;
  /** A holder with an open session. */
  neighbour(firstName: string, over?: { bornOn?: LocalDate; place?: string }): Promise<Neighbour>;
  /** Writes and opens a card by the services, as the person. */
  card(who: Neighbour, over?: CardOver): Promise<string>;
  session(person: PersonId): Promise<Neighbour>;
  /** Faults of these checks with every holder, place and the ICB in scope. */
  faults(checks: readonly Check[]): Promise<string[]>;
  close(): Promise<void>;
}

export interface CardOver {
  readonly goals?: string[];
  readonly words?: string;
  readonly place?: string;
  readonly days?: ('1' | '2' | '3' | '4' | '5' | '6' | '7')[];
  readonly pace?: Pace;
  readonly distanceMiles?: number;
  readonly needs?: Need[];
  readonly offers?: Help[];
  readonly seeks?: Help[];
  readonly agrees?: Agreement[];
}

/** Invented middles, some miles apart, all in one part of a map. */
export const PLACES = [
  ['M33', 'Sale', 53.42, -2.32],
  ['M32', 'Stretford', 53.45, -2.31],
  ['WA14', 'Altrincham', 53.38, -2.36],
  ['M41', 'Urmston', 53.45, -2.36],
  ['BL1', 'Bolton', 53.59, -2.43],
] as const;

export async function introductionsHouse(now = new Date()): Promise<IntroductionsHouse> {
  const test: TestDatabase = await testDatabase();
  const clock = new SetClock(now);
  const config = loadConfig({ DATABASE_URL: test.appUrl, ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`, LOG_LEVEL: 'silent' });
  class House {}
  Module({ imports: [PlatformModule.with(config, clock), IdentityModule, HoldersModule, BrokersModule, IntroductionsModule, MatchingModule] })(House);
  const logger = createLogger({ level: 'silent', program: 'test' });
  const app = await NestFactory.create<NestFastifyApplication>(House, httpAdapter({ logger, trustProxy: false }), {
    rawBody: true,
    logger: false,
    abortOnError: false,
  });
  installHttp(app, { publicUrl: config.publicUrl });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const database = app.get(Database);
  const [actors, grants, people] = [app.get(Actors), app.get(Grants), app.get(People)];
  const icb = newId() as unknown as OrganisationId;
  const officerId = newId<'person'>();
  const founder = systemActor('test', { people: [officerId], icbs: [icb] });
  await database.transaction(founder, async (tx) => {
    await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'An invented ICB', '2022-07-01')`, [icb]);
    await tx.run(
      'insert into place (district, name, lat, lon) select district, name, lat, lon from jsonb_to_recordset($1) as p(district text, name text, lat float8, lon float8)',
      [JSON.stringify(PLACES.map(([district, name, lat, lon]) => ({ district, name, lat, lon })))],
    );
    await people.register(tx, founder, { id: officerId, firstName: 'Olu', familyName: 'Invented' });
    await grants.give(tx, founder, { person: officerId, role: 'icb-officer', on: 'icb', id: icb, reason: 'employed' });
  });
  const everybody: PersonId[] = [officerId];
  const session = async (person: PersonId): Promise<Neighbour> => ({
    id: person,
    token: await database.transaction(systemActor('test', {}), (tx) => actors.beginSession(tx, person, null)),
  });
  const actor = (person: PersonId): Promise<Actor> => database.transaction(systemActor('test', {}), (tx) => actors.actorFor(tx, person));
  const officer = await session(officerId);
  let calls = 0;
  let numbers = 0;
  return {
    app,
    database,
    clock,
    icb,
    officer,
    actor,
    session,
    call: async (who, method, path, body) => {
      const response = await app.inject({
        method,
        url: `/api/v1/${path}`,
        ...(body ? { payload: body } : {}),
        headers: { authorization: `Bearer ${who.token}`, 'idempotency-key': `test-key-${(calls += 1)}` },
      });
      return { status: response.statusCode, body: response.body, json: response.body ? JSON.parse(response.body) : undefined };
    },
    neighbour: async (firstName, over = {}) => {
      const { personId } = await app.get(Holders).registerHolder(await actor(officerId), {
        icbId: icb,
        firstName,
        familyName: 'Invented',
        bornOn: over.bornOn ?? addMonths(dayOf(now), -40 * 12),
        nhsNumber: inventedNhsNumber((numbers += 1)),
        place: over.place ?? 'M33',
      });
      everybody.push(personId);
      return session(personId);
    },
    card: async (who, over = {}) => {
      const cards = app.get(Cards);
      await cards.write(await actor(who.id), who.id, { goals: ['gardening'], days: ['2'], pace: 'gentle', groupSize: 'few', distanceMiles: 5, ...over });
      return (await cards.open(await actor(who.id), who.id)).id;
    },
    faults: async (checks) => {
      const everything = systemActor('check', { icbs: [icb], people: everybody, places: PLACES.map(([district]) => district) });
      return (await Promise.all(checks.map((check) => database.read(everything, (tx) => check.find(tx))))).flat();
    },
    close: async () => {
      await app.close();
      await test.drop();
    },
  };
}
