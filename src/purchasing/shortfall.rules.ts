import { refused } from '../kernel/index.js';

/** What a group can do when money does not reach (domain 2.3): stop for now, buy less, ask for other quotes, agree to put more in (each sum must
 *  still fit its member's own plan), or take a funder's money as a source of its own. Borrowing from another's share is none of them. */
export const SHORTFALL_ANSWERS = ['pause', 'reduce', 're-quote', 'put-in-more', 'bridge'] as const;
export type ShortfallAnswer = (typeof SHORTFALL_ANSWERS)[number];

/** A bridge is money of a named funder of this pool that is promised or there (`bridge-not-known`); no other answer needs anything. */
export function checkShortfallAnswer(answer: ShortfallAnswer, facts: { readonly bridge: 'promised' | 'held' | 'ended' | undefined }): void {
  if (answer === 'bridge' && (facts.bridge === undefined || facts.bridge === 'ended'))
    throw refused('bridge-not-known', 'Say which funder’s money bridges the gap: it is promised to this group, or there.');
}
