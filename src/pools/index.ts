export { Agreements } from './agreements.service.js';
export type { AgreementOffered, Assented } from './agreements.service.js';
export { Contributions } from './contributions.service.js';
export type { ContributionView } from './contribution-batch.service.js';
export { Leaving } from './leaving.service.js';
export type { Left } from './leaving.service.js';
export {
  FORMATS,
  GiveAssent,
  InvitePerson,
  LeavePool,
  MakeContribution,
  OfferAgreement,
  ProposePool,
  RegisterNeighbour,
  OfPerson,
} from './pool.dto.js';
export type { AssentFormat, ContributeToPool } from './pool.dto.js';
export { AskProxy, GiveVote, RaiseDecision, TypePaper } from './decisions/decision.dto.js';
export type { DecisionState } from './decisions/decision.lifecycle.js';
export type { DecisionId } from './decisions/decision.rows.js';
export { CHOICES as VOTE_CHOICES, LONGEST_DAYS, MOST_CARRIED, SHORTEST_DAYS, votesNeeded } from './decisions/decision.rules.js';
export type { Choice as VoteChoice } from './decisions/decision.rules.js';
export { DecisionQueries } from './decisions/decisions.queries.js';
export type { DecisionView, IdeaView, Paper } from './decisions/decisions.queries.js';
export { DecisionOutcomes } from './decisions/decision-outcomes.service.js';
export { Decisions } from './decisions/decisions.service.js';
export { Chairs } from './reviews/chairs.service.js';
export {
  AnswerAppeal,
  AnswerReview,
  AppealReview,
  AskForReview,
  BeginReview,
  GiveVoice,
  OpenStage,
  SettleReview,
  TurnDownReview,
} from './reviews/review.dto.js';
export type { ReviewState } from './reviews/review.lifecycle.js';
export type { AskId, ReviewId } from './reviews/review.rows.js';
export { APPEAL_DAYS, LEAST_VOICES, saysAt } from './reviews/review.rules.js';
export type { Says, Stage, StageOutcome } from './reviews/review.rules.js';
export { ReviewVoices } from './reviews/review-voices.service.js';
export { ReviewQueries } from './reviews/reviews.queries.js';
export type { AskView, PoolReviews, ReviewView, StageView } from './reviews/reviews.queries.js';
export { MemberReviews } from './reviews/reviews.service.js';
export { AgreementPapers } from './papers/agreement-papers.service.js';
export type { AssentPaper } from './papers/agreement-papers.service.js';
export { ContributionPapers, signedFactsOf } from './papers/contribution-papers.service.js';
export type { ContributionPaper, PaperSource } from './papers/contribution-papers.service.js';
export { MakePapers, TypeAssent, TypeContribution } from './papers/paper.dto.js';
export { checkSigned, lastDayOf, SIGNERS } from './papers/signed-paper.rules.js';
export type { Signer } from './papers/signed-paper.rules.js';
export { PoolBrokers } from './pool-brokers.service.js';
export { ExtendFreeze, FreezePool, ThawPool } from './freezes/freeze.dto.js';
export {
  BRAKE_DAYS,
  goesOnInFreeze,
  GOES_ON,
  LONGEST_DAYS as LONGEST_FREEZE_DAYS,
  MOST_DAYS as MOST_FREEZE_DAYS,
  SPEND_KINDS,
} from './freezes/freeze.rules.js';
export type { SpendKind } from './freezes/freeze.rules.js';
export { FreezeDays } from './freezes/freeze-days.service.js';
export { FreezeQueries } from './freezes/freezes.queries.js';
export type { FreezeView } from './freezes/freeze.views.js';
export type { PartOfPerson } from './freezes/freezes.queries.js';
export { Freezes } from './freezes/freezes.service.js';
export { OfferGift, TakeGiftBack } from './gifts/gift.dto.js';
export type { GiftId } from './gifts/gift.rows.js';
export { GIFT_KINDS } from './gifts/gift.rules.js';
export type { GiftKind } from './gifts/gift.rules.js';
export { Gifts } from './gifts/gifts.service.js';
export type { GiftView } from './gifts/gifts.service.js';
export { PutOwnMoneyIn } from './own-money/own-money.dto.js';
export { OwnMoneyInPools } from './own-money/own-money-in-pools.queries.js';
export type { OwnMoneyInPool, TopUpView } from './own-money/own-money-in-pools.queries.js';
export type { TopUpState } from './own-money/own-top-up.lifecycle.js';
export { CHANGE_OF_MIND_DAYS } from './own-money/own-top-up.rules.js';
export type { OwnWay } from './own-money/own-top-up.rules.js';
export type { TopUpId } from './own-money/own-top-up.rows.js';
export { OwnTopUps } from './own-money/own-top-ups.service.js';
export { ChangeThreshold, GivePledge, OpenPledgeRound, TakePledgeBack } from './pledges/pledge.dto.js';
export { PledgeCalls } from './pledges/pledge-calls.service.js';
export type { PledgeState, RoundState } from './pledges/pledge.lifecycle.js';
export type { Because as PledgeReleasedBecause, RoundId } from './pledges/pledge.rows.js';
export { ENDINGS, LONGEST_DAYS as LONGEST_PLEDGE_DAYS, SHORTEST_FREE_DAYS } from './pledges/pledge.rules.js';
export type { Ending } from './pledges/pledge.rules.js';
export { PledgeQueries } from './pledges/pledges.queries.js';
export type { OwnPledge, PledgeRoundView } from './pledges/pledges.queries.js';
export { Pledges } from './pledges/pledges.service.js';
export { StatementPaperQueries } from './statements/statement-papers.queries.js';
export type { PaperListing, PaperView } from './statements/statement-papers.queries.js';
export { READ_FOR_THEM, StatementPapers } from './statements/statement-papers.service.js';
export type { PaperId } from './statements/statement-papers.service.js';
export type { Side as StatementSide } from './statements/statement.rules.js';
export { HolderClosings } from './holder-plans/holder-closings.service.js';
export type { HolderClosed } from './holder-plans/holder-closings.service.js';
export { HolderCopies } from './holder-plans/holder-copies.service.js';
export type { CopyId } from './holder-plans/holder-copies.service.js';
export { copyFrom, openingOf } from './holder-plans/holder-copy.file.js';
export { HolderPlanQueries } from './holder-plans/holder-plans.queries.js';
export type { HolderPlanView } from './holder-plans/holder-plans.queries.js';
export { FunderShareQueries } from './funder-shares.queries.js';
export type { PoolFunderShare } from './funder-shares.queries.js';
export { FunderShares } from './funder-shares.service.js';
export type { FunderSharePromised } from './funder-shares.service.js';
export { PersonDepartures } from './person-departures.service.js';
export { ShareMoves } from './share-moves.service.js';
export type { ChangeId, OpenChange, ShareToMove } from './share-moves.service.js';
export type { Commitment, MovedPart } from './money-holder.rows.js';
export { WindingUp } from './winding-up.service.js';
export type { WoundUp } from './winding-up.service.js';
export { partOfNewcomer, setUpEntries, splitSetUp } from './joining.entries.js';
export type { SetUpPart } from './joining.entries.js';
export { addsUp, exitStatement } from './pool-exit.rules.js';
export type { ExitStatement } from './pool-exit.rules.js';
export { lineAccountOf, shareAccount } from './pool.entries.js';
export type { ShareFacts } from './pool.entries.js';
export { shareFreed } from './pool.events.js';
export { bookOfShare } from './pool.rules.js';
export { choiceTermsOf, waitsFor } from './choice.rules.js';
export type { ChoiceWait, QuoteChoice } from './choice.rules.js';
export type { ContributionBy } from './pool.rules.js';
export { DECIDE_BY, NEWCOMERS, QUORUM_PERCENT, SETTING_NAMES, SETTINGS, SHORTFALL_ANSWERS, SPLITS } from './terms.rules.js';
export type { DecideBy, SettingName, ShortfallAnswer, SplitBy, SplitPart, Terms } from './terms.rules.js';
export type {
  AgreementState,
  ContributionState,
  MemberState,
  PoolState,
} from './pool.lifecycle.js';
export { booksOf, eachKnownPools, lockPool, membersNow, writeHistory as writePoolHistory } from './pool.rows.js';
export type {
  AgreementId,
  ContributionId,
  MemberRow,
  PoolRow,
  ShareId,
} from './pool.rows.js';
export type { ExitJson } from './pool-exit.views.js';
export { poolJson, shareJson, sumsJson } from './pool.views.js';
export { poolChecks } from './pools.checks.js';
export { PoolsModule } from './pools.module.js';
export type { DaysTold } from './history-days.js';
export { daysTold } from './history-days.js';
export { PoolQueries } from './pools.queries.js';
export type {
  AgreementView,
  PoolListing,
  PoolMoney,
  PoolShare,
  PoolView,
  ShareView,
  SignedPaper,
} from './pools.read-models.js';
export { Pools, requireJoined } from './pools.service.js';
export { Surplus } from './surplus.service.js';
export type { PoolChanged } from './pools.service.js';
export { PoolSeats } from './seats.service.js';
export type { Seat } from './seats.service.js';
