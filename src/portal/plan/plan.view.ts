import type { LineView } from '../../budgets/index.js';
import { totalOf } from '../../budgets/index.js';
import { formatDay, sumPence, type Pence } from '../../kernel/index.js';
import type { PlanLineView, PlanView } from '../../plans/index.js';
import type { Whose } from '../acting-for/whose.js';
import { sentence, type FourNumbersOptions } from '../blocks/index.js';
import type { Checked } from '../money/money.reads.js';
import { checkOf, numbersOf } from '../money/money.view.js';
import { paths } from '../paths.js';

const PER: Readonly<Record<string, { words: string; times: bigint }>> = {
  week: { words: 'a week', times: 52n },
  'four-weeks': { words: 'every 4 weeks', times: 13n },
  month: { words: 'a month', times: 12n },
  year: { words: 'a year', times: 1n },
  once: { words: 'once', times: 1n },
};

/** A line's cost in a year of 52 weeks. */
export const yearlyOf = (line: Pick<PlanLineView, 'amount' | 'per'>): Pence => (line.amount * (PER[line.per]?.times ?? 1n)) as Pence;

export interface PlanPageView {
  readonly whose: Whose;
  readonly plan: {
    readonly about: string;
    readonly agreedOn: string | null;
    readonly isAgreed: boolean;
    readonly reviewOn: string | null;
    readonly outcomes: readonly {
      readonly words: string;
      readonly lines: readonly { readonly service: string; readonly amount: Pence; readonly per: string; readonly yearly: Pence; readonly isYearly: boolean }[];
    }[];
    readonly yearly: Pence;
  } | null;
  readonly numbers: FourNumbersOptions | null;
  readonly moneyPage: string;
  readonly drafts: number;
}

/** "What my plan lets me buy", beside what is left to buy it with. */
export function planView(whose: Whose, plans: readonly PlanView[], lines: readonly LineView[], checked: Checked): PlanPageView {
  const plan = plans.find((each) => each.state === 'agreed') ?? plans.find((each) => each.state === 'draft');
  const open = lines.filter((line) => line.state === 'open' && line.planId === plan?.id);
  return {
    whose,
    moneyPage: paths.money(whose.id),
    drafts: plans.filter((each) => each.state === 'draft' && each !== plan).length,
    numbers:
      open.length > 0
        ? numbersOf('left', `${sentence(whose.your)} money for this plan`, totalOf(open.map((line) => line.numbers)), checkOf(open, checked))
        : null,
    plan: plan
      ? {
          about: plan.about,
          isAgreed: plan.state === 'agreed',
          agreedOn: plan.agreedOn ? formatDay(plan.agreedOn) : null,
          reviewOn: plan.reviewOn ? formatDay(plan.reviewOn) : null,
          outcomes: [...new Set(plan.lines.map((line) => line.outcome))].map((words) => ({
            words,
            lines: plan.lines
              .filter((line) => line.outcome === words)
              .map((line) => ({
                service: line.service,
                amount: line.amount,
                per: PER[line.per]?.words ?? line.per,
                yearly: yearlyOf(line),
                isYearly: line.per === 'year' || line.per === 'once',
              })),
          })),
          yearly: sumPence(plan.lines.map(yearlyOf)),
        }
      : null,
  };
}
