import type { LocalDate, PersonId } from '../../kernel/index.js';
import { formatPounds, parsePounds, pence, penceAsNumber } from '../../kernel/index.js';
import type { SettingName, Terms } from '../../pools/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts, NO_DATE, partsOfDay } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, textOf } from '../form-body.js';
import type { Choice } from './agreement.fields.js';
import { FIELDS } from './agreement.fields.js';

export const NOBODY = 'nobody';
const OPEN = 'open';
export const SETTINGS_ASKED = Object.keys(FIELDS) as SettingName[];
export const formName = (name: SettingName): string => FIELDS[name].name ?? name;

/** Who may be named: the people of the pool. */
export type Named = readonly { readonly personId: PersonId; readonly firstName: string; readonly joinOrder: number }[];

/** What was typed for each setting, for the page to show again. A part has the place of its member behind its name. */
export interface SettingsTyped {
  readonly texts: Readonly<Record<string, string>>;
  readonly dates: Readonly<Record<string, DateParts>>;
}

export const partName = (joinOrder: number): string => `part-${joinOrder}`;

export function typedSettings(body: Readonly<FormBody>, people: Named): SettingsTyped {
  const texts = Object.fromEntries(SETTINGS_ASKED.map((name) => [formName(name), textOf(body, formName(name))]));
  for (const { joinOrder } of people) texts[partName(joinOrder)] = textOf(body, partName(joinOrder));
  const days = SETTINGS_ASKED.filter((name) => FIELDS[name].kind === 'date');
  return { texts, dates: Object.fromEntries(days.map((name) => [name, dateParts(name, body)])) };
}

const isMoneyPart = (split: string): boolean => split === 'fixed' || split === 'funder';
const plainPounds = (sum: number): string => formatPounds(pence(sum)).replace(/[£,]/g, '').replace(/\.00$/, '');

/** A version's settings as they would be typed. */
export function settingsAsTyped(terms: Partial<Terms>, people: Named): SettingsTyped {
  const texts: Record<string, string> = {};
  for (const name of SETTINGS_ASKED) texts[formName(name)] = asTyped(name, terms, people);
  for (const { personId, joinOrder } of people) {
    const part = terms.parts?.find((each) => each.personId === personId)?.part;
    texts[partName(joinOrder)] = part === undefined ? '' : isMoneyPart(terms.split ?? '') ? plainPounds(part) : String(part);
  }
  const day = (date: LocalDate | undefined): DateParts => (date === undefined ? NO_DATE : partsOfDay(date));
  return { texts, dates: { reviewOn: day(terms.reviewOn), trialUntil: day(terms.trialUntil) } };
}

function asTyped(name: SettingName, terms: Partial<Terms>, people: Named): string {
  const value = terms[name];
  const { kind, none } = FIELDS[name];
  if (kind === 'book') return value === null || (name === 'successorBook' && value === undefined) ? NOBODY : String(value ?? '');
  if (kind === 'member') return String(people.find((each) => each.personId === value)?.joinOrder ?? OPEN);
  if (value === undefined || value === null) return none ? OPEN : '';
  return kind === 'pounds' ? plainPounds(value as number) : String(value);
}

/** The settings of a form as a command takes them; what cannot be read is passed on for the command to refuse. What was not asked is kept of `last`. */
export function readSettings({ texts, dates }: SettingsTyped, people: Named, body: Readonly<FormBody>, last: Partial<Terms>): Record<string, unknown> {
  const isAsked = (name: SettingName): boolean =>
    FIELDS[name].kind === 'parts'
      ? people.some(({ joinOrder }) => partName(joinOrder) in body)
      : FIELDS[name].kind === 'date'
        ? `${name}-day` in body
        : formName(name) in body;
  const read = SETTINGS_ASKED.map((name) => [name, isAsked(name) ? readOne(name, texts, dates, people) : (last[name] ?? undefined)] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

function readOne(name: SettingName, texts: SettingsTyped['texts'], dates: SettingsTyped['dates'], people: Named): unknown {
  const { kind, none } = FIELDS[name];
  const text = (texts[formName(name)] ?? '').trim();
  if (kind === 'date') return dayOfParts(dates[name] ?? NO_DATE);
  if (kind === 'parts') return partsTyped(texts, people);
  if (none !== undefined && (text === '' || text === OPEN)) return undefined;
  switch (kind) {
    case 'number':
      return /^\d{1,3}$/.test(text) ? Number(text) : text;
    case 'pounds':
      return poundsAsPence(text);
    case 'member':
      return people.find((each) => String(each.joinOrder) === text)?.personId ?? text;
    case 'book':
      return text === NOBODY || text === '' ? undefined : text;
    default:
      return text;
  }
}

function partsTyped(texts: SettingsTyped['texts'], people: Named): unknown {
  const given = people.filter(({ joinOrder }) => (texts[partName(joinOrder)] ?? '').trim() !== '');
  if (given.length === 0) return undefined;
  return given.map(({ personId, joinOrder }) => {
    const text = texts[partName(joinOrder)]!.trim();
    return { personId, part: isMoneyPart(texts['split'] ?? '') ? poundsAsPence(text) : /^\d{1,7}$/.test(text) ? Number(text) : 0 };
  });
}

/** -1 for what is no sum, which no setting takes. */
function poundsAsPence(text: string): number {
  try {
    return penceAsNumber(parsePounds(text));
  } catch {
    return -1;
  }
}

/** The fields as the template shows them. */
export const fieldsShown = (people: Named, books: readonly Choice[], isMore: boolean) =>
  SETTINGS_ASKED.filter((name) => (FIELDS[name].isMore ?? false) === isMore).map((name) => {
    const { kind, label, hint, items = [], none } = FIELDS[name];
    const own = kind === 'book' ? books : kind === 'member' ? people.map((each) => ({ value: String(each.joinOrder), text: each.firstName })) : items;
    return {
      kind: kind === 'book' || kind === 'member' ? 'choice' : kind,
      name: formName(name),
      label,
      hint,
      items: none ? [...own, { value: OPEN, text: none }] : own,
      parts: kind === 'parts' ? people.map(({ joinOrder, firstName }) => ({ name: partName(joinOrder), label: firstName })) : [],
    };
  });
