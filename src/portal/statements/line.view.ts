import { formatDay, formatInstant, formatPounds, type Pence } from '../../kernel/index.js';
import type { InFlightItem } from '../../payments/index.js';
import { html, type Printable } from '../../platform/index.js';
import type { BreakView, StatementLineView, Suggestion } from '../../reconciliation/index.js';
import { money, type ChoiceItem, type SummaryRow, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import { signedOf } from './statements.view.js';
import { kindWords } from './statements.words.js';

/** Items beside the suggestions: more would hide the right one. Our judgement, November 2026. */
const MOST_OTHERS = 20;

export const lineFacts = (line: StatementLineView, statement: { readonly id: string; readonly number: number }): SummaryRow[] => [
  { key: 'Day', value: formatDay(line.bookedOn) },
  { key: line.direction === 'credit' ? 'Came in' : 'Went out', value: money(signedOf(line), { signed: true, size: 'large' }) },
  { key: 'With', value: line.counterparty ?? 'The bank names nobody' },
  { key: 'Reference', value: line.reference ?? 'None' },
  { key: 'Words of the bank', value: line.words || 'None' },
  { key: 'Statement', value: html`<a href="${paths.statement(statement.id)}">Number ${statement.number}</a>` },
];

const choiceOf = (kind: string, id?: string): string => (id === undefined ? kind : `${kind}:${id}`);

/** What the line may be: suggestions with their facts first, then other money on its way in the same direction, nearest sums first. */
export function choicesOf(line: StatementLineView, suggestions: readonly Suggestion[], items: readonly InFlightItem[]): ChoiceItem[] {
  const known = new Map(items.map((item) => [choiceOf(item.kind, item.id), item]));
  const suggested = suggestions.map((each): ChoiceItem => {
    const item = each.id === undefined ? undefined : known.get(choiceOf(each.kind, each.id));
    return {
      value: choiceOf(each.kind, each.id),
      text: textOf(each.kind, item, BigInt(each.amountPence) as Pence),
      hint: `Suggested: ${each.words} (${each.score} of 100)`,
    };
  });
  const taken = new Set(suggested.map((each) => each.value));
  const others = items
    .filter((item) => item.direction === line.direction && !taken.has(choiceOf(item.kind, item.id)))
    .sort((a, b) => (distance(a.amount, line.amount) < distance(b.amount, line.amount) ? -1 : 1))
    .slice(0, MOST_OTHERS)
    .map((item): ChoiceItem => ({ value: choiceOf(item.kind, item.id), text: textOf(item.kind, item, item.amount), hint: `Since ${formatDay(item.day)}` }));
  const alone = (line.direction === 'credit' ? ['stripe-payout', 'arrival'] : ['bank-charge'])
    .filter((kind) => !taken.has(kind))
    .map((kind): ChoiceItem => ({ value: kind, text: kindWords(kind), hint: 'By itself, without other items' }));
  return [...suggested, ...others, ...alone];
}

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);

const textOf = (kind: string, item: InFlightItem | undefined, amount: Pence): string =>
  item
    ? `${formatPounds(amount)} – ${kindWords(kind)}${item.name ? ` to or from ${item.name}` : ''}, ${item.references[0] ?? ''}`
    : `${formatPounds(amount)} – ${kindWords(kind)}`;

/** What a matched line is, item by item. */
export const matchTable = (line: StatementLineView): TableOptions => ({
  caption: 'What this line is',
  head: [{ text: 'Item' }, { text: 'Sum', isNumber: true }],
  rows: line.items.map((item): Printable[] => [
    item.id !== null && (item.kind === 'payment' || item.kind === 'payment-return')
      ? html`<a href="${paths.payment(item.id)}">${kindWords(item.kind)}</a>`
      : kindWords(item.kind),
    money(BigInt(item.amountPence) as Pence),
  ]),
  foot: ['The line', money(line.amount)],
  hasRowHeaders: true,
});

export interface BreakWords {
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  readonly since: string;
  readonly answer: string | null;
}

export const breakWords = (found: BreakView, names: ReadonlyMap<string, string>): BreakWords => ({
  id: found.id,
  reason: found.reason,
  owner: found.ownerId === null ? 'Nobody yet' : (names.get(found.ownerId) ?? 'A colleague'),
  since: ageWords(found.age),
  answer: found.answer === null ? null : `${found.answer} (${found.answeredAt ? formatInstant(found.answeredAt) : 'just now'})`,
});

export const ageWords = (age: number): string => (age === 0 ? 'since today' : age === 1 ? 'for 1 working day' : `for ${age} working days`);
