import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BrokersModule } from '../brokers/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { PlansModule } from '../plans/index.js';
import { PoolsModule } from '../pools/index.js';
import { Absences } from './absences.service.js';
import { Expiry } from './expiry.service.js';
import { InvoiceRefunds } from './invoice-refunds.service.js';
import { Invoices } from './invoices.service.js';
import { Joining } from './joining.service.js';
import { MoneyHolderChanges } from './money-holder-changes.service.js';
import { PapersController } from './papers/papers.controller.js';
import { PoolPacks } from './papers/pool-pack.service.js';
import { QuotePapers } from './papers/quote-papers.service.js';
import { SessionPapers } from './papers/session-papers.service.js';
import { Purchases } from './purchases.service.js';
import { PurchasingController } from './purchasing.controller.js';
import { PurchasingJobs } from './purchasing.jobs.js';
import { PurchaseHistory } from './purchase-history.queries.js';
import { PurchasingQueries } from './purchasing.queries.js';
import { QuoteRequests } from './quote-requests.queries.js';
import { Quotes } from './quotes.service.js';
import { SessionAnswers } from './session-answers.queries.js';
import { Sessions } from './sessions.service.js';
import { Shortfalls } from './shortfalls.service.js';
import { UpkeepController } from './upkeep.controller.js';

@Module({
  imports: [AuditModule, BrokersModule, IdentityModule, LedgerModule, PaymentsModule, PlansModule, BudgetsModule, PoolsModule],
  controllers: [PurchasingController, UpkeepController, PapersController],
  providers: [
    Quotes,
    Purchases,
    Sessions,
    Absences,
    Shortfalls,
    Invoices,
    InvoiceRefunds,
    Joining,
    Expiry,
    MoneyHolderChanges,
    PurchasingQueries,
    PurchaseHistory,
    QuoteRequests,
    SessionAnswers,
    PurchasingJobs,
    SessionPapers,
    QuotePapers,
    PoolPacks,
  ],
  exports: [
    Quotes,
    Purchases,
    Sessions,
    Absences,
    Shortfalls,
    MoneyHolderChanges,
    Invoices,
    InvoiceRefunds,
    Expiry,
    PurchasingQueries,
    PurchaseHistory,
    QuoteRequests,
    SessionAnswers,
    SessionPapers,
    QuotePapers,
    PoolPacks,
  ],
})
export class PurchasingModule {}
