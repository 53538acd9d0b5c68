import { randomBytes } from 'node:crypto';
import type { Params } from './stripe-params.js';
import { badRequest, noSuch } from './stripe-errors.js';
import type { Part, Row, Store } from './store.js';
import { unix, type World } from './world.js';

/** What every object of Stripe's has. Sums are whole pence, times are seconds since 1970. */
export interface StripeObject extends Row {
  readonly object: string;
  readonly created: number;
  readonly livemode: false;
  readonly metadata: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A new id such as `pi_3Q8…`: 24 letters and digits that cannot be guessed. */
export function newStripeId(prefix: string): string {
  const letters = [...randomBytes(24)].map((byte) => LETTERS[byte % LETTERS.length]);
  return `${prefix}_${letters.join('')}`;
}

/** The fields that every new object shares. */
export const basics = <Noun extends string>(world: World, prefix: string, object: Noun, metadata: Record<string, string> = {}) => ({
  id: newStripeId(prefix),
  object,
  created: unix(world.now()),
  livemode: false as const,
  metadata,
});

/** Ids say what they are by how they begin. */
const TABLE_OF: Readonly<Record<string, string>> = {
  pi: 'payment_intent',
  ch: 'charge',
  py: 'charge',
  re: 'refund',
  pyr: 'refund',
  cus: 'customer',
  tr: 'transfer',
  trr: 'transfer_reversal',
  po: 'payout',
  txn: 'balance_transaction',
  evt: 'event',
  cs: 'checkout_session',
  du: 'dispute',
  acct: 'connected_account',
};

export function find(store: Store, owner: string, id: string): StripeObject | undefined {
  const table = TABLE_OF[id.split('_')[0] ?? ''];
  return table ? store.part<StripeObject>(table, owner).get(id) : undefined;
}

/** The object of that id, or Stripe's 404 (400 when it was named in a parameter). */
export function need<T extends StripeObject>(world: World, table: string, owner: string, id: string, noun = table, param?: string): T {
  const row = world.store.part<T>(table, owner).get(id);
  if (!row) throw noSuch(noun, id, param, param ? 400 : 404);
  return row;
}

/** A page of the newest first: `limit` (1 to 100, else 10), `starting_after`, `ending_before`, `created[gte]` and its kin. */
export function listOf<T extends StripeObject>(part: Part<T>, params: Params, url: string, keep: (row: T) => boolean = () => true): unknown {
  const limit = params.integer('limit') ?? 10;
  if (limit < 1 || limit > 100) throw badRequest('This value must be between 1 and 100.', { param: 'limit' });
  const fits = createdFilter(params);
  const before = params.text('ending_before');
  const after = params.text('starting_after') ?? params.text('page');
  const place = (id: string, name: string): number => {
    const found = part.placeOf(id);
    if (found === undefined) throw noSuch('object', id, name, 400);
    return found;
  };
  const data: T[] = [];
  const step = before ? 1 : -1;
  let i = before ? place(before, 'ending_before') + 1 : (after ? place(after, 'starting_after') : part.rows.length) - 1;
  for (; i >= 0 && i < part.rows.length && data.length <= limit; i += step) {
    const row = part.rows[i]!;
    if (fits(row.created) && keep(row)) data.push(row);
  }
  const hasMore = data.length > limit;
  const page = data.slice(0, limit);
  return { object: 'list', url, has_more: hasMore, data: before ? page.reverse() : page };
}

/** The names that lists understand. */
export const LIST_PARAMS = ['limit', 'starting_after', 'ending_before', 'created'] as const;

function createdFilter(params: Params): (created: number) => boolean {
  const range = params.child('created');
  if (!range) {
    const exact = params.integer('created');
    return (created) => exact === null || created === exact;
  }
  const [gt, gte, lt, lte] = ['gt', 'gte', 'lt', 'lte'].map((name) => range.integer(name));
  return (created) => created > (gt ?? -1) && created >= (gte ?? 0) && created < (lt ?? Infinity) && created <= (lte ?? Infinity);
}

/** Replaces ids by the objects they name, as `expand[]=latest_charge.balance_transaction` asks. */
export function expanded(store: Store, owner: string, body: unknown, paths: readonly string[]): unknown {
  return paths.reduce((tree, path) => expandOne(store, owner, tree, path.split('.')), body);
}

function expandOne(store: Store, owner: string, node: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined || node === null || typeof node !== 'object') return node;
  if (Array.isArray(node)) return node.map((each) => expandOne(store, owner, each, path));
  const value = (node as Record<string, unknown>)[name];
  const object = typeof value === 'string' ? (find(store, owner, value) ?? value) : value;
  return { ...node, [name]: expandOne(store, owner, object, rest) };
}

/** Stripe's search, as far as the app needs it: `metadata['payment']:'…' AND status:'succeeded'`. */
export function searchFilter(query: string): (row: StripeObject) => boolean {
  const clauses = query.split(/\s+AND\s+/).map((clause) => {
    const match = /^\s*(?:metadata\[["']([^"']+)["']\]|([a-z_]+)):["']([^"']*)["']\s*$/.exec(clause);
    if (!match) throw badRequest(`We were unable to parse your search query: ${clause}`, { param: 'query' });
    return { key: match[1], field: match[2], value: match[3] };
  });
  return (row) => clauses.every(({ key, field, value }) => (key ? row.metadata[key] === value : row[field!] === value));
}
