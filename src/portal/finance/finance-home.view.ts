import type { StateTotal } from '../../insight/index.js';
import { formatDay, formatPounds, type LocalDate } from '../../kernel/index.js';
import type { BookProof, BreakView } from '../../reconciliation/index.js';
import { counted, type NeedItem, type StateTagOptions, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import { agesTable } from '../statements/breaks.view.js';
import { proofState } from '../statements/proof.view.js';

export interface BookDay {
  readonly book: { readonly id: string; readonly name: string };
  readonly totals: readonly StateTotal[];
  /** Runs that wait for a step this officer may take. */
  readonly runs: readonly {
    readonly id: string;
    readonly state: 'proposed' | 'prepared' | 'approved';
    readonly isMine: boolean;
    readonly total: bigint;
    readonly cutOffOn: LocalDate;
  }[];
  readonly breaks: readonly BreakView[];
  readonly missing: number;
  readonly unchecked: number;
  /** What members' debts leave open, in pence. */
  readonly gap: bigint;
  readonly proof: BookProof;
}

export interface BookDayView {
  readonly name: string;
  readonly needs: readonly NeedItem[];
  readonly ages: TableOptions;
  readonly hasBreaks: boolean;
  readonly proof: StateTagOptions;
  readonly links: { readonly breaks: string; readonly proof: string };
}

/** What blocks payday first, then what is next. */
export function bookDayView(day: BookDay, today: LocalDate): BookDayView {
  const of = (path: string, more = ''): string => `${path}?book=${day.book.id}${more}`;
  const unanswered = day.breaks.filter((each) => each.answer === null).length;
  const sum = (total: bigint): string => formatPounds(total as never);
  const stopped = (state: StateTotal['state'], words: string, hint: string): NeedItem[] =>
    day.totals
      .filter((each) => each.state === state)
      .map((each) => ({
        text: `${counted(each.count, 'payment', 'payments')} ${words}, ${sum(each.total)} in all`,
        href: of(paths.payments, '&show=blocked'),
        hint,
        isUrgent: true,
      }));
  const planned = day.totals.find((each) => each.state === 'planned');
  const needs: NeedItem[] = [
    ...(day.proof.ok
      ? []
      : [{ text: 'The book does not agree with its bank', href: of(paths.proof), hint: day.proof.differences[0]?.words ?? '', isUrgent: true }]),
    ...(unanswered > 0
      ? [
          {
            text: `${counted(unanswered, 'break waits', 'breaks wait')} for an answer`,
            href: of(paths.breaks),
            hint: 'Nothing new leaves this book until somebody has answered.',
            isUrgent: true,
          },
        ]
      : []),
    ...(day.gap > 0n
      ? [
          {
            text: `Members owe this book ${sum(day.gap)} that nobody has made good`,
            href: of(paths.debts),
            hint: 'Payments that would need other people’s money wait until it is paid back or covered.',
            isUrgent: true,
          },
        ]
      : []),
    ...stopped('unknown', 'may or may not have gone through', 'We ask until we know, and send none of them again.'),
    ...stopped('failed', 'failed', 'Read why, then plan each again or call it off.'),
    ...stopped('returned', 'came back', 'Check the payee’s details, then plan each again or call it off.'),
    ...stopped('held', 'held', 'Each says why, and who has to act.'),
    ...(day.missing > 0
      ? [
          {
            text: `${counted(day.missing, 'payee is', 'payees are')} not known yet`,
            href: of(paths.payees),
            hint: 'Enter where to pay them. Until then their payments are held.',
            isUrgent: true,
          },
        ]
      : []),
    ...(day.unchecked > 0
      ? [
          {
            text: `Check the details of ${counted(day.unchecked, 'payee', 'payees')}`,
            href: of(paths.payees),
            hint: 'Somebody else than the person who entered them does this.',
          },
        ]
      : []),
    ...day.runs.map((run) => ({
      text: RUN_NEEDS[run.state](sum(run.total)),
      href: paths.payRun(run.id),
      hint: run.isMine && run.state === 'prepared' ? 'You prepared it, so somebody else approves it.' : `Payments due by ${formatDay(run.cutOffOn)}.`,
      isUrgent: run.cutOffOn < today,
    })),
    ...(planned && planned.firstDueOn <= today
      ? [
          {
            text: `Propose a pay run: ${counted(planned.count, 'payment waits', 'payments wait')}, ${sum(planned.total)}`,
            href: of(paths.payRuns),
            hint: `The first ${planned.firstDueOn < today ? 'was' : 'is'} due ${planned.firstDueOn < today ? `on ${formatDay(planned.firstDueOn)}` : 'today'}.`,
            isUrgent: planned.firstDueOn < today,
          },
        ]
      : []),
  ];
  return {
    name: day.book.name,
    needs,
    ages: agesTable(day.breaks),
    hasBreaks: day.breaks.length > 0,
    proof: proofState(day.proof),
    links: { breaks: of(paths.breaks), proof: of(paths.proof) },
  };
}

const RUN_NEEDS: Readonly<Record<'proposed' | 'prepared' | 'approved', (sum: string) => string>> = {
  proposed: (sum) => `Look through the proposed pay run of ${sum}`,
  prepared: (sum) => `Approve the pay run of ${sum}`,
  approved: (sum) => `Release the pay run of ${sum}`,
};
