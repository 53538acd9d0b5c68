import type { GoalState, GoalView } from '../../holders/index.js';
import { dayOf, formatDay, type LocalDate } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import type { GoalStripOptions, SummaryRow } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';
import { goalStripOf } from './goal-strip.js';

export const GOAL_DONE: Flashes = {
  rated: { kind: 'done', title: 'Thank you. We have written it down' },
  changed: { kind: 'done', title: 'Your goal is changed' },
  met: { kind: 'done', title: 'Well done', text: 'You say you have met this goal.' },
  'let-go': { kind: 'done', title: 'You have let go of this goal', text: 'Nothing is lost. You can take it up again.' },
  open: { kind: 'done', title: 'This goal is open again' },
};

export interface GoalPageView {
  readonly whose: Whose;
  readonly mayWrite: boolean;
  readonly mayRate: boolean;
  readonly strip: GoalStripOptions;
  readonly facts: readonly SummaryRow[];
  readonly signs: readonly string[];
  /** The newest first. */
  readonly history: readonly { readonly when: LocalDate; readonly text: string; readonly detail?: string }[];
  readonly change: string | null;
  readonly next: readonly { readonly state: GoalState; readonly text: string }[];
  readonly state: GoalState;
}

const NEXT: Readonly<Record<GoalState, readonly { readonly state: GoalState; readonly text: string }[]>> = {
  open: [
    { state: 'met', text: 'I have met this goal' },
    { state: 'let-go', text: 'Let go of this goal' },
  ],
  met: [{ state: 'open', text: 'Take it up again' }],
  'let-go': [{ state: 'open', text: 'Take it up again' }],
};

export function goalView(whose: Whose, may: { write: boolean; rate: boolean }, goal: GoalView): GoalPageView {
  const fact = (key: string, value: string): SummaryRow[] => (value === '' ? [] : [{ key, value }]);
  const { href: _self, ...strip } = goalStripOf(whose, goal);
  return {
    whose,
    mayWrite: may.write,
    mayRate: may.rate && goal.state !== 'let-go',
    strip,
    state: goal.state,
    facts: [
      ...fact(`Why it matters`, goal.why),
      ...fact('First step', goal.firstStep),
      ...fact('Who helps', goal.whoHelps),
      ...fact('By when', goal.byDay ? formatDay(goal.byDay) : ''),
    ],
    signs: goal.signs,
    history: [...goal.ratings].reverse().map((rating) => ({
      when: dayOf(rating.ratedAt),
      text: `${whose.isMine ? 'You' : whose.name} said ${rating.rating} out of 10${rating.wasHelped ? ', with some help' : ''}.`,
      ...(rating.words ? { detail: rating.words } : {}),
    })),
    change: may.write ? paths.changeGoal(whose.id, goal.id) : null,
    next: may.write ? NEXT[goal.state] : [],
  };
}
