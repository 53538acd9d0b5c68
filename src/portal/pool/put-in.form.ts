import type { BudgetLineId, FieldFault, Pence, PlanLineId } from '../../kernel/index.js';
import { DomainError, parsePounds } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { MakeContribution } from '../../pools/index.js';
import type { FormBody } from '../form-body.js';
import { textOf } from '../form-body.js';
import { renamed } from '../shell/index.js';

/** Money that can be put in: a line of the budget for one service of its plan. */
export interface Source {
  /** `line.plan-line`, as the form sends it. */
  readonly value: string;
  readonly lineId: BudgetLineId;
  readonly planLineId: PlanLineId;
  readonly service: string;
  readonly lineName: string;
  readonly free: Pence;
  /** What the book it lies in was last held against, in a sentence. */
  readonly checked: string;
  /** It lies in another account, so somebody has to pay it over. */
  readonly travels: boolean;
}

export interface PutInTyped {
  readonly source: string;
  readonly amount: string;
  readonly by: string;
}

export const typedPutIn = (body: Readonly<FormBody>): PutInTyped => ({
  source: textOf(body, 'source'),
  amount: textOf(body, 'amount'),
  by: textOf(body, 'by'),
});

/** What to put in, from what was typed; money of the same account needs no way of paying. */
export function readPutIn(typed: PutInTyped, sources: readonly Source[]): { readonly command: MakeContribution; readonly faults: readonly FieldFault[] } {
  const source = sources.length === 1 ? sources[0] : sources.find((each) => each.value === typed.source);
  const sum = readSum(typed.amount);
  const by = source?.travels ? typed.by : '';
  const { command, faults } = readCommand(MakeContribution, {
    lineId: source?.lineId,
    planLineId: source?.planLineId,
    amountPence: typeof sum === 'string' ? undefined : sum,
    ...(by ? { by } : {}),
  });
  const own: FieldFault[] = [
    ...(source ? [] : [{ field: 'source', message: 'Choose which money to use' }]),
    ...(typeof sum === 'string' ? [{ field: 'amount', message: sum }] : []),
    ...(source?.travels && !by ? [{ field: 'by', message: 'Choose how to pay' }] : []),
  ];
  const rest = renamed(faults, { lineId: 'source', planLineId: 'source', amountPence: 'amount' }).filter(
    (fault) => !own.some((mine) => mine.field === fault.field),
  );
  return {
    command,
    faults: [...own, ...rest.map((fault) => (fault.field === 'amount' ? { ...fault, message: 'Enter an amount above zero, like 120 or 120.50' } : fault))],
  };
}

function readSum(text: string): Pence | string {
  try {
    return parsePounds(text);
  } catch (error) {
    if (error instanceof DomainError) return 'Enter an amount, like 120 or 120.50';
    throw error;
  }
}
