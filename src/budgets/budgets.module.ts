import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { ArrivalsController } from './arrivals.controller.js';
import { ArrivalJobs } from './arrivals.jobs.js';
import { Arrivals } from './arrivals.service.js';
import { BudgetLines } from './budget-lines.service.js';
import { BudgetsController } from './budgets.controller.js';
import { BudgetQueries } from './budgets.queries.js';
import { Budgets } from './budgets.service.js';

@Module({
  imports: [AuditModule, IdentityModule, LedgerModule, ReconciliationModule],
  controllers: [BudgetsController, ArrivalsController],
  providers: [Arrivals, ArrivalJobs, BudgetLines, Budgets, BudgetQueries],
  exports: [Arrivals, BudgetLines, Budgets, BudgetQueries],
})
export class BudgetsModule {}
