import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { IdentityModule } from '../identity/index.js';
import { PlansModule } from '../plans/index.js';
import { CommissioningController } from './commissioning.controller.js';
import { Commissioning } from './commissioning.service.js';

@Module({
  imports: [AuditModule, BudgetsModule, IdentityModule, PlansModule],
  controllers: [CommissioningController],
  providers: [Commissioning],
  exports: [Commissioning],
})
export class CommissioningModule {}
