import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { IdentityModule } from '../identity/index.js';
import { PlansModule } from '../plans/index.js';
import { OrganisationsModule } from '../organisations/index.js';
import { PoolsModule } from '../pools/index.js';
import { AreaMoves } from './area-moves.service.js';
import { CommissioningController } from './commissioning.controller.js';
import { CommissioningJobs } from './commissioning.jobs.js';
import { Commissioning } from './commissioning.service.js';
import { Deaths } from './deaths.service.js';
import { DecisionQueries } from './decision.queries.js';
import { Decisions } from './decisions.service.js';
import { LaterDecisions } from './later-decisions.service.js';
import { PersonChangesController } from './person-changes.controller.js';

@Module({
  imports: [AuditModule, BudgetsModule, IdentityModule, OrganisationsModule, PlansModule, PoolsModule],
  controllers: [CommissioningController, PersonChangesController],
  providers: [AreaMoves, Commissioning, CommissioningJobs, Deaths, DecisionQueries, Decisions, LaterDecisions],
  exports: [AreaMoves, Commissioning, Deaths, DecisionQueries, LaterDecisions],
})
export class CommissioningModule {}
