/** What banks leave of a name or reference: capitals, digits and `. & / -`, without a sign in front, cut to `most` characters. */
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

/** Bacs leaves 18 characters for a name and 18 for a reference. */
export const NAME_LENGTH = 18;
export const REFERENCE_LENGTH = 18;

/** A reference as a careless system passes it on: broken in two after ten characters. */
export function splitReference(reference: string): string[] {
  return reference.length > 10 ? [reference.slice(0, 10).trim(), reference.slice(10).trim()].filter((part) => part !== '') : [reference];
}

/** `12-34-56`. */
export const dashed = (sortCode: string): string => sortCode.replace(/^(..)(..)(..)$/, '$1-$2-$3');
