import { formatDay, formatInstant, formatPounds, localDate, type Pence } from '../../kernel/index.js';

/** The filters of every page: `{{ sum | pounds }}`, `{{ due | day }}`, `{{ sentAt | instant }}`. Nothing prints as nothing.
 *  Each refuses a value of another kind: a page with a wrong sum is worse than no page. */
export const filters = {
  /** `Pence` as `£1,234.50`. */
  pounds(sum: unknown): string {
    if (sum === null || sum === undefined) return '';
    if (typeof sum !== 'bigint') throw new TypeError('pounds wants pence as a bigint');
    return formatPounds(sum as Pence);
  },
  /** A `LocalDate` as `3 March 2027`. */
  day(day: unknown): string {
    if (day === null || day === undefined || day === '') return '';
    if (typeof day !== 'string') throw new TypeError('day wants a date like 2027-03-03');
    return formatDay(localDate(day));
  },
  /** An instant as `3 March 2027 at 14:05`, London time. */
  instant(instant: unknown): string {
    if (instant === null || instant === undefined) return '';
    if (!(instant instanceof Date)) throw new TypeError('instant wants a Date');
    return formatInstant(instant);
  },
};
