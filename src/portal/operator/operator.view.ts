import type { OutboxLag } from '../../insight/index.js';
import { formatInstant } from '../../kernel/index.js';
import type { FailedJob, JobRun, QueueCounts, QueueName, ScheduledJob } from '../../platform/index.js';
import { html, type Printable } from '../../platform/index.js';
import { counted, stateTag, type NeedItem, type StateTagOptions, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { ChecksRun } from './housekeeping.js';

/** More than this and operators look: our judgement, November 2026. */
const SLOW_LAG_MS = 60_000;

const two = (text: string): string => text.padStart(2, '0');

/** The usual patterns in words; the others as they are written. */
export function cronWords(cron: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.split(' ');
  if (day !== '*' || month !== '*' || weekday !== '*') return cron;
  const every = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (every && hour === '*') return `Every ${every} minutes`;
  if (/^\d+$/.test(minute) && hour === '*') return `Every hour at ${two(minute)} minutes past`;
  return /^\d+$/.test(minute) && /^\d+$/.test(hour) ? `Every day at ${two(hour)}:${two(minute)}` : cron;
}

export function runState(run: JobRun | undefined, silent: readonly JobRun[]): Pick<StateTagOptions, 'state' | 'tone'> {
  if (!run) return { state: 'Has not run yet', tone: 'quiet' };
  if (run.state === 'done') return { state: 'Done', tone: 'good' };
  if (run.state === 'failed') return { state: 'Failed', tone: 'stopped' };
  const isSilent = silent.some((each) => each.job === run.job && each.dueAt.getTime() === run.dueAt.getTime());
  return isSilent ? { state: 'Silent: its worker seems dead', tone: 'stopped' } : { state: 'Running', tone: 'attention' };
}

export const jobsTable = (
  schedule: readonly ScheduledJob[],
  runs: readonly JobRun[],
  silent: readonly JobRun[],
  next: ReadonlyMap<string, Date>,
): TableOptions => ({
  caption: 'Recurring jobs, in London time',
  head: [{ text: 'Job' }, { text: 'When' }, { text: 'Last run' }, { text: 'Next run' }],
  rows: schedule.map((job) => {
    const run = runs.find((each) => each.job === job.name);
    const due = next.get(job.name);
    return [
      html`${job.name}<br><span class="cp-small">${job.what}</span>`,
      cronWords(job.cron),
      html`${stateTag(runState(run, silent))}${run ? html`<br><span class="cp-small">${runWords(run)}</span>` : null}`,
      due ? formatInstant(due) : stateTag({ state: 'Not planned: is a worker running?', tone: 'waiting' }),
    ];
  }),
  hasRowHeaders: true,
});

function runWords(run: JobRun): Printable {
  const took = run.finishedAt
    ? `, took ${seconds(run.finishedAt.getTime() - run.startedAt.getTime())}`
    : run.total > 0
      ? `, ${run.progress} of ${run.total}`
      : '';
  return `${formatInstant(run.startedAt)}${took}${run.note ? `. ${run.note}` : ''}${run.error ? `. ${run.error}` : ''}`;
}

export const seconds = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);

export interface FailedView {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly reason: string;
}

export const failedView = (failed: readonly FailedJob[]): FailedView[] =>
  failed.map((job) => ({
    id: job.id,
    title: `${job.name} (${job.queue})`,
    when: `${job.failedAt ? formatInstant(job.failedAt) : 'At an unknown time'}, after ${counted(job.attempts, 'attempt', 'attempts')}`,
    reason: job.reason || 'No reason was given.',
  }));

export const queuesTable = (counts: Readonly<Record<QueueName, QueueCounts>>): TableOptions => ({
  caption: 'Queues',
  head: [
    { text: 'Queue' },
    { text: 'Waiting', isNumber: true },
    { text: 'At work', isNumber: true },
    { text: 'Later', isNumber: true },
    { text: 'Failed', isNumber: true },
  ],
  rows: Object.entries(counts).map(([name, count]) => [name, String(count.waiting), String(count.active), String(count.delayed), String(count.failed)]),
  hasRowHeaders: true,
});

