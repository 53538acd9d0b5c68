import type { BookId, LocalDate, Pence } from '../../kernel/index.js';
import { addDays, DomainError, formatPounds, invalid, refused } from '../../kernel/index.js';
import type { MemberState, PoolState } from '../pool.lifecycle.js';
import { requireOpenToMoney } from '../pool.rules.js';
import type { SplitBy } from '../terms.rules.js';
import type { TopUpState } from './own-top-up.lifecycle.js';

/** How a member's own money comes: from what the money-holder keeps for them already, by card, by Direct Debit, or by a bank transfer of theirs. */
export const OWN_WAYS = ['here', 'card', 'bacs-debit', 'bank'] as const;
export type OwnWay = (typeof OWN_WAYS)[number];

/** The days in which somebody may take own money back out, if nothing was set aside of it. Our judgement, November 2026: as long as pledges have at least. */
export const CHANGE_OF_MIND_DAYS = 7;
/** How many may be on their way at once. Our judgement, November 2026. */
export const MOST_WAITING = 5;

export interface OwnMoneyInPoolFacts {
  readonly pool: { readonly state: PoolState; readonly agreementInForce: boolean };
  readonly member: { readonly state: MemberState; readonly isFrozen?: boolean; readonly pays?: boolean };
  /** Who holds the pool's money; undefined where nobody does. */
  readonly holder: { readonly bookId: BookId; readonly basis: 'allocation' | 'cash'; readonly isClosing: boolean; readonly isMoving: boolean } | undefined;
  /** How the agreement divides a price. */
  readonly split: SplitBy | undefined;
}

/** In these splits the part of one more who pays follows from the agreement as it is. */
const NAMES_NOBODY: readonly (SplitBy | undefined)[] = [undefined, 'equal', 'attendance'];

/** Whether a member's own money may go into this pool. It is real money, so somebody has to hold it: an allocation book only says what an ICB will pay.
 *  Who came without money says that they pay their part from now on. Refuses: not-a-member, comes-without-money, part-not-agreed, pool-not-active,
 *  part-frozen, no-real-money-here, money-holder-changing. */
export function checkOwnMoney({ pool, member, holder, split }: OwnMoneyInPoolFacts, paysFromNow: boolean): void {
  requireOpenToMoney(pool, { ...member, pays: member.pays !== false || paysFromNow });
  if (member.pays === false && !NAMES_NOBODY.includes(split))
    throw refused(
      'part-not-agreed',
      'The agreement does not say what your part would be. Ask the group for a new version that names it, and then put money in.',
    );
  if (holder?.basis !== 'cash')
    throw refused(
      'no-real-money-here',
      'Nobody holds real money for this group, so your own money cannot go in. The group can name somebody to hold it, in a new version of the agreement.',
    );
  if (holder.isClosing || holder.isMoving)
    throw refused('money-holder-changing', 'The group’s money goes to somebody else to hold. You can put your own money in when it has arrived there.');
}

/** Whether this sum may be asked for. Refuses: amount-not-positive, not-enough-free, too-many-waiting. */
export function checkTopUp(facts: { readonly free: Pence; readonly waiting: number }, command: { readonly amount: Pence; readonly by: OwnWay }): void {
  if (command.amount <= 0n)
    throw invalid('amount-not-positive', 'Enter an amount above zero.', [{ field: 'amountPence', message: 'Enter an amount, like 20 or 20.50' }]);
  if (command.by === 'here' && command.amount > facts.free) throw refused('not-enough-free', `There is ${formatPounds(facts.free)} of your own money here.`);
  if (command.by !== 'here' && facts.waiting >= MOST_WAITING)
    throw refused('too-many-waiting', `${MOST_WAITING} of your payments are still on their way. Wait until they are here, or take one back.`);
}

/** The last day on which it can be taken back; null when it never was in. */
export const mayTakeBackUntil = (topUp: { readonly state: TopUpState; readonly arrivedOn: LocalDate | null }): LocalDate | null =>
  topUp.state === 'in-pool' && topUp.arrivedOn !== null ? addDays(topUp.arrivedOn, CHANGE_OF_MIND_DAYS) : null;

/** Whether own money can be taken back out. Refuses: too-late-to-take-back, not-free-any-more. */
export function checkTakeBack(
  topUp: { readonly state: TopUpState; readonly arrivedOn: LocalDate | null; readonly amount: Pence },
  usable: Pence,
  today: LocalDate,
): void {
  const until = mayTakeBackUntil(topUp);
  if (until !== null && today > until)
    throw refused(
      'too-late-to-take-back',
      `It could be taken back for ${CHANGE_OF_MIND_DAYS} days. It is still yours: what is not spent comes home when you leave.`,
    );
  if (topUp.amount > usable) throw refused('not-free-any-more', 'The group has set some of it aside for what it buys, so it cannot be taken back now.');
}

/** The refusal that a check throws; null when it lets pass. */
export function refusalOf(check: () => void): DomainError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
