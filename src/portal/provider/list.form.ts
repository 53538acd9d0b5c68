import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { ListInOneSitting } from '../../providers/index.js';
import type { FormBody } from '../form-body.js';
import { listOf, textOf, withFormKey } from '../form-body.js';
import { sumOrNone, WEEKDAYS } from '../pool/quotes.form.js';

/** What was typed, for the page to show again. */
export interface ListTyped {
  readonly name: string;
  readonly kind: string;
  readonly service: string;
  readonly activity: string;
  readonly about: string;
  readonly place: string;
  readonly days: readonly string[];
  readonly price: string;
  readonly per: string;
}

export const typedListing = (body: Readonly<FormBody>): ListTyped => ({
  name: textOf(body, 'name'),
  kind: textOf(body, 'kind'),
  service: textOf(body, 'service'),
  activity: textOf(body, 'activity'),
  about: textOf(body, 'about'),
  place: textOf(body, 'place'),
  days: listOf(body, 'days'),
  price: textOf(body, 'price'),
  per: textOf(body, 'per'),
});

export const KINDS: Readonly<Record<string, string>> = {
  'micro-enterprise': 'A very small business',
  charity: 'A charity',
  company: 'A company',
  public: 'A public body, like a council',
  community: 'A community group',
  person: 'One person',
};
export const PERS: Readonly<Record<string, string>> = {
  session: 'For a session',
  hour: 'For an hour',
  'half-day': 'For half a day',
  day: 'For a day',
  week: 'For a week',
  month: 'For a month',
  once: 'Once',
};

const MESSAGES: Readonly<Record<string, string>> = {
  name: 'Enter your name, or the name of your group or business',
  kind: 'Choose what you are',
  service: 'Say what you offer, in a few words',
  activity: 'Enter one word people would search for, like gardening',
  about: 'Tell people a little about it',
  place: 'Enter the first half of your postcode, like M33',
  days: 'Choose at least one day',
  per: 'Choose what the price is for',
};

/** The six answers as a listing. The price may be left out, and may be nothing. */
export function readListing(typed: ListTyped): { readonly command: ListInOneSitting; readonly faults: readonly FieldFault[] } {
  const price = typed.price.trim() === '' ? undefined : sumOrNone(typed.price);
  const { command, faults } = readCommand(ListInOneSitting, {
    name: typed.name,
    kind: typed.kind,
    service: typed.service,
    activity: typed.activity,
    about: typed.about,
    place: typed.place.trim().toUpperCase(),
    days: typed.days.map(Number),
    ...(price === undefined ? {} : { pricePence: price }),
    ...(typed.per === '' ? {} : { per: typed.per }),
  });
  const own: FieldFault[] = [
    ...(typed.days.length === 0 ? [{ field: 'days', message: MESSAGES['days']! }] : []),
    ...(typed.price.trim() !== '' && price === undefined ? [{ field: 'price', message: 'Enter a price, like 20 or 20.50, or leave it out' }] : []),
    ...(price !== undefined && price > 0n && typed.per === '' ? [{ field: 'per', message: MESSAGES['per']! }] : []),
  ];
  const others = faults.map((fault) => ({ field: fault.field === 'pricePence' ? 'price' : fault.field, message: MESSAGES[fault.field] ?? fault.message }));
  return { command, faults: [...others.filter((fault) => !own.some((mine) => mine.field === fault.field)), ...own] };
}

export const choicesOf = (words: Readonly<Record<string, string>>): { value: string; text: string }[] =>
  Object.entries(words).map(([value, text]) => ({ value, text }));

/** The page of the six questions, wherever it is sent to. */
export const listModel = (
  typed: ListTyped,
  page: { readonly title: string; readonly back: { readonly href: string; readonly text: string }; readonly action: string },
) =>
  withFormKey({
    ...page,
    typed,
    kinds: choicesOf(KINDS),
    pers: choicesOf(PERS),
    days: WEEKDAYS.map((text, index) => ({ value: String(index + 1), text })),
  });
