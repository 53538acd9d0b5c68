/** How many syllables a word has, by its groups of vowels; a silent e at the end is none. Right for nine words in ten, which is
 *  enough for a mean over sentences. */
export function syllablesIn(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  if (letters.length <= 3) return letters === '' ? 0 : 1;
  const spoken = letters.replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, (ending) => ending[0]!).replace(/^y/, '');
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/g)?.length ?? 1);
}

/** The age at which most people can read a text: the grade of Flesch and Kincaid, plus five. Texts end each sentence with . ? or ! */
export function readingAge(text: string): number {
  const sentences = text.split(/[.?!:]+(?:\s|$)/).filter((sentence) => /[a-z]/i.test(sentence));
  const words = text.split(/\s+/).filter((word) => /[a-z]/i.test(word));
  if (words.length === 0) return 5;
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  return 0.39 * (words.length / Math.max(1, sentences.length)) + 11.8 * (syllables / words.length) - 15.59 + 5;
}
