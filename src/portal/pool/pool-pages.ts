import { BrokersModule } from '../../brokers/index.js';
import { MatchingModule } from '../../matching/index.js';
import { LedgerModule } from '../../ledger/index.js';
import { PaymentsModule } from '../../payments/index.js';
import { ProvidersModule } from '../../providers/index.js';
import { brokerPages, brokerParts } from '../broker/broker-pages.js';
import { ProviderInvoicesPage } from '../provider/invoices.page.js';
import { ListProviderPage } from '../provider/list.page.js';
import { ListingPage } from '../provider/listing.page.js';
import { ProviderHome } from '../provider/provider-home.js';
import { ProviderReader } from '../provider/provider-reader.js';
import { QuoteRequestsPage } from '../provider/requests.page.js';
import { ProviderSessionsPage } from '../provider/sessions.page.js';
import { AgreementPage } from './agreement.page.js';
import { AskPage } from './ask.page.js';
import { AwayPage } from './away.page.js';
import { DecisionsPage } from './decisions.page.js';
import { FreezePage } from './freeze.page.js';
import { HolderPlanPage } from './holder-plan.page.js';
import { GiftsPage } from './gifts.page.js';
import { InvoiceWays } from './invoice-ways.js';
import { KnownPeople } from './known-people.js';
import { LeavePage } from './leave.page.js';
import { PoolMoneyPage } from './money.page.js';
import { NeighbourPage } from './neighbour.page.js';
import { PapersPage } from './papers.page.js';
import { OwnMoneyPage } from './own-money.page.js';
import { PoolReader } from './pool-facts.js';
import { PoolPage } from './pool.page.js';
import { ProposePage } from './propose.page.js';
import { PledgesPage } from './pledges.page.js';
import { PutInPage } from './put-in.page.js';
import { PutInReader } from './put-in.reader.js';
import { QuotesPage } from './quotes.page.js';
import { ReviewPage } from './review.page.js';
import { ReviewsPage } from './reviews.page.js';
import { StatementPapersPage } from './statement-papers.page.js';
import { TakeOnPage } from './take-on.page.js';
import { PoolSessionsPage } from './sessions.page.js';

/** The pages of pools, and of the brokers and providers who work for them. */
export const poolPages = [
  ProposePage,
  PoolPage,
  AgreementPage,
  DecisionsPage,
  ReviewsPage,
  ReviewPage,
  TakeOnPage,
  FreezePage,
  PledgesPage,
  PapersPage,
  NeighbourPage,
  HolderPlanPage,
  StatementPapersPage,
  GiftsPage,
  PutInPage,
  OwnMoneyPage,
  PoolMoneyPage,
  QuotesPage,
  AskPage,
  PoolSessionsPage,
  AwayPage,
  LeavePage,
  ...brokerPages,
  ListProviderPage,
  ListingPage,
  QuoteRequestsPage,
  ProviderSessionsPage,
  ProviderInvoicesPage,
];
export const poolParts = [PoolReader, PutInReader, KnownPeople, InvoiceWays, ...brokerParts, ProviderReader, ProviderHome];
/** The rooms below that these pages ask, beside those the holder's pages ask. */
export const poolRooms = [LedgerModule, PaymentsModule, ProvidersModule, BrokersModule, MatchingModule];
