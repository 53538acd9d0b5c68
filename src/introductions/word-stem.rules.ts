/** Words that change inside when they bend: the form we keep for each. */
const BENT: Readonly<Record<string, string>> = {
  swam: 'swim',
  swum: 'swim',
  sang: 'sing',
  sung: 'sing',
  ran: 'run',
  met: 'meet',
  rode: 'ride',
  ridden: 'ride',
  drove: 'drive',
  driven: 'drive',
  wrote: 'write',
  written: 'write',
  drew: 'draw',
  drawn: 'draw',
  grew: 'grow',
  grown: 'grow',
  ate: 'eat',
  eaten: 'eat',
  slept: 'sleep',
  made: 'make',
  went: 'go',
  gone: 'go',
  goes: 'go',
  going: 'go',
  saw: 'see',
  seen: 'see',
  lost: 'lose',
  bought: 'buy',
  knives: 'knife',
  children: 'child',
  women: 'woman',
  men: 'man',
  mice: 'mouse',
  felt: 'felt',
  news: 'news',
  dying: 'die',
  died: 'die',
};

const isVowelAt = (word: string, at: number): boolean => /[aeiou]/.test(word[at] ?? '') || (word[at] === 'y' && at > 0 && !isVowelAt(word, at - 1));
const hasVowel = (word: string): boolean => [...word].some((_, at) => isVowelAt(word, at));
const endsShort = (word: string): boolean =>
  word.length > 2 && !isVowelAt(word, word.length - 1) && isVowelAt(word, word.length - 2) && !isVowelAt(word, word.length - 3) && !/[wxy]$/.test(word);

/** How many times vowels are followed by consonants: Porter's measure. */
function measure(word: string): number {
  const shape = [...word].map((_, at) => (isVowelAt(word, at) ? 'v' : 'c')).join('');
  return (shape.replace(/^c+/, '').match(/v+c+/g) ?? []).length;
}

/** Endings that make a noun, a doing word or an adjective of another; each goes when enough of the word is left (Porter's steps 2 to 4). */
const ENDINGS: readonly (readonly [ending: string, instead: string, least: number])[] = [
  ['ational', 'ate', 1],
  ['ization', 'ize', 1],
  ['fulness', 'ful', 1],
  ['iveness', 'ive', 1],
  ['ousness', 'ous', 1],
  ['graphi', 'graph', 1],
  ['ation', 'ate', 1],
  ['ement', '', 2],
  ['alism', 'al', 1],
  ['ment', '', 2],
  ['ness', '', 1],
  ['ance', '', 2],
  ['ence', '', 2],
  ['able', '', 2],
  ['ible', '', 2],
  ['ism', '', 2],
  ['ist', '', 2],
  ['ful', '', 1],
  ['li', '', 2],
];

/** The stem of an English word in lower case, after Porter (1980) with endings of our own. Two words with one stem are taken for one. */
export function stemOf(word: string): string {
  const bent = BENT[word];
  if (bent !== undefined) return bent;
  if (word.length < 4) return word;
  return withoutEnding(withoutEdIng(withoutPlural(word)));
}

function withoutPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('xes') || word.endsWith('shes') || word.endsWith('ches')) return word.slice(0, -2);
  if (word.endsWith('oes')) return word.slice(0, -2);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}i`;
  return word.endsWith('s') && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

function withoutEdIng(word: string): string {
  const [, root] = /^(.+?)(?:ing|ed|(?<!e)er)$/.exec(word) ?? [];
  if (root === undefined || root.length < 3 || !hasVowel(root)) return finalE(word);
  if (/(at|bl|iz)$/.test(root)) return finalE(`${root}e`);
  if (/([^aeiouylsz])\1$/.test(root)) return root.slice(0, -1);
  return finalE(measure(root) === 1 && endsShort(root) ? `${root}e` : root);
}

function withoutEnding(word: string): string {
  for (const [ending, instead, least] of ENDINGS) {
    if (!word.endsWith(ending)) continue;
    const root = word.slice(0, -ending.length);
    return measure(root) >= least ? finalE(root + instead) : word;
  }
  return word;
}

/** A last e goes, and a last y turns to i, so that `bake` meets `baking`, and `story` meets `stories`. */
function finalE(word: string): string {
  if (word.endsWith('e') && word.length > 3) return word.slice(0, -1);
  return word.length > 3 && word.endsWith('y') && !isVowelAt(word, word.length - 2) ? `${word.slice(0, -1)}i` : word;
}
