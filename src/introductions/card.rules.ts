import type { FieldFault, LocalDate } from '../kernel/index.js';
import { addMonths, invalid, refused } from '../kernel/index.js';

/** The day a person becomes an adult. Refuses without a date of birth (date-of-birth-needed): adults and under-18s are kept apart. */
export function adultFrom(bornOn: LocalDate | null): LocalDate {
  if (bornOn === null) throw refused('date-of-birth-needed', 'We need your date of birth first, because adults and under-18s are kept apart.');
  return addMonths(bornOn, 18 * 12);
}

const CONTACT: readonly RegExp[] = [
  /\S+@\S+\.\S+/, // an e-mail address
  /(?:\d[\s().-]*){7,}/, // a phone number
  /\bhttps?:|\bwww\./i,
  /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i, // a whole postcode
];

export const holdsContact = (words: string): boolean => CONTACT.some((form) => form.test(words));

/** No contact details before both have said yes (RULE 19). Refuses: contact-details, naming each field. */
export function requireNoContact(texts: Readonly<Record<string, string>>): void {
  const faults: FieldFault[] = Object.entries(texts)
    .filter(([, words]) => holdsContact(words))
    .map(([field]) => ({ field, message: 'Leave out phone numbers, addresses and links. You can share them once you both say yes.' }));
  if (faults.length > 0) throw invalid('contact-details', 'Your card holds contact details.', faults);
}
