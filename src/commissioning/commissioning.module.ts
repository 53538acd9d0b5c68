import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { IdentityModule } from '../identity/index.js';
import { PlansModule } from '../plans/index.js';
import { CommissioningController } from './commissioning.controller.js';
import { CommissioningJobs } from './commissioning.jobs.js';
import { Commissioning } from './commissioning.service.js';
import { DecisionQueries } from './decision.queries.js';
import { Decisions } from './decisions.service.js';
import { LaterDecisions } from './later-decisions.service.js';

@Module({
  imports: [AuditModule, BudgetsModule, IdentityModule, PlansModule],
  controllers: [CommissioningController],
  providers: [Commissioning, CommissioningJobs, DecisionQueries, Decisions, LaterDecisions],
  exports: [Commissioning, DecisionQueries, LaterDecisions],
})
export class CommissioningModule {}