export function lagState(lag: OutboxLag, now: Date): StateTagOptions {
  if (lag.waiting === 0 || !lag.oldestAt) return { state: 'The outbox is empty', tone: 'good', reason: 'Every event has been handed on.' };
  const age = now.getTime() - lag.oldestAt.getTime();
  const words = `${counted(lag.waiting, 'event waits', 'events wait')}, the oldest for ${seconds(age)}.`;
  return age > SLOW_LAG_MS
    ? { state: 'The outbox is behind', tone: 'stopped', reason: `${words} Is a worker running?` }
    : { state: 'The outbox is being emptied', tone: 'attention', reason: words };
}

export interface ChecksView {
  readonly state: StateTagOptions | null;
  readonly results: TableOptions | null;
  readonly isRunning: boolean;
}

export function checksView(run: ChecksRun | undefined): ChecksView {
  if (!run) return { state: null, results: null, isRunning: false };
  if (run.endedAt === null)
    return {
      state: { state: 'Running', tone: 'attention', reason: `Started by ${run.by} on ${formatInstant(run.startedAt)}.` },
      results: null,
      isRunning: true,
    };
  const took = `Started by ${run.by} on ${formatInstant(run.startedAt)}, took ${seconds(run.endedAt.getTime() - run.startedAt.getTime())}.`;
  if (run.error) return { state: { state: 'Could not be finished', tone: 'stopped', reason: `${took} ${run.error}` }, results: null, isRunning: false };
  const broken = run.results.filter((each) => each.faults.length > 0).length;
  const state: StateTagOptions =
    broken === 0
      ? { state: `All ${run.results.length} checks hold`, tone: 'good', reason: took }
      : { state: `${broken} of ${run.results.length} checks are broken`, tone: 'stopped', reason: took };
  return { state, results: resultsTable(run), isRunning: false };
}

/** Broken checks first. */
const resultsTable = (run: ChecksRun): TableOptions => ({
  caption: 'What must always be true',
  head: [{ text: 'Claim' }, { text: 'Result' }, { text: 'Took', isNumber: true }],
  rows: [...run.results]
    .sort((a, b) => b.faults.length - a.faults.length)
    .map((each) => [
      html`${each.claim}<br><span class="cp-small">${each.name}, truth ${each.truth}</span>`,
      each.faults.length === 0
        ? stateTag({ state: 'Holds', tone: 'good' })
        : html`${stateTag({ state: `${counted(each.faults.length, 'fault', 'faults')}`, tone: 'stopped' })}<ul class="nhsuk-list nhsuk-list--bullet">${each.faults.slice(0, 20).map((fault) => html`<li>${fault}</li>`)}</ul>`,
      seconds(each.tookMs),
    ]),
  hasRowHeaders: true,
});

/** What an operator looks at first. */
export function operatorNeeds(facts: {
  readonly failed: number;
  readonly silent: number;
  readonly failedRuns: readonly JobRun[];
  readonly lag: OutboxLag;
  readonly checks: ChecksRun | undefined;
  readonly now: Date;
}): NeedItem[] {
  const broken = facts.checks?.results.filter((each) => each.faults.length > 0).length ?? 0;
  const lag = lagState(facts.lag, facts.now);
  return [
    ...(broken > 0
      ? [
          {
            text: `${counted(broken, 'check is', 'checks are')} broken`,
            href: paths.checks,
            hint: 'Something that must always be true is not. Look at it now.',
            isUrgent: true,
          },
        ]
      : []),
    ...(facts.failed > 0
      ? [
          {
            text: `${counted(facts.failed, 'job is', 'jobs are')} out of attempts`,
            href: `${paths.jobs}#failed`,
            hint: 'Read why, put it right, then try it again.',
            isUrgent: true,
          },
        ]
      : []),
    ...facts.failedRuns.map((run) => ({
      text: `${run.job} failed`,
      href: paths.jobs,
      hint: `${formatInstant(run.startedAt)}${run.error ? `. ${run.error}` : ''}`,
      isUrgent: true,
    })),
    ...(facts.silent > 0
      ? [
          {
            text: `${counted(facts.silent, 'job has', 'jobs have')} fallen silent`,
            href: paths.jobs,
            hint: 'Its worker seems dead; another takes it within a minute.',
            isUrgent: true,
          },
        ]
      : []),
    ...(lag.tone === 'stopped' ? [{ text: lag.state, href: `${paths.jobs}#outbox`, hint: lag.reason ?? '', isUrgent: true }] : []),
  ];
}
