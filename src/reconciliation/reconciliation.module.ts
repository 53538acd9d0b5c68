import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { FilesModule } from '../platform/index.js';
import { BankAccounts } from './bank-accounts.service.js';
import { Breaks } from './breaks.service.js';
import { ExpectedItems } from './expected-items.service.js';
import { MatchPosting } from './match-posting.service.js';
import { Matching } from './matching.service.js';
import { PayoutPayIns } from './payout-pay-ins.service.js';
import { Proof } from './proof.service.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { ReconciliationJobs } from './reconciliation.jobs.js';
import { ReconciliationQueries } from './reconciliation.queries.js';
import { StatementImports } from './statement-import.service.js';

const services = [BankAccounts, StatementImports, Matching, Breaks, Proof, ReconciliationQueries];

@Module({
  imports: [AuditModule, IdentityModule, LedgerModule, PaymentsModule, FilesModule],
  controllers: [ReconciliationController],
  providers: [...services, ExpectedItems, MatchPosting, PayoutPayIns, ReconciliationJobs],
  exports: services,
})
export class ReconciliationModule {}
