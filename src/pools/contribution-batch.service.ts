import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { BudgetLineFacts } from '../budgets/index.js';
import type { AccountId, Actor, BookId, BudgetLineId, Pence, PlanLineId, PoolId, ReservationId } from '../kernel/index.js';
import { DomainError, dayOf, edgeOf, invalid, minus, newId, NO_PENCE, notFound, penceAsNumber, plus } from '../kernel/index.js';
import { accountIdOf, Ledger, LedgerQueries } from '../ledger/index.js';
import type { AccountKey } from '../ledger/index.js';
import { Remittances } from '../payments/index.js';
import { PlanQueries } from '../plans/index.js';
import type { Outcome, Tx } from '../platform/index.js';
import { announceAll, inOrder } from '../platform/index.js';
import { arrived, made } from './contribution.events.js';
import { insertContributions } from './contribution.rows.js';
import type { ContributeToPool } from './pool.dto.js';
import type { ShareFacts } from './pool.entries.js';
import { contributionEntry, lineAccountOf, shareAccount } from './pool.entries.js';
import type { ContributionState } from './pool.lifecycle.js';
import { CONTRIBUTION } from './pool.lifecycle.js';
import type { ContributionDecision, ContributionFacts } from './pool.rules.js';
import { bookOfShare, decideContribution } from './pool.rules.js';
import type { ContributionId, ShareId, ShareRow } from './pool.rows.js';
import { agreementInState, holdPool, membersAmong, openShares, sharesOfLines, writeHistories } from './pool.rows.js';

export interface ContributionView {
  readonly contributionId: ContributionId;
  readonly shareId: ShareId;
  readonly state: ContributionState;
  readonly by: string;
  readonly amountPence: number;
  /** When the money comes from another book: what to ask `payments` for the address to pay by card, and for its state. */
  readonly remittanceId: string | null;
}

/** A contribution by somebody who may make it. */
export interface AskedContribution {
  readonly actor: Actor;
  readonly command: ContributeToPool;
  readonly line: BudgetLineFacts;
  /** The line's book and the share's. */
  readonly books: readonly BookId[];
  /** What was set aside in the line for exactly this, when it was pledged before. */
  readonly pledged?: ReservationId;
}

/** The refusal of what cannot share a transaction with others: it is to be asked again, alone. */
export const ALONE = Symbol('alone');

interface Facts extends Omit<ContributionFacts, 'free'> {
  readonly share: ShareFacts;
  readonly joinOrder: number;
  /** The shares there are for the lines asked, by name. */
  readonly shares: ReadonlyMap<string, ShareRow>;
}

/** One that may be made; until it is written nothing is changed. */
export interface Accepted {
  readonly asked: AskedContribution;
  readonly facts: Facts;
  readonly decision: ContributionDecision;
}

export interface Made {
  readonly asked: AskedContribution;
  readonly share: ShareRow;
  readonly view: ContributionView;
}

/** Several contributions to one pool in one transaction, each kind of row written by one statement; one alone goes the same way. */
@Injectable()
export class ContributionBatch {
  constructor(
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly remittances: Remittances,
    private readonly plans: PlanQueries,
    private readonly audit: Audit,
  ) {}

  /** Decides each in the order asked, later ones knowing what earlier ones took, and writes those accepted; the writing travels with the
   *  commit, whose failure it may be. The transaction sees the pool, the people and the books of all. What must travel to another book is done
   *  only when it is alone; else its refusal is `ALONE`. */
  async make(tx: Tx, poolId: PoolId, asked: readonly AskedContribution[]): Promise<Outcome<ContributionView>[]> {
    const decided = await this.weigh(tx, poolId, asked, asked.length === 1);
    const accepted = decided.flatMap((each) => ('refusal' in each ? [] : [each]));
    const made = await this.prepare(tx, poolId, accepted);
    tx.withCommit(...this.asked(tx, poolId, made));
    tx.lastly(() => this.record(tx, made));
    const views = new Map(accepted.map((each, n) => [each, made[n]!.view]));
    return decided.map((each) => ('refusal' in each ? each : { answer: views.get(each)! }));
  }

  /** Writes what was accepted, in order. */
  async write(tx: Tx, poolId: PoolId, accepted: readonly Accepted[]): Promise<Made[]> {
    const made = await this.prepare(tx, poolId, accepted);
    await inOrder([...this.asked(tx, poolId, made), this.record(tx, made)]);
    return made;
  }

