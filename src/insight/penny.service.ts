import { Injectable } from '@nestjs/common';
import { BudgetQueries } from '../budgets/index.js';
import { idsWith, isRole, ROLES } from '../identity/index.js';
import type { Actor, BookId, BudgetLineId, LocalDate, Pence, PersonId, PoolId } from '../kernel/index.js';
import { isId, notFound, spokenReference, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { PennyFacts, PennyReserve, PennyTransfer, Seen } from './penny.facts.js';
import { pennyFacts } from './penny.facts.js';
import { movementsOf, placeKind, seenId } from './penny-places.rules.js';
import type { Links, Traced } from './penny.rules.js';
import { linked, traced } from './penny.rules.js';
import type { Beginning, PennyStart } from './penny.starts.js';
import { beginningOf } from './penny.starts.js';

/** Who decided a step: their role and an opaque reference, never a name. */
export interface Decider {
  readonly did: string;
  readonly role: string;
  readonly reference: string;
}

/** One step of the way of some money. `amount` = what went on to the next steps + what is still here, to the penny. */
export interface PennyStep {
  readonly id: string;
  /** The kind of its entry, or `set-aside`, `freed`, `seen-by-bank`, `seen-by-payer`, `seen-by-stripe`. */
  readonly kind: string;
  readonly on: LocalDate;
  readonly book: { readonly id: BookId; readonly reference: string; readonly name: string };
  readonly amount: Pence;
  /** The whole movement; more than `amount` when only a part of it is followed. */
  readonly whole: Pence;
  readonly from: string;
  readonly to: string;
  readonly line: string | null;
  readonly entryId: string;
  readonly reference: string;
  readonly seal: bigint | null;
  readonly corrects: string | null;
  readonly deciders: readonly Decider[];
  readonly seen: Seen | null;
  readonly forDay: LocalDate | null;
  readonly next: readonly { readonly id: string; readonly amount: Pence }[];
  readonly before: readonly { readonly id: string; readonly amount: Pence }[];
  readonly stillHere: Pence;
  readonly fromOutside: Pence;
  readonly isStart: boolean;
}

/** What touches the money and is no step of its way: a debt, a fee, a correction of the bank's side. */
export interface PennyAside {
  readonly kind: string;
  readonly on: LocalDate;
  readonly amount: Pence;
  readonly reference: string;
}

export interface PennyTrail {
  readonly steps: readonly PennyStep[];
  readonly asides: readonly PennyAside[];
}

interface Around {
  readonly facts: PennyFacts;
  readonly books: ReadonlyMap<string, { reference: string; name: string }>;
  readonly lines: ReadonlyMap<string, string>;
  readonly deeds: ReadonlyMap<string, { action: string; actor: string }>;
  readonly matchedBy: ReadonlyMap<string, string>;
  readonly roleOf: (person: string) => string;
}

/** Follows money from where it was agreed or came in to the line of a statement on which it left, and back. */
@Injectable()
export class Penny {
  constructor(
    private readonly database: Database,
    private readonly budgets: BudgetQueries,
  ) {}

  /** For an auditor or an officer: through all books that the actor may read. Refuses what is in none of them (not-found). */
  async follow(actor: Actor, start: PennyStart): Promise<PennyTrail> {
    const books = idsWith(actor, 'book:read', 'book') as BookId[];
    if (books.length === 0) throw notFound('This money');
    const beginning = await this.database.read(systemActor('penny', { books }), (tx) => beginningOf(tx, books, start));
    if (!beginning) throw notFound('This money');
    return this.trail(books, beginning);
  }

  /** For the holder, and whoever may see their money: this line's own movements in whatever books, and nobody else's. A look by another is
   *  written down. */
  async followLine(actor: Actor, line: BudgetLineId, transfer?: string): Promise<PennyTrail> {
    const { personId } = await this.budgets.line(actor, line);
    const books = await this.database.read(systemActor('penny', { people: [personId] }), (tx) =>
      tx.rows<{ id: BookId }>('select distinct book_id as id from transfer where line_id = $1', [line]),
    );
    const ids = books.map((book) => book.id);
    if (transfer === undefined) return this.trail(ids, { lines: [line], alone: [], starts: 'all' });
    const beginning = await this.database.read(systemActor('penny', { books: ids }), (tx) => beginningOf(tx, ids, { of: 'transfer', id: transfer }));
    if (!beginning?.lines.includes(line)) throw notFound('This money');
    return this.trail(ids, { ...beginning, lines: [line] });
  }

  private async trail(books: readonly BookId[], beginning: Beginning): Promise<PennyTrail> {
    const { pools, people } = await this.database.read(systemActor('penny', { books }), (tx) => peopleAndPools(tx, books, beginning.lines));
    return this.database.read(systemActor('penny', { books, pools, people }), async (tx) => {
      const facts = await pennyFacts(tx, books, beginning.lines, beginning.alone);
      const links = linked(movementsOf(facts.transfers, facts.reserves, facts.hints));
      const steps = traced(links, startsOf(links, facts, beginning));
      const around = await readAround(tx, facts);
      return { steps: steps.map((step) => stepOf(step, around)), asides: asidesOf(facts, steps) };
    });
  }
}

async function peopleAndPools(tx: Tx, books: readonly BookId[], lines: readonly string[]): Promise<{ pools: PoolId[]; people: PersonId[] }> {
  const rows = await tx.rows<{ person: PersonId | null; pool: PoolId | null }>(
    `select distinct subject_id as person, pool_id as pool from account where line_id = any($1) and book_id = any($2)`,
    [lines, books],
  );
  return { pools: [...new Set(rows.flatMap((row) => row.pool ?? []))], people: [...new Set(rows.flatMap((row) => row.person ?? []))] };
}

/** The movements that the start means: those named, those a statement line shows, or every source of a line. */
function startsOf(links: Links, facts: PennyFacts, { starts }: Beginning): string[] {
  if (starts === 'all') return [...links.movements.keys()].filter((id) => !links.back.has(id));
  const byReference = (reference: string): boolean => starts.references.some((each) => reference.startsWith(each));
  const carries = (id: string): boolean => starts.remittances.includes(facts.hints.refunds.get(id)?.remittance ?? '');
  const named = facts.transfers.filter((each) => starts.transfers.includes(each.id) || byReference(each.reference) || carries(each.id)).map((each) => each.id);
  const shown = [...facts.seen].filter(
    ([, seen]) => seen.by === 'bank' && (starts.statementLines.includes(seen.lineId) || starts.matches.includes(seen.match)),
  );
  const aside = facts.reserves.filter((each) => byReference(each.reference)).map((each) => each.id);
  return [...new Set([...named, ...shown.map(([id]) => seenId(id)), ...aside])].filter((id) => links.movements.has(id));
}

/** Who did what, in which book: read once for all steps. */
async function readAround(tx: Tx, facts: PennyFacts): Promise<Around> {
  const books = await tx.rows<{ id: BookId; name: string; own: boolean }>('select id, name, holder_id is not null as own from book where id = any($1)', [
    [...new Set([...facts.transfers, ...facts.reserves].map((each) => each.book))],
  ]);
  const lines = await tx.rows<{ id: string; reference: string; budget: string }>(
    'select id, reference, budget_id as budget from budget_line where id = any($1)',
    [[...new Set(facts.transfers.flatMap((each) => each.line ?? []))]],
  );
  const budgetOf = new Map(lines.map((line) => [line.id, line.budget]));
  const nouns = [...facts.transfers, ...facts.reserves].flatMap((each) => each.reference.split(':').slice(1, 2).filter(isId));
  const contributions = await tx.rows<{ remittance: string; id: string }>(
    'select remittance_id as remittance, id from contribution where remittance_id = any($1)',
    [nouns],
  );
  const about = [...new Set([...nouns, ...budgetOf.values(), ...contributions.map((each) => each.id)])];
  const deeds = await tx.rows<{ about: string; action: string; actor: string }>(
    `select noun_id as about, action, actor from audit_event where noun_id = any($1) and action = any($2) order by id`,
    [about, ['pool:contribute', 'purchase:commit', 'budget:agree', 'budget:allocate', 'refund:record']],
  );
  const deedOf = new Map(deeds.map((deed) => [deed.about, deed]));
  for (const { remittance, id } of contributions) if (deedOf.has(id)) deedOf.set(remittance, deedOf.get(id)!);
  for (const [line, budget] of budgetOf) if (deedOf.has(budget)) deedOf.set(`agreed:${line}`, deedOf.get(budget)!);
  const matches = [...facts.seen.values()].flatMap((seen) => (seen.by === 'bank' ? [seen.match] : []));
  const matchedBy = await tx.rows<{ id: string; by: string }>('select id, made_by as by from line_match where id = any($1)', [matches]);
  const people = [...facts.payments.values()].flatMap((each) => [each.preparedBy, each.approvedBy].flatMap((id) => id ?? []));
  const all = [...people, ...deeds.map((deed) => deed.actor), ...matchedBy.map((each) => each.by)].filter(isId);
  const roles = await tx.rows<{ person: string; role: string }>('select person_id as person, role from access_grant where person_id = any($1) order by id', [
    [...new Set(all)],
  ]);
  const roleOf = new Map(roles.map((each) => [each.person, isRole(each.role) ? ROLES[each.role].words : each.role]));
  return {
    facts,
    books: new Map(
      books.map((book) => [book.id as string, { reference: spokenReference('BOO', book.id), name: book.own ? 'a person’s own account' : book.name }]),
    ),
    lines: new Map(lines.map((line) => [line.id, line.reference])),
    deeds: deedOf,
    matchedBy: new Map(matchedBy.map((each) => [each.id, each.by])),
    roleOf: (person) => roleOf.get(person) ?? 'somebody of the funder',
  };
}

function stepOf(step: Traced, around: Around): PennyStep {
  const { facts } = around;
  const { movement } = step;
  const isSeen = movement.id.startsWith('seen:');
  const transfer = facts.transfers.find((each) => each.id === (isSeen ? movement.id.slice(5) : movement.id));
  const source: PennyTransfer | PennyReserve = transfer ?? facts.reserves.find((each) => each.id === movement.id)!;
  const seen = isSeen ? facts.seen.get(source.id)! : null;
  // The entry by which the statement line was booked, where there is one beside the movement's own.
  const booked = seen?.by === 'bank' ? (facts.transfers.find((each) => each.reference === `match:${seen.match}:bank`) ?? source) : source;
  const book = around.books.get(source.book) ?? { reference: spokenReference('BOO', source.book), name: 'another book' };
  return {
    id: movement.id,
    kind: seen ? `seen-by-${seen.by}` : 'what' in source ? source.what : source.kind,
    on: seen?.on ?? source.on,
    book: { id: source.book, ...book },
    amount: step.amount,
    whole: movement.amount,
    from: placeKind(movement.from),
    to: placeKind(movement.to),
    line: transfer?.line ? (around.lines.get(transfer.line) ?? spokenReference('LIN', transfer.line)) : null,
    entryId: booked.entry,
    reference: booked.reference,
    seal: booked.seal,
    corrects: transfer?.corrects ?? null,
    deciders: seen ? matchedBy(seen, around) : decidersOf(source, around),
    seen,
    forDay: 'forDay' in source ? source.forDay : null,
    next: step.next,
    before: step.before,
    stillHere: step.stillHere,
    fromOutside: step.fromOutside,
    isStart: step.isStart,
  };
}

const decider = (did: string, person: string | null | undefined, around: Around): Decider[] =>
  person && isId(person) ? [{ did, role: around.roleOf(person), reference: spokenReference('PER', person) }] : [];

const matchedBy = (seen: Seen, around: Around): Decider[] => (seen.by === 'bank' ? decider('matched', around.matchedBy.get(seen.match), around) : []);

const DID: Readonly<Record<string, string>> = {
  'pool:contribute': 'put in',
  'purchase:commit': 'committed',
  'budget:agree': 'agreed',
  'budget:allocate': 'given to the line',
  'refund:record': 'recorded',
};

function decidersOf(source: Pick<PennyTransfer, 'reference' | 'kind'>, around: Around): Decider[] {
  const [noun, id, what] = source.reference.split(':');
  const payOut = noun === 'payment' && what === 'sent' ? id : noun === 'remittance' && what === 'arrived' ? around.facts.payOuts.get(id!) : undefined;
  const payment = payOut ? around.facts.payments.get(payOut) : undefined;
  if (payment) return [...decider('prepared', payment.preparedBy, around), ...decider('approved', payment.approvedBy, around)];
  const deed = around.deeds.get(noun === 'budget-line' && what === 'agreed' ? `agreed:${id}` : noun === 'remittance' && what !== 'sent' ? '' : (id ?? ''));
  return deed ? decider(DID[deed.action] ?? 'decided', deed.actor, around) : [];
}

/** Movements of the same entries or payments that are on no step: what somebody owes, fees, and corrections of what is followed. */
function asidesOf(facts: PennyFacts, steps: readonly Traced[]): PennyAside[] {
  const onWay = new Set(steps.map((step) => step.movement.id.replace(/^seen:/, '')));
  const entries = new Set(facts.transfers.filter((each) => onWay.has(each.id)).map((each) => each.entry));
  const payments = new Set(facts.transfers.filter((each) => onWay.has(each.id)).map((each) => each.reference.split(':').slice(0, 2).join(':')));
  return facts.transfers
    .filter((each) => !onWay.has(each.id) && each.kind !== 'bank-line')
    .filter((each) => (each.corrects !== null && entries.has(each.corrects)) || payments.has(each.reference.split(':').slice(0, 2).join(':')))
    .map((each) => ({ kind: each.kind, on: each.on, amount: each.amount, reference: each.reference }));
}
