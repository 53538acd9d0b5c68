import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { BudgetsController } from './budgets.controller.js';
import { BudgetQueries } from './budgets.queries.js';
import { Budgets } from './budgets.service.js';

@Module({ imports: [AuditModule, IdentityModule, LedgerModule], controllers: [BudgetsController], providers: [Budgets, BudgetQueries], exports: [Budgets, BudgetQueries] })
export class BudgetsModule {}
