import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { FORMATS, GiveAssent, OfferAgreement } from '../../pools/index.js';
import type { AssentFormat, Terms } from '../../pools/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, textOf } from '../form-body.js';
import { renamed } from '../shell/index.js';

/** What was typed, for the page to show again. */
export interface AgreementTyped {
  readonly text: string;
  readonly absence: string;
  readonly decide: string;
  readonly noticeDays: string;
  readonly moneyHolder: string;
  readonly feesOwedBy: string;
  readonly reviewOn: DateParts;
}

export const NOBODY = 'nobody';

export const typedAgreement = (body: Readonly<FormBody>): AgreementTyped => ({
  text: textOf(body, 'text'),
  absence: textOf(body, 'absence'),
  decide: textOf(body, 'decide'),
  noticeDays: textOf(body, 'noticeDays'),
  moneyHolder: textOf(body, 'moneyHolder'),
  feesOwedBy: textOf(body, 'feesOwedBy'),
  reviewOn: dateParts('reviewOn', body),
});

const MESSAGES: Readonly<Record<string, string>> = {
  text: 'Write the agreement in plain words',
  absence: 'Choose what happens when someone is away',
  decide: 'Choose how you decide things together',
  noticeDays: 'Enter a number of days from 0 to 182, like 28',
  moneyHolder: 'Choose who holds the money',
  feesOwedBy: 'Choose who pays card fees',
  reviewOn: 'Enter a real date to look at it again, like 27 3 2027',
};

/** As the page asks, so that the summary of faults reads from top to bottom. */
const ORDER = ['text', 'decide', 'moneyHolder', 'absence', 'noticeDays', 'feesOwedBy', 'reviewOn'];

/** Terms that the page does not ask for: a new version keeps those of the last one. */
export type KeptTerms = Pick<Terms, 'split' | 'parts' | 'funders' | 'absenceDays' | 'quorumPercent'>;
export const FIRST_TERMS: KeptTerms = { split: 'equal' };

export const keptOf = ({ split, parts, funders, absenceDays, quorumPercent }: Terms): KeptTerms => ({
  split,
  ...(parts === undefined ? {} : { parts }),
  ...(funders === undefined ? {} : { funders }),
  ...(absenceDays === undefined ? {} : { absenceDays }),
  ...(quorumPercent === undefined ? {} : { quorumPercent }),
});

/** A new version of the agreement, or what must be put right. */
export function readAgreement(typed: AgreementTyped, kept: KeptTerms): { readonly command: OfferAgreement; readonly faults: readonly FieldFault[] } {
  const moneyHolderBook = typed.moneyHolder === NOBODY || typed.moneyHolder === '' ? undefined : typed.moneyHolder;
  const noticeDays = /^\d{1,3}$/.test(typed.noticeDays.trim()) ? Number(typed.noticeDays) : undefined;
  const { command, faults } = readCommand(OfferAgreement, {
    ...kept,
    text: typed.text,
    absence: typed.absence,
    decide: typed.decide,
    noticeDays,
    feesOwedBy: typed.feesOwedBy,
    reviewOn: dayOfParts(typed.reviewOn),
    ...(moneyHolderBook ? { moneyHolderBook } : {}),
  });
  const missing: FieldFault[] = typed.moneyHolder === '' ? [{ field: 'moneyHolder', message: MESSAGES['moneyHolder']! }] : [];
  const all = [
    ...renamed(faults, { moneyHolderBook: 'moneyHolder' }).map((fault) => ({ ...fault, message: MESSAGES[fault.field] ?? fault.message })),
    ...missing,
  ];
  return { command, faults: all.sort((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field)) };
}

/** How the words were read, as people say it. */
export const FORMAT_WORDS: Readonly<Record<AssentFormat, string>> = {
  standard: 'On this page',
  'large-print': 'In large print',
  'easy-read': 'In Easy Read, with pictures',
  audio: 'I listened to it',
  braille: 'In braille',
  spoken: 'Someone talked it through with me',
};

/** A yes to the very words that were on the page. */
export function readAssent(body: Readonly<FormBody>): { readonly command: GiveAssent; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(GiveAssent, {
    contentHash: textOf(body, 'contentHash'),
    format: textOf(body, 'format'),
    helpedBy: textOf(body, 'helpedBy'),
  });
  return {
    command,
    faults: faults.map((fault) =>
      fault.field === 'format'
        ? { ...fault, message: 'Choose how you read it' }
        : fault.field === 'contentHash'
          ? { field: '', message: 'Open the page again and read the agreement first' }
          : fault,
    ),
  };
}

export const formatItems = FORMATS.map((value) => ({ value, text: FORMAT_WORDS[value] }));
