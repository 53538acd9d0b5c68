import { Module } from '@nestjs/common';
import { BudgetsModule } from '../budgets/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OrganisationsModule } from '../organisations/index.js';
import { FinanceDesk } from './finance-desk.queries.js';
import { IcbPeople } from './icb-people.queries.js';
import { InsightController } from './insight.controller.js';
import { InsightJobs } from './insight.jobs.js';
import { InsightQueries } from './insight.queries.js';
import { OutboxLags } from './outbox-lag.queries.js';
import { Reviews } from './reviews.service.js';
import { Tracking } from './tracking.service.js';

@Module({
  imports: [BudgetsModule, IdentityModule, LedgerModule, OrganisationsModule],
  controllers: [InsightController],
  providers: [OutboxLags, FinanceDesk, IcbPeople, Tracking, Reviews, InsightQueries, InsightJobs],
  exports: [OutboxLags, FinanceDesk, IcbPeople, InsightQueries, Tracking],
})
export class InsightModule {}
