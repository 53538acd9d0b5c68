import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { newId, pence } from '../../kernel/index.js';
import { html, type Printable } from '../../platform/index.js';
import type { BookProof, BreakView, StatementLineView, StatementView } from '../../reconciliation/index.js';
import { agesTable, gateWords } from './breaks.view.js';
import { readAnswer, readItems, readUndo } from './line.form.js';
import { choicesOf } from './line.view.js';
import { lastWords, proofPageView } from './proof.view.js';
import { statementPageView } from './statements.view.js';

const day = (text: string): LocalDate => text as LocalDate;
const words = (cell: Printable): string =>
  html`${cell}`.markup
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const line = (over: Partial<StatementLineView> = {}): StatementLineView =>
  ({
    id: newId(),
    bookedOn: day('2026-11-20'),
    direction: 'credit',
    amount: pence(5000),
    reference: null,
    counterparty: 'A NEIGHBOUR',
    words: 'FOR THE GARDEN',
    state: 'break',
    matchId: null,
    rule: null,
    score: null,
    reasons: [],
    items: [],
    ...over,
  }) as StatementLineView;
const statement = (over: Partial<StatementView> = {}): StatementView =>
  ({
    id: newId(),
    bookId: newId(),
    number: 1,
    from: day('2026-11-20'),
    until: day('2026-11-21'),
    opening: pence(1000),
    closing: pence(4000),
    lines: 2,
    knownLines: 0,
    importedAt: new Date('2026-11-21T09:00:00Z'),
    open: 0,
    ...over,
  }) as StatementView;

describe('a statement', () => {
  const lines = [line(), line({ direction: 'debit', amount: pence(2000), state: 'matched' })];
  it('proves itself when all of it is shown', () =>
    expect(statementPageView(statement(), lines).proof).toEqual({ holds: true, words: '£10.00 and £30.00 in make £40.00: the statement adds up.' }));
  it('says when it does not add up', () => expect(statementPageView(statement({ closing: pence(4001) }), lines).proof?.holds).toBe(false));
  it('claims nothing of a part', () => expect(statementPageView(statement({ lines: 3 }), lines)).toMatchObject({ proof: null }));
  it('shows money out below zero', () => expect(words(statementPageView(statement(), lines).lines.rows[1]![3]!)).toMatch(/^minus −£20\.00|^minus − ?£20\.00/));
});

describe('what a line may be', () => {
  const item = (amount: number, over: object = {}) =>
    ({
      kind: 'payment',
      id: newId(),
      direction: 'credit',
      amount: pence(amount),
      parts: [],
      references: ['PAY-1'],
      name: 'Leaf & Spade',
      day: day('2026-11-19'),
      ...over,
    }) as never;
  it('puts suggestions first, then the nearest sums the same way, then what explains itself', () => {
    const [far, near, out] = [item(90_000), item(5001), item(5000, { direction: 'debit' })] as { id: string }[];
    const choices = choicesOf(line(), [{ kind: 'arrival', amountPence: 5000, score: 20, words: 'money that is nobody’s yet' }], [far, near, out] as never);
    expect(choices.map((each) => each.value)).toEqual(['arrival', `payment:${near!.id}`, `payment:${far!.id}`, 'stripe-payout']);
    expect(choices[0]!.hint).toBe('Suggested: money that is nobody’s yet (20 of 100)');
  });
  it('offers a bank’s charge for money out only', () =>
    expect(choicesOf(line({ direction: 'debit' }), [], []).map((each) => each.value)).toEqual(['bank-charge']));
});

describe('forms of a line', () => {
  const id = newId();
  it.each([
    [[], 1],
    [['arrival'], 0],
    [[`payment:${id}`, `refund:${id}`], 0],
    [['payment'], 1],
    [['arrival:x'], 1],
    [['other'], 1],
    [[`payment:${id}`, 'nonsense'], 1],
  ])('%o has %d faults', (chosen, faults) => expect(readItems(chosen as string[]).faults).toHaveLength(faults as number));
  it('reads an item by kind and id', () => expect(readItems([`payment:${id}`]).command).toEqual({ items: [{ kind: 'payment', id }] }));
  it('needs a reason to undo and an answer to answer', () => {
    expect(readUndo({ reason: 'no' }).faults.map((fault) => fault.field)).toEqual(['reason']);
    expect(readUndo({ reason: 'It is\nanother one' })).toEqual({ reason: 'It is another one', faults: [] });
    expect(readAnswer({ answer: '' }).faults.map((fault) => fault.field)).toEqual(['answer']);
  });
});

describe('breaks', () => {
  const broken = (age: number, over: Partial<BreakView> = {}): BreakView =>
    ({ id: newId(), age, amount: pence(100), answer: null, openedAt: new Date(), direction: 'credit', ...over }) as BreakView;
  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [5, 1],
    [6, 2],
    [11, 3],
    [20, 3],
    [21, 4],
  ])('one of %d working days is counted in row %d', (age, row) =>
    expect(agesTable([broken(age)]).rows.map((cells) => cells[1])).toEqual(['0', '0', '0', '0', '0'].map((none, index) => (index === row ? '1' : none))),
  );
  it('adds up what is at stake', () => expect(words(agesTable([broken(0), broken(9)]).foot![3]!)).toBe('£2.00'));
  it('says whether the book is shut', () => {
    expect(gateWords([broken(0, { answer: 'I asked.' })]).isShut).toBe(false);
    expect(gateWords([broken(0)])).toMatchObject({ isShut: true });
  });
});

describe('the proof', () => {
  const proof = (over: Partial<BookProof> = {}): BookProof => ({
    bookId: newId() as never,
    basis: 'cash',
    provedOn: day('2026-11-21'),
    statementOn: day('2026-11-20'),
    ok: true,
    inFlight: [],
    differences: [],
    figures: {
      bank: pence(1250),
      clearing: pence(-250),
      line: pence(1100),
      payable: pence(0),
      receivable: pence(100),
      statementClosing: pence(1250),
      bankOnDay: pence(1250),
    },
    ...over,
  });
  it('shows three sides that agree', () => {
    const view = proofPageView(proof());
    expect(view.state.state).toBe('Everything agrees, to the penny');
    expect(view.sides.rows.map((row) => words(row[2]!))).toEqual(['£12.50', '£12.50', '£10.00', '£10.00']);
    expect(view.sides.rows.map((row) => words(row[3]!))).toEqual(['', 'None', '', 'None']);
  });
  it('names each difference with its sum', () => {
    const view = proofPageView(
      proof({
        ok: false,
        figures: { ...proof().figures, statementClosing: pence(1300) },
        differences: [{ what: 'bank', pence: pence(50), words: 'The bank shows £0.50 more than our books.' }],
      }),
    );
    expect(words(view.sides.rows[1]![3]!)).toBe('Differs plus + £0.50');
    expect(view.differences).toEqual(['The bank shows £0.50 more than our books.']);
  });
  it('does not call a book proved against a bank that has shown nothing', () =>
    expect(proofPageView(proof({ statementOn: null })).state).toMatchObject({ tone: 'waiting' }));
  it('speaks of the last night', () => {
    expect(lastWords(null)).toContain('has not run yet');
    expect(lastWords({ onDay: day('2026-11-20'), ok: false, differences: [{ pence: 50, words: 'The bank shows more.' }] })).toContain(
      '£0.50. The bank shows more.',
    );
  });
});
