/** Letters and figures of a code: of each two that are taken for each other (O and 0, I and 1, S and 5, B and 8, Z and 2) one at most, and no
 *  vowels, so that no word can come out of it. 24 of them. */
const LETTERS = 'BCDFGHJKMNPQRTVWXYZ34679';
const LENGTH = 12;
const GROUP = 4;

/** Wrong codes that one signed-in person may type in within a day. With twelve letters of 24 there are 24^12 = 3.7 × 10^16 codes. Were a
 *  million codes in force and did a thousand people each guess ten times on every day of a year, that is 3.65 million guesses: the chance
 *  that a single one fits any code is 3.65 × 10^6 × 10^6 / 3.7 × 10^16, one in ten thousand; and the first name has to fit as well.
 *  Our judgement, November 2026. */
export const TRIES_A_DAY = 10;

/** Six weeks: then an invitation that nobody answered ends, and a code has to be made anew. Our judgement, November 2026. */
export const INVITATION_DAYS = 42;

/** The code that 32 bytes of a keyed hash stand for, in three groups of four. */
export function codeOf(bytes: Uint8Array): string {
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let letters = '';
  for (let at = 0; at < LENGTH; at += 1) {
    letters += LETTERS[Number(number % BigInt(LETTERS.length))]!;
    number /= BigInt(LETTERS.length);
  }
  return grouped(letters);
}

/** A code as it was typed, in our form; undefined when it cannot be one. Small letters, spaces and dashes do not matter. */
export function typedCode(text: string): string | undefined {
  const letters = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter)) ? grouped(letters) : undefined;
}

const grouped = (letters: string): string => letters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');

/** Two spellings of one first name: accents, case and what stands around it do not matter. */
export function isSameFirstName(typed: string, known: string): boolean {
  const plain = (name: string): string =>
    name
      .normalize('NFKD')
      .replace(/[^\p{L}]/gu, '')
      .toLowerCase();
  return plain(typed) !== '' && plain(typed) === plain(known);
}
