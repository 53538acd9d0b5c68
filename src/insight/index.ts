export { insightChecks } from './insight.checks.js';
export { InsightModule } from './insight.module.js';
export { InsightQueries } from './insight.queries.js';
export type { DayView, ForecastView } from './insight.queries.js';
export { Tracking } from './tracking.service.js';
