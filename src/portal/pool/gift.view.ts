import type { FieldFault, LocalDate } from '../../kernel/index.js';
import { formatDay } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { GiftKind, GiftView } from '../../pools/index.js';
import { OfferGift } from '../../pools/index.js';
import type { ChoiceItem, DateParts } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, textOf } from '../form-body.js';
import { paths } from '../paths.js';

const KIND_WORDS: Readonly<Record<GiftKind, string>> = { time: 'Time', skill: 'A skill', space: 'A place to meet', transport: 'A way to get there' };

export const giftKinds: readonly ChoiceItem[] = [
  { value: 'time', text: KIND_WORDS.time, hint: 'Like: I can help to set up' },
  { value: 'skill', text: KIND_WORDS.skill, hint: 'Like: I can play the guitar' },
  { value: 'space', text: KIND_WORDS.space, hint: 'Like: we can meet in my garden' },
  { value: 'transport', text: KIND_WORDS.transport, hint: 'Like: there is room for four in my car' },
];

export interface GiftLine {
  readonly kind: string;
  readonly words: string;
  readonly when: string;
  readonly isMine: boolean;
  readonly helpedBy: string | null;
  readonly takeBackHref: string;
}

export interface Bringer {
  readonly name: string;
  readonly lines: readonly GiftLine[];
}

/** From when and until when, as people say it. */
export function whenOf({ fromDay, untilDay }: Pick<GiftView, 'fromDay' | 'untilDay'>, today: LocalDate): string {
  const from = fromDay > today ? `From ${formatDay(fromDay)}` : '';
  if (untilDay === null) return from === '' ? '' : `${from}.`;
  return from === '' ? `Until ${formatDay(untilDay)}.` : `${from} until ${formatDay(untilDay)}.`;
}

/** What each brings, person by person. */
export function bringersOf(pool: string, gifts: readonly GiftView[], today: LocalDate): Bringer[] {
  const places = new Map(gifts.map((gift) => [gift.joinOrder, gift.firstName]));
  return [...places].map(([joinOrder, name]) => ({
    name,
    lines: gifts
      .filter((gift) => gift.joinOrder === joinOrder)
      .map((gift) => ({
        kind: KIND_WORDS[gift.kind],
        words: gift.words,
        when: whenOf(gift, today),
        isMine: gift.isMine,
        helpedBy: gift.helpedBy,
        takeBackHref: paths.takeGiftBack(pool, gift.id),
      })),
  }));
}

export interface GiftTyped {
  readonly kind: string;
  readonly words: string;
  readonly fromDay: DateParts;
  readonly untilDay: DateParts;
  readonly helpedBy: string;
}

export const typedGift = (body: Readonly<FormBody>): GiftTyped => ({
  kind: textOf(body, 'kind'),
  words: textOf(body, 'words'),
  fromDay: dateParts('fromDay', body),
  untilDay: dateParts('untilDay', body),
  helpedBy: textOf(body, 'helpedBy'),
});

const MESSAGES: Readonly<Record<string, string>> = {
  kind: 'Choose what kind of thing it is',
  words: 'Say what you bring, in 1 to 300 letters',
  fromDay: 'Enter a real first day, like 27 3 2027',
  untilDay: 'Enter a real last day, like 27 3 2027, or leave it out',
};
const isEmpty = ({ day, month, year }: DateParts): boolean => day === '' && month === '' && year === '';

/** What somebody brings; from today when no first day was given. */
export function readGift(typed: GiftTyped, today: LocalDate): { readonly command: OfferGift; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(OfferGift, {
    kind: typed.kind === '' ? undefined : typed.kind,
    words: typed.words,
    fromDay: isEmpty(typed.fromDay) ? today : dayOfParts(typed.fromDay),
    ...(isEmpty(typed.untilDay) ? {} : { untilDay: dayOfParts(typed.untilDay) ?? '' }),
    ...(typed.helpedBy.trim() === '' ? {} : { helpedBy: typed.helpedBy }),
  });
  return { command, faults: faults.map((fault) => ({ ...fault, message: MESSAGES[fault.field] ?? fault.message })) };
}
