import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import type { GiftView } from '../../pools/index.js';
import { bringersOf, readGift, typedGift, whenOf } from './gift.view.js';

const day = (text: string): LocalDate => text as LocalDate;
const today = day('2026-11-22');
const gift = (over: Partial<GiftView>): GiftView => ({
  id: newId<'gift'>(),
  firstName: 'Ann',
  joinOrder: 1,
  isMine: false,
  kind: 'time',
  words: 'An hour on Thursdays',
  fromDay: today,
  untilDay: null,
  helpedBy: null,
  ...over,
});

describe('what each brings', () => {
  it('stands under each name, also of two who share one', () => {
    const bringers = bringersOf('p', [gift({}), gift({ kind: 'skill' }), gift({ joinOrder: 2, words: 'A van' })], today);
    expect(bringers.map(({ name, lines }) => [name, lines.length])).toEqual([
      ['Ann', 2],
      ['Ann', 1],
    ]);
  });

  it.each([
    [today, null, ''],
    [day('2026-12-01'), null, 'From 1 December 2026.'],
    [today, day('2026-12-24'), 'Until 24 December 2026.'],
    [day('2026-12-01'), day('2026-12-24'), 'From 1 December 2026 until 24 December 2026.'],
  ])('from %s until %s: %s', (fromDay, untilDay, words) => {
    expect(whenOf({ fromDay, untilDay }, today)).toBe(words);
  });

  it('is read from a form; today where no first day is given', () => {
    expect(readGift(typedGift({ kind: 'time', words: 'An hour' }), today)).toMatchObject({ faults: [], command: { fromDay: today } });
    expect(
      readGift(typedGift({ 'fromDay-day': '40', 'untilDay-day': '1' }), today)
        .faults.map((fault) => fault.field)
        .sort(),
    ).toEqual(['fromDay', 'kind', 'untilDay', 'words']);
  });
});