  /** Which of these may be made, in the order asked; nothing is changed. What was pledged counts as free for its own contribution.
   *  `mayTravel`: whether what goes to another book may be among them. */
  async weigh(tx: Tx, poolId: PoolId, asked: readonly AskedContribution[], mayTravel: boolean): Promise<(Accepted | { refusal: unknown })[]> {
    const [facts, free] = await Promise.all([this.factsOf(tx, poolId, asked), this.freeOf(tx, asked)]);
    asked.forEach(({ pledged, command }, n) => {
      const each = facts[n]!;
      if (pledged === undefined || 'refusal' in each) return;
      const { lineId } = each.share;
      free.set(lineId, plus(free.get(lineId)!, command.amountPence));
    });
    return asked.map((each, n) => decide(each, facts[n]!, free, mayTravel, dayOf(tx.now)));
  }

  /** Holds the pool as it is, and reads what the decisions rest on. Pools of other processes go on beside: accounts are locked by the ledger. */
  private async factsOf(tx: Tx, poolId: PoolId, asked: readonly AskedContribution[]): Promise<(Facts | { refusal: unknown })[]> {
    const said = [...new Set(asked.flatMap(({ command }) => command.planLineId ?? []))];
    const [pool, agreement, members, shares, plansSaid] = await Promise.all([
      holdPool(tx, poolId),
      agreementInState(tx, poolId, 'in-force'),
      membersAmong(tx, poolId, [...new Set(asked.map(({ line }) => line.personId))]),
      sharesOfLines(tx, poolId, [...new Set(asked.map(({ line }) => line.id))]),
      this.plans.spendables(tx, said),
    ]);
    const planLines = await Promise.all(asked.map(({ command, line }) => this.planLineOf(tx, line, command.planLineId, shares)));
    const found = [...new Set(planLines.filter((id) => typeof id === 'string'))].filter((id) => !said.includes(id));
    const plans = found.length === 0 ? plansSaid : new Map([...plansSaid, ...(await this.plans.spendables(tx, found))]);
    return asked.map(({ line }, n) => {
      const [member, planLineId] = [members.get(line.personId), planLines[n]!];
      if (!member) return { refusal: notFound('The pool') };
      if (typeof planLineId !== 'string') return { refusal: planLineId };
      const bookId = bookOfShare(line, pool.moneyHolderBookId);
      const share = {
        poolId,
        personId: line.personId,
        lineId: line.id,
        planLineId,
        lineBookId: line.bookId,
        bookId,
      };
      return {
        pool: { state: pool.state, agreementInForce: agreement !== undefined },
        member,
        line,
        plan: plans.get(planLineId),
        shareBookId: bookId,
        share,
        shares,
        joinOrder: member.joinOrder,
      };
    });
  }

  /** The plan line asked for, the one that was used before for this line in this pool, or the only one of the plan; else the refusal. */
  private async planLineOf(
    tx: Tx,
    line: BudgetLineFacts,
    asked: PlanLineId | undefined,
    shares: ReadonlyMap<string, ShareRow>,
  ): Promise<PlanLineId | DomainError> {
    if (asked) return asked;
    const used = new Set([...shares.values()].filter((share) => share.lineId === line.id).map((share) => share.planLineId));
    const choices = used.size > 0 ? [...used] : (await this.plans.linesOf(tx, [line.planId])).map((each) => each.id);
    if (choices.length === 1) return choices[0]!;
    return invalid('plan-line-needed', 'Say which service of the plan this is for.', [{ field: 'planLineId', message: 'Choose a service of the plan.' }]);
  }

  /** What is free in each line, less what the person owes in that book. */
  private async freeOf(tx: Tx, asked: readonly AskedContribution[]): Promise<Map<BudgetLineId, Pence>> {
    const lines = [...new Map(asked.map(({ line }) => [line.id, line])).values()];
    const [free, debts] = await Promise.all([this.balances.freeOf(tx, lines.map(accountOf)), this.balances.postedOf(tx, lines.map(debtOf))]);
    const amountOf = (amounts: ReadonlyMap<AccountId, Pence>, account: AccountKey): Pence => amounts.get(accountIdOf(account)) ?? NO_PENCE;
    return new Map(lines.map((line) => [line.id, minus(amountOf(free, accountOf(line)), amountOf(debts, debtOf(line)))]));
  }

