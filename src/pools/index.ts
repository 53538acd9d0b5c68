export { Agreements } from './agreements.service.js';
export type { AgreementOffered, Assented } from './agreements.service.js';
export { Contributions } from './contributions.service.js';
export type { ContributionView } from './contribution-batch.service.js';
export { Leaving } from './leaving.service.js';
export type { Left } from './leaving.service.js';
export {
  FORMATS,
  FreezePool,
  GiveAssent,
  InvitePerson,
  LeavePool,
  MakeContribution,
  OfferAgreement,
  ProposePool,
} from './pool.dto.js';
export type { AssentFormat, ContributeToPool } from './pool.dto.js';
export { addsUp, exitStatement } from './pool-exit.rules.js';
export type { ExitStatement } from './pool-exit.rules.js';
export { lineAccountOf, shareAccount } from './pool.entries.js';
export type { ShareFacts } from './pool.entries.js';
export { shareFreed } from './pool.events.js';
export { bookOfShare } from './pool.rules.js';
export type { ContributionBy, Terms } from './pool.rules.js';
export type {
  AgreementState,
  ContributionState,
  MemberState,
  PoolState,
} from './pool.lifecycle.js';
export { lockPool } from './pool.rows.js';
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
export { PoolQueries } from './pools.queries.js';
export type {
  AgreementView,
  PoolListing,
  PoolMoney,
  PoolShare,
  PoolView,
  ShareView,
} from './pools.queries.js';
export { Pools } from './pools.service.js';
export type { PoolChanged } from './pools.service.js';
