import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { migrations } from '../migrations/index.js';
import { AppModule } from './app.module.js';
import type { Clock, Config, Logger } from './platform/index.js';
import {
  createLogger,
  Database,
  databaseAnswers,
  diskHasRoom,
  httpAdapter,
  installHttp,
  migrationsCurrent,
  NestLog,
  Queues,
  Readiness,
  refuseStrongRole,
  registerUploads,
} from './platform/index.js';
import { openApiOf } from './openapi.js';
import { Housekeeping, registerAssets } from './portal/index.js';
import { runChecks } from './checks.js';
import { schedule } from './schedule.js';

export interface AppOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** The app with all its doors, not listening yet. Read top to bottom it is the path of a request. */
export async function makeApp(config: Config, options: AppOptions = {}): Promise<NestFastifyApplication> {
  const logger = options.logger ?? createLogger({ level: config.logLevel, program: 'web' });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, options.clock), httpAdapter({ logger, trustProxy: config.trustProxy }), {
    rawBody: true,
    logger: new NestLog(logger),
    abortOnError: false,
  });
  await refuseStrongRole(app.get(DataSource));
  installHttp(app, { publicUrl: config.publicUrl });
  await registerAssets(app.getHttpAdapter().getInstance());
  await registerUploads(app.getHttpAdapter().getInstance());
  app.get(Housekeeping).know({ schedule, runChecks: () => runChecks(app.get(Database)) });
  addReadyChecks(app, config);
  let description: string | undefined;
  app
    .getHttpAdapter()
    .getInstance()
    .get('/api/openapi.json', (_request, reply) => {
      description ??= JSON.stringify(openApiOf(app));
      void reply.type('application/json; charset=utf-8').send(description);
    });
  return app;
}

function addReadyChecks(app: NestFastifyApplication, config: Config): void {
  const ready = app.get(Readiness);
  const source = app.get(DataSource);
  ready.add('database', databaseAnswers(source));
  ready.add(
    'migrations',
    migrationsCurrent(
      source,
      migrations.map((migration) => migration.name),
    ),
  );
  ready.add('queue', async () => void (await app.get(Queues).counts()));
  if (!config.databaseUrl || config.mode === 'demo') ready.add('disk', diskHasRoom(config.dataDir));
}
