import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { BudgetQueries } from '../budgets/index.js';
import type { BudgetLineFacts } from '../budgets/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, PersonId, PlanLineId, PoolId } from '../kernel/index.js';
import { dayOf, edgeOf, invalid, minus, newId, notFound, penceAsNumber, statesAllowing, systemActor } from '../kernel/index.js';
import { Ledger, LedgerQueries } from '../ledger/index.js';
import { Remittances } from '../payments/index.js';
import { PlanQueries } from '../plans/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import type { ContributeToPool } from './pool.dto.js';
import type { ShareFacts } from './pool.entries.js';
import { contributionEntry, lineAccountOf, shareAccount } from './pool.entries.js';
import type { ContributionAction, ContributionState } from './pool.lifecycle.js';
import { CONTRIBUTION } from './pool.lifecycle.js';
import { bookOfShare, decideContribution } from './pool.rules.js';
import type { ContributionId, MemberRow, PoolRow, ShareId, ShareRow } from './pool.rows.js';
import { agreementInState, findMember, findPool, lockPool, openShare, shareRows, writeHistory } from './pool.rows.js';

export interface ContributionView {
  readonly contributionId: ContributionId;
  readonly shareId: ShareId;
  readonly state: ContributionState;
  readonly by: string;
  readonly amountPence: number;
  /** When the money comes from another book: what to ask `payments` for the address to pay by card, and for its state. */
  readonly remittanceId: string | null;
}