  /** Opens the shares, and sends on its way what goes to another book. */
  private async prepare(tx: Tx, poolId: PoolId, accepted: readonly Accepted[]): Promise<Made[]> {
    if (accepted.length === 0) return [];
    const shares = await openShares(
      tx,
      poolId,
      accepted.map(({ facts }) => ({ ...facts.share, joinOrder: facts.joinOrder })),
      accepted[0]!.facts.shares,
    );
    const all: Made[] = [];
    for (const [n, { asked, decision }] of accepted.entries()) all.push({ asked, share: shares[n]!, view: await this.viewOf(tx, asked, shares[n]!, decision) });
    return all;
  }

  /** Asks for the rows, each kind by one statement. */
  private asked(tx: Tx, poolId: PoolId, all: readonly Made[]): Promise<unknown>[] {
    if (all.length === 0) return [];
    return [
      insertContributions(tx, all),
      writeHistories(
        tx,
        all.map(({ asked, share, view }) => ({
          actor: asked.actor,
          poolId,
          noun: 'contribution',
          nounId: view.contributionId,
          personId: share.personId,
          action: view.state === 'arrived' ? 'arrive' : 'send',
          from: 'made',
          to: view.state,
        })),
      ),
      announceAll(
        tx,
        all.map(({ asked, share, view }) => {
          const amount = asked.command.amountPence;
          return view.state === 'arrived'
            ? arrived(share, view.contributionId, amount)
            : made(share, { id: view.contributionId, amount, by: view.by }, asked.books);
        }),
      ),
      this.audit.recordDeeds(
        tx,
        all.map(({ asked, share, view }) => ({
          actor: asked.actor,
          fact: {
            action: 'pool:contribute',
            noun: 'contribution',
            nounId: view.contributionId,
            pool: poolId,
            about: share.personId,
            facts: { amountPence: view.amountPence, by: view.by },
          },
        })),
      ),
    ];
  }

  /** The ledger's rows, of what arrived at once. They come last: until the commit others wait for its accounts. */
  private record(tx: Tx, all: readonly Made[]): Promise<unknown> {
    return this.ledger.record(
      tx,
      all
        .filter(({ view }) => view.state === 'arrived')
        .map(({ asked, share, view }) =>
          contributionEntry({ id: view.contributionId, share, amount: asked.command.amountPence, on: dayOf(tx.now), pledged: asked.pledged }),
        ),
    );
  }

  /** What is told of it. Money for another book is sent on its way. */
  private async viewOf(tx: Tx, { actor, command, pledged }: AskedContribution, share: ShareRow, decision: ContributionDecision): Promise<ContributionView> {
    const sent =
      decision.how === 'same-book'
        ? undefined
        : await this.remittances.send(tx, actor, {
            from: lineAccountOf(share),
            to: shareAccount(share),
            amount: command.amountPence,
            by: decision.by,
            ...(pledged ? { reservation: pledged } : {}),
          });
    return {
      contributionId: newId<'contribution'>(),
      shareId: share.id,
      state: edgeOf('contribution', CONTRIBUTION, 'made', sent ? 'send' : 'arrive').to,
      by: decision.how === 'same-book' ? 'same-book' : decision.by,
      amountPence: penceAsNumber(command.amountPence),
      remittanceId: sent?.remittanceId ?? null,
    };
  }
}

/** One decision; `free` is lessened by what it takes. */
function decide(
  asked: AskedContribution,
  facts: Facts | { refusal: unknown },
  free: Map<BudgetLineId, Pence>,
  mayTravel: boolean,
  today: ReturnType<typeof dayOf>,
): Accepted | { refusal: unknown } {
  if ('refusal' in facts) return facts;
  const { lineId } = facts.share;
  const left = free.get(lineId) ?? NO_PENCE;
  try {
    const decision = decideContribution({ ...facts, free: left }, { amount: asked.command.amountPence, by: asked.command.by }, today);
    if (decision.how === 'remittance' && !mayTravel) return { refusal: ALONE };
    free.set(lineId, minus(left, asked.command.amountPence));
    return { asked, facts, decision };
  } catch (refusal) {
    if (refusal instanceof DomainError) return { refusal };
    throw refusal;
  }
}

const accountOf = (line: BudgetLineFacts): AccountKey => ({ book: line.bookId, kind: 'line', subject: line.personId, line: line.id });
const debtOf = (line: BudgetLineFacts): AccountKey => ({ book: line.bookId, kind: 'receivable', subject: line.personId });
