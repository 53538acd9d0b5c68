import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { AdviceController } from './advice/advice.controller.js';
import { AdviceQueries } from './advice/advice.queries.js';
import { AdviceDesk } from './advice/advice.service.js';
import { BrokersController } from './brokers.controller.js';
import { BrokerQueries } from './brokers.queries.js';
import { Brokers } from './brokers.service.js';
import { CaseJobs } from './cases/cases.jobs.js';
import { CasesController } from './cases/cases.controller.js';
import { CaseQueries } from './cases/cases.queries.js';
import { Cases } from './cases/cases.service.js';
import { HandOvers } from './cases/hand-overs.service.js';
import { PaperPacks } from './cases/packs.service.js';
import { ServedPeople } from './cases/served.service.js';
import { VisitsController } from './visits/visits.controller.js';
import { VisitQueries } from './visits/visits.queries.js';
import { Visits } from './visits/visits.service.js';

const services = [Brokers, BrokerQueries, Visits, VisitQueries, AdviceDesk, AdviceQueries, Cases, CaseQueries, PaperPacks, HandOvers, ServedPeople];

@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [BrokersController, VisitsController, AdviceController, CasesController],
  providers: [...services, CaseJobs],
  exports: services,
})
export class BrokersModule {}
