import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, BookId, Id, LocalDate, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, newId, systemActor, weekdayOf } from '../../kernel/index.js';
import { accountIdOf, LedgerQueries } from '../../ledger/index.js';
import type { AccountKey } from '../../ledger/index.js';
import { InFlight } from '../../payments/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import { funderShareAccount } from '../funder-share.entries.js';
import { funderShareRows } from '../funder-share.rows.js';
import { shareAccount } from '../pool.entries.js';
import { agreementInState, eachKnownPools, findPool, shareRows } from '../pool.rows.js';
import type { Copy, CopyRow } from './holder-copy.file.js';
import { COPIES_KEPT, COPY_WEEKDAY, csvOf, hashOf, heldIn } from './holder-copy.file.js';
import { OneByOne } from '../one-by-one.js';

export type CopyId = Id<'holder-copy'>;

interface HeldShare {
  readonly id: string;
  readonly owner: string;
  readonly line: string;
  readonly service: string;
  readonly account: AccountKey;
}

const SYSTEM = 'pools.holder-plans';

/** Copies of what a money-holder has for each pool: whose every penny is, what is set aside, what is on its way. Kept beside the money-holder, so that
 *  a successor can begin from the last one when it fails (features.md, C16). */
@Injectable()
export class HolderCopies {
  constructor(
    private readonly database: Database,
    private readonly balances: LedgerQueries,
    private readonly inFlight: InFlight,
    private readonly audit: Audit,
  ) {}

  /** On its weekday a copy of every pool with money at a body; on other days of none. A second run of the day changes nothing. Answers how many. */
  async makeDue(day: LocalDate): Promise<number> {
    return weekdayOf(day) === COPY_WEEKDAY ? this.makeAll(systemActor(SYSTEM, {}), undefined) : 0;
  }

  /** Today's copies of one body. */
  makeOf(actor: Actor, book: BookId): Promise<number> {
    return this.makeAll(actor, book);
  }

  private async makeAll(actor: Actor, of: BookId | undefined): Promise<number> {
    let made = 0;
    const each = new OneByOne();
    for await (const pools of eachKnownPools(this.database))
      for (const { pool, book } of await this.holders(pools))
        if (of === undefined || book === of) made += Number((await each.try(`the copy of ${pool}`, () => this.make(actor, book, pool))) !== undefined);
    each.end();
    return made;
  }

  /** Makes today's copy of one pool with one money-holder, unless there is one; answers it then. Older ones than the last eight go. */
  async make(actor: Actor, book: BookId, pool: PoolId): Promise<CopyId | undefined> {
    const people = await this.peopleOf(pool);
    return this.database.transaction(systemActor(SYSTEM, { books: [book], pools: [pool], people }), async (tx) => {
      const { rows, held } = await this.copyOf(tx, book, pool);
      const content = Buffer.from(csvOf(rows));
      const id = newId<'holder-copy'>();
      const terms = (await agreementInState(tx, pool, 'in-force'))?.terms;
      const successor = terms?.moneyHolderBook === book ? (terms.successorBook ?? null) : null;
      const kept = await tx.run(
        `insert into holder_copy (id, book_id, pool_id, successor_book_id, made_on, made_at, held_pence, rows, sha256, content)
         values ($1, $2, $3, $4, $5, $6, $7, $8, decode($9, 'hex'), $10) on conflict (book_id, pool_id, made_on) do nothing`,
        [id, book, pool, successor, dayOf(tx.now), tx.now, held, rows.length, hashOf(content), content],
      );
      if (kept === 0) return undefined;
      tx.write(
        `delete from holder_copy where book_id = $1 and pool_id = $2
           and id not in (select id from holder_copy where book_id = $1 and pool_id = $2 order by made_on desc limit ${COPIES_KEPT})`,
        [book, pool],
      );
      await this.audit.record(tx, actor, { action: 'holder:copy', noun: 'holder-copy', nounId: id, pool, book, facts: { rows: rows.length } });
      return id;
    });
  }

