import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { Arrivals } from './arrivals.service.js';
import { BudgetsController } from './budgets.controller.js';
import { BudgetQueries } from './budgets.queries.js';
import { Budgets } from './budgets.service.js';

@Module({
  imports: [AuditModule, IdentityModule, LedgerModule, ReconciliationModule],
  controllers: [BudgetsController],
  providers: [Arrivals, Budgets, BudgetQueries],
  exports: [Arrivals, Budgets, BudgetQueries],
})
export class BudgetsModule {}
