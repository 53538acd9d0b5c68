import type { WorryRecord, WorryRow } from '../../concerns/index.js';
import { isLate, readBy } from '../../concerns/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { formatDay, formatInstant } from '../../kernel/index.js';
import { html } from '../../platform/index.js';
import { counted, stateTag, type NeedItem, type StateTagOptions, type SummaryRow, type TableOptions, type TimelineItem } from '../blocks/index.js';
import { paths } from '../paths.js';
import { OUTCOME_WORDS, STEP_WORDS } from './worries.words.js';

export function stageOf(worry: WorryRow, today: LocalDate): StateTagOptions {
  if (worry.stage === 'closed') return { state: 'Closed', tone: 'quiet', ...(worry.outcome ? { reason: OUTCOME_WORDS[worry.outcome] } : {}) };
  if (worry.stage === 'taken') return { state: worry.isMine ? 'You have it' : 'Taken', tone: 'good', owner: worry.takenBy ?? '' };
  if (isLate(worry, today))
    return { state: 'Overdue: nobody has taken it', tone: 'stopped', reason: `We promised to read it by ${formatDay(readBy(worry.raisedAt))}.` };
  return { state: 'Nobody has taken it', tone: 'attention', next: { what: 'To be read', on: readBy(worry.raisedAt) } };
}

/** The list says nothing of what a worry says: a screen may be seen over a shoulder. */
export const worriesTable = (worries: readonly WorryRow[], which: 'open' | 'closed', today: LocalDate): TableOptions => ({
  caption: which === 'open' ? 'Open worries: those nobody has taken first, then the newest' : 'Closed worries, newest first',
  head: [{ text: 'Worry' }, { text: 'Raised' }, { text: 'Where it stands' }, { text: 'Who has it' }],
  rows: worries.map((worry) => [
    html`<a href="${paths.worry(worry.id)}">${worry.reference}</a>`,
    formatInstant(worry.raisedAt),
    html`${stateTag(stageOf(worry, today))}${worry.outcome ? html`<br><span class="cp-small">${OUTCOME_WORDS[worry.outcome]}</span>` : null}`,
    worry.takenBy ?? (worry.isForAnyIcb ? 'Nobody yet: for any board' : 'Nobody yet'),
  ]),
  hasRowHeaders: true,
  empty: which === 'open' ? 'No worry is open.' : 'No worry has been closed.',
});

export interface WorryView {
  readonly state: StateTagOptions;
  readonly facts: readonly SummaryRow[];
  readonly paragraphs: readonly string[];
  readonly history: readonly TimelineItem[];
  readonly looksTitle: string;
  readonly looks: TableOptions;
  readonly may: { readonly take: boolean; readonly note: boolean; readonly openAgain: boolean };
  readonly takeText: string;
}

const linesOf = (words: string): string[] => words.split(/\n+/).filter((line) => line !== '');

export function worryView(worry: WorryRecord, today: LocalDate): WorryView {
  return {
    state: stageOf(worry, today),
    facts: [
      { key: 'Raised', value: formatInstant(worry.raisedAt) },
      { key: 'By', value: worry.raisedBy ?? 'Somebody who gave no name' },
      { key: 'How to reach them safely', value: worry.reach ?? 'They gave no way' },
      { key: 'On the page', value: worry.from || 'Not known' },
      ...(worry.isForAnyIcb ? [{ key: 'Which board', value: 'Not known. If you take it, it is for yours.' }] : []),
    ],
    paragraphs: linesOf(worry.words),
    history: worry.steps.map((step) => ({
      when: step.at,
      text: `${step.by} ${STEP_WORDS[step.what]}.`,
      ...(step.words ? { detail: html`${linesOf(step.words).map((line, index) => html`${index > 0 ? html`<br>` : null}${line}`)}` } : {}),
    })),
    looksTitle: `Who looked at this worry${worry.looks.length > 0 ? ` (${counted(worry.looks.length, 'look', 'looks')})` : ''}`,
    looks: {
      caption: 'Looks, newest first',
      head: [{ text: 'When' }, { text: 'Who' }],
      rows: worry.looks.map((look) => [formatInstant(look.at), look.by]),
      empty: 'Nobody before you.',
    },
    may: {
      take: worry.stage === 'unanswered' || (worry.stage === 'taken' && !worry.isMine),
      note: worry.stage === 'taken',
      openAgain: worry.stage === 'closed',
    },
    takeText: worry.stage === 'unanswered' ? 'I take this' : `Take it over from ${worry.takenBy ?? 'them'}`,
  };
}

/** What a lead looks at first: what nobody has taken, then what is theirs. */
export const leadNeeds = (worries: readonly WorryRow[], today: LocalDate): NeedItem[] => [
  ...worries
    .filter((worry) => worry.stage === 'unanswered')
    .map((worry) => {
      const late = isLate(worry, today);
      const by = formatDay(readBy(worry.raisedAt));
      return {
        text: `Read and take ${worry.reference}`,
        href: paths.worry(worry.id),
        hint: late ? `Overdue: we promised to read it by ${by}` : `Raised ${formatInstant(worry.raisedAt)}. Read it by ${by}`,
        isUrgent: late,
      };
    }),
  ...worries
    .filter((worry) => worry.isMine)
    .map((worry) => ({ text: `Go on with ${worry.reference}`, href: paths.worry(worry.id), hint: 'You have it. Write down what you did, or close it.' })),
];
