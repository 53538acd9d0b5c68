import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { IdentityModule } from '../identity/index.js';
import { IntroductionsModule } from '../introductions/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { PlansModule } from '../plans/index.js';
import { Agreements } from './agreements.service.js';
import { ContributionBatch } from './contribution-batch.service.js';
import { Contributions } from './contributions.service.js';
import { Leaving } from './leaving.service.js';
import { PoolsController } from './pools.controller.js';
import { PoolsJobs } from './pools.jobs.js';
import { PoolQueries } from './pools.queries.js';
import { Pools } from './pools.service.js';

@Module({
  imports: [AuditModule, IdentityModule, LedgerModule, PaymentsModule, IntroductionsModule, PlansModule, BudgetsModule],
  controllers: [PoolsController],
  providers: [Pools, Agreements, ContributionBatch, Contributions, Leaving, PoolQueries, PoolsJobs],
  exports: [Pools, Agreements, Contributions, Leaving, PoolQueries],
})
export class PoolsModule {}
