import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, Id, PaymentId, Pence, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, minus, newId, NO_PENCE, pence, penceAsNumber, sumPence } from '../kernel/index.js';
import { Ledger } from '../ledger/index.js';
import { PaymentQueries } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { announceAll, bigints, uuids } from '../platform/index.js';
import { lockPool, partOfNewcomer, PoolQueries, setUpEntries, shareFreed, splitSetUp } from '../pools/index.js';
import type { MemberRow, PoolShare, SetUpPart, ShareId } from '../pools/index.js';

/** A newcomer's one-off part of what it cost to set the group up, where the agreement asks for it (domain 2.3). */
@Injectable()
export class Joining {
  constructor(
    private readonly ledger: Ledger,
    private readonly pools: PoolQueries,
    private readonly payments: PaymentQueries,
    private readonly audit: Audit,
  ) {}

  /** Takes the part out of the newcomer's share as soon as money that reaches has arrived there, once, and gives it to those who paid. Only for what was
   *  bought before they joined, and between shares of one book. The transaction sees the pool, the person and the book. Answers how much was taken. */
  async takePart(tx: Tx, actor: Actor, poolId: PoolId, personId: PersonId, shareId: ShareId): Promise<Pence> {
    if (!(await this.mayOwe(tx, poolId, personId))) return NO_PENCE;
    await lockPool(tx, poolId);
    const newcomer = (await this.pools.membersOf(tx, poolId)).find((member) => member.personId === personId);
    const shares = await this.pools.sharesOf(tx, poolId);
    const own = shares.find((share) => share.id === shareId);
    if (!own || newcomer?.state !== 'member' || newcomer.founding || (await this.paidForStart(tx, newcomer))) return NO_PENCE;
    const paid = await this.paidBefore(
      tx,
      newcomer,
      shares.filter((share) => share.bookId === own.bookId),
    );
    const amount = partOfNewcomer(paid);
    if (amount <= 0n || own.usable < amount || (await this.hasPaid(tx, poolId, personId))) return NO_PENCE;
    const id = newId<'joining'>();
    await this.ledger.record(tx, setUpEntries({ id, on: dayOf(tx.now), amount }, own, paid));
    const back = splitSetUp(amount, paid).map((sum, place) => ({ share: paid[place]!.share, amount: pence(-sum) }));
    await this.keep(tx, id, poolId, [{ share: own, amount }, ...back.filter((each) => each.amount < 0n)]);
    const leavers = back.map((each) => each.share).filter((share) => share.memberState === 'left');
    await announceAll(tx, leavers.map(shareFreed));
    await this.audit.record(tx, actor, {
      action: 'pool:join-set-up',
      noun: 'pool',
      nounId: poolId,
      pool: poolId,
      about: personId,
      facts: { amountPence: penceAsNumber(amount) },
    });
    return amount;
  }

  /** One look, for every contribution that arrives: whether anything like that was agreed, and this is a newcomer. */
  private async mayOwe(tx: Tx, pool: PoolId, person: PersonId): Promise<boolean> {
    const agreement = await this.pools.agreementInForce(tx, pool);
    return agreement?.terms.newcomers === 'share-set-up' && !(await this.hasPaid(tx, pool, person));
  }

  private async hasPaid(tx: Tx, pool: PoolId, person: PersonId): Promise<boolean> {
    return (await tx.row('select 1 from joining_part where pool_id = $1 and person_id = $2 and amount_pence > 0 limit 1', [pool, person])) !== undefined;
  }

  /** Whether they paid for the start themselves before they joined this time: they were here once before. */
  private async paidForStart(tx: Tx, { poolId, personId, joinedAt }: MemberRow): Promise<boolean> {
    const paid = await tx.row(
      `select 1 from purchase p join quote q on q.id = p.quote_id and q.sets_up join invoice v on v.purchase_id = p.id join invoice_part i on i.invoice_id = v.id
       where p.pool_id = $1 and i.person_id = $2 and i.paid_at is not null and p.committed_at < $3 limit 1`,
      [poolId, personId, joinedAt],
    );
    return paid !== undefined;
  }

  /** What each of these shares has paid for setting up before somebody joined, less what came back, and with what earlier newcomers took over. */
  private async paidBefore(tx: Tx, newcomer: MemberRow, shares: readonly PoolShare[]): Promise<(SetUpPart & { readonly share: PoolShare })[]> {
    const bills = await tx.rows<{ share: ShareId; amount: Pence; payment: PaymentId }>(
      `select i.share_id as share, i.amount_pence as amount, i.payment_id as payment
       from purchase p join quote q on q.id = p.quote_id and q.sets_up join invoice v on v.purchase_id = p.id join invoice_part i on i.invoice_id = v.id
       where p.pool_id = $1 and i.paid_at is not null and i.share_id = any($2::uuid[]) and p.committed_at < $3`,
      [newcomer.poolId, uuids(shares.map((share) => share.id)), newcomer.joinedAt],
    );
    const moved = await tx.rows<{ share: ShareId; amount: Pence }>('select share_id as share, amount_pence as amount from joining_part where pool_id = $1', [
      newcomer.poolId,
    ]);
    const refunds = await this.payments.refundedParts(tx, [...new Set(bills.map((bill) => bill.payment))]);
    return shares
      .filter((share) => share.personId !== newcomer.personId)
      .map((share) => {
        const back = refunds.filter(
          ({ owner }) => owner.subject === share.personId && owner.line === share.lineId && (owner.planLine ?? null) === share.planLineId,
        );
        const sums = [...bills, ...moved].filter((each) => each.share === share.id).map((each) => each.amount);
        return { share, paid: minus(sumPence(sums), sumPence(back.map((each) => each.refunded))) };
      })
      .filter((part) => part.paid > 0n);
  }

  private async keep(tx: Tx, id: Id<'joining'>, pool: PoolId, parts: readonly { readonly share: PoolShare; readonly amount: Pence }[]): Promise<void> {
    tx.write(
      `insert into joining_part (joining_id, pool_id, share_id, person_id, amount_pence, at)
       select $1, $2, p.share, p.person, p.amount, $3 from unnest($4::uuid[], $5::uuid[], $6::bigint[]) as p(share, person, amount)`,
      [id, pool, tx.now, uuids(parts.map((part) => part.share.id)), uuids(parts.map((part) => part.share.personId)), bigints(parts.map((part) => part.amount))],
    );
  }
}
