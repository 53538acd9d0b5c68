import { formatDay, formatInstant, sumPence, type Pence } from '../../kernel/index.js';
import { html, type Printable } from '../../platform/index.js';
import type { BreakView, UnallocatedLine } from '../../reconciliation/index.js';
import { counted, money, stateTag, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import { ageWords } from './line.view.js';
import { AGES } from './statements.words.js';

const stake = (found: BreakView): Pence => (found.amount ?? 0n) as Pence;

/** Breaks by age, and the money at stake in each age. */
export function agesTable(breaks: readonly BreakView[]): TableOptions {
  const rows = AGES.map(({ upTo, words }, index) => {
    const least = index === 0 ? -1 : AGES[index - 1]!.upTo;
    const mine = breaks.filter((each) => each.age > least && each.age <= upTo);
    return { words, count: mine.length, unanswered: mine.filter((each) => each.answer === null).length, sum: sumPence(mine.map(stake)) };
  });
  return {
    caption: 'By age, in working days',
    head: [{ text: 'Open' }, { text: 'Breaks', isNumber: true }, { text: 'Of these not answered', isNumber: true }, { text: 'Money at stake', isNumber: true }],
    rows: rows.map((row) => [row.words, String(row.count), String(row.unanswered), money(row.sum)]),
    foot: ['All', String(breaks.length), String(breaks.filter((each) => each.answer === null).length), money(sumPence(breaks.map(stake)))],
    hasRowHeaders: true,
  };
}

export const breaksTable = (breaks: readonly BreakView[], names: ReadonlyMap<string, string>, book: string): TableOptions => ({
  caption: 'Each break, the oldest first',
  head: [{ text: 'What is open' }, { text: 'Since' }, { text: 'Who has it in hand' }, { text: 'Answer' }, { text: 'In or out', isNumber: true }],
  rows: [...breaks]
    .sort((a, b) => b.age - a.age || a.openedAt.getTime() - b.openedAt.getTime())
    .map((found) => [
      html`<a href="${found.lineId === null ? `${paths.proof}?book=${book}` : paths.statementLine(found.lineId)}">${found.reason}</a>`,
      html`${found.bookedOn ? formatDay(found.bookedOn) : formatInstant(found.openedAt)}<br><span class="cp-small">${ageWords(found.age)}</span>`,
      found.ownerId === null ? stateTag({ state: 'Nobody', tone: 'stopped' }) : (names.get(found.ownerId) ?? 'A colleague'),
      answerOf(found),
      found.amount === null ? '–' : money((found.direction === 'debit' ? -found.amount : found.amount) as Pence, { signed: true }),
    ]),
  hasRowHeaders: true,
  empty: 'Nothing is open: every line of every statement is explained.',
});

const answerOf = (found: BreakView): Printable =>
  found.answer === null
    ? stateTag({ state: 'Not answered', tone: found.age > 1 ? 'stopped' : 'waiting' })
    : html`${stateTag({ state: 'Answered', tone: 'attention' })}<br><span class="cp-small">${found.answer}</span>`;

/** What stops payday, or that nothing does. */
export function gateWords(breaks: readonly BreakView[]): { readonly isShut: boolean; readonly words: string } {
  const open = breaks.filter((each) => each.answer === null).length;
  return open === 0
    ? { isShut: false, words: 'No break waits for an answer, so payments can leave.' }
    : {
        isShut: true,
        words: `${counted(open, 'break waits', 'breaks wait')} for an answer. Until a named person says what is being done about each, nothing new leaves this book.`,
      };
}

export const unallocatedTable = (lines: readonly UnallocatedLine[]): TableOptions => ({
  caption: 'Money that came in and is nobody’s yet, the oldest first',
  isCaptionHidden: true,
  head: [{ text: 'Day' }, { text: 'What the bank wrote' }, { text: 'Names the line' }, { text: 'Came in', isNumber: true }],
  rows: lines.map((line) => [
    formatDay(line.bookedOn),
    html`<a href="${paths.statementLine(line.lineId)}">${line.text || 'A line without words'}</a>`,
    line.lineReference ?? 'No line',
    money(line.amount, { signed: true }),
  ]),
  ...(lines.length > 0 ? { foot: ['Together', '', '', money(sumPence(lines.map((line) => line.amount)))] } : {}),
  empty: 'All money that came in has its owner.',
});
