import { AuditModule } from '../audit/index.js';
import { CommissioningModule } from '../commissioning/index.js';
import { FinanceModule } from '../finance/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OrganisationsModule } from '../organisations/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ProvidersModule } from '../providers/index.js';
import { AuditorHome } from './finance/auditor-home.js';
import { BookChoice } from './finance/book-choice.js';
import { FinanceHome } from './finance/finance-home.js';
import { PayRunPage } from './finance/pay-run.page.js';
import { PayRunsPage } from './finance/pay-runs.page.js';
import { PayeesPage } from './finance/payees.page.js';
import { PaymentPage } from './finance/payment.page.js';
import { Housekeeping } from './operator/housekeeping.js';
import { JobsPage } from './operator/jobs.page.js';
import { OperatorHome } from './operator/operator-home.js';
import { CoordinatorHome } from './people/coordinator-home.js';
import { FundingPlaces } from './people/funding-places.js';
import { Officers } from './people/officers.js';
import { PeoplePage } from './people/people.page.js';
import { PersonReader } from './people/person-reader.js';
import { PersonPage } from './people/person.page.js';
import { PlanPage } from './people/plan.page.js';
import { ReviewsDue } from './people/reviews-due.js';
import { BreaksPage } from './statements/breaks.page.js';
import { FilesOfForms, PageWithFile } from './statements/file-guard.js';
import { StatementLinePage } from './statements/line.page.js';
import { ProofPage } from './statements/proof.page.js';
import { StatementsPage } from './statements/statements.page.js';

/** The pages of care co-ordinators, finance officers, auditors and operators, and what they need. */
export const staffPages = [
  PeoplePage,
  PersonPage,
  PlanPage,
  PayRunsPage,
  PayRunPage,
  PaymentPage,
  PayeesPage,
  StatementLinePage,
  StatementsPage,
  BreaksPage,
  ProofPage,
  JobsPage,
];
export const staffParts = [
  Officers,
  PersonReader,
  ReviewsDue,
  FundingPlaces,
  CoordinatorHome,
  BookChoice,
  FinanceHome,
  AuditorHome,
  FilesOfForms,
  PageWithFile,
  Housekeeping,
  OperatorHome,
];
export const staffRooms = [AuditModule, CommissioningModule, FinanceModule, LedgerModule, OrganisationsModule, PaymentsModule, ProvidersModule];
