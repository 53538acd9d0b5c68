import type { LocalDate, PersonId } from '../../kernel/index.js';
import { formatPounds, parsePounds, pence, penceAsNumber } from '../../kernel/index.js';
import type { SettingName, Terms } from '../../pools/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts, NO_DATE, partsOfDay } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, textOf } from '../form-body.js';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

/** How the page asks for one setting, and what it says when the answer is no answer. `name` is the form's; that of the setting when left out. */
interface Field {
  readonly kind: 'choice' | 'number' | 'pounds' | 'date' | 'parts' | 'book' | 'member';
  readonly name?: string;
  readonly label: string;
  readonly hint?: string;
  readonly wrong: string;
  readonly items?: readonly Choice[];
  /** Words for leaving it open; without them an answer is needed. */
  readonly none?: string;
  /** Among the choices that few groups change. */
  readonly isMore?: boolean;
}

export const NOBODY = 'nobody';
const OPEN = 'open';

/** Every setting, in the order in which the page asks. */
export const FIELDS: Readonly<Record<SettingName, Field>> = {
  split: {
    kind: 'choice',
    label: 'How will you share the cost?',
    wrong: 'Choose how you share the cost',
    items: [
      { value: 'equal', text: 'Everyone pays the same' },
      { value: 'attendance', text: 'Those who come pay the same', hint: 'They share the part of someone who need not pay' },
      { value: 'hours', text: 'By the time of support each person has' },
      { value: 'ratio', text: 'By parts that you agree on', hint: 'Like 2 for one person and 1 for each of the others' },
      { value: 'fixed', text: 'A fixed sum for each session' },
      { value: 'funder', text: 'A sum that each person’s funder named' },
    ],
  },
  parts: {
    kind: 'parts',
    label: 'Each person’s part, if you do not all pay the same',
    hint: 'Minutes of support for each session, a number, or a sum like 12.50: as you chose above',
    wrong: 'Give each person a part above zero, like 90, 2 or 12.50, or leave all empty when you all pay the same',
  },
  decide: {
    kind: 'choice',
    label: 'How will you decide things together?',
    hint: 'Each person has one vote. A new agreement always needs everyone’s yes.',
    wrong: 'Choose how you decide things together',
    items: [
      { value: 'all-agree', text: 'Everyone has to agree' },
      { value: 'most-agree', text: 'More people say yes than no' },
      { value: 'no-strong-objection', text: 'It goes ahead unless someone could not live with it' },
    ],
  },
  moneyHolderBook: { kind: 'book', name: 'moneyHolder', label: 'Who holds the money?', wrong: 'Choose who holds the money' },
  successorBook: {
    kind: 'book',
    name: 'successor',
    label: 'Who holds it if that one fails?',
    hint: 'Each Monday we copy where every penny is, so that they can take over. With nobody named, each person’s money would go to their own account.',
    wrong: 'Choose someone else than who holds the money, or nobody',
  },
  absence: {
    kind: 'choice',
    label: 'What if someone is away?',
    wrong: 'Choose what happens when someone is away',
    items: [
      { value: 'pay-to-hold-place', text: 'They still pay, to keep their place' },
      { value: 'pay-if-you-come', text: 'They pay when they come' },
    ],
  },
  noticeDays: {
    kind: 'number',
    label: 'How many days before leaving takes effect?',
    hint: 'Someone who leaves pays their part of what is booked for these days. 28 is common.',
    wrong: 'Enter a number of days from 0 to 182, like 28',
  },
  feesOwedBy: {
    kind: 'choice',
    label: 'Who pays card fees?',
    hint: 'Card fees never make anyone’s part smaller',
    wrong: 'Choose who pays card fees',
    items: [
      { value: 'money-holder', text: 'The one who holds the money' },
      { value: 'contributor', text: 'The one who pays by card' },
      { value: 'icb', text: 'The NHS' },
    ],
  },
  reviewOn: { kind: 'date', label: 'When will you look at it again?', wrong: 'Enter a real date to look at it again, like 27 3 2027' },
  trialUntil: {
    kind: 'date',
    label: 'Until when do you try it out?',
    hint: 'Until then anyone can leave and owes nothing more. Leave it empty for no trial.',
    wrong: 'Enter a real date to come, like 27 3 2027, or leave it empty',
    none: '',
    isMore: true,
  },
  absenceDays: {
    kind: 'number',
    label: 'How many days before must someone say that they cannot come?',
    hint: 'If you pay only when you come. 1 day when you leave it empty.',
    wrong: 'Enter a number of days from 0 to 30, like 2',
    none: '',
    isMore: true,
  },
  quorumPercent: {
    kind: 'number',
    label: 'How many of 100 people have to vote?',
    hint: 'If not everyone has to agree. 50 when you leave it empty.',
    wrong: 'Enter a number from 1 to 100, like 60',
    none: '',
    isMore: true,
  },
  oneMemberUpToPence: {
    kind: 'pounds',
    name: 'oneMemberUpTo',
    label: 'Up to which price is one person’s yes enough?',
    hint: 'For all sessions together, in pounds. Leave it empty if you always decide together.',
    wrong: 'Enter a sum in pounds, like 20 or 20.50, or leave it empty',
    none: '',
    isMore: true,
  },
  treasurer: {
    kind: 'member',
    label: 'Does one of you look after the money?',
    hint: 'They have to say yes to everything you buy together that is not small',
    wrong: 'Choose one of you, or nobody',
    none: 'Nobody in particular',
    isMore: true,
  },
  shortfall: {
    kind: 'choice',
    label: 'What if the money is not enough?',
    wrong: 'Choose what you do when the money is not enough',
    items: [
      { value: 'pause', text: 'We stop for a while' },
      { value: 'reduce', text: 'We buy less' },
      { value: 're-quote', text: 'We ask others what it would cost' },
      { value: 'put-in-more', text: 'We agree together to put more in' },
      { value: 'bridge', text: 'We ask a funder to help' },
    ],
    none: 'We decide when it happens',
    isMore: true,
  },
  surplusKeepPence: {
    kind: 'pounds',
    name: 'surplusKeep',
    label: 'What may each person leave in the pool when something is over?',
    hint: 'In pounds. What is above it goes home. 0 means all goes home. Leave it empty if all may stay.',
    wrong: 'Enter a sum in pounds, like 0 or 20, or leave it empty',
    none: '',
    isMore: true,
  },
  newcomers: {
    kind: 'choice',
    label: 'Does someone who joins later pay a part of what it cost to start?',
    wrong: 'Choose what someone pays who joins later',
    items: [
      { value: 'nothing', text: 'No. They pay from the day they join' },
      { value: 'share-set-up', text: 'Yes, a part', hint: 'It goes back to those who paid for the start' },
    ],
    none: 'We did not talk about it: no',
    isMore: true,
  },
  funders: {
    kind: 'choice',
    label: 'What if a funder gives money to the group?',
    wrong: 'Choose when a funder’s money is spent',
    items: [
      { value: 'first', text: 'It is spent before our own' },
      { value: 'last', text: 'It is spent only where our own is not enough' },
    ],
    none: 'We take no such money',
    isMore: true,
  },
};

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
