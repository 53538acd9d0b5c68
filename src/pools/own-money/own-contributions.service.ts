import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, Pence } from '../../kernel/index.js';
import { dayOf, newId, penceAsNumber } from '../../kernel/index.js';
import { Books, Ledger, LedgerQueries } from '../../ledger/index.js';
import type { Tx } from '../../platform/index.js';
import { announce } from '../../platform/index.js';
import { arrived } from '../contribution.events.js';
import { insertContributions } from '../contribution.rows.js';
import { returnEntry } from '../going-home.entries.js';
import { isClosing } from '../holder-plans/holder-plan.rows.js';
import { isMoving } from '../money-holder.rows.js';
import { contributionEntry, shareAccount } from '../pool.entries.js';
import type { ContributionId, MemberRow, PoolRow, ShareRow } from '../pool.rows.js';
import { agreementInState, findMember, openShares, shareRows, writeHistory } from '../pool.rows.js';
import type { TopUpRow } from './own-top-up.rows.js';
import type { OwnMoneyInPoolFacts } from './own-top-up.rules.js';

/** A member's own money between their line and their share, in the one book of the pool's money-holder. It moves by the same entries as plan money, so
 *  everything that is done with shares is done with it too. */
@Injectable()
export class OwnContributions {
  constructor(
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly books: Books,
    private readonly audit: Audit,
  ) {}

  /** What decides whether own money may go in. The transaction sees the pool, and its money-holder's book. */
  async factsOf(tx: Tx, pool: PoolRow, member: MemberRow | undefined): Promise<OwnMoneyInPoolFacts> {
    const agreement = await agreementInState(tx, pool.id, 'in-force');
    const book = pool.moneyHolderBookId === null ? undefined : await this.books.find(tx, pool.moneyHolderBookId);
    return {
      pool: { state: pool.state, agreementInForce: agreement !== undefined },
      member: { state: member?.state ?? 'left', isFrozen: member?.isFrozen ?? false, pays: member?.pays ?? true },
      holder: book && { bookId: book.id, basis: book.basis, isClosing: await isClosing(tx, book.id), isMoving: await isMoving(tx, pool.id) },
      split: agreement?.terms.split,
    };
  }

  /** Line to share: it is in the pool at once. The caller has decided and holds the pool. */
  async putIn(tx: Tx, actor: Actor, topUp: Pick<TopUpRow, 'poolId' | 'personId' | 'lineId' | 'bookId' | 'amount' | 'paysFromNow'>): Promise<ContributionId> {
    const { poolId, personId, lineId, bookId, amount } = topUp;
    const member = (await findMember(tx, poolId, personId))!;
    if (topUp.paysFromNow && !member.pays) await this.payFromNow(tx, actor, member);
    const [share] = await openShares(tx, poolId, [{ poolId, personId, lineId, planLineId: null, lineBookId: bookId, bookId, joinOrder: member.joinOrder }]);
    const id = newId<'contribution'>();
    const view = { contributionId: id, state: 'arrived', by: 'same-book', remittanceId: null } as const;
    await this.ledger.record(tx, [contributionEntry({ id, share: share!, amount, on: dayOf(tx.now) })]);
    await insertContributions(tx, [{ asked: { command: { amountPence: amount } }, share: share!, view }]);
    await writeHistory(tx, actor, [{ poolId, noun: 'contribution', nounId: id, personId, action: 'arrive-own', from: 'made', to: 'arrived' }]);
    await announce(tx, arrived(share!, id, amount));
    await this.audit.record(tx, actor, {
      action: 'pool:contribute-own',
      noun: 'contribution',
      nounId: id,
      pool: poolId,
      about: personId,
      facts: { amountPence: penceAsNumber(amount) },
    });
    return id;
  }

  /** The share that a contribution went into, and what of it is not set aside or owed. */
  async shareOf(
    tx: Tx,
    topUp: Pick<TopUpRow, 'poolId' | 'personId' | 'lineId' | 'bookId'>,
  ): Promise<{ share: ShareRow; free: Pence; owes: Pence } | undefined> {
    const share = (await shareRows(tx, topUp.poolId, topUp.personId)).find((each) => each.lineId === topUp.lineId && each.bookId === topUp.bookId);
    if (!share) return undefined;
    const { free } = await this.balances.balanceOf(tx, shareAccount(share));
    const { posted: owes } = await this.balances.balanceOf(tx, { book: share.bookId, kind: 'receivable', subject: share.personId });
    return { share, free, owes };
  }

  /** Share to line: somebody changed their mind in time. */
  async takeBack(tx: Tx, actor: Actor, share: ShareRow, topUp: TopUpRow): Promise<void> {
    await this.ledger.record(tx, [returnEntry({ noun: 'own-top-up', id: topUp.id, on: dayOf(tx.now) }, { share, amount: topUp.amount })]);
    const { poolId, personId } = topUp;
    await writeHistory(tx, actor, [
      { poolId, noun: 'contribution', nounId: topUp.contributionId!, personId, action: 'take-back-own', from: 'arrived', to: 'arrived' },
    ]);
  }

  /** Somebody who came without money says that they pay as everybody does: they put in their own. */
  private async payFromNow(tx: Tx, actor: Actor, member: MemberRow): Promise<void> {
    const { poolId, personId } = member;
    tx.write('update pool_member set pays = true where pool_id = $1 and person_id = $2 and not pays', [poolId, personId]);
    await writeHistory(tx, actor, [{ poolId, noun: 'member', nounId: personId, personId, action: 'pay', from: 'member', to: 'member' }]);
  }
}
