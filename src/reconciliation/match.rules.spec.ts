import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LocalDate } from '../kernel/index.js';
import { newId, pence, spokenReference } from '../kernel/index.js';
import { budgetLineNamed, isNameCut } from './match-words.rules.js';
import { certainMatches, isNear, ItemIndex } from './match.rules.js';
import { explainBreak, workingDaysSince } from './break.rules.js';
import type { ItemFacts, LineFacts } from './match.types.js';

const day = '2026-11-20' as LocalDate;
let count = 0;
const line = (facts: Partial<LineFacts> = {}): LineFacts => ({
  id: `line-${++count}`,
  day,
  direction: 'debit',
  amount: pence(6_666),
  reference: null,
  bankReference: null,
  counterparty: null,
  words: '',
  parts: [],
  ...facts,
});
const item = (facts: Partial<ItemFacts> = {}): ItemFacts => ({
  kind: 'payment',
  id: `item-${++count}`,
  attempt: 1,
  direction: 'debit',
  amount: pence(6_666),
  references: ['PAY-7K3M-9QXA'],
  name: null,
  day,
  until: null,
  batch: null,
  ...facts,
});
const ruleFor = (lines: LineFacts[], items: ItemFacts[]): (string | undefined)[] => {
  const found = certainMatches(lines, items);
  return lines.map(({ id }) => found.find((each) => each.line === id)?.rule);
};

describe('certain matches', () => {
  it.each<[string, Partial<LineFacts>, string]>([
    ['the reference field', { reference: 'PAY-7K3M-9QXA' }, 'reference'],
    ['the reference field without dashes', { reference: 'pay7k3m9qxa' }, 'reference'],
    ['words', { words: 'SWIM WELL PAY-7K3M-9QXA THANKS' }, 'reference-in-words'],
    ['words, split in two', { words: 'SWIM WELL PAY-7K3M-9 QXA' }, 'reference-in-words'],
    ['words, cut', { words: 'RIVERSIDE SWIM PAY-7K3M-9' }, 'reference-cut'],
  ])('finds the reference in %s', (_, facts, rule) => {
    expect(ruleFor([line(facts)], [item(), item({ references: ['PAY-9K3M-7QXA'] })])).toEqual([rule]);
  });

  it.each<[string, Partial<LineFacts>, Partial<ItemFacts>]>([
    ['another amount', { reference: 'PAY-7K3M-9QXA', amount: pence(6_665) }, {}],
    ['money going the other way', { reference: 'PAY-7K3M-9QXA', direction: 'credit' }, {}],
    ['too little of a reference', { words: 'PAY-7K3' }, {}],
    ['a name with another day', { counterparty: 'SWIM WELL LIMITED', day: '2026-11-27' as LocalDate }, { name: 'Swim Well Limited' }],
    ['the beginning of a name that is too short', { counterparty: 'SWIM W' }, { name: 'Swim Well Limited' }],
    ['a line that comes after the last day', { reference: 'PAY-7K3M-9QXA', day: '2026-12-20' as LocalDate }, { until: '2026-12-01' as LocalDate }],
  ])('never on %s', (_, facts, itemFacts) => {
    expect(ruleFor([line(facts)], [item(itemFacts)])).toEqual([undefined]);
  });

  it('leaves two lines that name one payment to a person, and two payments that one line may be', () => {
    expect(ruleFor([line({ reference: 'PAY-7K3M-9QXA' }), line({ reference: 'PAY-7K3M-9QXA' })], [item()])).toEqual([undefined, undefined]);
    expect(ruleFor([line({ counterparty: 'SWIM WELL LIMITED' })], [item({ name: 'Swim Well Limited' }), item({ name: 'Swim Well Limited' })])).toEqual([
      undefined,
    ]);
  });

  it('matches name, amount and day when each side has one candidate only, and nothing else is named', () => {
    const item1 = item({ name: 'Riverside Swimming & Wellbeing CIC', references: ['PAY-AAAA-AAAA'] });
    expect(ruleFor([line({ counterparty: 'RIVERSIDE SW' })], [item1])).toEqual(['name-and-day']);
    expect(ruleFor([line({ words: 'RIVERSIDE SWIMMING CARD 44' })], [item1])).toEqual(['name-and-day']);
    const other = item({ amount: pence(10), references: ['PAY-BBBB-BBBB'] });
    expect(ruleFor([line({ counterparty: 'RIVERSIDE SW', words: 'PAY-BBBB-BBBB' })], [item1, other])).toEqual([undefined]);
  });

  it('takes a file’s payments as one line: by the parts, by the file’s name even when cut, or by a sum that nothing else has', () => {
    const batch = { id: 'f1', references: ['0192a5b0-7c11-7c11-8c11-aaaaaaaaaaaa'] };
    const items = [item({ batch, amount: pence(1_000), references: ['PAY-AAAA-AAAA'] }), item({ batch, amount: pence(2_000), references: ['PAY-BBBB-BBBB'] })];
    const part = (amount: number, reference: string) => ({ amount: pence(amount), reference: null, counterparty: null, words: reference });
    expect(ruleFor([line({ amount: pence(3_000), parts: [part(1_000, 'PAY-AAAA-A AAA'), part(2_000, 'PAY-BBBB-B BBB')] })], items)).toEqual(['batch-parts']);
    expect(ruleFor([line({ amount: pence(3_000), words: 'BATCH 0192A5B0-7C11-7C11-8C11-AAAAAAAA' })], items)).toEqual(['batch-reference']);
    expect(ruleFor([line({ amount: pence(3_000), words: 'BACS FILE' })], items)).toEqual(['batch-total']);
    expect(ruleFor([line({ amount: pence(3_000), words: 'BACS FILE' }), line({ amount: pence(3_000), words: 'BACS FILE' })], items)).toEqual([
      undefined,
      undefined,
    ]);
    expect(ruleFor([line({ amount: pence(2_999), words: 'BATCH 0192A5B0-7C11-7C11-8C11-AAAAAAAA' })], items)).toEqual([undefined]);
  });

  it('uses each line and each item once, with equal sums, whatever the order', () => {
    const amounts = fc.constantFrom(100, 200, 300);
    const lines = fc.array(fc.record({ amount: amounts, ref: fc.integer({ min: 0, max: 5 }), split: fc.boolean() }), { maxLength: 12 });
    const items = fc.array(fc.record({ amount: amounts, ref: fc.integer({ min: 0, max: 5 }), file: fc.constantFrom(null, 'a', 'b') }), { maxLength: 12 });
    const refs = Array.from({ length: 6 }, (_, n) => spokenReference('PAY', newId().replace(/.$/, String(n))));
    fc.assert(
      fc.property(lines, items, fc.nat(), (someLines, someItems, turn) => {
        const facts = someLines.map(({ amount, ref, split }, n) =>
          line({ id: `l${n}`, amount: pence(amount), words: split ? `X ${refs[ref]!.slice(0, 10)} ${refs[ref]!.slice(10)}` : refs[ref]! }),
        );
        const ours = someItems.map(({ amount, ref, file }, n) =>
          item({ id: `i${n}`, amount: pence(amount), references: [refs[ref]!], batch: file ? { id: file, references: [`file-${file}-0001`] } : null }),
        );
        const found = certainMatches(facts, ours);
        expect(new Set(found.map((each) => each.line)).size).toBe(found.length);
        const used = found.flatMap((each) => each.items.map(({ id }) => id));
        expect(new Set(used).size).toBe(used.length);
        for (const each of found) expect(each.items.reduce((sum, one) => sum + one.amount, 0n)).toBe(facts.find(({ id }) => id === each.line)!.amount);
        const turned = <T>(list: readonly T[]): T[] => [...list.slice(turn % (list.length || 1)), ...list.slice(0, turn % (list.length || 1))].reverse();
        const again = certainMatches(turned(facts), turned(ours));
        const plain = (all: typeof found) => all.map((each) => [each.line, each.rule, each.items.map(({ id }) => id).sort()]);
        expect(plain(again)).toEqual(plain(found));
      }),
    );
  });
});

