import { DomainError } from './errors.js';
import { bankHolidays } from './bank-holidays.js';

declare const localDateBrand: unique symbol;

/** A calendar day in Europe/London, `2026-04-01`. Text order is date order. */
export type LocalDate = string & { readonly [localDateBrand]: 'local-date' };

const DAY_MS = 86_400_000;
const londonDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });
const londonParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** A day from text; refuses what is no date (`2026-02-30`) with `date-not-understood`. */
export function localDate(text: string): LocalDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match) {
    const time = Date.UTC(+match[1]!, +match[2]! - 1, +match[3]!);
    if (new Date(time).toISOString().slice(0, 10) === text) return text as LocalDate;
  }
  throw new DomainError('invalid', 'date-not-understood', 'Enter a real date, like 2027-03-27');
}

export function isLocalDate(text: unknown): text is LocalDate {
  if (typeof text !== 'string') return false;
  try {
    localDate(text);
    return true;
  } catch {
    return false;
  }
}

/** The last hour that was asked for and its day: London's days begin on a whole hour of UTC. */
let asked = { hour: Number.NaN, day: '' as LocalDate };

/** The London day on which an instant falls. */
export function dayOf(instant: Date): LocalDate {
  const hour = Math.floor(instant.getTime() / 3_600_000);
  if (hour !== asked.hour) asked = { hour, day: londonDay.format(instant) as LocalDate };
  return asked.day;
}

const utc = (day: LocalDate): number => Date.parse(`${day}T00:00:00Z`);
const fromUtc = (time: number): LocalDate => new Date(time).toISOString().slice(0, 10) as LocalDate;

export const addDays = (day: LocalDate, count: number): LocalDate => fromUtc(utc(day) + count * DAY_MS);
/** Days from `from` (inclusive) until `until` (exclusive); negative when `until` is earlier. */
export const daysBetween = (from: LocalDate, until: LocalDate): number => Math.round((utc(until) - utc(from)) / DAY_MS);

/** The same day of a later month, or that month's last day: 31 January + 1 is 28 February. */
export function addMonths(day: LocalDate, count: number): LocalDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const target = new Date(Date.UTC(year, month - 1 + count, 1));
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  return fromUtc(Date.UTC(target.getUTCFullYear(), target.getUTCMonth(), Math.min(date, last)));
}

/** The instant at which a London day begins: 23:00 UTC of the day before in summer time. */
export function startOfDay(day: LocalDate): Date {
  const guess = new Date(utc(day));
  const parts = Object.fromEntries(londonParts.formatToParts(guess).map((part) => [part.type, part.value]));
  const shown = Date.UTC(+parts['year']!, +parts['month']! - 1, +parts['day']!, +parts['hour']!, +parts['minute']!, +parts['second']!);
  return new Date(guess.getTime() - (shown - guess.getTime()));
}

/** 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (day: LocalDate): number => ((new Date(utc(day)).getUTCDay() + 6) % 7) + 1;

/** Monday to Friday and no bank holiday of England and Wales: the days on which banks work. */
export const isWorkingDay = (day: LocalDate): boolean => weekdayOf(day) <= 5 && !bankHolidays.has(day);

/** The `count`th working day after `day`; with 0, `day` itself if it is one, else the next. */
export function workingDayAfter(day: LocalDate, count: number): LocalDate {
  let left = count;
  let current = day;
  while (left > 0 || !isWorkingDay(current)) {
    current = addDays(current, 1);
    if (isWorkingDay(current) && left > 0) left -= 1;
  }
  return current;
}

/** The NHS and council year, 1 April to 31 March, named by the year it starts in. */
export function financialYearOf(day: LocalDate): { readonly year: number; readonly from: LocalDate; readonly until: LocalDate } {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const start = month >= 4 ? year : year - 1;
  return { year: start, from: `${start}-04-01` as LocalDate, until: `${start + 1}-04-01` as LocalDate };
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `3 March 2027`, as people read it. */
export function formatDay(day: LocalDate): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/** `3 March 2027 at 14:05`, London time. */
export function formatInstant(instant: Date): string {
  const parts = Object.fromEntries(londonParts.formatToParts(instant).map((part) => [part.type, part.value]));
  return `${formatDay(dayOf(instant))} at ${parts['hour']}:${parts['minute']}`;
}
