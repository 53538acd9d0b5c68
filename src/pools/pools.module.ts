import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BrokersModule } from '../brokers/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { IdentityModule } from '../identity/index.js';
import { IntroductionsModule } from '../introductions/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { PlansModule } from '../plans/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { Agreements } from './agreements.service.js';
import { ContributionBatch } from './contribution-batch.service.js';
import { Contributions } from './contributions.service.js';
import { DecisionOutcomes } from './decisions/decision-outcomes.service.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { DecisionQueries } from './decisions/decisions.queries.js';
import { Decisions } from './decisions/decisions.service.js';
import { Departures } from './departures.service.js';
import { FreezeDays } from './freezes/freeze-days.service.js';
import { FreezeStandings } from './freezes/freeze-standings.service.js';
import { FreezeSteps } from './freezes/freeze-steps.service.js';
import { FreezesController } from './freezes/freezes.controller.js';
import { FreezeQueries } from './freezes/freezes.queries.js';
import { Freezes } from './freezes/freezes.service.js';
import { FunderSharesController } from './funder-shares.controller.js';
import { FunderShareQueries } from './funder-shares.queries.js';
import { FunderShares } from './funder-shares.service.js';
import { GiftsController } from './gifts/gifts.controller.js';
import { Gifts } from './gifts/gifts.service.js';
import { GoingHome } from './going-home.service.js';
import { HolderClosings } from './holder-plans/holder-closings.service.js';
import { HolderCopies } from './holder-plans/holder-copies.service.js';
import { HolderPlansController } from './holder-plans/holder-plans.controller.js';
import { HolderPlanQueries } from './holder-plans/holder-plans.queries.js';
import { Leaving } from './leaving.service.js';
import { OwnContributions } from './own-money/own-contributions.service.js';
import { OwnMoneyHome } from './own-money/own-money-home.service.js';
import { OwnMoneyInPoolsController } from './own-money/own-money-in-pools.controller.js';
import { OwnMoneyInPools } from './own-money/own-money-in-pools.queries.js';
import { OwnTopUps } from './own-money/own-top-ups.service.js';
import { AgreementPapers } from './papers/agreement-papers.service.js';
import { ContributionPapers } from './papers/contribution-papers.service.js';
import { PersonDepartures } from './person-departures.service.js';
import { PledgeCalls } from './pledges/pledge-calls.service.js';
import { PledgeRounds } from './pledges/pledge-rounds.service.js';
import { PledgesController } from './pledges/pledges.controller.js';
import { PledgeQueries } from './pledges/pledges.queries.js';
import { Pledges } from './pledges/pledges.service.js';
import { PoolBrokers } from './pool-brokers.service.js';
import { PoolEnding } from './pool-ending.service.js';
import { PoolsController } from './pools.controller.js';
import { PoolsJobs } from './pools.jobs.js';
import { PoolQueries } from './pools.queries.js';
import { Pools } from './pools.service.js';
import { ReviewDays } from './review-days.service.js';
import { Chairs } from './reviews/chairs.service.js';
import { ReviewSteps } from './reviews/review-steps.service.js';
import { ReviewVoices } from './reviews/review-voices.service.js';
import { ReviewsController } from './reviews/reviews.controller.js';
import { ReviewQueries } from './reviews/reviews.queries.js';
import { MemberReviews } from './reviews/reviews.service.js';
import { PoolSeats } from './seats.service.js';
import { ShareMoves } from './share-moves.service.js';
import { StatementPapersController } from './statements/statement-papers.controller.js';
import { StatementPaperQueries } from './statements/statement-papers.queries.js';
import { StatementPapers } from './statements/statement-papers.service.js';
import { Surplus } from './surplus.service.js';
import { Tidying } from './tidying.service.js';
import { WindingUp } from './winding-up.service.js';

@Module({
  imports: [AuditModule, BrokersModule, IdentityModule, LedgerModule, PaymentsModule, IntroductionsModule, PlansModule, BudgetsModule, ReconciliationModule],
  controllers: [
    PoolsController,
    FreezesController,
    HolderPlansController,
    StatementPapersController,
    FunderSharesController,
    DecisionsController,
    ReviewsController,
    PledgesController,
    GiftsController,
    OwnMoneyInPoolsController,
  ],
  providers: [
    Pools,
    Agreements,
    ContributionBatch,
    Contributions,
    GoingHome,
    PoolEnding,
    Departures,
    Leaving,
    PersonDepartures,
    WindingUp,
    ShareMoves,
    Surplus,
    ReviewDays,
    FunderShares,
    Tidying,
    FunderShareQueries,
    PoolQueries,
    PoolSeats,
    PoolsJobs,
    Decisions,
    DecisionOutcomes,
    DecisionQueries,
    Chairs,
    MemberReviews,
    ReviewSteps,
    ReviewVoices,
    ReviewQueries,
    PoolBrokers,
    Freezes,
    FreezeQueries,
    FreezeStandings,
    FreezeSteps,
    FreezeDays,
    Gifts,
    Pledges,
    PledgeRounds,
    PledgeCalls,
    PledgeQueries,
    AgreementPapers,
    ContributionPapers,
    HolderClosings,
    HolderCopies,
    HolderPlanQueries,
    StatementPapers,
    StatementPaperQueries,
    OwnContributions,
    OwnMoneyHome,
    OwnMoneyInPools,
    OwnTopUps,
  ],
  exports: [
    Pools,
    Agreements,
    Contributions,
    Leaving,
    PersonDepartures,
    WindingUp,
    ShareMoves,
    Surplus,
    FunderShares,
    FunderShareQueries,
    PoolQueries,
    PoolSeats,
    Decisions,
    DecisionOutcomes,
    DecisionQueries,
    Chairs,
    MemberReviews,
    ReviewVoices,
    ReviewQueries,
    PoolBrokers,
    Freezes,
    FreezeDays,
    FreezeQueries,
    Gifts,
    Pledges,
    PledgeCalls,
    PledgeQueries,
    AgreementPapers,
    ContributionPapers,
    HolderClosings,
    HolderCopies,
    HolderPlanQueries,
    StatementPapers,
    StatementPaperQueries,
    OwnMoneyInPools,
    OwnTopUps,
  ],
})
export class PoolsModule {}
