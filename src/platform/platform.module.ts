import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { invariant } from '../kernel/index.js';
import { Clock, SystemClock } from './clock/index.js';
import type { Config } from './config/index.js';
import { CONFIG } from './config/index.js';
import { Secrets } from './crypto/index.js';
import { appDataSource, Database } from './database/index.js';
import { RateLimiter } from './http/index.js';
import { HealthModule } from './health/index.js';
import { WorkModule } from './jobs/index.js';
import { MetricsModule } from './metrics/index.js';

/** The machinery, once, for every room: settings, clock, database, secrets, queues. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config, clock: Clock = new SystemClock()): DynamicModule {
    invariant(config.databaseUrl, 'the database address is filled in before the app is made');
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRoot({ ...appDataSource(config.databaseUrl).options, retryAttempts: 3, retryDelay: 500 } as TypeOrmModuleOptions),
        HealthModule,
        MetricsModule,
        WorkModule,
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: Secrets, useFactory: () => Secrets.from(config.encryptionKeys) },
        { provide: Database, inject: [DataSource, Clock], useFactory: (source: DataSource, time: Clock) => new Database(source, time) },
        { provide: RateLimiter, useFactory: () => new RateLimiter() },
      ],
      exports: [CONFIG, Clock, Secrets, Database, RateLimiter],
    };
  }
}
