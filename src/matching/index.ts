export { MatchingModule } from './matching.module.js';
export { bestPairs, goalWeight, suit } from './matching.rules.js';
export type { MatchCard, MatchWorld, Pair, Suitable } from './matching.rules.js';
export { Matching, pairsOf } from './matching.service.js';
