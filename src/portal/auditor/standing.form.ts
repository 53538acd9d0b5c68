import type { AskedBy } from '../../insight/index.js';
import { ASKED_BY, asOfAsked } from '../../insight/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { formatDay, isLocalDate, type LocalDate } from '../../kernel/index.js';
import type { AsOf } from '../../ledger/index.js';
import type { ChoiceItem } from '../blocks/index.js';
import { dateParts, type DateParts } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

export interface StandingValues {
  readonly reference: string;
  readonly on: DateParts;
  readonly by: AskedBy;
}

export const QUESTIONS: readonly (ChoiceItem & { readonly value: AskedBy })[] = [
  { value: 'effective', text: 'What was true when the day ended', hint: 'As we know it today, late entries included' },
  { value: 'booked', text: 'What counts up to that day', hint: 'As the closed accounts say' },
  { value: 'known', text: 'What the ledger knew when the day ended', hint: 'What anybody would have been told then' },
];

/** What the form asks for; `asked` is missing when nothing was asked yet, or with faults. */
export function readStanding(
  query: Readonly<FormBody>,
  now: Date,
): { readonly values: StandingValues; readonly faults: readonly FieldFault[]; readonly asked?: { readonly asOf: AsOf; readonly day: LocalDate } } {
  const by = ASKED_BY.find((each) => each === textOf(query, 'by')) ?? 'effective';
  const values = { reference: textOf(query, 'reference').trim(), on: dateParts('on', query), by };
  const day = dayOfParts(values.on);
  if (values.reference === '' && day === undefined) return { values, faults: [] };
  const faults = [
    ...(values.reference === '' ? [{ field: 'reference', message: 'Enter a reference, like LIN-7K3M-9QXA' }] : []),
    ...(day === undefined || !isLocalDate(day) ? [{ field: 'on', message: 'Enter a real day, like 30 4 2026' }] : []),
  ];
  if (faults.length > 0 || day === undefined || !isLocalDate(day)) return { values, faults };
  return { values, faults, asked: { asOf: asOfAsked({ on: day, by }, now), day } };
}

/** The question as a caption. */
export const captionOf = (day: LocalDate, by: AskedBy): string =>
  `${by === 'effective' ? 'True' : by === 'booked' ? 'Counted' : 'Known'} when ${formatDay(day)} ended`;
