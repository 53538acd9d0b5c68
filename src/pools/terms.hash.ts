import { createHash } from 'node:crypto';
import type { SettingName, Terms } from './terms.rules.js';
import { SETTING_NAMES } from './terms.rules.js';

/** In the order in which the first versions were hashed. */
const FIRST = ['split', 'absence', 'noticeDays', 'decide', 'moneyHolderBook', 'feesOwedBy', 'reviewOn'] as const satisfies readonly SettingName[];
const SECOND = ['parts', 'funders', 'absenceDays'] as const satisfies readonly SettingName[];

/** Terms and words as bytes in one order, hashed: two versions are the same only if every character is. A setting that came later counts only where
 *  it was chosen, so that versions without it keep the hash they were assented to with. Hex. */
export function contentHashOf(terms: Terms, words: string): string {
  const second: unknown[] = [terms.parts?.map(({ personId, part }) => [personId, part]), terms.funders, terms.absenceDays];
  if (terms.quorumPercent !== undefined) second.push(terms.quorumPercent);
  const known: readonly SettingName[] = [...FIRST, ...SECOND, 'quorumPercent'];
  const later = SETTING_NAMES.filter((name) => !known.includes(name) && terms[name] !== undefined).sort();
  return createHash('sha256')
    .update(
      JSON.stringify([
        ...FIRST.map((name) => terms[name]),
        words,
        ...(second.every((each) => each === undefined) && later.length === 0 ? [] : second.map((each) => each ?? null)),
        ...later.map((name) => ({ [name]: terms[name] })),
      ]),
    )
    .digest('hex');
}
