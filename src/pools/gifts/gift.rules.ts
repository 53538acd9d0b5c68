import type { LocalDate } from '../../kernel/index.js';
import { addDays, invalid, refused } from '../../kernel/index.js';
import type { MemberState, PoolState } from '../pool.lifecycle.js';

/** What people bring beside money (domain 2.1, EXPECT 8); none of it ever touches the ledger. */
export const GIFT_KINDS = ['time', 'skill', 'space', 'transport'] as const;
export type GiftKind = (typeof GIFT_KINDS)[number];

/** More than anybody would list (our judgement, November 2026). */
export const MOST_GIFTS = 20;
const LONGEST_AHEAD_DAYS = 731;

export interface GiftFacts {
  readonly poolState: PoolState;
  readonly memberState: MemberState | undefined;
  /** What the person brings already. */
  readonly offered: number;
}

/** Refuses: not-a-member, pool-is-over, too-many-gifts, gift-in-the-past, gift-ends-before-it-begins, gift-too-far-away. */
export function checkGift(facts: GiftFacts, gift: { readonly fromDay: LocalDate; readonly untilDay?: LocalDate | undefined }, today: LocalDate): void {
  if (facts.memberState !== 'member') throw refused('not-a-member', 'Only members bring something. First say yes to the agreement.');
  if (facts.poolState === 'closing' || facts.poolState === 'closed') throw refused('pool-is-over', 'This pool has ended.');
  if (facts.offered >= MOST_GIFTS) throw refused('too-many-gifts', `You bring ${MOST_GIFTS} things already. Take one back first.`);
  if (gift.fromDay < today) throw invalid('gift-in-the-past', 'It begins today or later.', [{ field: 'fromDay', message: 'Give today or a later day' }]);
  if (gift.fromDay > addDays(today, LONGEST_AHEAD_DAYS) || (gift.untilDay ?? gift.fromDay) > addDays(today, LONGEST_AHEAD_DAYS))
    throw invalid('gift-too-far-away', 'That is too far away to plan with.', [
      { field: 'untilDay', message: 'Give days within two years, or leave the end out' },
    ]);
  if (gift.untilDay !== undefined && gift.untilDay < gift.fromDay)
    throw invalid('gift-ends-before-it-begins', 'It ends before it begins.', [{ field: 'untilDay', message: 'Give the first day or a later one' }]);
}

/** Whether it is still brought on a day. */
export const isBrought = (gift: { readonly state: string; readonly untilDay: LocalDate | null }, today: LocalDate): boolean =>
  gift.state === 'offered' && (gift.untilDay === null || gift.untilDay >= today);
