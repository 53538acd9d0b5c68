export { goalLifecycle } from './goal.lifecycle.js';
export type { GoalState } from './goal.lifecycle.js';
export { closenessOf } from './goal.rules.js';
export type { Closeness } from './goal.rules.js';
export { Goals } from './goals.service.js';
export type { GoalId, OfferId } from './goals.service.js';
export {
  AREAS,
  AskNomination,
  ChangeGoal,
  EndNomination,
  NewGoal,
  NewOffer,
  Nominate,
  OFFER_KINDS,
  RateGoal,
  RegisterHolder,
  TurnDownNomination,
  WriteGoodLife,
} from './holder.dto.js';
export type { OfferKind } from './holder.dto.js';
export { holderChecks } from './holders.checks.js';
export { HoldersModule } from './holders.module.js';
export { HolderQueries } from './holders.queries.js';
export type { GoalView, GoodLifeView, HolderView, OfferView, RatingView } from './holders.queries.js';
export { Holders } from './holders.service.js';
export { nominationLifecycle } from './nomination.lifecycle.js';
export type { NominationState } from './nomination.lifecycle.js';
export type { NominationId } from './nomination.rows.js';
export { Nominations } from './nominations.service.js';
export { Nominees } from './nominees.service.js';
export { AuthorityQueries } from './authorities.queries.js';
export type { Authorities, AuthorityView, NominationView, WaitingNomination } from './authorities.queries.js';
