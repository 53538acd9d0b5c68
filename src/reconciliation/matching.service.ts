import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Grants, requireAccess } from '../identity/index.js';
import type { Actor, BookId, PaymentId } from '../kernel/index.js';
import { conflict, invalid, notFound, penceAsNumber, refused, systemActor } from '../kernel/index.js';
import { Ledger } from '../ledger/index.js';
import { InFlight } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { announce, announceAll, Database, once } from '../platform/index.js';
import type { BankAccountId } from './bank-accounts.service.js';
import { BankAccounts } from './bank-accounts.service.js';
import { explainBreak } from './break.rules.js';
import type { ExpectedItem } from './expected-items.service.js';
import { ExpectedItems } from './expected-items.service.js';
import type { DecidedMatch } from './match-posting.service.js';
import { MatchPosting, totalOfItems } from './match-posting.service.js';
import { budgetLineNamed } from './match-words.rules.js';
import { entryFrom, undoneEntry } from './match.entries.js';
import { certainMatches, ItemIndex } from './match.rules.js';
import { entryNamed, linesLeftToPeople, lockMatch, markUndone, writeBreaks } from './match.store.js';
import type { MatchId, NewMatch, StoredMatch } from './match.store.js';
import type { ItemKind, LineFacts, Suggestion } from './match.types.js';
import { hasNewLines, lockLines, openLines } from './statement.store.js';

/** A person says what a line is: items of ours that add up to it, or one word for money that the line alone explains. */
export interface MatchByHand {
  readonly items: readonly { readonly kind: Suggestion['kind']; readonly id?: string | undefined }[];
}

/** What a run did: plain JSON. */
export interface MatchRun {
  readonly looked: number;
  readonly matched: number;
  /** Of those: money in that waits to be allocated. */
  readonly unallocated: number;
  readonly breaks: number;
  readonly byRule: Readonly<Record<string, number>>;
}

/** Most matches of one transaction, and most lines looked at together. Our judgement, November 2026. */
const MOST_MATCHES = 500;
const MOST_LINES = 20_000;

const ALONE: readonly string[] = ['arrival', 'bank-charge', 'stripe-payout'];
const isAlone = (kind: Suggestion['kind']): kind is NonNullable<DecidedMatch['alone']> => ALONE.includes(kind);

