import type { BookId, BudgetLineId, LocalDate, Pence, PersonId } from '../kernel/index.js';
import { formatPounds, invalid, refused } from '../kernel/index.js';
import type { AgreementState, MemberState, PoolState } from './pool.lifecycle.js';

/** How money may travel to another book. */
export type ContributionBy = 'card' | 'bacs-debit' | 'bank' | 'payer-file';

export interface AssentFacts {
  readonly agreementState: AgreementState;
  /** Both as hex. */
  readonly contentHash: string;
  readonly memberState: MemberState | undefined;
  readonly already: boolean;
}

/** Who may assent to what (RULE 16): everyone to the version on offer, a newcomer to the one in force; and only to the very content
 *  that was read. Refuses: not-a-member, agreement-changed (an older version, or other words), assented-already. */
export function decideAssent(facts: AssentFacts, readHash: string): void {
  if (facts.memberState === undefined || facts.memberState === 'left')
    throw refused('not-a-member', 'Only people who were invited to this pool can agree to it.');
  if (facts.agreementState !== 'offered' && !(facts.agreementState === 'in-force' && facts.memberState === 'invited'))
    throw refused('agreement-changed', 'There is a newer version of the agreement, or this one is not on offer. Read the newest one before you agree.');
  if (facts.contentHash !== readHash) throw refused('agreement-changed', 'The agreement is not the one you read. Read it again before you agree.');
  if (facts.already) throw refused('assented-already', 'You already agreed to this version.');
}

/** A version comes into force when every person in the pool has assented to it: all who are members, and every founding member
 *  still invited. A pool starts with two at least. Nobody may be left to pay for what they did not agree to. */
export function isWholeAssent(
  members: readonly { personId: PersonId; state: MemberState; founding: boolean }[],
  assented: readonly PersonId[],
  started: boolean,
): boolean {
  const needed = members.filter((member) => member.state === 'member' || (member.state === 'invited' && (member.founding || !started)));
  return needed.length >= (started ? 1 : 2) && needed.every((member) => assented.includes(member.personId));
}

/** Where a member's share lies. A notional line never leaves the ICB's book; the other two go to the money-holder, if there is one. */
export const bookOfShare = (line: { managed: 'notional' | 'third-party' | 'direct-payment'; bookId: BookId }, moneyHolder: BookId | null): BookId =>
  line.managed === 'notional' ? line.bookId : (moneyHolder ?? line.bookId);

export interface ContributionFacts {
  readonly pool: { readonly state: PoolState; readonly agreementInForce: boolean };
  readonly member: { readonly personId: PersonId; readonly state: MemberState; readonly isFrozen?: boolean; readonly pays?: boolean };
  readonly line: {
    readonly id: BudgetLineId;
    readonly personId: PersonId;
    readonly planId: string;
    readonly bookId: BookId;
    readonly state: 'open' | 'ended';
    readonly fromDay: LocalDate;
    readonly untilDay: LocalDate;
    readonly suspendedOn: LocalDate | null;
  };
  /** The plan behind the plan line (RULE 7); undefined when there is none to be seen. */
  readonly plan: { readonly personId: PersonId; readonly planId: string; readonly state: string } | undefined;
  readonly shareBookId: BookId;
  /** In the line, not set aside. */
  readonly free: Pence;
}

export type ContributionDecision = { readonly how: 'same-book' } | { readonly how: 'remittance'; readonly by: ContributionBy };

/** Whether anybody's money may go in. Refuses: not-a-member, comes-without-money, pool-not-active, part-frozen. */
export function requireOpenToMoney(pool: ContributionFacts['pool'], member: Omit<ContributionFacts['member'], 'personId'>): void {
  if (member.state !== 'member') throw refused('not-a-member', 'Only members who agreed can put money in.');
  if (member.pays === false)
    throw refused('comes-without-money', 'You are in this group without putting money in. You can bring time, a skill, a place or a way to get there.');
  if (pool.state !== 'active' || !pool.agreementInForce)
    throw refused('pool-not-active', 'Money can go in once everyone has agreed to the same version, and while the pool is not stopped.');
  if (member.isFrozen) throw refused('part-frozen', 'This part of the pool is stopped for now. Nothing new goes into it until it goes on.');
}

/** Whether money may go in, and how it travels. Refuses: not-a-member, comes-without-money, pool-not-active (no agreement in
 *  force: RULE 16), part-frozen (features.md, C15), not-your-line, line-ended, line-suspended (reg. 17), plan-not-agreed (RULE 6), plan-line-of-another-plan (RULE 7), not-enough-free (RULE 18),
 *  way-of-paying-needed. */
export function decideContribution(
  facts: ContributionFacts,
  command: { amount: Pence; by?: ContributionBy | undefined },
  today: LocalDate,
): ContributionDecision {
  const { pool, member, line, plan } = facts;
  requireOpenToMoney(pool, member);
  if (line.personId !== member.personId) throw refused('not-your-line', 'This is not a line of this member’s budget.');
  if (line.state !== 'open' || today < line.fromDay || today >= line.untilDay) throw refused('line-ended', 'This part of the budget has not begun or is over.');
  if (line.suspendedOn !== null)
    throw refused('line-suspended', 'This part of the budget is suspended. Your care co-ordinator can tell you why and until when.');
  if (!plan || plan.personId !== member.personId || plan.planId !== line.planId)
    throw refused('plan-line-of-another-plan', 'Choose a service of the plan that this money was agreed for.');
  if (plan.state !== 'agreed') throw refused('plan-not-agreed', 'The plan is not agreed, so this money cannot be used yet.');
  if (command.amount <= 0n)
    throw invalid('amount-not-positive', 'Enter an amount above zero.', [{ field: 'amountPence', message: 'Enter an amount, like 120 or 120.50' }]);
  if (command.amount > facts.free) throw refused('not-enough-free', `There is ${formatPounds(facts.free)} free in this line.`);
  if (facts.shareBookId === line.bookId) return { how: 'same-book' };
  if (!command.by)
    throw invalid('way-of-paying-needed', 'This money goes to another account: say how.', [
      { field: 'by', message: 'Choose card, Direct Debit or bank transfer.' },
    ]);
  return { how: 'remittance', by: command.by };
}
