/** How many letters must be put in, taken out, changed or swapped with a neighbour (Damerau and Levenshtein, each pair swapped once).
 *  Answers `most + 1` as soon as it is more than `most`. */
export function lettersApart(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** Spellings of one sound, in the order they are heard. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/sch/g, 'sk'],
  [/^kn|^gn/, 'n'],
  [/^wr/, 'r'],
  [/^wh/, 'w'],
  [/ph/g, 'f'],
  [/ght/g, 't'],
  [/gh/g, ''],
  [/tch|tu(?=r)/g, 'ch'],
  [/dge/g, 'j'],
  [/s(t|c)(?=(e|l|i))/g, 's'],
  [/c(?=[eiy])/g, 's'],
  [/ck|q|c(?!h)/g, 'k'],
  [/x/g, 'ks'],
  [/z/g, 's'],
];

/** How a word sounds, more or less: its first letter's sound and the consonants after it. `fotografy` and `photography` sound alike. */
export function soundOf(word: string): string {
  const said = SPELLINGS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), word.toLowerCase());
  return (
    said.slice(0, 1) +
    said
      .slice(1)
      .replace(/[aeiouyhw]/g, '')
      .replace(/(.)\1+/g, '$1')
  );
}

/** Our judgement, November 2026: the longer a word, the more may be wrong in it. Short words are too near to each other to guess at. */
export const lettersAllowed = (word: string): number => (word.length < 4 ? 0 : word.length < 6 ? 1 : word.length < 10 ? 2 : 3);

/** A sound of so many letters is seldom that of two words. */
const SURE_SOUND = 4;
/** A word that sounds alike, spelt far otherwise, is a little further off than one with one letter wrong. */
const SOUND_OFF = 1.2;

/** The word of a list that somebody most likely meant, and how far off it is; undefined when none is near. Among equals the first of
 *  the list. */
export function meantBy(typed: string, known: readonly string[]): { readonly word: string; readonly off: number } | undefined {
  const most = lettersAllowed(typed);
  if (most === 0) return undefined;
  const sound = soundOf(typed);
  let best: { word: string; off: number } | undefined;
  for (const word of known) {
    if (word.length < 3) continue;
    const apart = lettersApart(typed, word, most + 1);
    const soundsAlike = sound.length > 1 && (apart <= most + 1 || sound.length >= SURE_SOUND) && soundOf(word) === sound;
    const startsAlike = word[0] === typed[0] || soundsAlike;
    const off = soundsAlike ? Math.min(SOUND_OFF, apart) : startsAlike && apart <= most ? apart + (apart > 1 ? 0.5 : 0) : undefined;
    if (off !== undefined && (best === undefined || off < best.off)) best = { word, off };
  }
  return best;
}
