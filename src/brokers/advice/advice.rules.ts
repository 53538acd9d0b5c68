import type { Pence, ProviderId } from '../../kernel/index.js';
import { DomainError, invalid, refused } from '../../kernel/index.js';

/** `community`: a free or nearly free way that people run themselves; `nothing`: all stays as it is; `other`: paid, and not in the directory. */
export const OPTION_KINDS = ['provider', 'community', 'other', 'nothing'] as const;
export type OptionKind = (typeof OPTION_KINDS)[number];
export const PER = ['once', 'session', 'week', 'month', 'year'] as const;
export type Per = (typeof PER)[number];

export interface OptionFacts {
  readonly kind: OptionKind;
  readonly providerId?: ProviderId | undefined;
  readonly costPence: Pence;
  readonly isRecommended: boolean;
}

/** RULE 22: two or three options, one of them free and one "do nothing", or the reason why not. Our judgement, November 2026: two are never
 *  gone below; three, with a community way and "nothing" among them, need no reason. */
export const FEWEST_OPTIONS = 2;
export const ENOUGH_OPTIONS = 3;
export const MOST_OPTIONS = 8;

/** What is missing of what RULE 22 asks for, in words; nothing when all of it is there. */
export function missingOf(options: readonly OptionFacts[]): string[] {
  return [
    ...(options.length < ENOUGH_OPTIONS ? ['a third way'] : []),
    ...(options.some(({ kind }) => kind === 'community') ? [] : ['a way that the community offers']),
    ...(options.some(({ kind }) => kind === 'nothing') ? [] : ['“change nothing”']),
  ];
}

/** Whether options may be recorded as advice. Refuses: one-option, why-few-options (RULE 22), two-recommended, option-provider, option-cost, and
 *  conflicted-broker (RULE 20: nobody recommends a provider they have an interest in; it may stand among the options, with that said). */
export function decideAdvice(options: readonly OptionFacts[], whyFew: string | undefined, interests: ReadonlySet<ProviderId>): void {
  if (options.length < FEWEST_OPTIONS) throw atField('one-option', 'One option is no choice. Write down at least 2.', 'options');
  options.forEach(({ kind, providerId, costPence }, at) => {
    const isNamed = providerId !== undefined;
    if (kind === 'provider' ? !isNamed : isNamed && kind !== 'community')
      throw atField('option-provider', 'Name the provider of a provider’s option, and of no other than a community’s.', `options.${at}.providerId`);
    if (kind === 'nothing' && costPence !== 0n) throw atField('option-cost', '“Change nothing” costs nothing more.', `options.${at}.costPence`);
  });
  const recommended = options.filter(({ isRecommended }) => isRecommended);
  if (recommended.length > 1) throw atField('two-recommended', 'Recommend one option at most.', 'options');
  if (recommended.some(({ providerId }) => providerId !== undefined && interests.has(providerId)))
    throw refused('conflicted-broker', 'You have declared an interest in this provider, so you cannot recommend it. It may stand among the options.');
  const missing = missingOf(options);
  if (missing.length > 0 && whyFew === undefined) throw atField('why-few-options', `Add ${missing.join(' and ')}, or say why there is none.`, 'whyFew');
}

const atField = (code: string, message: string, field: string): DomainError => invalid(code, message, [{ field, message }]);
