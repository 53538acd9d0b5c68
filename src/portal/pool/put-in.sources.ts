import type { LineView } from '../../budgets/index.js';
import type { LocalDate, Pence, PlanLineId } from '../../kernel/index.js';
import { formatDay, formatPounds } from '../../kernel/index.js';
import type { Source } from './put-in.form.js';

/** A line as far as it matters for putting money in. */
export type PayingLine = Pick<LineView, 'id' | 'planId' | 'name' | 'state' | 'fromDay' | 'untilDay' | 'suspendedOn'> & {
  /** In the line and not set aside. */
  readonly free: Pence;
  readonly checked: string;
  readonly travels: boolean;
};

interface AgreedPlan {
  readonly id: string;
  readonly state: string;
  readonly lines: readonly { readonly id: PlanLineId; readonly service: string }[];
}

/** Why a line cannot pay. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** So many reasons are told: the newest lines come first. */
const MOST_TOLD = 5;

/** What can be put in, once for every service of a line's plan, and when nothing can: why, line by line. The same conditions by which the
 *  service refuses (`decideContribution`), so nothing is offered that would be refused. */
export function sourcesFrom(
  lines: readonly PayingLine[],
  plans: readonly AgreedPlan[],
  today: LocalDate,
): { readonly sources: readonly Source[]; readonly leftOut: readonly LeftOut[] } {
  const agreed = new Map(plans.filter((plan) => plan.state === 'agreed' && plan.lines.length > 0).map((plan) => [plan.id, plan.lines]));
  const asked = lines.map((line) => ({ line, services: agreed.get(line.planId) ?? [], why: whyNot(line, agreed.has(line.planId), today) }));
  const sources = asked.flatMap(({ line, services, why }) =>
    why !== null
      ? []
      : services.map((service) => ({
          value: `${line.id}.${service.id}`,
          lineId: line.id,
          planLineId: service.id,
          service: service.service,
          lineName: line.name,
          free: line.free,
          checked: line.checked,
          travels: line.travels,
        })),
  );
  const leftOut = sources.length > 0 ? [] : asked.map(({ line, why }) => ({ name: line.name, why: why! })).slice(0, MOST_TOLD);
  return { sources, leftOut };
}

function whyNot(line: PayingLine, hasAgreedPlan: boolean, today: LocalDate): string | null {
  if (line.state !== 'open' || today >= line.untilDay) return `This money ended on ${formatDay(line.untilDay)}.`;
  if (today < line.fromDay) return `This money begins on ${formatDay(line.fromDay)}.`;
  if (line.suspendedOn !== null)
    return `This money is suspended since ${formatDay(line.suspendedOn)}. Nothing new can be bought with it for now. The letter about it says why.`;
  if (!hasAgreedPlan) return 'The plan for this money is not agreed yet.';
  return line.free > 0n ? null : `There is ${formatPounds(line.free)} free in it now.`;
}
