import { invalid, refused } from '../kernel/index.js';
import type { ShortfallAnswer } from '../pools/index.js';

/** The answer of the group: what the agreement says, or what is said now where it leaves that open. Refuses: shortfall-not-as-agreed, answer-needed. */
export function answerTo(said: ShortfallAnswer | undefined, agreed: ShortfallAnswer | undefined): ShortfallAnswer {
  const answer = said ?? agreed;
  if (answer === undefined) throw invalid('answer-needed', 'Say what the group does.', [{ field: 'answer', message: 'Choose what the group does.' }]);
  if (agreed !== undefined && answer !== agreed)
    throw refused(
      'shortfall-not-as-agreed',
      'Your agreement says what you do when money does not reach. To do something else, change the agreement together.',
      { agreed },
    );
  return answer;
}

/** A bridge is money of a named funder of this pool that is promised or there (`bridge-not-known`); no other answer needs anything. */
export function checkShortfallAnswer(answer: ShortfallAnswer, facts: { readonly bridge: 'promised' | 'held' | 'ended' | undefined }): void {
  if (answer === 'bridge' && (facts.bridge === undefined || facts.bridge === 'ended'))
    throw refused('bridge-not-known', 'Say which funder’s money bridges the gap: it is promised to this group, or there.');
}
