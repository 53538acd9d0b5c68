import { AppointAuditor, DrawSample, OpenItem } from '../../finance/index.js';
import type { FieldFault, LocalDate } from '../../kernel/index.js';
import { isLocalDate } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { dateParts, type DateParts } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

interface Read<Command, Values> {
  readonly values: Values;
  readonly command: Command;
  readonly faults: readonly FieldFault[];
}

export interface SampleValues {
  readonly fromDay: DateParts;
  readonly untilDay: DateParts;
  readonly size: string;
  readonly seed: string;
  readonly kind: string;
}

export function readSample(body: FormBody): Read<DrawSample, SampleValues> {
  const values = {
    fromDay: dateParts('fromDay', body),
    untilDay: dateParts('untilDay', body),
    size: textOf(body, 'size'),
    seed: textOf(body, 'seed'),
    kind: textOf(body, 'kind'),
  };
  const sent = {
    ...values,
    fromDay: dayOfParts(values.fromDay),
    untilDay: dayOfParts(values.untilDay),
    kind: values.kind || undefined,
    seed: values.seed || undefined,
  };
  return { values, ...readCommand(DrawSample, sent) } as Read<DrawSample, SampleValues>;
}

export function readWhy(body: FormBody): Read<OpenItem, { why: string }> {
  const why = textOf(body, 'why')
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim();
  return { values: { why }, ...readCommand(OpenItem, { why }) } as Read<OpenItem, { why: string }>;
}

export interface AuditorValues {
  readonly username: string;
  readonly fromDay: DateParts;
  readonly untilDay: DateParts;
  readonly reason: string;
}

export function readAuditor(body: FormBody): Read<AppointAuditor, AuditorValues> {
  const values = {
    username: textOf(body, 'username').trim(),
    fromDay: dateParts('fromDay', body),
    untilDay: dateParts('untilDay', body),
    reason: textOf(body, 'reason'),
  };
  const sent = {
    username: values.username,
    fromDay: dayOfParts(values.fromDay),
    untilDay: dayOfParts(values.untilDay),
    reason: values.reason.replace(/\s*[\r\n]+\s*/g, ' ').trim(),
  };
  const read = readCommand(AppointAuditor, sent);
  const nobody = values.username === '' ? [{ field: 'username', message: 'Enter the name with which they sign in' }] : [];
  return { values, command: read.command, faults: [...nobody, ...read.faults] } as Read<AppointAuditor, AuditorValues>;
}

export interface JournalValues {
  readonly format: 'csv' | 'journal';
  /** `all`, the year a financial year begins in, or `days` for the two days typed. */
  readonly which: string;
  readonly from: string;
  readonly until: string;
}

/** What the download form asks for, as the query of the file's address; undefined with faults. */
export function readJournal(query: FormBody): {
  values: JournalValues;
  period: { from?: LocalDate; until?: LocalDate } | undefined;
  faults: readonly FieldFault[];
} {
  const values: JournalValues = {
    format: textOf(query, 'format') === 'csv' ? 'csv' : 'journal',
    which: textOf(query, 'which') || 'all',
    from: textOf(query, 'from').trim(),
    until: textOf(query, 'until').trim(),
  };
  if (values.which === 'all') return { values, period: {}, faults: [] };
  if (/^\d{4}$/.test(values.which)) {
    const year = Number(values.which);
    return { values, period: { from: `${year}-04-01` as LocalDate, until: `${year + 1}-04-01` as LocalDate }, faults: [] };
  }
  const faults = (['from', 'until'] as const).flatMap((field) =>
    values[field] === '' || isLocalDate(values[field]) ? [] : [{ field, message: 'Enter a day like 2027-03-27' }],
  );
  if (faults.length > 0) return { values, period: undefined, faults };
  return {
    values,
    period: { ...(values.from ? { from: values.from as LocalDate } : {}), ...(values.until ? { until: values.until as LocalDate } : {}) },
    faults,
  };
}