describe('words on statements', () => {
  it('know a name that a bank has cut, and no other', () => {
    expect(isNameCut('RIVERSIDE SWIMMING', 'Riverside Swimming & Wellbeing CIC')).toBe(true);
    expect(isNameCut('SWIM WELL', 'Swim Well')).toBe(true);
    expect(isNameCut('SWIM WELL', 'Swim Well Limited')).toBe(false);
    expect(isNameCut('RIVERSIDE SAILING', 'Riverside Swimming & Wellbeing CIC')).toBe(false);
  });

  it('find a budget line’s reference, split or whole, when its check character fits', () => {
    const reference = spokenReference('LIN', newId());
    const spoilt = `${reference.slice(0, -1)}${reference.endsWith('A') ? 'B' : 'A'}`;
    const named = (words: string) => budgetLineNamed({ reference: null, counterparty: 'AN ICB', words });
    expect([named(`PHB ${reference} APRIL`), named(`${reference.slice(0, 10)} ${reference.slice(10)}`), named(spoilt), named('LINDEN HOUSE')]).toEqual([
      reference,
      reference,
      undefined,
      undefined,
    ]);
  });

  it('know three working days, over a weekend and a bank holiday', () => {
    expect([isNear('2026-11-20' as LocalDate, '2026-11-25' as LocalDate), isNear('2026-11-20' as LocalDate, '2026-11-26' as LocalDate)]).toEqual([true, false]);
    expect([isNear('2026-12-24' as LocalDate, '2026-12-31' as LocalDate), workingDaysSince('2026-12-24' as LocalDate, '2026-12-31' as LocalDate)]).toEqual([
      true,
      3,
    ]);
  });
});

describe('what is left over', () => {
  it.each<[string, Partial<LineFacts>, ItemFacts[], string, string[]]>([
    ['a bank charge', { counterparty: null, words: 'ACCOUNT CHARGES', amount: pence(650) }, [], 'bank-charge', ['bank-charge']],
    ['a Stripe pay-out', { direction: 'credit', counterparty: 'STRIPE PAYMENTS UK', amount: pence(650) }, [], 'stripe-payout', ['stripe-payout', 'arrival']],
    ['another sum than named', { reference: 'PAY-7K3M-9QXA', amount: pence(6_665) }, [item()], 'amount-differs', ['payment']],
    ['a sum that fits alone', {}, [item()], 'one-may-fit', ['payment']],
    ['a sum that fits twice', {}, [item({ references: ['PAY-AAAA-AAAA'] }), item({ references: ['PAY-BBBB-BBBB'] })], 'several-fit', ['payment', 'payment']],
    ['money nobody knows', { amount: pence(1) }, [item()], 'unknown-out', []],
    ['money in that nobody expected', { direction: 'credit' }, [item()], 'unknown-in', ['arrival']],
  ])('says of %s what it may be, in plain words', (_, facts, items, code, kinds) => {
    const found = line(facts);
    const told = explainBreak(found, new ItemIndex(items).candidates(found));
    expect([told.code, told.suggestions.map((each) => each.kind)]).toEqual([code, kinds]);
    expect(told.reason).toMatch(/£\d/);
  });
});