/** Putting money in, and learning that it arrived. */
@Injectable()
export class Contributions {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly remittances: Remittances,
    private readonly budgets: BudgetQueries,
    private readonly plans: PlanQueries,
    private readonly audit: Audit,
  ) {}

  /** Moves money of a member's budget line into their share. In the same book it is there at once; from another book it is a
   *  remittance, and buys nothing until it arrives. The money stays the member's until spent. Refuses: see `decideContribution`. */
  async contribute(actor: Actor, command: ContributeToPool, key?: string): Promise<ContributionView> {
    const { line, scope } = await this.authorise(actor, command);
    return this.database.transaction(systemActor('pools', scope), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.contribute', input: command }, async () => {
        const pool = await lockPool(tx, command.poolId);
        const member = await findMember(tx, command.poolId, line.personId);
        if (!member) throw notFound('The pool');
        const share = await this.shareFor(tx, pool, member, line, command.planLineId);
        const decision = decideContribution(await this.factsOf(tx, pool, member, line, share), { amount: command.amountPence, by: command.by }, dayOf(tx.now));
        const opened = await openShare(tx, share, member.joinOrder);
        const view = decision.how === 'same-book' ? await this.putIn(tx, actor, opened, command) : await this.send(tx, actor, opened, command, decision.by);
        await announce(tx, {
          name: 'poolContributionMade', about: { pools: [pool.id], people: [line.personId], books: scope.books },
          payload: { poolId: pool.id, personId: line.personId, contributionId: view.contributionId, amountPence: view.amountPence, by: view.by },
        });
        if (view.state === 'arrived') await this.tellArrival(tx, opened, view.contributionId);
        await this.audit.record(tx, actor, {
          action: 'pool:contribute', noun: 'contribution', nounId: view.contributionId, pool: pool.id, about: line.personId, facts: { amountPence: view.amountPence, by: view.by },
        });
        return view;
      }));
  }

  /** The remittance behind a contribution ended; the transaction sees the contribution's pool or person. One that is no contribution's
   *  changes nothing. Safe to repeat. */
  async remittanceEnded(tx: Tx, actor: Actor, remittanceId: string, action: Extract<ContributionAction, 'arrive' | 'fail'>): Promise<void> {
    const found = await tx.row<{ id: ContributionId; state: ContributionState; poolId: PoolId; personId: PersonId; shareId: ShareId }>(
      `select id, state, pool_id as "poolId", person_id as "personId", share_id as "shareId" from contribution where remittance_id = $1 for update`, [remittanceId]);
    if (!found || !statesAllowing(CONTRIBUTION, action).includes(found.state)) return;
    const edge = edgeOf('contribution', CONTRIBUTION, found.state, action);
    await tx.run('update contribution set state = $2, arrived_at = $3 where id = $1 and state = any($4)',
      [found.id, edge.to, edge.to === 'arrived' ? tx.now : null, statesAllowing(CONTRIBUTION, action)]);
    await writeHistory(tx, actor, [{ poolId: found.poolId, noun: 'contribution', nounId: found.id, personId: found.personId, action, from: found.state, to: edge.to }]);
    const share = (await shareRows(tx, found.poolId, found.personId)).find((each) => each.id === found.shareId);
    if (action === 'arrive' && share) await this.tellArrival(tx, share, found.id);
    else await announce(tx, { name: edge.event!, about: { pools: [found.poolId], people: [found.personId] }, payload: { poolId: found.poolId, personId: found.personId, contributionId: found.id } });
  }

  private async putIn(tx: Tx, actor: Actor, share: ShareRow, command: ContributeToPool): Promise<ContributionView> {
    const id = newId<'contribution'>();
    await this.ledger.record(tx, [contributionEntry({ id, share, amount: command.amountPence, on: dayOf(tx.now) })]);
    return this.write(tx, actor, id, share, command, 'arrive', 'same-book', null);
  }

  private async send(tx: Tx, actor: Actor, share: ShareRow, command: ContributeToPool, by: NonNullable<ContributeToPool['by']>): Promise<ContributionView> {
    const { remittanceId } = await this.remittances.send(tx, actor, { from: lineAccountOf(share), to: shareAccount(share), amount: command.amountPence, by });
    return this.write(tx, actor, newId<'contribution'>(), share, command, 'send', by, remittanceId);
  }

  private async write(tx: Tx, actor: Actor, id: ContributionId, share: ShareRow, command: ContributeToPool, action: 'send' | 'arrive', by: string, remittanceId: string | null): Promise<ContributionView> {
    const { to: state } = edgeOf('contribution', CONTRIBUTION, 'made', action);
    await tx.run(
      `insert into contribution (id, pool_id, share_id, person_id, amount_pence, by, state, remittance_id, made_at, arrived_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, share.poolId, share.id, share.personId, String(command.amountPence), by, state, remittanceId, tx.now, state === 'arrived' ? tx.now : null]);
    await writeHistory(tx, actor, [{ poolId: share.poolId, noun: 'contribution', nounId: id, personId: share.personId, action, from: 'made', to: state }]);
    return { contributionId: id, shareId: share.id, state, by, amountPence: penceAsNumber(command.amountPence), remittanceId };
  }

  private tellArrival(tx: Tx, share: ShareRow, contributionId: ContributionId): Promise<void> {
    return announce(tx, {
      name: 'poolContributionArrived', about: { pools: [share.poolId], people: [share.personId], books: [...new Set([share.bookId, share.lineBookId])] },
      payload: { poolId: share.poolId, personId: share.personId, contributionId, shareId: share.id },
    });
  }

  /** Who may: the member, or somebody who may use that person's money for them. Answers the line and exactly the scope it needs. */
  private async authorise(actor: Actor, command: ContributeToPool): Promise<{ line: BudgetLineFacts; scope: { pools: PoolId[]; people: PersonId[]; books: BookId[] } }> {
    const { line, pool } = await this.database.read(systemActor('pools', { pools: [command.poolId], people: actor.scope.people }), async (tx) => ({
      line: (await this.budgets.factsOf(tx, [command.lineId]))[0],
      pool: await findPool(tx, command.poolId),
    }));
    if (!line) throw notFound('The budget line');
    if (line.personId === actor.id) requireAccess(actor, 'pool:contribute', { pool: pool.id });
    else requireAccess(actor, 'contribution:make', { person: line.personId });
    return { line, scope: { pools: [pool.id], people: [line.personId], books: [...new Set([line.bookId, bookOfShare(line, pool.moneyHolderBookId)])] } };
  }

  private async shareFor(tx: Tx, pool: PoolRow, member: MemberRow, line: BudgetLineFacts, planLine: PlanLineId | undefined): Promise<ShareFacts> {
    const planLineId = planLine ?? (await this.onlyPlanLine(tx, pool, line));
    return { poolId: pool.id, personId: member.personId, lineId: line.id, planLineId, lineBookId: line.bookId, bookId: bookOfShare(line, pool.moneyHolderBookId) };
  }

  /** The plan line that was used before for this line in this pool, or the only one of the plan. Refuses: plan-line-needed. */
  private async onlyPlanLine(tx: Tx, pool: PoolRow, line: BudgetLineFacts): Promise<PlanLineId> {
    const used = new Set((await shareRows(tx, pool.id, line.personId)).filter((share) => share.lineId === line.id).map((share) => share.planLineId));
    const choices = used.size > 0 ? [...used] : (await this.plans.linesOf(tx, [line.planId])).map((each) => each.id);
    if (choices.length !== 1) throw invalid('plan-line-needed', 'Say which service of the plan this is for.', [{ field: 'planLineId', message: 'Choose a service of the plan.' }]);
    return choices[0]!;
  }

  private async factsOf(tx: Tx, pool: PoolRow, member: MemberRow, line: BudgetLineFacts, share: ShareFacts): Promise<Parameters<typeof decideContribution>[0]> {
    const balance = await this.balances.balanceOf(tx, lineAccountOf(share));
    const debt = await this.balances.balanceOf(tx, { book: line.bookId, kind: 'receivable', subject: line.personId });
    return {
      pool: { state: pool.state, agreementInForce: (await agreementInState(tx, pool.id, 'in-force')) !== undefined },
      member, line, plan: await this.plans.spendable(tx, share.planLineId), shareBookId: share.bookId, free: minus(balance.free, debt.posted),
    };
  }
}
