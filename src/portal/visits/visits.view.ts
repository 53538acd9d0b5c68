import type { NotePart, VisitListing, VisitView } from '../../brokers/index.js';
import { isNoteField, isShown, isUnsettled, wordsIn } from '../../brokers/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { formatDay, isLocalDate, newId } from '../../kernel/index.js';
import type { DateParts, StateTone } from '../blocks/index.js';
import { NO_DATE, partsOfDay } from '../blocks/index.js';
import { paths } from '../paths.js';

export const FIELD_WORDS = { day: 'Day of the visit', who: 'Who was there', next: 'What happens next, and who does it' } as const;

/** One field of the form. `base` is what the words are written over, `edit` the id that a change of them will have. */
export interface NoteField {
  readonly part: string;
  readonly label: string;
  readonly words: string;
  readonly base: string;
  readonly edit: string;
}

export interface NoteForm {
  readonly day: { readonly parts: DateParts; readonly base: string; readonly edit: string } | null;
  readonly who: NoteField | null;
  readonly paragraphs: readonly NoteField[];
  readonly next: NoteField | null;
}

const listed = (ids: readonly string[]): string => ids.join(' ');
/** A paragraph is known by its place among all that are shown, also those that are to be settled. */
const labelOf = (parts: readonly NotePart[], part: string): string =>
  isNoteField(part)
    ? FIELD_WORDS[part]
    : `Paragraph ${parts.filter((each) => !isNoteField(each.part) && isShown(each)).findIndex((each) => each.part === part) + 1}`;

/** The fields of a note as they stand, and an empty paragraph. A part that is to be settled has no field: it is settled by itself. */
export function formOf(parts: readonly NotePart[], day: LocalDate): NoteForm {
  const named = (part: 'who' | 'next'): NoteField | null => {
    const found = parts.find((each) => each.part === part);
    return found && isUnsettled(found) ? null : fieldOf(part, FIELD_WORDS[part], found);
  };
  const settled = parts.filter((each) => !isNoteField(each.part) && !isUnsettled(each) && isShown(each));
  const onDay = parts.find((each) => each.part === 'day');
  const paragraphs = settled.map((each) => fieldOf(each.part, labelOf(parts, each.part), each));
  return {
    day:
      onDay && isUnsettled(onDay)
        ? null
        : { parts: partsOfDay(onDay ? (onDay.now[0]!.words as LocalDate) : day), base: listed(onDay?.base ?? []), edit: newId() },
    who: named('who'),
    paragraphs: [...paragraphs, fieldOf(newId(), settled.length > 0 ? 'Another paragraph' : 'What we talked about', undefined)],
    next: named('next'),
  };
}

const fieldOf = (part: string, label: string, found: NotePart | undefined): NoteField => ({
  part,
  label,
  words: found?.now[0]?.words ?? '',
  base: listed(found?.base ?? []),
  edit: newId(),
});

export interface ToSettle {
  readonly part: string;
  readonly label: string;
  readonly base: string;
  readonly edit: string;
  readonly versions: readonly { readonly shown: string; readonly words: string }[];
  /** All of them, one under the other; not for a day. */
  readonly both: string | null;
}

const shownWords = (part: string, words: string): string => {
  if (words === '') return 'Taken out.';
  return part === 'day' && isLocalDate(words) ? formatDay(words) : words;
};

/** What two devices wrote over each other, to choose from. */
export const toSettleOf = (parts: readonly NotePart[]): ToSettle[] =>
  parts.filter(isUnsettled).map(({ part, base, now }) => ({
    part,
    label: labelOf(parts, part),
    base: listed(base),
    edit: newId(),
    versions: now.map(({ words }) => ({ shown: shownWords(part, words), words })),
    both:
      part === 'day'
        ? null
        : now
            .map(({ words }) => words)
            .filter(Boolean)
            .join('\n\n'),
  }));

/** The note as it is read: all that stands, and what stood before. */
export const readOf = (parts: readonly NotePart[]) => ({
  who: wordsIn(parts, 'who') ?? '',
  next: wordsIn(parts, 'next') ?? '',
  paragraphs: parts.filter((each) => !isNoteField(each.part) && !isUnsettled(each) && isShown(each)).map(({ now }) => now[0]!.words),
  open: parts.filter(isUnsettled).map(({ part, now }) => ({ label: labelOf(parts, part), versions: now.map(({ words }) => shownWords(part, words)) })),
  before: parts.flatMap(({ part, before }) => before.filter(({ words }) => words !== '').map(({ words }) => shownWords(part, words))),
});

export const STATES: Readonly<Record<VisitListing['state'], { readonly state: string; readonly tone: StateTone } | null>> = {
  kept: null,
  'to-settle': { state: 'Written differently on two devices', tone: 'attention' },
};

export const visitCard = (person: PersonId, note: VisitListing) => ({
  title: `Visit on ${formatDay(note.onDay)}`,
  by: note.brokerName,
  state: STATES[note.state],
  beginning: note.beginning,
  href: paths.visit(person, note.id),
});

/** What is put back into the form when it was not taken: as typed, over what it was typed over. */
export function typedOver(form: NoteForm, typed: ReadonlyMap<string, { readonly words: string; readonly base: string }>, day: DateParts): NoteForm {
  const field = <T extends NoteField | null>(each: T): T => {
    const found = each && typed.get(each.part);
    return found ? { ...each, words: found.words, base: found.base } : each;
  };
  const known = new Set(form.paragraphs.map((each) => each.part));
  const others = [...typed].filter(([part, { words }]) => !isNoteField(part) && !known.has(part) && words !== '');
  return {
    day: form.day && { ...form.day, parts: day === NO_DATE ? form.day.parts : day, base: typed.get('day')?.base ?? form.day.base },
    who: field(form.who),
    next: field(form.next),
    paragraphs: [...form.paragraphs.map(field), ...others.map(([part, found]) => ({ part, label: 'Another paragraph', edit: newId() as string, ...found }))],
  };
}

export const noteTitle = (note: Pick<VisitView, 'onDay'>): string => `Visit on ${formatDay(note.onDay)}`;
