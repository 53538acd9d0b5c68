/** What banks carry of a name or reference: capitals, digits and `. & / -`, no sign in front (a spreadsheet would read it as a formula), cut
 *  to `most` characters (domain 3.2). */
export function bankText(text: string, most: number): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
    .replace(/[^A-Z0-9.&/ -]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .&/-]+/, '');
  return plain.slice(0, most).trim();
}

/** Bacs carries 18 characters of a name and 18 of a reference. */
export const NAME_LENGTH = 18;

/** A CSV field in quotes, with what a spreadsheet would run as a formula taken from its front. */
export const quoted = (text: string): string => `"${text.replace(/^[=+\-@\t\r]+/, '').replaceAll('"', '""')}"`;
