import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { OrganisationsModule } from '../organisations/index.js';
import { WorriesController } from './worries.controller.js';
import { WorryQueries } from './worries.queries.js';
import { Worries } from './worries.service.js';
import { WorryDesk } from './worry-desk.service.js';

@Module({
  imports: [AuditModule, OrganisationsModule, IdentityModule],
  controllers: [WorriesController],
  providers: [Worries, WorryQueries, WorryDesk],
  exports: [Worries, WorryQueries, WorryDesk],
})
export class ConcernsModule {}
