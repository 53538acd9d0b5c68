import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { BudgetQueries, OwnMoneyQueries } from '../budgets/index.js';
import { idsWith, requireAccess } from '../identity/index.js';
import type { Actor, BookId, BudgetLineId, LocalDate, OrganisationId, Pence, PersonId, PoolId } from '../kernel/index.js';
import { NO_PENCE, notFound, spokenReference, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { Around, Decider } from './penny.around.js';
import { decidersOf, matchedBy, promiseOf, readAround } from './penny.around.js';
import type { PennyFacts, PennyReserve, PennyTransfer, Seen } from './penny.facts.js';
import { pennyFacts } from './penny.facts.js';
import { movementsOf, placeKind, seenId } from './penny-places.rules.js';
import type { Links, Traced } from './penny.rules.js';
import { linked, traced } from './penny.rules.js';
import type { Fund, PennyPromise } from './penny.funds.js';
import { promiseNamed, promisesIn, promisesOf } from './penny.funds.js';
import type { Beginning, PennyStart } from './penny.starts.js';
import { beginningOf } from './penny.starts.js';

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
  /** The reference of the budget line, or of the funder's share, whose money it is. */
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
  /** What funders promised, where their money is among what is followed. */
  readonly promises: readonly PennyPromise[];
}

/** A promise, and what came of it. */
export interface PromiseCame extends PennyPromise {
  readonly cameIn: Pence;
}

/** Follows money from where it was agreed or came in to the line of a statement on which it left, and back. */
@Injectable()
export class Penny {
  constructor(
    private readonly database: Database,
    private readonly budgets: BudgetQueries,
    private readonly ownMoney: OwnMoneyQueries,
    private readonly audit: Audit,
  ) {}

  /** For an auditor or an officer: through all books that the actor may read. A look at the money of people is written down
   *  for each of them. Refuses what is in none of the books (not-found). */
  async follow(actor: Actor, start: PennyStart): Promise<PennyTrail> {
    const books = idsWith(actor, 'book:read', 'book') as BookId[];
    if (books.length === 0) throw notFound('This money');
    const beginning = await this.database.read(systemActor('penny', { books }), (tx) => beginningOf(tx, books, start));
    if (!beginning) throw notFound('This money');
    return this.trail(books, beginning, actor);
  }

  /** For the holder, and whoever may see their money: this line's own movements in whatever books, and nobody else's. A look by another is
   *  written down. `whose`, where it is said, must be the line's (not-found). */
  async followLine(
    actor: Actor,
    line: BudgetLineId,
    { transfer, whose }: { readonly transfer?: string | undefined; readonly whose?: PersonId } = {},
  ): Promise<PennyTrail> {
    const { personId } = await this.budgets.line(actor, line);
    if (whose !== undefined && whose !== personId) throw notFound('This money');
    const ids = await this.booksOfLine(personId, line);
    if (transfer === undefined) return this.trail(ids, { lines: [line], funds: [], alone: [], starts: 'all' });
    const beginning = await this.database.read(systemActor('penny', { books: ids }), (tx) => beginningOf(tx, ids, { of: 'transfer', id: transfer }));
    if (!beginning?.lines.includes(line)) throw notFound('This money');
    return this.trail(ids, { ...beginning, lines: [line], funds: [] });
  }

  /** The same of a person's own money with one money-holder, for them and who represents them. */
  async followOwn(actor: Actor, line: BudgetLineId, whose?: PersonId): Promise<PennyTrail> {
    const { personId } = await this.ownMoney.line(actor, line);
    if (whose !== undefined && whose !== personId) throw notFound('This money');
    return this.trail(await this.booksOfLine(personId, line), { lines: [line], funds: [], alone: [], starts: 'all' });
  }

  /** The books in which money of a person's line moved. */
  private async booksOfLine(person: PersonId, line: BudgetLineId): Promise<BookId[]> {
    const rows = await this.database.read(systemActor('penny', { people: [person] }), (tx) =>
      tx.rows<{ id: BookId }>('select distinct book_id as id from transfer where line_id = $1', [line]),
    );
    return rows.map((row) => row.id);
  }

