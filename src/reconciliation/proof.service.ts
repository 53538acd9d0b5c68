import { Injectable } from '@nestjs/common';
import { Grants, requireAccess } from '../identity/index.js';
import type { Actor, BookId, LocalDate, Pence } from '../kernel/index.js';
import { dayOf, invariant, newId, notFound, penceAsNumber, systemActor } from '../kernel/index.js';
import { Books, LedgerQueries } from '../ledger/index.js';
import { InFlight } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database } from '../platform/index.js';
import { Breaks } from './breaks.service.js';
import type { Difference, InFlightFigure } from './proof.rules.js';
import { proveAllocationBook, proveCashBook } from './proof.rules.js';

/** A book held against its bank. Sums in pence. */
export interface BookProof {
  readonly bookId: BookId;
  readonly basis: 'cash' | 'allocation';
  readonly provedOn: LocalDate;
  /** The day of the last statement; null when there is none, and nothing to hold the bank against. */
  readonly statementOn: LocalDate | null;
  readonly ok: boolean;
  readonly figures: Readonly<Record<string, Pence>>;
  readonly inFlight: readonly InFlightFigure[];
  readonly differences: readonly Difference[];
}

/** Truth 10 and RULE 27: bank = books = what people own, and what differs by name. */
@Injectable()
export class Proof {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly ledger: LedgerQueries,
    private readonly inFlight: InFlight,
    private readonly breaks: Breaks,
    private readonly grants: Grants,
  ) {}

  /** The proof of a book as it is now, at the date of its last statement. */
  async ofBook(actor: Actor, book: BookId): Promise<BookProof> {
    requireAccess(actor, 'book:read', { book });
    return this.database.read(systemActor('reconciliation', { books: [book] }), (tx) => this.prove(tx, book));
  }

  /** The last proof that was kept; null before the first night. */
  async lastOf(
    actor: Actor,
    book: BookId,
  ): Promise<{
    onDay: LocalDate;
    statementOn: LocalDate | null;
    ok: boolean;
    madeAt: Date;
    differences: { what: string; pence: number; words: string }[];
  } | null> {
    requireAccess(actor, 'book:read', { book });
    const row = await this.database.read(actor, (tx) =>
      tx.row<{ onDay: LocalDate; statementOn: LocalDate | null; ok: boolean; madeAt: Date; differences: { what: string; pence: number; words: string }[] }>(
        `select on_day as "onDay", statement_day as "statementOn", ok, made_at as "madeAt", differences from book_proof where book_id = $1 order by made_at desc limit 1`,
        [book],
      ),
    );
    return row ?? null;
  }

  /** The job's work on one book: keeps the proof, and a break while it does not hold. */
  async keep(book: BookId): Promise<BookProof> {
    return this.database.transaction(systemActor('reconciliation', { books: [book] }), async (tx) => {
      const proof = await this.prove(tx, book);
      const numbers = Object.fromEntries(Object.entries(proof.figures).map(([name, sum]) => [name, penceAsNumber(sum)]));
      const figures = { ...numbers, inFlight: proof.inFlight.map((item) => ({ ...item, pence: penceAsNumber(item.pence) })) };
      const differences = proof.differences.map((each) => ({ ...each, pence: penceAsNumber(each.pence) }));
      tx.write(
        'insert into book_proof (id, book_id, on_day, statement_day, ok, figures, differences, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing',
        [newId(), book, proof.provedOn, proof.statementOn, proof.ok, JSON.stringify(figures), JSON.stringify(differences), tx.now],
      );
      const owner = (await this.grants.holdersOf(tx, 'finance-officer', book))[0] ?? (await this.grants.holdersOf(tx, 'account-holder', book))[0] ?? null;
      await this.breaks.keepProofBreak(
        tx,
        book,
        owner,
        proof.ok ? null : { code: `${proof.differences[0]!.what}-differs`, reason: proof.differences.map((each) => each.words).join(' ') },
      );
      await announce(tx, { name: 'bookProved', about: { books: [book] }, payload: { bookId: book, ok: proof.ok, statementOn: proof.statementOn } });
      return proof;
    });
  }

  /** The same inside a transaction whose scope names the book. */
  async prove(tx: Tx, bookId: BookId): Promise<BookProof> {
    const book = await this.books.find(tx, bookId);
    if (!book) throw notFound('The book');
    const [whole] = await this.ledger.figuresOfBooks(tx, [bookId]);
    invariant(whole, 'a book in scope has figures');
    const provedOn = dayOf(tx.now);
    if (book.basis === 'allocation') {
      const differences = proveAllocationBook(whole.of);
      return { bookId, basis: 'allocation', provedOn, statementOn: null, ok: differences.length === 0, figures: whole.of, inFlight: [], differences };
    }
    const account = await tx.row<{ closing: Pence; on: LocalDate }>(
      'select closing_pence as closing, closing_on as "on" from bank_account where book_id = $1 and closed_on is null',
      [bookId],
    );
    const bankOnDay = account ? await this.ledger.balanceOn(tx, { book: bookId, kind: 'bank' }, account.on) : whole.of.bank;
    const [clearingBank, clearingStripe] = await this.clearings(tx, bookId);
    const inFlight = await this.itemsInFlight(tx, bookId);
    const unexplained = await this.unexplained(tx, bookId);
    const statementClosing = account?.closing ?? bankOnDay;
    const differences = proveCashBook({ statementClosing, bankOnDay, unexplained, clearingBank, clearingStripe, inFlight, of: whole.of });
    return {
      bookId,
      basis: 'cash',
      provedOn,
      statementOn: account?.on ?? null,
      ok: differences.length === 0,
      inFlight,
      differences,
      figures: { ...whole.of, statementClosing, bankOnDay, clearingBank, clearingStripe, unexplained: unexplained.pence },
    };
  }

  private async clearings(tx: Tx, book: BookId): Promise<[Pence, Pence]> {
    const bank = await this.ledger.balanceOf(tx, { book, kind: 'clearing', channel: 'bank' });
    const stripe = await this.ledger.balanceOf(tx, { book, kind: 'clearing', channel: 'stripe' });
    return [bank.posted, stripe.posted];
  }

  private async unexplained(tx: Tx, book: BookId): Promise<{ pence: Pence; count: number }> {
    const row = await tx.row<{ pence: Pence; count: number }>(
      `select coalesce(sum(case when l.direction = 'credit' then l.amount_pence else -l.amount_pence end), 0)::bigint as pence, count(*)::int as count
       from line_state s join statement_line l on l.id = s.line_id where s.book_id = $1 and s.state in ('new', 'break')`,
      [book],
    );
    return row!;
  }

  /** Each item whose movement the ledger has and the bank has not shown, or the other way round, from the payments' own tables and the matches. */
  private async itemsInFlight(tx: Tx, book: BookId): Promise<InFlightFigure[]> {
    const items = [
      ...(await this.inFlight.payOuts(tx, book)).filter((item) => item.state !== 'returned'),
      ...(await this.inFlight.remittances(tx, book)),
      ...(await this.inFlight.refunds(tx, book)),
    ];
    const returned = await this.inFlight.returnedAttempts(tx, book);
    const shown = await this.shownBy(tx, book, [...items.map(({ id }) => id), ...returned.map(({ id }) => id)]);
    const figures: InFlightFigure[] = items.map(({ kind, id, attempt, onClearing, amount, direction }) => {
      const seen = shown.has(`${kind}:${id}:${attempt}`) && kind !== 'remittance-in' ? (direction === 'debit' ? amount : -amount) : 0n;
      return { kind, id, pence: (onClearing + seen) as Pence };
    });
    for (const { id, attempt, amount } of returned) {
      const left = shown.has(`payment:${id}:${attempt}`) ? amount : 0n;
      const back = shown.has(`payment-return:${id}:${attempt}`) ? amount : 0n;
      figures.push({ kind: 'payment-return', id, pence: (left - back) as Pence });
    }
    for (const { id, amount } of await this.inFlight.leftNotArrived(tx, book)) figures.push({ kind: 'remittance-out', id, pence: amount });
    return figures.filter((figure) => figure.pence !== 0n);
  }

  private async shownBy(tx: Tx, book: BookId, ids: readonly string[]): Promise<Set<string>> {
    const rows = await tx.rows<{ key: string }>(
      `select kind || ':' || item_id || ':' || attempt as key from line_match_item where book_id = $1 and live and item_id = any($2)`,
      [book, ids],
    );
    return new Set(rows.map((row) => row.key));
  }
}
