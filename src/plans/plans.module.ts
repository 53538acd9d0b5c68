import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { PlansController } from './plans.controller.js';
import { PlanQueries } from './plans.queries.js';
import { Plans } from './plans.service.js';

@Module({ imports: [AuditModule, IdentityModule], controllers: [PlansController], providers: [Plans, PlanQueries], exports: [Plans, PlanQueries] })
export class PlansModule {}