  /** What a money-holder has for a pool now. The transaction sees the book, the pool and its people. */
  async copyOf(tx: Tx, book: BookId, pool: PoolId): Promise<Copy> {
    const shares = await this.sharesIn(tx, book, pool);
    const accounts = shares.map((share) => share.account);
    const figures = await this.balances.sharesOf(tx, pool, accounts);
    const open = await this.balances.openReservations(tx, { accounts });
    const of = (owner: string | null, line: string | null, planLine: string | null) =>
      shares.find((share) => share.owner === owner && share.line === (line ?? '') && share.service === (planLine ?? ''))?.id ?? '';
    const bare = { about: '', reference: '', state: '', day: '' } as const;
    const rows: CopyRow[] = shares.flatMap(({ account, ...share }) => [
      { kind: 'share', share: share.id, ...ownerOf(share), ...bare, amount: figures.get(accountIdOf(account))!.posted },
      ...open
        .filter((each) => each.account === accountIdOf(account))
        .map((each): CopyRow => ({ kind: 'set-aside', share: share.id, ...ownerOf(share), ...bare, about: each.purpose, day: each.forDay, amount: each.left })),
    ]);
    const part = (
      kind: 'payment' | 'coming',
      each: {
        subject: string | null;
        line: string | null;
        planLine: string | null;
        reference: string;
        state: string;
        dueOn: LocalDate;
        amount: Pence;
        paymentId?: string;
      },
    ): CopyRow => ({
      kind,
      share: of(each.subject, each.line, each.planLine),
      owner: each.subject ?? '',
      line: each.line ?? '',
      service: each.planLine ?? '',
      about: each.paymentId ?? '',
      reference: each.reference,
      state: each.state,
      day: each.dueOn,
      amount: each.amount,
    });
    for (const each of await this.inFlight.partsOfPool(tx, book, pool)) rows.push(part('payment', each));
    for (const each of await this.inFlight.comingTo(tx, book, pool)) rows.push(part('coming', each));
    return { rows, held: heldIn(rows) };
  }

  /** Bodies that hold money of these pools, or are to hold it. */
  private holders(pools: readonly PoolId[]): Promise<{ pool: PoolId; book: BookId }[]> {
    return this.database.read(systemActor(SYSTEM, { pools }), (tx) =>
      tx.rows(
        `select distinct s.pool_id as pool, s.book_id as book from pool_share s join pool p on p.id = s.pool_id
         join book b on b.id = s.book_id and b.basis = 'cash' and b.organisation_id is not null
         join account a on a.kind = 'share' and a.pool_id = s.pool_id and a.book_id = s.book_id and (a.posted_pence <> 0 or a.payable_pence <> 0 or a.remitting_pence <> 0)
         where s.pool_id = any($1) and p.state <> 'closed' order by 1, 2`,
        [pools],
      ),
    );
  }

  private peopleOf(pool: PoolId): Promise<PersonId[]> {
    return this.database.read(systemActor(SYSTEM, { pools: [pool] }), async (tx) => {
      await findPool(tx, pool);
      return (await shareRows(tx, pool)).map((share) => share.personId);
    });
  }

  private async sharesIn(tx: Tx, book: BookId, pool: PoolId): Promise<HeldShare[]> {
    const own = (await shareRows(tx, pool)).filter((share) => share.bookId === book);
    const funders = (await funderShareRows(tx, pool)).filter((share) => share.bookId === book);
    return [
      ...own.map((share) => ({ id: share.id, owner: share.personId, line: share.lineId, service: share.planLineId ?? '', account: shareAccount(share) })),
      ...funders.map((share) => ({ id: share.id, owner: share.funderId, line: '', service: '', account: funderShareAccount(share) })),
    ];
  }
}

const ownerOf = ({ owner, line, service }: Omit<HeldShare, 'account'>): Pick<CopyRow, 'owner' | 'line' | 'service'> => ({ owner, line, service });
