import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { PlansModule } from '../plans/index.js';
import { PoolsModule } from '../pools/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { AccountHolders } from './account-holders.service.js';
import { AuditSamples } from './audit-samples.service.js';
import { AuditorsController } from './auditors.controller.js';
import { Auditors } from './auditors.service.js';
import { ClosesController } from './closes.controller.js';
import { Closes } from './closes.service.js';
import { CorrectionsController } from './corrections.controller.js';
import { Corrections } from './corrections.service.js';
import { FinanceController } from './finance.controller.js';
import { FinanceJobs } from './finance.jobs.js';
import { FinanceQueries } from './finance.queries.js';
import { OwnAccountsController } from './own-accounts.controller.js';
import { OwnAccounts } from './own-accounts.service.js';
import { PayRuns } from './pay-runs.service.js';
import { SettlementQueries } from './settlement.queries.js';
import { SettlementsController } from './settlements.controller.js';
import { Settlements } from './settlements.service.js';

@Module({
  imports: [AuditModule, IdentityModule, LedgerModule, PaymentsModule, ReconciliationModule, PlansModule, BudgetsModule, PoolsModule],
  controllers: [FinanceController, ClosesController, OwnAccountsController, SettlementsController, CorrectionsController, AuditorsController],
  providers: [AccountHolders, Closes, Auditors, AuditSamples, PayRuns, FinanceQueries, FinanceJobs, OwnAccounts, Settlements, SettlementQueries, Corrections],
  exports: [AccountHolders, Closes, Auditors, AuditSamples, PayRuns, FinanceQueries, OwnAccounts, Settlements, SettlementQueries, Corrections],
})
export class FinanceModule {}
