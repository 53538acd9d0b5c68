import { isRole, permissionsOf, ROLES } from '../identity/index.js';
import { isId, spokenReference } from '../kernel/index.js';
import type { BookId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { PennyFacts, PennyReserve, PennyTransfer, Seen } from './penny.facts.js';
import type { PennyPromise } from './penny.funds.js';

/** Who decided a step: their role and an opaque reference, never a name. */
export interface Decider {
  readonly did: string;
  readonly role: string;
  readonly reference: string;
}

/** What stands around the steps of a way: books, lines, promises, and who decided what. */
export interface Around {
  readonly facts: PennyFacts;
  readonly books: ReadonlyMap<string, { reference: string; name: string }>;
  readonly lines: ReadonlyMap<string, string>;
  readonly promises: readonly PennyPromise[];
  readonly deeds: ReadonlyMap<string, { action: string; actor: string }>;
  readonly matchedBy: ReadonlyMap<string, string>;
  /** As what somebody did it: the role of theirs that may, and none of what else they are. */
  readonly roleOf: (person: string, did: string) => string;
}

/** Who did what, in which book: read once for all steps. */
export async function readAround(tx: Tx, facts: PennyFacts, promises: readonly PennyPromise[]): Promise<Around> {
  const books = await tx.rows<{ id: BookId; name: string; own: boolean }>('select id, name, holder_id is not null as own from book where id = any($1)', [
    [...new Set([...facts.transfers, ...facts.reserves].map((each) => each.book))],
  ]);
  const lines = await tx.rows<{ id: string; reference: string; budget: string | null }>(
    `select id, reference, budget_id as budget from budget_line where id = any($1)
     union all select id, reference, null from own_line where id = any($1)`,
    [[...new Set(facts.transfers.flatMap((each) => each.line ?? []))]],
  );
  const budgetOf = new Map(lines.flatMap((line) => (line.budget === null ? [] : [[line.id, line.budget] as const])));
  const nouns = [...facts.transfers, ...facts.reserves].flatMap((each) => each.reference.split(':').slice(1, 2).filter(isId));
  const contributions = await tx.rows<{ remittance: string; id: string }>(
    'select remittance_id as remittance, id from contribution where remittance_id = any($1)',
    [nouns],
  );
  const about = [...new Set([...nouns, ...budgetOf.values(), ...contributions.map((each) => each.id)])];
  const deeds = await tx.rows<{ about: string; action: string; actor: string }>(
    `select noun_id as about, action, actor from audit_event where noun_id = any($1) and action = any($2) order by id`,
    [about, ['pool:contribute', 'pool:contribute-own', 'own-money:home', 'purchase:commit', 'budget:agree', 'budget:allocate', 'refund:record']],
  );
  const deedOf = new Map(deeds.map((deed) => [deed.about, deed]));
  for (const { remittance, id } of contributions) if (deedOf.has(id)) deedOf.set(remittance, deedOf.get(id)!);
  for (const [line, budget] of budgetOf) if (deedOf.has(budget)) deedOf.set(`agreed:${line}`, deedOf.get(budget)!);
  const arrived = await tx.rows<{ line: string; actor: string }>(
    `select facts->>'statementLine' as line, actor from audit_event where noun_id = any($1) and action = 'funder-share:arrive' order by id`,
    [promises.map((each) => each.shareId)],
  );
  for (const { line, actor } of arrived) deedOf.set(`arrived:${line}`, { about: line, action: 'funder-share:arrive', actor });
  const matches = [...facts.seen.values()].flatMap((seen) => (seen.by === 'bank' ? [seen.match] : []));
  const matchedBy = await tx.rows<{ id: string; by: string }>('select id, made_by as by from line_match where id = any($1)', [matches]);
  const people = [...facts.payments.values()].flatMap((each) => [each.preparedBy, each.approvedBy].flatMap((id) => id ?? []));
  const all = [
    ...people,
    ...[...deedOf.values()].map((deed) => deed.actor),
    ...promises.map((each) => each.offeredBy),
    ...matchedBy.map((each) => each.by),
  ].filter(isId);
  const roles = await tx.rows<{ person: string; role: string }>('select person_id as person, role from access_grant where person_id = any($1) order by id', [
    [...new Set(all)],
  ]);
  return {
    facts,
    books: new Map(
      books.map((book) => [book.id as string, { reference: spokenReference('BOO', book.id), name: book.own ? 'a person’s own account' : book.name }]),
    ),
    lines: new Map(lines.map((line) => [line.id, line.reference])),
    promises,
    deeds: deedOf,
    matchedBy: new Map(matchedBy.map((each) => [each.id, each.by])),
    roleOf: (person, did) => {
      const held = roles.filter((each) => each.person === person).map((each) => each.role);
      const role = held.find((each) => permissionsOf(each).some((permission) => NEEDED[did]?.includes(permission))) ?? held.at(-1);
      return role === undefined ? 'somebody of the funder' : isRole(role) ? ROLES[role].words : role;
    },
  };
}

/** The promise behind a movement of a funder's money in one book. */
export function promiseOf(source: PennyTransfer | PennyReserve, { promises }: Around): PennyPromise | undefined {
  const inBook = promises.filter((each) => each.book === source.book);
  if (!('subject' in source)) return undefined;
  return source.line === null ? inBook.find((each) => each.funder === source.subject && (source.pool === null || source.pool === each.pool)) : undefined;
}

/** What somebody has to be allowed to do it. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  prepared: ['payment:prepare', 'own-account:pay'],
  approved: ['payment:approve', 'own-account:pay'],
  matched: ['match:make'],
  'put in': ['pool:contribute', 'contribution:make'],
  committed: ['purchase:commit', 'purchase:decide'],
  agreed: ['budget:agree'],
  'given to the line': ['match:make'],
  'given to the share': ['match:make'],
  recorded: ['match:make'],
  promised: ['funder-share:put-in'],
};

const decider = (did: string, person: string | null | undefined, around: Around): Decider[] =>
  person && isId(person) ? [{ did, role: around.roleOf(person, did), reference: spokenReference('PER', person) }] : [];

/** Who said that a line of a statement is this. */
export const matchedBy = (seen: Seen, around: Around): Decider[] => (seen.by === 'bank' ? decider('matched', around.matchedBy.get(seen.match), around) : []);

const DID: Readonly<Record<string, string>> = {
  'pool:contribute': 'put in',
  'purchase:commit': 'committed',
  'budget:agree': 'agreed',
  'budget:allocate': 'given to the line',
  'refund:record': 'recorded',
  'funder-share:arrive': 'given to the share',
};

/** Who decided a movement, as far as somebody did. */
export function decidersOf(source: Pick<PennyTransfer, 'reference' | 'kind'>, around: Around): Decider[] {
  const [noun, id, what] = source.reference.split(':');
  const payOut = noun === 'payment' && what === 'sent' ? id : noun === 'remittance' && what === 'arrived' ? around.facts.payOuts.get(id!) : undefined;
  const payment = payOut ? around.facts.payments.get(payOut) : undefined;
  if (payment) return [...decider('prepared', payment.preparedBy, around), ...decider('approved', payment.approvedBy, around)];
  if (noun === 'funder-share') return fundDeciders(source.reference, around);
  const deed = around.deeds.get(noun === 'budget-line' && what === 'agreed' ? `agreed:${id}` : noun === 'remittance' && what !== 'sent' ? '' : (id ?? ''));
  return deed ? decider(DID[deed.action] ?? 'decided', deed.actor, around) : [];
}

/** Who promised a funder's own agreed money, or said that a line of the statement was it. What is left goes back by itself. */
function fundDeciders(reference: string, around: Around): Decider[] {
  const [, pool, funder, occasion] = reference.split(':');
  if (occasion === 'agreed') return decider('promised', around.promises.find((each) => each.pool === pool && each.funder === funder)?.offeredBy, around);
  const deed = around.deeds.get(`arrived:${occasion}`);
  return deed ? decider(DID[deed.action]!, deed.actor, around) : [];
}