/** What each statement line is. Certain answers are posted by rule; everything else waits for a person (RULE 26, domain 3.5). */
@Injectable()
export class Matching {
  constructor(
    private readonly database: Database,
    private readonly accounts: BankAccounts,
    private readonly expected: ExpectedItems,
    private readonly posting: MatchPosting,
    private readonly inFlight: InFlight,
    private readonly ledger: Ledger,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /** Runs the matcher over the open lines of a book's account, for a person. */
  async run(actor: Actor, book: BookId): Promise<MatchRun> {
    requireAccess(actor, 'match:make', { book });
    return this.runBook(book);
  }

  /** The same for the job: every open line of the book's accounts. Run again it changes nothing. */
  async runBook(book: BookId): Promise<MatchRun> {
    const actor = systemActor('reconciliation', { books: [book] });
    const accounts = await this.database.read(actor, (tx) =>
      tx.rows<{ id: BankAccountId }>('select id from bank_account where book_id = $1 and closed_on is null', [book]),
    );
    const totals = { looked: 0, matched: 0, unallocated: 0, breaks: 0 };
    const byRule: Record<string, number> = {};
    for (const { id } of accounts) {
      for (let isFirst = true, more = true; more; isFirst = false) {
        const part = await this.database.transaction(actor, (tx) => this.runPart(tx, actor, id));
        if (isFirst) totals.looked += part.looked;
        totals.matched += part.matches.length;
        totals.unallocated += part.matches.filter((match) => match.state === 'unallocated').length;
        totals.breaks += part.breaks;
        for (const { rule } of part.matches) byRule[rule] = (byRule[rule] ?? 0) + 1;
        more = part.more;
      }
    }
    return { ...totals, byRule };
  }

  /** One transaction of a run: the next certain matches, and when there are no more the breaks. */
  private async runPart(tx: Tx, actor: Actor, accountId: BankAccountId): Promise<{ looked: number; matches: NewMatch[]; breaks: number; more: boolean }> {
    const account = await this.accounts.lock(tx, accountId);
    const lines = await openLines(tx, accountId, MOST_LINES);
    if (lines.length === 0) return { looked: 0, matches: [], breaks: 0, more: false };
    const items = await this.expected.of(tx, account.bookId, lines);
    const left = await linesLeftToPeople(
      tx,
      lines.map((line) => line.id),
    );
    const decided = decide(
      lines.filter((line) => !left.has(line.id)),
      items,
    );
    const now = decided.slice(0, MOST_MATCHES);
    const matches = await this.posting.post(tx, actor, account, now);
    if (decided.length > now.length) return { looked: lines.length, matches, breaks: 0, more: true };
    const done = new Set(now.map((each) => each.line.id));
    const rest = lines.filter((line) => !done.has(line.id));
    const breaks = await this.writeBreaks(tx, account.bookId, rest, items, new Set(now.flatMap((each) => each.items)));
    return { looked: lines.length, matches, breaks, more: lines.length === MOST_LINES && (await hasNewLines(tx, accountId)) };
  }

  private async writeBreaks(tx: Tx, book: BookId, lines: readonly LineFacts[], items: readonly ExpectedItem[], taken: ReadonlySet<unknown>): Promise<number> {
    const index = new ItemIndex(items.filter((item) => !taken.has(item)));
    const fresh = await writeBreaks(
      tx,
      book,
      await this.ownerOf(tx, book),
      lines.map((line) => ({ line: line.id, facts: explainBreak(line, index.candidates(line)) })),
    );
    if (fresh > 0) await announce(tx, { name: 'breaksOpened', about: { books: [book] }, payload: { bookId: book, count: fresh } });
    return lines.length;
  }

  /** A person's own decision. Refuses: line-matched, items that do not add up or go the other way, item-matched. */
  async byHand(actor: Actor, lineId: string, command: MatchByHand, key?: string): Promise<{ matchId: MatchId; state: string }> {
    const book = await this.bookOf(actor, 'select book_id as book from statement_line where id = $1', lineId, 'This line');
    return this.database.transaction(systemActor('reconciliation', { books: [book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'lines.match', input: { lineId, ...command } }, async () => {
        const [line] = await lockLines(tx, [lineId]);
        if (!line) throw notFound('This line');
        if (line.state === 'matched' || line.state === 'unallocated') throw conflict('line-matched', 'This line is explained already. Undo that match first.');
        const account = await this.accounts.lock(tx, line.account);
        const [match] = await this.posting.post(tx, actor, account, [await this.decideByHand(tx, book, line, command)]);
        await this.audit.record(tx, actor, {
          action: 'match:make',
          noun: 'statement-line',
          nounId: lineId,
          book,
          facts: { matchId: match!.id, items: command.items.map((item) => item.kind).join(',') },
        });
        return { matchId: match!.id, state: match!.state };
      }),
    );
  }

  private async decideByHand(tx: Tx, book: BookId, line: LineFacts, { items: chosen }: MatchByHand): Promise<DecidedMatch> {
    const [first] = chosen;
    const byHand = { line, rule: 'by-hand' as const, score: 100, reasons: ['A person decided it.'] };
    if (first && isAlone(first.kind)) {
      if (chosen.length > 1) throw invalid('items-do-not-fit', 'A line that explains itself has no other items.');
      if ((first.kind === 'bank-charge') !== (line.direction === 'debit')) throw invalid('direction-differs', 'The money went the other way.');
      return { ...byHand, items: [], alone: first.kind };
    }
    const wanted = chosen.flatMap(({ kind, id }) => (isAlone(kind) || !id ? [] : [{ kind: kind as ItemKind, id }]));
    if (wanted.length === 0 || wanted.length !== chosen.length) throw invalid('items-do-not-fit', 'Name each item by its kind and id.');
    const items = await this.expected.chosen(tx, book, wanted);
    if (items.some((item) => item.direction !== line.direction)) throw invalid('direction-differs', 'The money went the other way.');
    if (totalOfItems(items) !== line.amount) {
      throw refused('items-do-not-add-up', 'The items do not add up to the line, to the penny.', {
        linePence: penceAsNumber(line.amount),
        itemsPence: penceAsNumber(totalOfItems(items)),
      });
    }
    return { ...byHand, items };
  }

  /** Takes a match back: the ledger gets its mirror, items and line are open again, and the matcher leaves the line to people from then on.
   *  Refuses: match-undone, already-allocated, and money that was passed on when it was booked (cannot-undo). */
  async undo(actor: Actor, matchId: MatchId, command: { reason: string }, key?: string): Promise<{ matchId: MatchId; undone: true }> {
    const book = await this.bookOf(actor, 'select book_id as book from line_match where id = $1', matchId, 'This match');
    return this.database.transaction(systemActor('reconciliation', { books: [book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'matches.undo', input: { matchId, ...command } }, async () => {
        const match = await lockMatch(tx, matchId);
        if (!match) throw notFound('This match');
        await this.accounts.lock(tx, match.account);
        await this.undoIn(tx, actor, match, command.reason);
        return { matchId, undone: true as const };
      }),
    );
  }

  private async undoIn(tx: Tx, actor: Actor, match: StoredMatch, reason: string): Promise<void> {
    const lines = await lockLines(tx, match.lines);
    if (match.undoneAt) throw conflict('match-undone', 'This match was undone already.');
    if (match.items.some((item) => item.kind === 'arrival') && lines.some((line) => line.state !== 'unallocated')) {
      throw refused('already-allocated', 'This money is somebody’s already. Take the allocation back first.');
    }
    if (match.items.some((item) => item.kind === 'remittance-in' || item.kind === 'payment-return')) {
      throw refused('cannot-undo', 'This money was passed on when the line was matched, so it cannot simply be taken back. Correct it in the other book.');
    }
    if (match.entry) {
      const corrects = await entryNamed(tx, match.book, match.entry.reference);
      await this.ledger.record(tx, [undoneEntry(entryFrom(match.entry), corrects!, match.id)]);
    }
    for (const item of match.items) if (item.kind === 'payment') await this.inFlight.notSeen(tx, actor, item.id as PaymentId);
    await markUndone(tx, actor, match, reason);
    if (match.items.some((item) => item.kind === 'stripe-payout'))
      await announceAll(
        tx,
        match.lines.map((lineId) => ({ name: 'stripePayoutUnmatched', about: { books: [match.book] }, payload: { bookId: match.book, lineId } })),
      );
    await this.writeBreaks(tx, match.book, lines, await this.expected.of(tx, match.book, lines), new Set());
    await this.audit.record(tx, actor, { action: 'match:undo', noun: 'match', nounId: match.id, book: match.book, why: reason });
  }

  /** Rooms above say that money of an `unallocated` line has become somebody's. Said twice, it is done once: false when it was done before,
   *  by a transaction that this one waited for as well. */
  async allocated(tx: Tx, lineId: string): Promise<boolean> {
    return (await tx.run(`update line_state set state = 'matched', changed_at = $2 where line_id = $1 and state = 'unallocated'`, [lineId, tx.now])) === 1;
  }

  /** The first officer of the book, else its own holder; null when the book has nobody. */
  private async ownerOf(tx: Tx, book: BookId): Promise<string | null> {
    return (await this.grants.holdersOf(tx, 'finance-officer', book))[0] ?? (await this.grants.holdersOf(tx, 'account-holder', book))[0] ?? null;
  }

  private async bookOf(actor: Actor, sql: string, id: string, what: string): Promise<BookId> {
    const row = await this.database.read(actor, (tx) => tx.row<{ book: BookId }>(sql, [id]));
    if (!row) throw notFound(what);
    requireAccess(actor, 'match:make', { book: row.book });
    return row.book;
  }
}

/** Certain matches, then money in that names a budget line. */
function decide(lines: readonly LineFacts[], items: readonly ExpectedItem[]): DecidedMatch[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const certain = certainMatches(lines, items).map(
    (proposal): DecidedMatch => ({ ...proposal, line: byId.get(proposal.line)!, items: proposal.items as readonly ExpectedItem[] }),
  );
  const taken = new Set(certain.map((each) => each.line.id));
  const arrivals = lines.filter((line) => line.direction === 'credit' && !taken.has(line.id) && budgetLineNamed(line) !== undefined);
  return [
    ...certain,
    ...arrivals.map(
      (line): DecidedMatch => ({ line, items: [], alone: 'arrival', rule: 'budget-line', score: 95, reasons: ['It names the reference of a budget line.'] }),
    ),
  ];
}
