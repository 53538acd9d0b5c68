import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { FORMATS, GiveAssent, OfferAgreement } from '../../pools/index.js';
import type { AssentFormat, SettingName, Terms } from '../../pools/index.js';
import type { FormBody } from '../form-body.js';
import { textOf } from '../form-body.js';
import { FIELDS } from './agreement.fields.js';
import type { Named, SettingsTyped } from './agreement.settings.js';
import { formName, partName, readSettings, SETTINGS_ASKED, typedSettings } from './agreement.settings.js';

/** What was typed, for the page to show again. */
export interface AgreementTyped extends SettingsTyped {
  readonly text: string;
}

/** What the first version of a group begins with. */
export const FIRST_TERMS: Partial<Terms> = { split: 'equal', noticeDays: 28, feesOwedBy: 'money-holder' };

export const typedAgreement = (body: Readonly<FormBody>, people: Named): AgreementTyped => ({ text: textOf(body, 'text'), ...typedSettings(body, people) });

/** A new version of the agreement, or what must be put right, as the page asks from top to bottom. What the form did not ask is kept of the last one. */
export function readAgreement(
  body: Readonly<FormBody>,
  people: Named,
  last: Partial<Terms>,
): { readonly typed: AgreementTyped; readonly command: OfferAgreement; readonly faults: readonly FieldFault[] } {
  const typed = typedAgreement(body, people);
  const { command, faults } = readCommand(OfferAgreement, { text: typed.text, ...readSettings(typed, people, body, last) });
  const missing = 'moneyHolder' in body && typed.texts['moneyHolder'] === '' ? [{ field: 'moneyHolderBook', message: '' }] : [];
  return { typed, command, faults: worded([...faults, ...missing], people) };
}

/** Faults of a command in the page's words, each once, from top to bottom. */
export function worded(faults: readonly FieldFault[], people: Named): FieldFault[] {
  const settings = new Set(faults.map(({ field }) => field.split(/[.[]/)[0]!));
  const own = faults.filter(({ field }) => field === '' || (field !== 'text' && !SETTINGS_ASKED.includes(field.split(/[.[]/)[0] as SettingName)));
  const text = settings.has('text') ? [{ field: 'text', message: 'Write the agreement in plain words' }] : [];
  const asked = SETTINGS_ASKED.filter((name) => settings.has(name)).map((name) => ({
    field: FIELDS[name].kind === 'parts' ? partName(people[0]?.joinOrder ?? 1) : formName(name),
    message: FIELDS[name].wrong,
  }));
  return [...text, ...asked, ...own];
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
