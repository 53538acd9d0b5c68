import type { QueryConfig } from 'pg';

/** A statement asked this often by this process is prepared: PostgreSQL then plans it once a connection, not each time. Walls make plans dear. */
const OFTEN = 20;
const MOST_COUNTED = 5_000;
/** A plan made once and for all expects about ten items in a list; longer lists get a plan of their own. */
const LONG_LIST = 10;

const asked = new Map<string, number>();
const names = new Map<string, string>();

/** How a statement travels: by a name when it is asked often. Both give the same rows. */
export function statementOf(text: string, values: readonly unknown[]): QueryConfig {
  const asGiven = { text, values: values as unknown[] };
  if (values.some((value) => Array.isArray(value) && value.length > LONG_LIST)) return asGiven;
  const name = names.get(text) ?? nameIfOften(text);
  return name === undefined ? asGiven : { ...asGiven, name };
}

function nameIfOften(text: string): string | undefined {
  const times = (asked.get(text) ?? 0) + 1;
  if (times < OFTEN) {
    if (times > 1 || asked.size < MOST_COUNTED) asked.set(text, times);
    return undefined;
  }
  asked.delete(text);
  const name = `often_${names.size + 1}`;
  names.set(text, name);
  return name;
}
