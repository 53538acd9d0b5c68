export { FinanceDesk } from './finance-desk.queries.js';
export type { NamedLine, StateTotal } from './finance-desk.queries.js';
export { IcbPeople } from './icb-people.queries.js';
export type { DecisionView, IcbPerson, WaitingPlan } from './icb-people.queries.js';
export { insightChecks } from './insight.checks.js';
export { InsightModule } from './insight.module.js';
export { InsightQueries } from './insight.queries.js';
export type { DayView, ForecastView } from './insight.queries.js';
export { Tracking } from './tracking.service.js';
