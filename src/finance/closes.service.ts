import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, Id, LocalDate } from '../kernel/index.js';
import { notFound, penceAsNumber, systemActor } from '../kernel/index.js';
import type { AccountKind, PeriodClose } from '../ledger/index.js';
import { Books, Seals } from '../ledger/index.js';
import { Database, once } from '../platform/index.js';

/** A closed period: plain JSON. */
export interface ClosedPeriod {
  readonly id: Id<'period-close'>;
  readonly book: BookId;
  readonly fromOn: LocalDate;
  /** The first day still open when it was closed. */
  readonly untilOn: LocalDate;
  readonly closedBy: string;
  readonly closedAt: string;
  /** What each kind of account stood at when the period ended, on its normal side. */
  readonly sumsPence: Readonly<Partial<Record<AccountKind, number>>>;
}

/** Closing the accounts of a book: by a finance officer, for good. What comes late is booked on the first open day. */
@Injectable()
export class Closes {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly seals: Seals,
    private readonly audit: Audit,
  ) {}

  /** Closes the accounts before `untilOn`, which stay as they are from then on; whatever waits for its seal is sealed first. Refuses:
   *  closed-before, day-not-over, seal-outstanding, book-closed. */
  async close(actor: Actor, command: { book: BookId; untilOn: LocalDate }, key?: string): Promise<ClosedPeriod> {
    const { book, untilOn } = command;
    requireAccess(actor, 'period:close', { book });
    await this.seals.sealBook(book);
    return this.database.transaction(systemActor('finance', { books: [book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'closes.close', input: command }, async () => {
        const closed = await this.books.close(tx, actor, book, untilOn);
        const facts = { fromOn: closed.from, untilOn: closed.until };
        await this.audit.record(tx, actor, { action: 'period:close', noun: 'period-close', nounId: closed.id, book, facts });
        return asJson(closed);
      }),
    );
  }

  /** The closed periods of a book, the latest first, and the first day still open; `before` is the first day of the last one shown. */
  async ofBook(
    actor: Actor,
    book: BookId,
    page: { before?: LocalDate | undefined; limit: number },
  ): Promise<{ openFrom: LocalDate; items: ClosedPeriod[]; next: LocalDate | null }> {
    requireAccess(actor, 'book:read', { book });
    return this.database.read(systemActor('finance', { books: [book] }), async (tx) => {
      const openFrom = await this.books.openFrom(tx, book);
      if (openFrom === undefined) throw notFound('The book');
      const items = await this.books.closes(tx, book, page);
      return { openFrom, items: items.map(asJson), next: items.length === page.limit ? items.at(-1)!.from : null };
    });
  }
}

const asJson = ({ id, book, from, until, closedBy, closedAt, sums }: PeriodClose): ClosedPeriod => ({
  id,
  book,
  fromOn: from,
  untilOn: until,
  closedBy,
  closedAt: closedAt.toISOString(),
  sumsPence: Object.fromEntries(Object.entries(sums).map(([kind, pence]) => [kind, penceAsNumber(pence)])),
});
