/** JSON that is the same text for the same content: keys in the order of their names, no spaces, a BigInt as its digits and an `n`. What JSON leaves
 *  out is left out. For hashes that are kept: a changed letter makes every stored one another. */
export const canonicalJson = (value: unknown): string => textOf(value) ?? 'null';

function textOf(value: unknown): string | undefined {
  if (typeof value === 'bigint') return `"${value}n"`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') return textOf(value.toJSON());
  if (Array.isArray(value)) return `[${value.map((each) => textOf(each) ?? 'null').join(',')}]`;
  let fields = '';
  for (const key of Object.keys(value).sort()) {
    const inner = textOf((value as Readonly<Record<string, unknown>>)[key]);
    if (inner !== undefined) fields += `${fields && ','}${JSON.stringify(key)}:${inner}`;
  }
  return `{${fields}}`;
}
