import { SendEdits } from '../../brokers/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { isLocalDate } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { dateParts, type DateParts } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

export interface VisitTyped {
  readonly day: DateParts;
  readonly parts: ReadonlyMap<string, { readonly words: string; readonly base: string }>;
}

const idsOf = (text: string): string[] => text.split(' ').filter(Boolean);

/** The note's form: `words.<part>`, with what it was written over (`base.<part>`) and the id of the change (`edit.<part>`). Every part is sent;
 *  those that say nothing new are left out by the room. */
export function readVisit(body: FormBody): { typed: VisitTyped; command: SendEdits; faults: readonly FieldFault[] } {
  const day = dateParts('day', body);
  const onDay = 'edit.day' in body ? (dayOfParts(day) ?? '') : undefined;
  const parts = new Map<string, { words: string; base: string }>();
  if (onDay !== undefined) parts.set('day', { words: onDay, base: textOf(body, 'base.day') });
  for (const name of Object.keys(body))
    if (name.startsWith('words.')) {
      const part = name.slice('words.'.length);
      parts.set(part, { words: textOf(body, name), base: textOf(body, `base.${part}`) });
    }
  const edits = [...parts].map(([part, { words, base }]) => ({ id: textOf(body, `edit.${part}`), part, base: idsOf(base), words }));
  const { command, faults } = readCommand(SendEdits, { edits });
  const noDay = onDay !== undefined && !isLocalDate(onDay) ? [{ field: 'day', message: 'Enter a real date, like 27 3 2027' }] : [];
  return { typed: { day, parts }, command, faults: [...noDay, ...faults.map((fault) => ({ field: fieldOf(fault.field, edits), message: fault.message }))] };
}

/** One part that is settled: a chosen version, or all of them. */
export function readSettle(body: FormBody): { command: SendEdits; faults: readonly FieldFault[] } {
  return readCommand(SendEdits, {
    edits: [{ id: textOf(body, 'edit'), part: textOf(body, 'part'), base: idsOf(textOf(body, 'base')), words: textOf(body, 'words') }],
  });
}

function fieldOf(field: string, edits: readonly { readonly part: string }[]): string {
  const at = /^edits\.(\d+)\./.exec(field)?.[1];
  const part = at === undefined ? undefined : edits[Number(at)]?.part;
  return part === undefined ? '' : part === 'day' ? 'day' : `words.${part}`;
}
