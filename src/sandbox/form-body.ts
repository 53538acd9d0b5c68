/** A form body with brackets, as a tree: `a[b][0]=x` is `{ a: { b: { 0: 'x' } } }`. Lists are trees with number keys. */
export interface FormTree {
  [name: string]: string | FormTree;
}

export class FormNotUnderstood extends Error {}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const MOST_FIELDS = 2_000;
const DEEPEST = 12;

/** Reads `application/x-www-form-urlencoded` text (a body or a query). Refuses names that reach into JavaScript's own
 *  objects, unbalanced brackets, a name used both as a value and as a tree, and bodies of absurd size. */
export function parseForm(text: string): FormTree {
  const root = Object.create(null) as FormTree;
  const fields = [...new URLSearchParams(text)];
  if (fields.length > MOST_FIELDS) throw new FormNotUnderstood('too many fields');
  for (const [name, value] of fields) {
    if (!/^[^[\]]+(\[[^[\]]*\])*$/.test(name)) throw new FormNotUnderstood(`name not understood: ${name.slice(0, 80)}`);
    const path = name.replaceAll(']', '').split('[');
    if (path.length > DEEPEST || path.some((part) => FORBIDDEN.has(part))) throw new FormNotUnderstood(`name not allowed: ${name.slice(0, 80)}`);
    let place = root;
    path.forEach((part, depth) => {
      const key = part === '' ? String(Object.keys(place).length) : part;
      const there = place[key];
      if (depth === path.length - 1) {
        if (typeof there === 'object') throw new FormNotUnderstood(`both a value and a list: ${name.slice(0, 80)}`);
        place[key] = value;
      } else {
        if (typeof there === 'string') throw new FormNotUnderstood(`both a value and a list: ${name.slice(0, 80)}`);
        place = there ?? (place[key] = Object.create(null) as FormTree);
      }
    });
  }
  return root;
}
