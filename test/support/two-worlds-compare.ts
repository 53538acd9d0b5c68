import type { Reading } from './two-worlds-crawler.js';

/** What one reader was given at one moment of a world. */
export interface Look {
  readonly moment: string;
  readonly reader: string;
  readonly readings: readonly Reading[];
}

export interface Difference {
  readonly moment: string;
  readonly reader: string;
  readonly at: string;
  /** The first words that differ, in the one world and in the other. */
  readonly words: readonly [string, string];
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Takes out of a world what chance made: ids become numbers in order of first meeting, the tokens of forms, the keys of
 *  clusters (made of ids) and the references of letters go.
 *  Times stay: the clock was set alike in both worlds, so a minute of an answer would show. */
export class Normaliser {
  private readonly known = new Map<string, string>();
  private isClosed = false;

  /** From now on an id not met before is numbered in each reading anew, so that one thing more in one world does not shift all that follow. */
  close(): void {
    this.isClosed = true;
  }

  readings(raw: readonly Reading[]): Reading[] {
    return withoutOrderOfLooks(raw).map(({ at, text }) => ({ at: this.plain(at), text: this.plain(text) }));
  }

  private plain(text: string): string {
    const fresh = new Map<string, string>();
    const name = (id: string): string => {
      const known = this.known.get(id) ?? fresh.get(id);
      if (known) return known;
      const given = this.isClosed ? `new-${fresh.size + 1}` : `id-${this.known.size + 1}`;
      (this.isClosed ? fresh : this.known).set(id, given);
      return given;
    };
    return text
      .replaceAll(ID, name)
      .replaceAll(/name="_csrf" value="[^"]*"/g, 'name="_csrf"')
      .replaceAll(/name="key" value="[0-9a-f]{24}"/g, 'name="key"')
      .replaceAll(/cp_visitor=[\w-]+/g, 'cp_visitor')
      .replaceAll(/\b[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/g, 'reference');
  }
}

/** A page that asks several things at once leaves looks of one instant in an order of chance. So "who looked" is compared as one list of all its
 *  pages, in the order of its words; of the JSON door's first page, what is older than its last instant, which the page may cut through. */
function withoutOrderOfLooks(raw: readonly Reading[]): Reading[] {
  const isPage = ({ at }: Reading): boolean => at.startsWith('/who-looked');
  const items = raw.filter(isPage).flatMap(({ text }) => text.match(/<li class="cp-timeline__item">.*?<\/li>/gs) ?? []);
  const rest = raw
    .filter((reading) => !isPage(reading))
    .map((reading) => (reading.at === '/api/v1/me/looks' ? { ...reading, text: sortedLooks(reading.text) } : reading));
  return [...rest, ...(items.length > 0 ? [{ at: 'who looked', text: items.sort().join('\n') }] : [])];
}

function sortedLooks(text: string): string {
  const [head, body] = [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n') + 1)];
  if (!head.startsWith('200')) return text;
  const { items, next } = JSON.parse(body) as { items: { id: string; at: string }[]; next: string | null };
  const whole = next === null ? items : items.filter((item) => item.at !== items.at(-1)!.at);
  return [head, ...whole.map(({ id: _id, ...look }) => JSON.stringify(look)).sort()].join('\n');
}

/** Every reading that is not word for word the same in both worlds, or is in one of them alone. */
export function differences(one: readonly Look[], other: readonly Look[]): Difference[] {
  const [a, b] = [byPlace(one), byPlace(other)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((place) => {
    const [left, right] = [a.get(place), b.get(place)];
    if (left === right) return [];
    const [moment, reader, at] = place.split('\n') as [string, string, string];
    return [{ moment, reader, at, words: firstWords(left, right) }];
  });
}

function byPlace(looks: readonly Look[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { moment, reader, readings } of looks)
    for (const { at, text } of readings) {
      let place = `${moment}\n${reader}\n${at}`;
      for (let again = 2; found.has(place); again += 1) place = `${moment}\n${reader}\n${at} (${again})`;
      found.set(place, text);
    }
  return found;
}

function firstWords(left: string | undefined, right: string | undefined): [string, string] {
  if (left === undefined || right === undefined)
    return [left === undefined ? '(nothing there)' : '(is there)', right === undefined ? '(nothing there)' : '(is there)'];
  let at = 0;
  while (left[at] === right[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 120);
  return [around(left), around(right)];
}

export const inWords = (found: readonly Difference[]): string[] =>
  found.map(({ moment, reader, at, words: [a, b] }) => `${moment}: ${reader} at ${at}\n  one:   ${a}\n  other: ${b}`);
