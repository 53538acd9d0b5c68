import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AuditModule } from './audit/index.js';
import { BrokersModule } from './brokers/index.js';
import { BudgetsModule } from './budgets/index.js';
import { ChecksModule } from './checks.module.js';
import { CommissioningModule } from './commissioning/index.js';
import { FinanceModule } from './finance/index.js';
import { HoldersModule } from './holders/index.js';
import { IdentityModule } from './identity/index.js';
import { InsightModule } from './insight/index.js';
import { IntroductionsModule } from './introductions/index.js';
import { LedgerModule } from './ledger/index.js';
import { MatchingModule } from './matching/index.js';
import { OrganisationsModule } from './organisations/index.js';
import { PaymentsModule } from './payments/index.js';
import { PlansModule } from './plans/index.js';
import type { Clock, Config } from './platform/index.js';
import { PlatformModule } from './platform/index.js';
import { PoolsModule } from './pools/index.js';
import { PortalModule } from './portal/index.js';
import { ProvidersModule } from './providers/index.js';
import { PurchasingModule } from './purchasing/index.js';
import { ReconciliationModule } from './reconciliation/index.js';

/** Every room, named once, lowest floor first. */
@Module({})
export class AppModule {
  static with(config: Config, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, clock),
        AuditModule,
        OrganisationsModule,
        IdentityModule,
        LedgerModule,
        PaymentsModule,
        ReconciliationModule,
        HoldersModule,
        ProvidersModule,
        BrokersModule,
        IntroductionsModule,
        PlansModule,
        BudgetsModule,
        PoolsModule,
        CommissioningModule,
        PurchasingModule,
        FinanceModule,
        MatchingModule,
        InsightModule,
        ChecksModule,
        PortalModule,
      ],
    };
  }
}
