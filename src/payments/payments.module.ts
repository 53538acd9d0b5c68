import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import type { Config } from '../platform/index.js';
import { CONFIG } from '../platform/index.js';
import { Approvals } from './approvals.service.js';
import type { BankDoor } from './bankfile/index.js';
import { SandboxBankDoor } from './bankfile/index.js';
import { Coverages } from './coverage.service.js';
import { InFlight } from './in-flight.queries.js';
import { PayeesController } from './payees.controller.js';
import { Payees } from './payees.service.js';
import { PayerReports } from './payer-reports.service.js';
import { PayInOutcomes } from './pay-in-outcomes.service.js';
import { PayIns } from './pay-ins.service.js';
import { BANK_DOOR, PaymentFiles } from './payment-files.service.js';
import { PaymentSettings } from './payment-settings.service.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentJobs } from './payments.jobs.js';
import { PaymentQueries } from './payments.queries.js';
import { Payments } from './payments.service.js';
import { PayOuts } from './pay-outs.service.js';
import { ReleaseGates } from './release-gates.js';
import { Refunds } from './refunds.service.js';
import { Remittances } from './remittances.service.js';
import { StripeAccounts } from './stripe-accounts.service.js';
import { StripePayouts } from './stripe-payouts.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { Webhooks } from './webhooks.service.js';

/** Injection token for the simulated bank's address; undefined when officers carry the files themselves. */
export const SANDBOX_BANK_URL = Symbol('sandbox bank url');

const services = [
  Payees,
  PaymentSettings,
  StripeAccounts,
  StripePayouts,
  Coverages,
  Approvals,
  Payments,
  PayOuts,
  PayIns,
  PayInOutcomes,
  Remittances,
  Refunds,
  PaymentFiles,
  PayerReports,
  PaymentQueries,
  InFlight,
  ReleaseGates,
  Webhooks,
];

@Module({
  imports: [AuditModule, IdentityModule, LedgerModule],
  controllers: [PaymentsController, PayeesController, WebhooksController],
  providers: [
    ...services,
    PaymentJobs,
    // In a demonstration the bank stands beside the simulated Stripe; with a key of Stripe's own there is none.
    {
      provide: SANDBOX_BANK_URL,
      inject: [CONFIG],
      useFactory: ({ mode, stripe }: Config) => (mode === 'demo' && !stripe.secretKey ? stripe.apiUrl : undefined),
    },
    {
      provide: BANK_DOOR,
      inject: [SANDBOX_BANK_URL],
      useFactory: (url: string | undefined): BankDoor | undefined => (url === undefined ? undefined : new SandboxBankDoor(url)),
    },
  ],
  exports: services,
})
export class PaymentsModule {}
