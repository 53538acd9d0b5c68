import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { DirectoryQueries } from './directory.queries.js';
import { DirectoryImports } from './directory.service.js';
import { OpenReferralController } from './open-referral.controller.js';
import { ProvidersController } from './providers.controller.js';
import { ProvidersJobs } from './providers.jobs.js';
import { ProviderQueries } from './providers.queries.js';
import { Providers } from './providers.service.js';

@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [ProvidersController, OpenReferralController],
  providers: [Providers, ProviderQueries, DirectoryImports, DirectoryQueries, ProvidersJobs],
  exports: [Providers, ProviderQueries, DirectoryImports, DirectoryQueries],
})
export class ProvidersModule {}
