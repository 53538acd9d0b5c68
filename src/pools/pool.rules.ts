import type { BookId, BudgetLineId, LocalDate, Pence, PersonId } from '../kernel/index.js';
import { formatPounds, invalid, refused } from '../kernel/index.js';
import type { AgreementState, MemberState, PoolState } from './pool.lifecycle.js';

/** How money may travel to another book. */
export type ContributionBy = 'card' | 'bacs-debit' | 'bank' | 'payer-file';

/** How a price falls on the members (domain 2.3): alike; alike for those who come; by hours of support; by an agreed ratio; a fixed sum a
 *  session; a sum that each member's funder named. */
export const SPLITS = ['equal', 'attendance', 'hours', 'ratio', 'fixed', 'funder'] as const;
export type SplitBy = (typeof SPLITS)[number];

/** How a group decides (features.md, C8): everybody agrees; more for than against; nobody who could not live with it. */
export const DECIDE_BY = ['all-agree', 'most-agree', 'no-strong-objection'] as const;
export type DecideBy = (typeof DECIDE_BY)[number];

/** The part of the members, of a hundred, that has to vote where the agreement names none. Our judgement, November 2026. */
export const QUORUM_PERCENT = 50;

/** What the agreement says of one member: minutes of support a session (`hours`), a whole number (`ratio`), pence a session (`fixed`, `funder`). */
export interface SplitPart {
  readonly personId: PersonId;
  readonly part: number;
}

/** What people agree on before any money moves. */
export interface Terms {
  readonly split: SplitBy;
  /** Left out for `equal` and `attendance`, which need none. */
  readonly parts?: readonly SplitPart[];
  /** Whether money that a funder put beside the members' is spent before theirs, or only where theirs does not reach. Left out: the group
   *  takes no such money. */
  readonly funders?: 'first' | 'last';
  /** Whether somebody away pays to hold the place. */
  readonly absence: 'pay-to-hold-place' | 'pay-if-you-come';
  /** How many days before a session somebody has to say that they will not come, so as not to pay; 1 when left out. */
  readonly absenceDays?: number;
  /** Days during which a leaver still owes their part of what was set aside; 28 is common. */
  readonly noticeDays: number;
  /** One member, one voice (RULE 17). A new version of this agreement always needs everybody (RULE 16). */
  readonly decide: DecideBy;
  /** The part of the members, of a hundred, that has to vote, 1 to 100; QUORUM_PERCENT when left out. It counts for nothing where all must agree. */
  readonly quorumPercent?: number;
  /** Holds the shares of third-party and direct-payment lines; null: each keeps their own, and pays their part of each invoice. */
  readonly moneyHolderBook: BookId | null;
  /** Whose debt card and Direct Debit fees are; never a smaller share. */
  readonly feesOwedBy: 'money-holder' | 'contributor' | 'icb';
  readonly reviewOn: LocalDate;
}

/** Refuses notice of more than half a year (our judgement, November 2026), a review that is over, and parts that do not fit the split
 *  (`parts-do-not-fit`: none where they are needed, some where they are not, somebody twice). */
export function checkTerms(terms: Terms, today: LocalDate): void {
  const parts = terms.parts ?? [];
  const fits =
    terms.split === 'equal' || terms.split === 'attendance'
      ? parts.length === 0
      : parts.length > 0 && new Set(parts.map((each) => each.personId)).size === parts.length && parts.every(({ part }) => Number.isInteger(part) && part > 0);
  if (!fits)
    throw invalid('parts-do-not-fit', 'Say once of each member what their part is, and only where members do not all pay alike.', [
      { field: 'parts', message: 'Give each member a whole number above zero, or leave the parts out when all pay alike.' },
    ]);
  if (!Number.isInteger(terms.noticeDays) || terms.noticeDays < 0 || terms.noticeDays > 182)
    throw invalid('notice-not-fair', 'Notice is 0 to 182 days.', [{ field: 'noticeDays', message: 'Enter a number of days from 0 to 182, like 28.' }]);
  if (terms.reviewOn <= today)
    throw invalid('review-in-the-past', 'The agreement needs a review to come.', [{ field: 'reviewOn', message: 'Give a day after today.' }]);
}

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
  readonly member: { readonly personId: PersonId; readonly state: MemberState };
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

/** Whether money may go in, and how it travels. Refuses: not-a-member, pool-not-active (no agreement in force: RULE 16),
 *  not-your-line, line-ended, line-suspended (reg. 17), plan-not-agreed (RULE 6), plan-line-of-another-plan (RULE 7), not-enough-free (RULE 18),
 *  way-of-paying-needed. */
export function decideContribution(
  facts: ContributionFacts,
  command: { amount: Pence; by?: ContributionBy | undefined },
  today: LocalDate,
): ContributionDecision {
  const { pool, member, line, plan } = facts;
  if (member.state !== 'member') throw refused('not-a-member', 'Only members who agreed can put money in.');
  if (pool.state !== 'active' || !pool.agreementInForce)
    throw refused('pool-not-active', 'Money can go in once everyone has agreed to the same version, and while the pool is not stopped.');
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
