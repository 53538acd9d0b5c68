import { Injectable } from '@nestjs/common';
import { newId, spokenReference } from '../kernel/index.js';
import type { Actor, BookId, PersonId, PoolId } from '../kernel/index.js';
import type { AccountKey } from '../ledger/index.js';
import { accountIdOf, LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { funderShareAccount } from './funder-share.entries.js';
import type { FunderShareRow } from './funder-share.rows.js';
import { funderShareRows } from './funder-share.rows.js';
import type { ChangeId, Commitment, MovedPart, OpenChange } from './money-holder.rows.js';
import { isMoving, openChangesOf, partOfRemittance, storedCommitments } from './money-holder.rows.js';
import { shareAccount } from './pool.entries.js';
import type { ShareId, ShareRow } from './pool.rows.js';
import { booksOf, findMember, findPool, lockPool, openShares, shareRows, writeHistory } from './pool.rows.js';

export type { ChangeId, OpenChange } from './money-holder.rows.js';

/** A share that lies with the old money-holder. */
export interface ShareToMove {
  readonly id: ShareId;
  readonly personId: PersonId | null;
  readonly account: AccountKey;
  readonly toBook: BookId;
  /** Opens the share in the new book, and answers it with its account. */
  readonly openThere: (tx: Tx) => Promise<{ id: ShareId; account: AccountKey }>;
}

/** The rows of a change of money-holder: which shares lie where they should not, what is on its way, what has arrived. What is committed is
 *  moved by the room of purchasing, which calls this one. Every transaction sees the pool. */
@Injectable()
export class ShareMoves {
  constructor(private readonly balances: LedgerQueries) {}

  /** Whether a change has begun and is not done: nothing new is committed until then. */
  isMoving(tx: Tx, pool: PoolId): Promise<boolean> {
    return isMoving(tx, pool);
  }

  /** Whether commitments are void and money is between two money-holders: nothing can be invoiced until it has arrived. */
  isOnItsWay(tx: Tx, pool: PoolId): Promise<boolean> {
    return isMoving(tx, pool, ['moving']);
  }

  /** The books of a pool's shares and lines, its money-holder's, and its people: what a change needs to see. */
  async scopeOf(tx: Tx, poolId: PoolId): Promise<{ pools: PoolId[]; books: BookId[]; people: PersonId[] }> {
    const [shares, funders, pool] = [await shareRows(tx, poolId), await funderShareRows(tx, poolId), await findPool(tx, poolId)];
    const books = [...booksOf(shares), ...funders.map((share) => share.bookId), pool.moneyHolderBookId ?? []].flat();
    return { pools: [poolId], books: [...new Set(books)], people: [...new Set(shares.map((share) => share.personId))] };
  }

  /** Begins a change for each book that holds money of this pool and is not its money-holder's any more. Safe to repeat. None begins in a
   *  pool that is ending: its money goes home from where it is. */
  async begin(tx: Tx, poolId: PoolId): Promise<void> {
    const { moneyHolderBookId, state } = await lockPool(tx, poolId);
    if (state === 'closing' || state === 'closed') return;
    const shares = await this.misplaced(tx, poolId);
    const figures = await this.balances.sharesOf(
      tx,
      poolId,
      shares.map((share) => share.account),
    );
    const coming = await tx.rows<{ share: ShareId }>(`select share_id as share from contribution where pool_id = $1 and state = 'on-its-way'`, [poolId]);
    const withMoney = shares.filter((share) => {
      const { posted, payable, remitting } = figures.get(accountIdOf(share.account))!;
      return posted !== 0n || payable !== 0n || remitting !== 0n || coming.some((each) => each.share === share.id);
    });
    for (const from of new Set(withMoney.map((share) => share.account.book)))
      tx.write(
        `insert into money_holder_change (id, pool_id, from_book_id, to_book_id, state, began_at) values ($1, $2, $3, $4, 'settling', $5)
         on conflict (pool_id, from_book_id) where state <> 'done' do nothing`,
        [newId(), poolId, from, moneyHolderBookId, tx.now],
      );
  }

  open(tx: Tx, poolId: PoolId): Promise<OpenChange[]> {
    return openChangesOf(tx, poolId);
  }

  /** Shares of a book from which a change takes money, by join order, funders' last. */
  async sharesIn(tx: Tx, poolId: PoolId, book: BookId): Promise<ShareToMove[]> {
    return (await this.misplaced(tx, poolId)).filter((share) => share.account.book === book);
  }

  /** Whether money is on its way to these shares from their members' lines. */
  async isExpected(tx: Tx, shares: readonly ShareToMove[]): Promise<boolean> {
    const ids = shares.map((share) => share.id);
    return (await tx.row(`select 1 from contribution where share_id = any($1) and state = 'on-its-way' limit 1`, [ids])) !== undefined;
  }

  async keepPart(
    tx: Tx,
    change: OpenChange,
    part: Pick<MovedPart, 'shareId' | 'newShareId' | 'amount' | 'commitments'> & { readonly remittanceId: string },
  ): Promise<void> {
    tx.write(
      'insert into money_holder_part (change_id, share_id, pool_id, new_share_id, amount_pence, remittance_id, commitments) values ($1, $2, $3, $4, $5, $6, $7)',
      [change.id, part.shareId, change.poolId, part.newShareId, part.amount, part.remittanceId, storedCommitments(part.commitments)],
    );
  }

  async startMoving(tx: Tx, change: OpenChange): Promise<void> {
    tx.write(`update money_holder_change set state = 'moving' where id = $1 and state = 'settling'`, [change.id]);
  }

  /** The part of a change that a remittance carries and that has not arrived before; undefined for any other remittance. */
  async arriving(tx: Tx, remittance: string): Promise<MovedPart | undefined> {
    const part = await partOfRemittance(tx, remittance);
    return part?.arrivedAt === null ? part : undefined;
  }

  /** A share has arrived; with the last one, everybody in the pool can read that all of it has. */
  async markArrived(tx: Tx, actor: Actor, part: MovedPart): Promise<void> {
    tx.write('update money_holder_part set arrived_at = $3 where change_id = $1 and share_id = $2', [part.changeId, part.shareId, tx.now]);
    tx.write(`update funder_share set state = 'held' where share_id = $1 and state = 'promised'`, [part.newShareId]);
    tx.write(`update funder_share set state = 'ended', ended_at = $2 where share_id = $1 and state <> 'ended'`, [part.shareId, tx.now]);
    if (!(await this.finish(tx, part.changeId))) return;
    const { state } = await findPool(tx, part.poolId);
    await writeHistory(tx, actor, [{ poolId: part.poolId, noun: 'pool', nounId: part.poolId, action: 'move-money', from: state, to: state }]);
  }

  /** A change is done when all of it has arrived. Answers whether it is done now. */
  async finish(tx: Tx, change: ChangeId): Promise<boolean> {
    const done = await tx.run(
      `update money_holder_change c set state = 'done', done_at = $2 where c.id = $1 and c.state = 'moving'
         and not exists (select 1 from money_holder_part p where p.change_id = c.id and p.arrived_at is null)`,
      [change, tx.now],
    );
    return done > 0;
  }

  /** What is to be set aside again in the new share: all of it for a member, for a leaver what falls within notice. */
  async stillWanted(
    tx: Tx,
    part: MovedPart,
  ): Promise<{ commitments: readonly Commitment[]; personId: PersonId | null; account: AccountKey; hasLeft: boolean }> {
    const share = (await shareRows(tx, part.poolId)).find((each) => each.id === part.newShareId);
    if (!share) {
      const funder = (await funderShareRows(tx, part.poolId)).find((each) => each.id === part.newShareId)!;
      return { commitments: part.commitments, personId: null, account: funderShareAccount(funder), hasLeft: false };
    }
    const member = await findMember(tx, part.poolId, share.personId);
    const hasLeft = member?.state === 'left';
    const isWanted = ({ forDay }: Commitment): boolean => !hasLeft || forDay <= member.leftOn! || forDay < member.noticeUntil!;
    return { commitments: part.commitments.filter(isWanted), personId: share.personId, account: shareAccount(share), hasLeft };
  }

  /** Members' shares of cash lines, and funders' in cash books, that lie elsewhere than the agreement in force says. */
  private async misplaced(tx: Tx, poolId: PoolId): Promise<ShareToMove[]> {
    const { moneyHolderBookId: holder } = await findPool(tx, poolId);
    const shares = await shareRows(tx, poolId);
    const funders = await funderShareRows(tx, poolId);
    const notional = await allocationBooks(tx, [...shares.map((share) => share.lineBookId), ...funders.map((share) => share.bookId)]);
    return [
      ...shares.filter((share) => !notional.has(share.lineBookId) && share.bookId !== (holder ?? share.lineBookId)).map((share) => ofMember(share, holder)),
      ...(holder === null ? [] : funders.filter((share) => !notional.has(share.bookId) && share.bookId !== holder).map((share) => ofFunder(share, holder))),
    ];
  }
}

function ofMember(share: ShareRow, holder: BookId | null): ShareToMove {
  const there = { ...share, bookId: holder ?? share.lineBookId };
  return {
    id: share.id,
    personId: share.personId,
    account: shareAccount(share),
    toBook: there.bookId,
    openThere: async (tx) => ({ id: (await openShares(tx, share.poolId, [there]))[0]!.id, account: shareAccount(there) }),
  };
}

function ofFunder(share: FunderShareRow, holder: BookId): ShareToMove {
  const there = { ...share, bookId: holder };
  return { id: share.id, personId: null, account: funderShareAccount(share), toBook: holder, openThere: (tx) => openFunderShare(tx, there) };
}

/** The same funder's money with another money-holder: drawn when the old share was. */
async function openFunderShare(tx: Tx, share: FunderShareRow): Promise<{ id: ShareId; account: AccountKey }> {
  const id = newId<'share'>();
  const account = funderShareAccount(share);
  const known = (await funderShareRows(tx, share.poolId)).find((each) => each.funderId === share.funderId && each.bookId === share.bookId);
  if (known) return { id: known.id, account };
  const order = `(select max(draw_order) + 1 from funder_share where pool_id = $2)`;
  tx.write(`insert into pool_share (id, pool_id, funder_id, book_id, join_order, made_at) values ($1, $2, $3, $4, ${order}, $5)`, [
    id,
    share.poolId,
    share.funderId,
    share.bookId,
    tx.now,
  ]);
  tx.write(
    `insert into funder_share (share_id, pool_id, funder_id, book_id, reference, purpose, promised_pence, ends_on, rest, draw_order, state, offered_by, offered_at)
     select $1, pool_id, funder_id, $3, $4, purpose, promised_pence, ends_on, rest, ${order}, 'promised', offered_by, offered_at from funder_share where share_id = $5`,
    [id, share.poolId, share.bookId, spokenReference('FUN', id), share.id],
  );
  return { id, account };
}

async function allocationBooks(tx: Tx, ids: readonly BookId[]): Promise<Set<BookId>> {
  const rows = await tx.rows<{ id: BookId }>(`select id from book where basis = 'allocation' and id = any($1)`, [ids]);
  return new Set(rows.map((row) => row.id));
}
