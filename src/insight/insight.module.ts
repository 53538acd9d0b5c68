import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { IdentityModule } from '../identity/index.js';
import { JournalQueries, LedgerModule } from '../ledger/index.js';
import { OrganisationsModule } from '../organisations/index.js';
import { FinanceDesk } from './finance-desk.queries.js';
import { IcbPeople } from './icb-people.queries.js';
import { InsightController } from './insight.controller.js';
import { InsightJobs } from './insight.jobs.js';
import { InsightQueries } from './insight.queries.js';
import { JournalController } from './journal.controller.js';
import { Journal } from './journal.service.js';
import { OutboxLags } from './outbox-lag.queries.js';
import { PennyController } from './penny.controller.js';
import { Penny } from './penny.service.js';
import { Reviews } from './reviews.service.js';
import { StandingsController } from './standings.controller.js';
import { Standings } from './standings.service.js';
import { Tracking } from './tracking.service.js';

@Module({
  imports: [AuditModule, BudgetsModule, IdentityModule, LedgerModule, OrganisationsModule],
  controllers: [InsightController, JournalController, PennyController, StandingsController],
  providers: [JournalQueries, Journal, Penny, Standings, OutboxLags, FinanceDesk, IcbPeople, Tracking, Reviews, InsightQueries, InsightJobs],
  exports: [Journal, Penny, Standings, OutboxLags, FinanceDesk, IcbPeople, InsightQueries, Tracking],
})
export class InsightModule {}
