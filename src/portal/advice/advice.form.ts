import { AnswerAdvice, MOST_OPTIONS, RecordAdvice } from '../../brokers/index.js';
import type { FieldFault, Pence } from '../../kernel/index.js';
import { DomainError, parsePounds } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { textOf, type FormBody } from '../form-body.js';

const OPTION_FIELDS = ['kind', 'provider', 'what', 'cost', 'per', 'good', 'bad'] as const;
export type OptionTyped = Readonly<Record<(typeof OPTION_FIELDS)[number], string>>;

export interface AdviceTyped {
  readonly about: string;
  readonly fee: string;
  readonly feeFor: string;
  readonly whyFew: string;
  readonly recommended: string;
  readonly options: readonly OptionTyped[];
}

/** Three to begin with, "change nothing" among them (RULE 22). */
export const FORM_OPTIONS = 4;
const empty: OptionTyped = { kind: 'provider', provider: '', what: '', cost: '', per: 'week', good: '', bad: '' };
export const NO_ADVICE: AdviceTyped = {
  about: '',
  fee: '',
  feeFor: '',
  whyFew: '',
  recommended: '',
  options: [empty, { ...empty, kind: 'community', cost: '0' }, { ...empty, kind: 'nothing', what: 'Change nothing', cost: '0', per: 'once' }, empty],
};

const isBegun = (option: OptionTyped): boolean => [option.provider, option.what, option.good, option.bad].some((each) => each.trim() !== '');

function pounds(text: string): Pence | string {
  try {
    return parsePounds(text);
  } catch (error) {
    if (error instanceof DomainError) return text;
    throw error;
  }
}

/** Options that were begun, with their sums; those left empty are none, and a "change nothing" of which nothing was said is none either. */
export function readAdvice(body: FormBody): { typed: AdviceTyped; command: RecordAdvice; faults: readonly FieldFault[] } {
  const options = Array.from(
    { length: MOST_OPTIONS },
    (_, at) => Object.fromEntries(OPTION_FIELDS.map((field) => [field, textOf(body, `options.${at}.${field}`).trim()])) as unknown as OptionTyped,
  );
  const shown = options.slice(0, Math.max(FORM_OPTIONS, options.findLastIndex(isBegun) + 1));
  const typed: AdviceTyped = {
    about: textOf(body, 'about'),
    fee: textOf(body, 'fee'),
    feeFor: textOf(body, 'feeFor'),
    whyFew: textOf(body, 'whyFew'),
    recommended: textOf(body, 'recommended'),
    options: shown,
  };
  const places = shown.flatMap((option, at) => (isBegun(option) && (option.kind !== 'nothing' || option.good || option.bad) ? [at] : []));
  const { command, faults } = readCommand(RecordAdvice, {
    about: typed.about,
    feePence: pounds(typed.fee),
    feeFor: typed.feeFor,
    ...(typed.whyFew.trim() ? { whyFew: typed.whyFew } : {}),
    options: places.map((at) => {
      const { kind, provider, what, cost, per, good, bad } = shown[at]!;
      return {
        kind,
        what,
        costPence: pounds(cost),
        per,
        good,
        bad,
        isRecommended: typed.recommended === String(at),
        ...(provider ? { providerId: provider } : {}),
      };
    }),
  });
  return {
    typed,
    command,
    faults: faults.map(({ field, message }) => ({ field: nameOf(field, places), message: WORDS[field.replace(/\.\d+\./, '.')] ?? message })),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  about: 'Write what this is about',
  feePence: 'Enter what you are paid, in pounds, like 45 or 45.50. Enter 0 if it costs nothing',
  feeFor: 'Write what the fee is for, and who pays it',
  'options.what': 'Write what the option is',
  'options.costPence': 'Enter what it costs, in pounds, like 45 or 45.50. Enter 0 if it costs nothing',
  'options.good': 'Write what is good about it',
  'options.bad': 'Write what is not so good about it',
};

const FIELDS: Readonly<Record<string, string>> = { feePence: 'fee', costPence: 'cost', providerId: 'provider' };

/** A field of the command as the form names it: the second option begun may be the third on the page. */
export function nameOf(field: string, places: readonly number[]): string {
  const [, at, name] = /^options\.(\d+)\.(\w+)$/.exec(field) ?? [];
  if (at === undefined) return field === 'options' ? 'options.0.what' : (FIELDS[field] ?? field);
  return `options.${places[Number(at)] ?? at}.${FIELDS[name!] ?? name!}`;
}

/** Where the options that were begun stand on the page, for faults that the room finds. */
export const placesOf = (typed: AdviceTyped): number[] =>
  typed.options.flatMap((option, at) => (isBegun(option) && (option.kind !== 'nothing' || option.good || option.bad) ? [at] : []));

/** The answer; "none of these" is an answer too. */
export function readAnswer(body: FormBody): { typed: { option: string; words: string }; command: AnswerAdvice; faults: readonly FieldFault[] } {
  const typed = { option: textOf(body, 'option'), words: textOf(body, 'words') };
  const { command, faults } = readCommand(AnswerAdvice, { words: typed.words, ...(typed.option && typed.option !== 'none' ? { optionId: typed.option } : {}) });
  const none = typed.option === '' ? [{ field: 'option', message: 'Choose an option, or “None of these”' }] : [];
  return {
    typed,
    command,
    faults: [...none, ...faults.map(({ field }) => ({ field, message: field === 'words' ? 'Write it in a few words' : 'Choose one of the options' }))],
  };
}
