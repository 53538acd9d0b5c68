import { describe, expect, it } from '@jest/globals';
import type { Pence, ProviderId } from '../../kernel/index.js';
import { pence } from '../../kernel/index.js';
import type { OptionFacts } from './advice.rules.js';
import { decideAdvice, missingOf } from './advice.rules.js';

const [leaf, spade] = ['leaf', 'spade'] as unknown as [ProviderId, ProviderId];
const paid = (over: Partial<OptionFacts> = {}): OptionFacts => ({ kind: 'provider', providerId: leaf, costPence: pence(2_000), isRecommended: false, ...over });
const club: OptionFacts = { kind: 'community', costPence: 0n as Pence, isRecommended: false };
const nothing: OptionFacts = { kind: 'nothing', costPence: 0n as Pence, isRecommended: false };
const three = [paid(), club, nothing];

function codeOf(options: readonly OptionFacts[], whyFew?: string, interests: ProviderId[] = []): unknown {
  try {
    decideAdvice(options, whyFew, new Set(interests));
    return 'recorded';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('options recorded as advice', () => {
  it.each<[string, OptionFacts[], string | undefined, ProviderId[], string]>([
    ['three, one free and one to change nothing', three, undefined, [], 'recorded'],
    ['none', [], 'There are none', [], 'one-option'],
    ['one, whatever is said', [paid()], 'There is only one', [], 'one-option'],
    ['two, without a word', [paid(), nothing], undefined, [], 'why-few-options'],
    ['two, with the reason', [paid(), nothing], 'Nobody else comes to Sale', [], 'recorded'],
    ['three that are all paid', [paid(), paid({ providerId: spade }), nothing], undefined, [], 'why-few-options'],
    ['three without changing nothing', [paid(), club, paid({ providerId: spade })], undefined, [], 'why-few-options'],
    ['one recommended', [paid({ isRecommended: true }), club, nothing], undefined, [], 'recorded'],
    ['two recommended', [paid({ isRecommended: true }), { ...club, isRecommended: true }, nothing], undefined, [], 'two-recommended'],
    ['one’s own interest, recommended', [paid({ isRecommended: true }), club, nothing], undefined, [leaf], 'conflicted-broker'],
    [
      'one’s own interest at a club, recommended',
      [paid(), { ...club, providerId: spade, isRecommended: true }, nothing],
      undefined,
      [spade],
      'conflicted-broker',
    ],
    ['one’s own interest, only among them', three, undefined, [leaf], 'recorded'],
    ['another’s recommended beside it', [paid(), { ...club, isRecommended: true }, nothing], undefined, [leaf], 'recorded'],
    ['a provider without a name', [paid({ providerId: undefined }), club, nothing], undefined, [], 'option-provider'],
    ['changing nothing with a provider', [paid(), club, { ...nothing, providerId: leaf }], undefined, [], 'option-provider'],
    ['changing nothing for money', [paid(), club, { ...nothing, costPence: pence(1) }], undefined, [], 'option-cost'],
  ])('%s', (_what, options, whyFew, interests, expected) => expect(codeOf(options, whyFew, interests)).toBe(expected));

  it('say what is missing', () => expect(missingOf([paid(), paid()])).toEqual(['a third way', 'a way that the community offers', '“change nothing”']));
});
