/** One change of one part of a note, as a device wrote it: kept for ever under the id that the device gave it. */
export interface NoteEdit {
  readonly id: string;
  /** One of `NOTE_FIELDS`, or the id of a paragraph. */
  readonly part: string;
  /** The version this was written over: the ids of the edits that were on the screen. Empty for a part that is new. */
  readonly base: readonly string[];
  /** Empty when the part was taken out. */
  readonly words: string;
}

/** Words that stand in a part now, and the edits that say so. */
export interface PartWords {
  readonly ids: readonly string[];
  readonly words: string;
}

export interface NotePart {
  readonly part: string;
  /** What the next edit is written over: all that stands now. */
  readonly base: readonly string[];
  /** One, or several where devices wrote over each other unseen: then the broker settles it. */
  readonly now: readonly PartWords[];
  /** What was written before and knowingly written over; nothing is ever thrown away. */
  readonly before: readonly PartWords[];
}

/** Parts with a name, in the order they are read; all others are paragraphs, in the order of their ids, which is that of their beginning. */
export const NOTE_FIELDS = ['day', 'who', 'next'] as const;
export type NoteField = (typeof NOTE_FIELDS)[number];
export const isNoteField = (part: string): part is NoteField => (NOTE_FIELDS as readonly string[]).includes(part);

/** The note that these edits make. An edit gives way only to one that names it as what it was written over, so what two devices wrote
 *  unseen by each other stands side by side. It depends on the set of edits alone: not on their order, nor on how often one arrives. */
export function mergedNote(edits: readonly NoteEdit[]): NotePart[] {
  const byPart = new Map<string, Map<string, NoteEdit>>();
  for (const edit of edits) {
    const part = byPart.get(edit.part) ?? new Map<string, NoteEdit>();
    byPart.set(edit.part, part.set(edit.id, edit));
  }
  return [...byPart].map(([part, of]) => mergedPart(part, of)).sort((a, b) => (placeOf(a.part) < placeOf(b.part) ? -1 : 1));
}

/** Two or more different words stand in the part. */
export const isUnsettled = ({ now }: Pick<NotePart, 'now'>): boolean => now.length > 1;

/** What is shown of a note: parts in which something stands. */
export const isShown = ({ now }: Pick<NotePart, 'now'>): boolean => now.some(({ words }) => words !== '');

/** The words of a part that is settled; undefined while it is not, or was never written. */
export const wordsIn = (parts: readonly NotePart[], part: string): string | undefined => {
  const found = parts.find((each) => each.part === part);
  return found?.now.length === 1 ? found.now[0]!.words : undefined;
};

/** Whether an edit is, step by step, written over itself: no honest device sends that. */
export const hasCircle = (edits: readonly NoteEdit[]): boolean => {
  const of = new Map(edits.map((edit) => [edit.id, edit]));
  return edits.some((edit) => edit.base.some((id) => isWrittenOver(of, id, edit.id)));
};

/** Whether an edit changes anything: a form sends every part, also those that nobody touched. */
export const saysSomething = ({ part, base, words }: NoteEdit, of: ReadonlyMap<string, NoteEdit>): boolean =>
  base.length === 0 ? words !== '' : !base.every((id) => of.get(id)?.part === part && of.get(id)?.words === words);

const placeOf = (part: string): string => `${isNoteField(part) ? NOTE_FIELDS.indexOf(part) : NOTE_FIELDS.length}${part}`;

function mergedPart(part: string, of: ReadonlyMap<string, NoteEdit>): NotePart {
  const all = [...of.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const givesWay = ({ id }: NoteEdit): boolean => all.some((later) => later.base.includes(id) && !isWrittenOver(of, id, later.id));
  const now = all.filter((edit) => !givesWay(edit));
  return { part, base: now.map(({ id }) => id), now: togetherByWords(now), before: togetherByWords(all.filter(givesWay)) };
}

/** Whether `id` was itself written over `earlier`, step by step: edits that name each other in a circle give way to nobody. */
function isWrittenOver(of: ReadonlyMap<string, NoteEdit>, id: string, earlier: string): boolean {
  const seen = new Set<string>();
  const waiting = [id];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === earlier) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    waiting.push(...(of.get(at)?.base ?? []));
  }
  return false;
}

/** The same words written on two devices are one. */
function togetherByWords(edits: readonly NoteEdit[]): PartWords[] {
  const ids = new Map<string, string[]>();
  for (const { id, words } of edits) ids.set(words, [...(ids.get(words) ?? []), id]);
  return [...ids].map(([words, each]) => ({ ids: each, words }));
}
