import type { LocalDate } from '../kernel/index.js';
import { addDays, dayOf, invalid, typedReference } from '../kernel/index.js';

/** A letter is written down as posted within this many days. Our judgement, November 2026. */
const LATEST_DAYS = 31;

/** Checks the day on which letters were posted. Refuses a day to come, one long ago, and one before a letter was written. */
export function checkPostedOn(postedOn: LocalDate, today: LocalDate, newest: Date | undefined): void {
  const wrong = (message: string): never => {
    throw invalid('posted-on-not-possible', message, [{ field: 'postedOn', message }]);
  };
  if (postedOn > today) wrong('Enter today or a day before: letters are marked when they have been posted');
  if (postedOn < addDays(today, -LATEST_DAYS)) wrong(`Enter a day within the last ${LATEST_DAYS} days`);
  if (newest && postedOn < dayOf(newest)) wrong('One of these letters was written after that day');
}

/** The reference as it is stored, from how people type it: any case, with or without dashes and spaces. */
export function letterReference(typed: string): string {
  const reference = typedReference(typed, 'LET');
  if (reference) return reference;
  const message = 'Check the reference: one of its letters is not right. It is printed on the letter, like LET-7K3M-9QXA';
  throw invalid('reference-not-right', message, [{ field: 'reference', message }]);
}

/** What stands in the way of posting a letter, if anything; the person of a letter that came back may live elsewhere now. */
export function hindranceOf(address: { readonly lines: readonly string[] | null; readonly isFlagged: boolean }): 'no-address' | 'gone-away' | null {
  return address.isFlagged ? 'gone-away' : address.lines === null ? 'no-address' : null;
}
