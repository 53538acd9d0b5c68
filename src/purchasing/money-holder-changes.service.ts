import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, BookId, Id, Pence, PoolId } from '../kernel/index.js';
import { dayOf, larger, minus, newId, NO_PENCE } from '../kernel/index.js';
import type { NewReservation, OpenReservation } from '../ledger/index.js';
import { accountIdOf, Ledger, LedgerQueries } from '../ledger/index.js';
import { InFlight, Remittances } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { announce } from '../platform/index.js';
import type { OpenChange, ShareToMove } from '../pools/index.js';
import { lockPool, PoolQueries, shareFreed, ShareMoves } from '../pools/index.js';
import { handedOverEntry, takenOnEntry } from './money-holder.entries.js';
import { keepLaterParts } from './purchase.rows.js';

/** Another money-holder (design, section 4): first every payment in flight is settled, then the commitments in the old book are void and its money
 *  is sent on, and as it arrives as much is set aside in the new book, for the same sessions. */
@Injectable()
export class MoneyHolderChanges {
  constructor(
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly inFlight: InFlight,
    private readonly remittances: Remittances,
    private readonly pools: PoolQueries,
    private readonly moves: ShareMoves,
    private readonly audit: Audit,
  ) {}

  /** Goes as far as it can now with the changes of a pool, beginning one where an agreement in force asks for it. Safe to call at any time;
   *  the transaction sees the pool, and is widened to the books and people of its shares. */
  async advance(tx: Tx, actor: Actor, poolId: PoolId): Promise<void> {
    await tx.alsoSee(await this.moves.scopeOf(tx, poolId));
    await lockPool(tx, poolId);
    await this.moves.begin(tx, poolId);
    for (const change of await this.moves.open(tx, poolId)) if (change.state === 'settling') await this.handOver(tx, actor, change);
  }

  /** Money of a share has arrived at the new money-holder. Does nothing for a remittance that carries something else, or done before. */
  async arrived(tx: Tx, actor: Actor, remittance: string): Promise<void> {
    const part = await this.moves.arriving(tx, remittance);
    if (!part) return;
    await lockPool(tx, part.poolId);
    const { commitments, personId, account, hasLeft } = await this.moves.stillWanted(tx, part);
    const reservations = commitments.map(
      (each): NewReservation => ({
        id: newId<'reservation'>(),
        account,
        amount: each.amount,
        purpose: each.purpose as Id<string>,
        forDay: each.forDay,
        endsOn: each.endsOn,
      }),
    );
    await this.ledger.record(tx, [takenOnEntry({ id: part.changeId, part: part.shareId, book: account.book, on: dayOf(tx.now) }, reservations)]);
    await keepLaterParts(
      tx,
      part.poolId,
      { why: 'money-holder', id: part.changeId },
      reservations.map((each) => ({ session: each.purpose, share: part.newShareId, personId, book: account.book, reservation: each.id, amount: each.amount })),
    );
    await this.moves.markArrived(tx, actor, part);
    if (hasLeft) await announce(tx, shareFreed((await this.pools.sharesOf(tx, part.poolId)).find((share) => share.id === part.newShareId)!));
    await this.audit.record(tx, actor, {
      action: 'money-holder:take-on',
      noun: 'money-holder-change',
      nounId: part.changeId,
      pool: part.poolId,
      book: account.book,
    });
  }

  /** Once nothing is in flight: voids what is set aside in the old book and sends all of it on, less what a member owes there. */
  private async handOver(tx: Tx, actor: Actor, change: OpenChange): Promise<void> {
    const shares = await this.moves.sharesIn(tx, change.poolId, change.fromBookId);
    if (!(await this.isSettled(tx, change, shares))) return;
    const open = await this.balances.openReservations(tx, { accounts: shares.map((share) => share.account) });
    if (open.length > 0)
      await this.ledger.record(tx, [
        handedOverEntry(
          { id: change.id, book: change.fromBookId, on: dayOf(tx.now) },
          open.map((each) => each.id),
        ),
      ]);
    await this.moves.startMoving(tx, change);
    for (const share of shares)
      await this.sendOn(
        tx,
        actor,
        change,
        share,
        open.filter((each) => each.account === accountIdOf(share.account)),
      );
    await this.moves.finish(tx, change.id);
    await announce(tx, {
      name: 'moneyHolderChanging',
      about: { pools: [change.poolId], books: booksOf(change) },
      payload: { poolId: change.poolId, changeId: change.id },
    });
    await this.audit.record(tx, actor, {
      action: 'money-holder:hand-over',
      noun: 'money-holder-change',
      nounId: change.id,
      pool: change.poolId,
      book: change.fromBookId,
    });
  }

  private async isSettled(tx: Tx, change: OpenChange, shares: readonly ShareToMove[]): Promise<boolean> {
    if ((await this.inFlight.unsettledOf(tx, change.fromBookId, change.poolId)) > 0 || (await this.moves.isExpected(tx, shares))) return false;
    const figures = await this.balances.sharesOf(
      tx,
      change.poolId,
      shares.map((share) => share.account),
    );
    return [...figures.values()].every((share) => share.payable === 0n && share.remitting === 0n);
  }

  private async sendOn(tx: Tx, actor: Actor, change: OpenChange, share: ShareToMove, open: readonly OpenReservation[]): Promise<void> {
    const { posted } = await this.balances.balanceOf(tx, share.account);
    const owes = (await this.balances.balanceOf(tx, { book: change.fromBookId, kind: 'receivable', subject: share.account.subject })).posted;
    const amount = larger(minus(posted, larger(owes, NO_PENCE)), NO_PENCE);
    if (amount === 0n) return;
    const there = await share.openThere(tx);
    const { remittanceId } = await this.remittances.send(tx, actor, { from: share.account, to: there.account, amount, by: 'bank' });
    await this.moves.keepPart(tx, change, { shareId: share.id, newShareId: there.id, amount, remittanceId, commitments: within(amount, open) });
  }
}

/** Commitments in order of their days, as far as the money that travels reaches: a debt may hold some back. */
function within(
  amount: Pence,
  open: readonly OpenReservation[],
): { purpose: string; amount: Pence; forDay: OpenReservation['forDay']; endsOn: OpenReservation['endsOn'] }[] {
  let left = amount;
  return open.flatMap(({ purpose, left: sum, forDay, endsOn }) => {
    if (sum > left) return [];
    left = minus(left, sum);
    return [{ purpose, amount: sum, forDay, endsOn }];
  });
}

const booksOf = (change: OpenChange): BookId[] => [change.fromBookId, ...(change.toBookId ? [change.toBookId] : [])];
