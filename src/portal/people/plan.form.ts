import { FundPlan } from '../../budgets/index.js';
import type { BookId, FieldFault, OrganisationId, PersonId } from '../../kernel/index.js';
import { DomainError, parsePounds } from '../../kernel/index.js';
import { DraftPlan } from '../../plans/index.js';
import { readCommand } from '../../platform/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts, NO_DATE } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

/** Plans and budgets have few lines; more are asked for with a button. */
const ROWS_AT_FIRST = 3;
const MOST_ROWS = 30;

export interface ServiceRow {
  readonly outcome: string;
  readonly service: string;
  readonly category: string;
  readonly amount: string;
  readonly per: string;
}

export interface PlanValues {
  readonly about: string;
  readonly risks: string;
  /** Whom the form names as care co-ordinator; empty when nobody is chosen yet. */
  readonly coordinatorId: string;
  readonly reviewOn: DateParts;
  readonly consentOn: DateParts;
  readonly rows: readonly ServiceRow[];
}

const NO_SERVICE: ServiceRow = { outcome: '', service: '', category: 'support', amount: '', per: 'week' };

export const NO_PLAN: PlanValues = {
  about: '',
  risks: '',
  coordinatorId: '',
  reviewOn: NO_DATE,
  consentOn: NO_DATE,
  rows: Array.from({ length: ROWS_AT_FIRST }, () => NO_SERVICE),
};

/** The rows a form sent, by their numbers; a few more when asked. */
function rowsOf<Row>(body: FormBody, name: string, read: (index: number) => Row, empty: Row): Row[] {
  const sent = Object.keys(body).flatMap((key) => {
    const found = new RegExp(`^${name}-(\\d{1,2})$`).exec(key);
    return found ? [Number(found[1])] : [];
  });
  const rows = Array.from({ length: Math.min(Math.max(ROWS_AT_FIRST, ...sent.map((index) => index + 1)), MOST_ROWS) }, (_, index) => read(index));
  return wantsMore(body) && rows.length < MOST_ROWS ? [...rows, empty] : rows;
}

/** The form asks for one more row and nothing else. */
export const wantsMore = (body: FormBody): boolean => textOf(body, 'more') === 'yes';

/** What people wrote over several lines is kept on one: it goes into letters and tables. */
const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();

export function planValues(body: FormBody): PlanValues {
  const row = (index: number): ServiceRow => ({
    outcome: textOf(body, `outcome-${index}`),
    service: textOf(body, `service-${index}`),
    category: textOf(body, `category-${index}`),
    amount: textOf(body, `amount-${index}`),
    per: textOf(body, `per-${index}`),
  });
  return {
    about: textOf(body, 'about'),
    risks: textOf(body, 'risks'),
    coordinatorId: textOf(body, 'coordinatorId'),
    reviewOn: dateParts('reviewOn', body),
    consentOn: dateParts('consentOn', body),
    rows: rowsOf(body, 'service', row, NO_SERVICE),
  };
}

/** A row that nobody touched is no row. */
const isUsed = (row: ServiceRow): boolean => [row.outcome, row.service, row.amount].some((each) => each.trim() !== '');

