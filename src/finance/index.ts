export { financeChecks } from './finance.checks.js';
export { FinanceModule } from './finance.module.js';
export { FinanceQueries } from './finance.queries.js';
export type { PayRunView } from './finance.queries.js';
export type { LineState, PayRunState } from './pay-run.lifecycle.js';
export type { RunTotals } from './pay-run.rules.js';
export type { PayRun, PayRunId, PayRunLine, PayRunLineId } from './pay-run.store.js';
export { PayRuns } from './pay-runs.service.js';
export type { PayRunAnswer } from './pay-runs.service.js';
