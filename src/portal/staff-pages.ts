import { AuditModule } from '../audit/index.js';
import { CommissioningModule } from '../commissioning/index.js';
import { FinanceModule } from '../finance/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OrganisationsModule } from '../organisations/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ProvidersModule } from '../providers/index.js';
import { AuditorsPage } from './auditor/auditors.page.js';
import { FollowPage } from './auditor/follow.page.js';
import { FunderMoneyPage } from './auditor/funder-money.page.js';
import { JournalPage } from './auditor/journal.page.js';
import { StandingPage } from './auditor/standing.page.js';
import { SamplesPage } from './auditor/samples.page.js';
import { AuditorHome } from './finance/auditor-home.js';
import { BookChoice } from './finance/book-choice.js';
import { ClosesPage } from './finance/closes.page.js';
import { DebtReader } from './finance/debt-reader.js';
import { DebtsPage } from './finance/debts.page.js';
import { FinanceHome } from './finance/finance-home.js';
import { PayRunPage } from './finance/pay-run.page.js';
import { PayRunsPage } from './finance/pay-runs.page.js';
import { PayeesPage } from './finance/payees.page.js';
import { PaymentPage } from './finance/payment.page.js';
import { Housekeeping } from './operator/housekeeping.js';
import { JobsPage } from './operator/jobs.page.js';
import { LettersPage } from './operator/letters.page.js';
import { OperatorHome } from './operator/operator-home.js';
import { PostPage } from './operator/post.page.js';
import { CoordinatorHome } from './people/coordinator-home.js';
import { FundingPlaces } from './people/funding-places.js';
import { LaterDecisionPage } from './people/later-decision.page.js';
import { Officers } from './people/officers.js';
import { OwnAccountPage } from './people/own-account.page.js';
import { PeoplePage } from './people/people.page.js';
import { PersonReader } from './people/person-reader.js';
import { PersonPage } from './people/person.page.js';
import { FindPartPage } from './people/find-part.page.js';
import { PoolPartsPage } from './people/pool-parts.page.js';
import { PlanPage } from './people/plan.page.js';
import { ReviewsDue } from './people/reviews-due.js';
import { NomineesDeskPage } from './nominees/nominees-desk.page.js';
import { OwnMoneyKeptPage } from './own-money/own-money.page.js';
import { BreaksPage } from './statements/breaks.page.js';
import { FilesOfForms, PageWithFile } from './statements/file-guard.js';
import { StatementLinePage } from './statements/line.page.js';
import { ProofPage } from './statements/proof.page.js';
import { StatementsPage } from './statements/statements.page.js';
import { LeadHome } from './worries/lead-home.js';
import { WorriesPage } from './worries/worries.page.js';

/** The pages of care co-ordinators, finance officers, auditors, operators and safeguarding leads, and what they need. */
export const staffPages = [
  PeoplePage,
  PersonPage,
  PoolPartsPage,
  FindPartPage,
  OwnMoneyKeptPage,
  PlanPage,
  LaterDecisionPage,
  OwnAccountPage,
  NomineesDeskPage,
  AuditorsPage,
  JournalPage,
  SamplesPage,
  FollowPage,
  FunderMoneyPage,
  StandingPage,
  PayRunsPage,
  PayRunPage,
  PaymentPage,
  PayeesPage,
  ClosesPage,
  DebtsPage,
  StatementLinePage,
  StatementsPage,
  BreaksPage,
  ProofPage,
  JobsPage,
  PostPage,
  LettersPage,
  WorriesPage,
];
export const staffParts = [
  Officers,
  PersonReader,
  ReviewsDue,
  FundingPlaces,
  CoordinatorHome,
  BookChoice,
  DebtReader,
  FinanceHome,
  AuditorHome,
  FilesOfForms,
  PageWithFile,
  Housekeeping,
  OperatorHome,
  LeadHome,
];
export const staffRooms = [AuditModule, CommissioningModule, FinanceModule, LedgerModule, OrganisationsModule, PaymentsModule, ProvidersModule];
