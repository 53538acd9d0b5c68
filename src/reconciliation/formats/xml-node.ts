/** A node as the XML parser gives it: names to nodes, lists or text; attributes are named `@_Ccy`. */
export interface XmlNode {
  readonly [name: string]: XmlNode | XmlNode[] | string | undefined;
}

function valueAt(node: XmlNode | null, path: string): XmlNode | string | null {
  let current: unknown = node;
  for (const name of path.split('.')) {
    if (Array.isArray(current)) current = current[0];
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return null;
    current = (current as XmlNode)[name];
  }
  if (Array.isArray(current)) current = current[0];
  return (current as XmlNode | string | undefined) ?? null;
}

/** The node at `Acct.Id.Othr`, taking the first of any list on the way; null when it is missing or is only text. */
export function nodeAt(node: XmlNode | null, path: string): XmlNode | null {
  const value = valueAt(node, path);
  return typeof value === 'object' ? value : null;
}

/** The trimmed text at a path; null when missing or blank. */
export function textAt(node: XmlNode | null, path: string): string | null {
  const value = valueAt(node, path);
  const text = typeof value === 'string' ? value : ((value?.['#text'] as string | undefined) ?? '');
  return String(text).trim() || null;
}

/** All children of one name, in order. Text-only children come as `{ '#text': … }`; empty ones are left out. */
export function listAt(node: XmlNode | null, name: string): XmlNode[] {
  const value: unknown = node?.[name];
  const list: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.filter((each) => each !== '').map((each) => (typeof each === 'string' ? { '#text': each } : (each as XmlNode)));
}
