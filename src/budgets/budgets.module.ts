import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { ArrivalsController } from './arrivals.controller.js';
import { ArrivalJobs } from './arrivals.jobs.js';
import { Arrivals } from './arrivals.service.js';
import { BudgetLines } from './budget-lines.service.js';
import { BudgetsController } from './budgets.controller.js';
import { BudgetQueries } from './budgets.queries.js';
import { Budgets } from './budgets.service.js';
import { OwnLines } from './own-money/own-lines.service.js';
import { OwnMoneyController } from './own-money/own-money.controller.js';
import { OwnMoneyJobs } from './own-money/own-money.jobs.js';
import { OwnMoneyQueries } from './own-money/own-money.queries.js';

@Module({
  imports: [AuditModule, IdentityModule, LedgerModule, PaymentsModule, ReconciliationModule],
  controllers: [BudgetsController, ArrivalsController, OwnMoneyController],
  providers: [Arrivals, ArrivalJobs, BudgetLines, Budgets, BudgetQueries, OwnLines, OwnMoneyJobs, OwnMoneyQueries],
  exports: [Arrivals, BudgetLines, Budgets, BudgetQueries, OwnLines, OwnMoneyQueries],
})
export class BudgetsModule {}