/** A sum as typed, or nothing for the command's own check to refuse. */
function penceOf(text: string): bigint | undefined {
  try {
    return parsePounds(text);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

const AMOUNT = 'Enter an amount, like 120 or 120.50';
const SERVICE_FAULTS: Readonly<Record<string, string>> = {
  outcome: 'Say what should be different, in 1,000 characters or fewer',
  service: 'Say which service it is, in 300 characters or fewer',
  category: 'Choose what kind of service it is',
  amountPence: AMOUNT,
  per: 'Choose how often',
};
const PLAN_FAULTS: Readonly<Record<string, string>> = {
  about: 'Say what the plan is about, in 4,000 characters or fewer',
  risks: 'Write down the risks and what is done about them, or that there are none',
  coordinatorId: 'Choose the care co-ordinator',
  reviewOn: 'Enter the day of the first review, like 27 3 2027',
  consentOn: 'Enter the day on which the person said yes to this plan, like 27 3 2027',
  lines: 'Write down at least one service with its cost',
};

export function readPlan(body: FormBody, person: PersonId): { values: PlanValues; command: DraftPlan; faults: readonly FieldFault[] } {
  const values = planValues(body);
  const used = values.rows.flatMap((row, index) => (isUsed(row) ? [{ row, index }] : []));
  const { command, faults } = readCommand(DraftPlan, {
    personId: person,
    coordinatorId: values.coordinatorId,
    about: oneLine(values.about),
    risks: oneLine(values.risks),
    reviewOn: dayOfParts(values.reviewOn),
    consentOn: dayOfParts(values.consentOn),
    lines: used.map(({ row }) => ({
      outcome: oneLine(row.outcome),
      service: row.service,
      category: row.category,
      amountPence: penceOf(row.amount),
      per: row.per,
    })),
  });
  const missing = used.length === 0 ? [{ field: 'service-0', message: PLAN_FAULTS['lines']! }] : [];
  return {
    values,
    command,
    faults: [
      ...faults.map((fault) =>
        inForm(
          fault,
          PLAN_FAULTS,
          SERVICE_FAULTS,
          { amountPence: 'amount' },
          used.map(({ index }) => index),
        ),
      ),
      ...missing,
    ],
  };
}

/** A fault of the command as one of the form's fields: `lines.1.amountPence` is `amount-4` when the second used row is the fifth. */
function inForm(
  fault: FieldFault,
  whole: Readonly<Record<string, string>>,
  row: Readonly<Record<string, string>>,
  names: Readonly<Record<string, string>>,
  used: readonly number[],
): FieldFault {
  const [, place, field] = /^lines\.(\d+)\.(\w+)$/.exec(fault.field) ?? [];
  if (field === undefined) return { field: fault.field, message: whole[fault.field] ?? fault.message };
  return { field: `${names[field] ?? field}-${used[Number(place)] ?? place}`, message: row[field] ?? fault.message };
}

export interface FundRow {
  readonly name: string;
  /** How it is managed and in which book, together, so that they cannot disagree: `notional:<book>`. */
  readonly place: string;
  readonly funder: string;
  readonly amount: string;
}

export interface FundValues {
  readonly fromDay: DateParts;
  readonly untilDay: DateParts;
  readonly reason: string;
  readonly rows: readonly FundRow[];
}

const noLine = (funder: string): FundRow => ({ name: '', place: '', funder, amount: '' });

export const noFunding = (funder: string, from: DateParts, until: DateParts): FundValues => ({
  fromDay: from,
  untilDay: until,
  reason: '',
  rows: Array.from({ length: ROWS_AT_FIRST }, () => noLine(funder)),
});

const LINE_FAULTS: Readonly<Record<string, string>> = {
  name: 'Give the line a name, in 100 characters or fewer',
  managed: 'Choose how the money is managed and where it is kept',
  bookId: 'Choose how the money is managed and where it is kept',
  funderId: 'Choose who pays',
  agreedPence: AMOUNT,
};
const FUND_FAULTS: Readonly<Record<string, string>> = {
  fromDay: 'Enter the first day, like 1 4 2027',
  untilDay: 'Enter the last day, like 31 3 2028',
  reason: 'Say why the board funds this plan, in 2,000 characters or fewer',
  lines: 'Write down at least one line with its sum',
};

/** The last day as people give it; the command wants the first day after. What is no day stays wrong. */
function dayAfter(parts: DateParts): string | undefined {
  const day = dayOfParts(parts);
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? day : new Date(time + 86_400_000).toISOString().slice(0, 10);
}

export function readFunding(body: FormBody, planId: string, funder: OrganisationId): { values: FundValues; command: FundPlan; faults: readonly FieldFault[] } {
  const row = (index: number): FundRow => ({
    name: textOf(body, `name-${index}`),
    place: textOf(body, `place-${index}`),
    funder: textOf(body, `funder-${index}`) || funder,
    amount: textOf(body, `amount-${index}`),
  });
  const values: FundValues = {
    fromDay: dateParts('fromDay', body),
    untilDay: dateParts('untilDay', body),
    reason: textOf(body, 'reason'),
    rows: rowsOf(body, 'name', row, noLine(funder)),
  };
  const used = values.rows.flatMap((each, index) => ([each.name, each.place, each.amount].some((text) => text.trim() !== '') ? [{ row: each, index }] : []));
  const { command, faults } = readCommand(FundPlan, {
    planId,
    fromDay: dayOfParts(values.fromDay),
    untilDay: dayAfter(values.untilDay),
    reason: oneLine(values.reason),
    lines: used.map(({ row: each }) => ({
      name: each.name,
      managed: each.place.split(':')[0],
      bookId: each.place.split(':')[1] as BookId | undefined,
      funderId: each.funder,
      agreedPence: penceOf(each.amount),
    })),
  });
  const names = { managed: 'place', bookId: 'place', funderId: 'funder', agreedPence: 'amount' };
  const all = faults.map((fault) =>
    inForm(
      fault,
      FUND_FAULTS,
      LINE_FAULTS,
      names,
      used.map(({ index }) => index),
    ),
  );
  const missing = used.length === 0 ? [{ field: 'name-0', message: FUND_FAULTS['lines']! }] : [];
  const late =
    command.fromDay && command.untilDay && command.untilDay <= command.fromDay && all.length === 0
      ? [{ field: 'untilDay', message: 'Give a last day after the first day' }]
      : [];
  return { values, command, faults: [...onePerField(all), ...missing, ...late] };
}

/** A choice that fails twice (how, and where) is said once. */
const onePerField = (faults: readonly FieldFault[]): FieldFault[] =>
  faults.filter((fault, index) => faults.findIndex((other) => other.field === fault.field) === index);
