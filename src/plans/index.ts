export { DraftPlan, NewPlanLine } from './plan.dto.js';
export type { PlanState } from './plan.lifecycle.js';
export { requireSpendable } from './plan.rules.js';
export { planChecks } from './plans.checks.js';
export { PlansModule } from './plans.module.js';
export { PlanQueries } from './plans.queries.js';
export type { PlanLineView, PlanView, Spendable } from './plans.queries.js';
export { Plans } from './plans.service.js';
export type { PlanId } from './plans.service.js';
