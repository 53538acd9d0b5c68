import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, BookId, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { notFound, sumPence, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import { agreementInState, findPool } from '../pool.rows.js';
import { PoolSeats } from '../seats.service.js';
import type { CopyRow } from './holder-copy.file.js';
import { copyFrom, csvOf } from './holder-copy.file.js';
import type { CopyId } from './holder-copies.service.js';
import type { CopyRowStored } from './holder-plan.rows.js';
import { contentOf, copiesOfBook, copiesOfPool, isClosing, latestCopiesOfBook } from './holder-plan.rows.js';

/** What happens to a pool's money if the one who holds it fails, from one member's place, or from its broker's. */
export interface HolderPlanView {
  readonly poolId: PoolId;
  readonly holder: string | null;
  readonly isClosing: boolean;
  /** Who is next, as the agreement names; null where it names nobody. */
  readonly successor: string | null;
  /** The latest first. `minePence` is what the copy says of the reader's own shares; null for who has none. */
  readonly copies: readonly (Omit<CopyRowStored, 'held' | 'bookId'> & { readonly mine: Pence | null; readonly held: Pence | null })[];
}

export interface CopyFile {
  readonly fileName: string;
  readonly csv: string;
}

@Injectable()
export class HolderPlanQueries {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
    private readonly audit: Audit,
  ) {}

  /** Members see when copies were made and what each says of their own money; the pool's broker the sums as well. */
  async ofPool(actor: Actor, pool: PoolId, person?: PersonId): Promise<HolderPlanView> {
    const seat = await this.seats.of(actor, pool, 'pool:read', person);
    const isBroker = can(actor, 'pool:set-up', { pool });
    return this.database.read(systemActor('pools', { pools: [pool], people: [seat.person] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, pool);
      const { moneyHolderBookId } = await findPool(tx, pool);
      const terms = (await agreementInState(tx, pool, 'in-force'))?.terms;
      const next = terms?.moneyHolderBook === moneyHolderBookId ? terms?.successorBook : undefined;
      const copies = (await copiesOfPool(tx, pool, SHOWN)).map(({ held, content, bookId: _, ...copy }) => {
        const rows = ownRows(content, seat.person);
        return {
          ...copy,
          held: isBroker ? held : null,
          mine: rows.length === 0 ? null : sumPence(rows.filter((row) => row.kind === 'share').map((row) => row.amount)),
        };
      });
      return {
        poolId: pool,
        holder: moneyHolderBookId ? await nameOf(tx, moneyHolderBookId) : null,
        isClosing: moneyHolderBookId !== null && (await isClosing(tx, moneyHolderBookId)),
        successor: next ? await nameOf(tx, next) : null,
        copies,
      };
    });
  }

  /** Copies with one money-holder, for those who read its book. */
  async ofBook(actor: Actor, book: BookId): Promise<(CopyRowStored & { readonly poolId: PoolId })[]> {
    requireAccess(actor, 'book:read', { book });
    return this.database.read(systemActor('pools', { books: [book] }), (tx) => copiesOfBook(tx, book));
  }

  /** Those of the latest day with one money-holder, one of each pool. */
  async latestOfBook(actor: Actor, book: BookId): Promise<(CopyRowStored & { readonly poolId: PoolId })[]> {
    requireAccess(actor, 'book:read', { book });
    return this.database.read(systemActor('pools', { books: [book] }), (tx) => latestCopiesOfBook(tx, book));
  }

  /** One copy as a file: whole for the money-holder's finance officers and the pool's broker, for a member the rows of their own money. */
  async file(actor: Actor, id: CopyId, person?: PersonId): Promise<CopyFile> {
    const found = await this.database.read(actor, (tx) => contentOf(tx, id)).then((own) => own ?? this.ofSomebody(actor, id, person));
    if (!found) throw notFound('The copy');
    const isWhole = can(actor, 'payment:prepare', { book: found.bookId }) || can(actor, 'pool:set-up', { pool: found.poolId });
    if (isWhole) return this.opened(actor, id, found);
    const seat = await this.seats.of(actor, found.poolId, 'pool:read', person);
    await this.database.read(systemActor('pools', { pools: [found.poolId] }), (tx) => this.seats.looked(tx, actor, seat, found.poolId));
    return { fileName: fileNameOf(found), csv: csvOf(ownRows(found.content, seat.person)) };
  }

  /** One copy with a money-holder, for an operator: of a body whose book the actor may set up. */
  async whole(actor: Actor, book: BookId, id: CopyId): Promise<CopyFile> {
    requireAccess(actor, 'book:set-up', { site: true });
    const found = await this.database.read(systemActor('pools', { books: [book] }), (tx) => contentOf(tx, id));
    if (!found) throw notFound('The copy');
    return this.opened(actor, id, found);
  }

  private async opened(actor: Actor, id: CopyId, found: StoredCopy): Promise<CopyFile> {
    await this.database.transaction(systemActor('pools', { pools: [found.poolId] }), (tx) =>
      this.audit.record(tx, actor, { action: 'holder:read-copy', noun: 'holder-copy', nounId: id, pool: found.poolId, book: found.bookId }),
    );
    return { fileName: fileNameOf(found), csv: found.content.toString('utf8') };
  }

  /** Somebody who acts for a member finds it through that member's pools. */
  private async ofSomebody(actor: Actor, id: CopyId, person: PersonId | undefined) {
    if (person === undefined) return undefined;
    const pools = await this.seats.poolsOf(actor, person);
    return this.database.read(systemActor('pools', { pools }), (tx) => contentOf(tx, id));
  }
}

const SHOWN = 8;
type StoredCopy = NonNullable<Awaited<ReturnType<typeof contentOf>>>;
const fileNameOf = (copy: StoredCopy): string => `copy-${copy.madeOn}.csv`;
const ownRows = (content: Buffer, person: PersonId): CopyRow[] => copyFrom(content.toString('utf8')).rows.filter((row) => row.owner === person);
const nameOf = async (tx: Tx, book: BookId): Promise<string | null> =>
  (await tx.row<{ name: string }>('select name from book where id = $1', [book]))?.name ?? null;
