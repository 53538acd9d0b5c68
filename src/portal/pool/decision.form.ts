import type { FieldFault, Pence } from '../../kernel/index.js';
import { DomainError, parsePounds } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { GiveVote, RaiseDecision, TypePaper } from '../../pools/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, listOf, textOf } from '../form-body.js';
import { renamed } from '../shell/index.js';

/** Lines of the form for ideas; those left empty are left out. */
export const IDEAS = 6;

/** What was typed, for the page to show again. */
export interface DecisionTyped {
  readonly question: string;
  readonly words: string;
  readonly budget: string;
  readonly ideas: readonly { readonly words: string; readonly cost: string }[];
  readonly closesOn: DateParts;
  readonly reviewOn: DateParts;
}

export const typedDecision = (body: Readonly<FormBody>): DecisionTyped => ({
  question: textOf(body, 'question'),
  words: textOf(body, 'words'),
  budget: textOf(body, 'budget'),
  ideas: Array.from({ length: IDEAS }, (_, n) => ({ words: textOf(body, `idea-${n + 1}`), cost: textOf(body, `cost-${n + 1}`) })),
  closesOn: dateParts('closesOn', body),
  reviewOn: dateParts('reviewOn', body),
});

const MESSAGES: Readonly<Record<string, string>> = {
  question: 'Write a question of 1 to 300 letters',
  closesOn: 'Enter a real last day to vote, like 27 3 2027',
  reviewOn: 'Enter a real day to look at it again, like 27 9 2027',
  budget: 'Enter how much there is, like 120 or 120.50',
};

function sumOf(text: string): Pence | undefined {
  try {
    return parsePounds(text);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** A question, or several ideas and the sum they share, or what must be put right. */
export function readDecision(typed: DecisionTyped, withIdeas: boolean): { readonly command: RaiseDecision; readonly faults: readonly FieldFault[] } {
  const filled = typed.ideas.map((idea, n) => ({ ...idea, n: n + 1 })).filter((idea) => idea.words.trim() !== '' || idea.cost.trim() !== '');
  const own: FieldFault[] = [];
  const ideas: { words: string; costPence: Pence }[] = [];
  for (const { words, cost, n } of withIdeas ? filled : []) {
    const sum = sumOf(cost);
    if (words.trim() === '') own.push({ field: `idea-${n}`, message: `Say what idea ${n} is` });
    if (sum === undefined || sum <= 0n) own.push({ field: `cost-${n}`, message: `Enter what idea ${n} costs, like 120 or 120.50` });
    else ideas.push({ words, costPence: sum });
  }
  const { command, faults } = readCommand(RaiseDecision, {
    question: typed.question,
    ...(typed.words.trim() === '' ? {} : { words: typed.words }),
    ...(withIdeas ? { budgetPence: sumOf(typed.budget), ideas: own.length > 0 ? [] : ideas } : {}),
    closesOn: dayOfParts(typed.closesOn),
    reviewOn: dayOfParts(typed.reviewOn),
  });
  const rest = renamed(faults, { budgetPence: 'budget', ideas: 'idea-1' })
    .filter((fault) => !own.some((mine) => mine.field === fault.field))
    .map((fault) => ({ ...fault, message: MESSAGES[fault.field] ?? fault.message }));
  const missing: FieldFault[] =
    withIdeas && sumOf(typed.budget) === undefined && !rest.some((fault) => fault.field === 'budget')
      ? [{ field: 'budget', message: MESSAGES['budget']! }]
      : [];
  return { command, faults: [...rest, ...missing, ...own] };
}

export interface VoteTyped {
  readonly choice: string;
  readonly ideas: readonly string[];
  readonly reason: string;
  readonly helpedBy: string;
  /** Whose vote: a member's place in the order of joining, or empty for one's own. */
  readonly whose: string;
}

export const typedVote = (body: Readonly<FormBody>): VoteTyped => ({
  choice: textOf(body, 'choice'),
  ideas: listOf(body, 'ideas'),
  reason: textOf(body, 'reason'),
  helpedBy: textOf(body, 'helpedBy'),
  whose: textOf(body, 'whose'),
});

const answerOf = ({ choice, ideas, reason, helpedBy }: VoteTyped, hasIdeas: boolean): object => ({
  ...(hasIdeas ? { ideas } : { choice: choice === '' ? undefined : choice }),
  ...(reason.trim() === '' ? {} : { reason }),
  ...(helpedBy.trim() === '' ? {} : { helpedBy }),
});

const noAnswer = (typed: VoteTyped, hasIdeas: boolean): FieldFault[] =>
  hasIdeas || typed.choice !== '' ? [] : [{ field: 'choice', message: 'Choose one of the answers' }];

export function readVote(typed: VoteTyped, hasIdeas: boolean): { readonly command: GiveVote; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(GiveVote, { ...answerOf(typed, hasIdeas), ...(typed.whose === '' ? {} : { forMember: Number(typed.whose) }) });
  return { command, faults: [...noAnswer(typed, hasIdeas), ...renamed(faults, { forMember: 'whose' })] };
}

export function readPaper(reference: string, typed: VoteTyped, hasIdeas: boolean): { readonly command: TypePaper; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(TypePaper, { reference, ...answerOf(typed, hasIdeas) });
  return { command, faults: [...noAnswer(typed, hasIdeas), ...faults] };
}
