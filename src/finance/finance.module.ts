import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { FinanceController } from './finance.controller.js';
import { FinanceJobs } from './finance.jobs.js';
import { FinanceQueries } from './finance.queries.js';
import { PayRuns } from './pay-runs.service.js';

@Module({
  imports: [AuditModule, IdentityModule, PaymentsModule, ReconciliationModule],
  controllers: [FinanceController],
  providers: [PayRuns, FinanceQueries, FinanceJobs],
  exports: [PayRuns, FinanceQueries],
})
export class FinanceModule {}
