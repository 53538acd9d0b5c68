import { isLocalDate } from '../../kernel/index.js';
import type { LocalDate } from '../../kernel/index.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

type Reader = (cell: string) => LocalDate | null;

function day(year: string, month: string | number, date: string): LocalDate | null {
  const whole = year.length === 2 ? `20${year}` : year;
  const text = `${whole}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isLocalDate(text) ? text : null;
}

/** Ways of writing a day, the British one before the American. A time behind the day is left out. */
const WAYS: readonly Reader[] = [
  (cell) => {
    const match = /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ].*)?$/.exec(cell) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(cell);
    return match && day(match[1]!, match[2]!, match[3]!);
  },
  (cell) => {
    const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:,? .*)?$/.exec(cell);
    return match && day(match[3]!, match[2]!, match[1]!);
  },
  (cell) => {
    const match = /^(\d{1,2})(?:st|nd|rd|th)?[- ]([A-Za-z]{3})[a-z]*[- ](\d{4}|\d{2})(?:,? .*)?$/.exec(cell);
    const month = match ? MONTHS.indexOf(match[2]!.toLowerCase()) : -1;
    return match && month >= 0 ? day(match[3]!, month + 1, match[1]!) : null;
  },
  (cell) => {
    const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?:,? .*)?$/.exec(cell);
    return match && day(match[3]!, match[1]!, match[2]!);
  },
];

/** Reads a whole column of dates in the one way that fits most of it (13/02 cannot be a month, so the column decides).
 *  A cell which that way cannot read, such as 30/02/2027, comes back as null. */
export function readDates(cells: readonly string[]): (LocalDate | null)[] {
  let best: (LocalDate | null)[] = cells.map(() => null);
  let bestCount = 0;
  for (const way of WAYS) {
    const days = cells.map((cell) => way(cell.trim()));
    const count = days.filter((each) => each !== null).length;
    if (count > bestCount) {
      best = days;
      bestCount = count;
    }
  }
  return best;
}