  /** For officers of a funder: its own money in one pool, in whatever books it lay. Refuses the rest (not-found). */
  async followFund(actor: Actor, share: string): Promise<PennyTrail> {
    const funders = idsWith(actor, 'funder-share:read', 'icb') as OrganisationId[];
    const promise = await this.database.read(systemActor('penny', { icbs: funders }), (tx) => promiseNamed(tx, share));
    if (!promise || !funders.includes(promise.funder)) throw notFound('This money');
    const books = await this.database.read(systemActor('penny', { pools: [promise.pool] }), (tx) =>
      tx.rows<{ id: BookId }>('select distinct book_id as id from funder_share where funder_id = $1 and pool_id = $2', [promise.funder, promise.pool]),
    );
    return this.trail(
      books.map((book) => book.id),
      { lines: [], funds: [promise], alone: [], starts: 'all' },
    );
  }

  /** What funders promised with a book as money-holder, and how much of each came in; for whoever reads the book. */
  async promisesIn(actor: Actor, book: BookId): Promise<PromiseCame[]> {
    requireAccess(actor, 'book:read', { book });
    return this.database.read(systemActor('penny', { books: [book] }), async (tx) => {
      const promises = await promisesIn(tx, book);
      const came = await tx.rows<{ funder: string; pool: string; sum: Pence }>(
        `select t.subject_id as funder, t.pool_id as pool, sum(t.amount_pence)::bigint as sum from account a join transfer t on t.credit_account_id = a.id and t.book_id = a.book_id
         where a.book_id = $1 and a.kind = 'share' and a.line_id is null and a.guarded and t.debit_kind in ('unallocated', 'agreed', 'clearing', 'bank') and t.kind <> 'refund' group by 1, 2`,
        [book],
      );
      return promises.map((each) => ({ ...each, cameIn: came.find((sum) => sum.funder === each.funder && sum.pool === each.pool)?.sum ?? NO_PENCE }));
    });
  }

  private async trail(books: readonly BookId[], beginning: Beginning, looker?: Actor): Promise<PennyTrail> {
    const { pools, people } = await this.database.read(systemActor('penny', { books }), async (tx) => {
      const found = await peopleAndPools(tx, books, beginning);
      for (const about of looker ? found.people : [])
        await this.audit.viewed(tx, looker!, { about, noun: 'budget-line', why: 'to follow money through its books' });
      return found;
    });
    return this.database.read(systemActor('penny', { books, pools, people }), async (tx) => {
      const facts = await pennyFacts(tx, books, beginning);
      const links = linked(movementsOf(facts.transfers, facts.reserves, facts.hints));
      const steps = traced(links, startsOf(links, facts, beginning));
      const promises = beginning.funds.length > 0 ? await promisesOf(tx, books, beginning.funds) : [];
      const around = await readAround(tx, facts, promises);
      return { steps: steps.map((step) => stepOf(step, around)), asides: asidesOf(facts, steps), promises };
    });
  }
}

async function peopleAndPools(
  tx: Tx,
  books: readonly BookId[],
  { lines, funds }: { lines: readonly string[]; funds: readonly Fund[] },
): Promise<{ pools: PoolId[]; people: PersonId[] }> {
  const rows = await tx.rows<{ person: PersonId | null; pool: PoolId | null }>(
    `select distinct subject_id as person, pool_id as pool from account where line_id = any($1) and book_id = any($2)`,
    [lines, books],
  );
  return {
    pools: [...new Set([...rows.flatMap((row) => row.pool ?? []), ...funds.map((fund) => fund.pool)])],
    people: [...new Set(rows.flatMap((row) => row.person ?? []))],
  };
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
    line: transfer?.line ? (around.lines.get(transfer.line) ?? spokenReference('LIN', transfer.line)) : (promiseOf(source, around)?.reference ?? null),
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
